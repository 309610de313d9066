import { beforeAll, expect, it } from 'vitest';
import { batchItem, type ImportJob, importJob } from '#server/contract/imports.ts';
import { procedureItem } from '#server/contract/results.ts';
import { eachDialect } from '../support/records.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const procedures = JSON.stringify([
	{
		id: 'vpr-2026-m5',
		kind: 'vpr',
		year: 2026,
		grade: 5,
		subject: 'math',
		max_score: 10,
		cutoffs: { 3: 4, 4: 6, 5: 8 },
		fail_below: null,
		items: [],
	},
]);
const results = (rows: number): string =>
	[
		'school;municipality;procedure;score;mark',
		...Array.from({ length: rows }, (_, index) => `S1;M1;vpr-2026-m5;${index % 11};`),
	].join('\n');

eachDialect('an import', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
		await store('procedures', 'procedures.json', procedures);
	});

	async function upload(kind: string, name: string, text: string, agent = methodist): Promise<string> {
		const reply = await agent
			.post(`/api/imports?kind=${kind}&file_name=${name}`)
			.set('content-type', 'application/octet-stream')
			.send(text);
		expect(reply.status, reply.text).toBe(202);
		return reply.body.id;
	}

	async function waitFor(id: string, ...states: ImportJob['state'][]): Promise<ImportJob> {
		for (;;) {
			const job = importJob.parse((await methodist.get(`/api/imports/${id}`)).body);
			if (states.includes(job.state)) return job;
			if (job.state === 'failed' || job.state === 'refused') throw new Error(JSON.stringify(job.problem));
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	async function store(kind: string, name: string, text: string): Promise<ImportJob> {
		const id = await upload(kind, name, text);
		await waitFor(id, 'checked');
		const confirmed = await methodist.post(`/api/imports/${id}/confirm`, { create_schools: false });
		expect(confirmed.status).toBe(202);
		return waitFor(id, 'stored');
	}

	it('stores nothing before its dry run is confirmed', async () => {
		const id = await upload(
			'results',
			'vpr.csv',
			`${results(30)}\nS1;M1;vpr-2026-m5;5;7\nS77;M1;vpr-2026-m5;5;`,
		);
		const job = await waitFor(id, 'checked');
		expect(job.report!.counts).toMatchObject({ new: 30, refused: 2 });
		expect(job.report!.unknown_schools).toEqual(['S77']);
		const [issue] = job.report!.issues;
		expect(issue).toMatchObject({ row: 32, value: '7' });
		expect(issue!.text).toMatch(/32/);
		expect(job.report!.preview.rows.length).toBeGreaterThan(0);
		expect(
			(await methodist.get('/api/batches')).body.filter(({ kind }: { kind: string }) => kind === 'results'),
		).toEqual([]);
		const found = importJob.array().parse((await methodist.get('/api/imports')).body);
		expect(found[0]!.id).toBe(id);
		const refused = await methodist.get(`/api/imports/${id}/refused?format=csv`);
		expect(refused.text).toContain('S77');
		expect((await methodist.delete(`/api/imports/${id}`)).status).toBe(204);
		expectProblem(await methodist.get(`/api/imports/${id}`), 404);
	});

	it('is stored as one batch, seen by analysis, and taken back as a whole', async () => {
		const job = await store('results', 'vpr.csv', results(40));
		await town.settle();
		const asked = await methodist.get('/api/analytics/low-results');
		expect(asked.body.columns.school_id).toContain('S1');
		const [batch] = batchItem.array().parse((await methodist.get('/api/batches')).body);
		expect(batch).toMatchObject({ batch_id: job.batch, rows_new: 40, imported_by_name: 'Имя methodist' });
		const [procedure] = procedureItem.array().parse((await methodist.get('/api/procedures')).body);
		expect(procedure!.results).toBe(40);
		const again = await upload('results', 'vpr.csv', results(40));
		await expect(waitFor(again, 'checked')).rejects.toThrow(/already-imported/);
		const withdrawn = await methodist.post(`/api/batches/${job.batch}/withdraw`, { reason: 'не тот файл' });
		expect(batchItem.parse(withdrawn.body).withdrawn_at).not.toBeNull();
		expectProblem(
			await methodist.post(`/api/batches/${job.batch}/withdraw`, { reason: 'ещё раз' }),
			409,
			'already-withdrawn',
		);
		await town.settle();
		expect((await methodist.get('/api/analytics/low-results')).body.columns.school_id).toEqual([]);
	});

	it('says in the words of the reader why a file is refused as a whole', async () => {
		const named = await upload(
			'results',
			'names.csv',
			'school;procedure;score;ФИО\nS1;vpr-2026-m5;5;Иванов Иван Иванович',
		);
		const job = await finished(named);
		expect(job.state).toBe('refused');
		expect(job.problem!.text).toMatch(/[а-я]{4}/i);
		expect(job.problem!.text).not.toMatch(/\{\{|^import/);
		expectProblem(
			await methodist.post(`/api/imports/${named}/confirm`, { create_schools: false }),
			409,
			'import-not-checked',
		);
	});

	async function finished(id: string): Promise<ImportJob> {
		for (;;) {
			const job = importJob.parse((await methodist.get(`/api/imports/${id}`)).body);
			if (job.state !== 'checking' && job.state !== 'storing') return job;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	it('belongs to whoever made it', async () => {
		const id = await upload('results', 'mine.csv', results(3));
		const admin = await town.signInAs('admin');
		expectProblem(await admin.get(`/api/imports/${id}`), 404);
		expectProblem(await admin.post(`/api/imports?kind=results&file_name=a.csv`), 403);
	});

	it('needs a file with something in it', async () => {
		const empty = await methodist
			.post('/api/imports?kind=results&file_name=a.csv')
			.set('content-type', 'application/octet-stream');
		expectProblem(empty, 422, 'empty-body');
		expectProblem(await methodist.post('/api/imports?kind=recipes&file_name=a.csv'), 422, 'invalid-query');
	});

	it('comes with a template for each kind', async () => {
		for (const kind of ['schools', 'staff', 'procedures', 'results']) {
			const csv = await methodist.get(`/api/imports/templates/${kind}?format=csv`);
			expect(csv.status).toBe(200);
			expect(csv.text.length).toBeGreaterThan(20);
			const xlsx = await methodist.get(`/api/imports/templates/${kind}`).responseType('blob');
			expect(xlsx.headers['content-disposition']).toContain(`${kind}.xlsx`);
			expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe('PK');
		}
		expectProblem(await methodist.get('/api/imports/templates/recipes'), 404);
	});

	it('takes in a federal list, tells a wrong sum with its place, and withdraws it', async () => {
		const list = [
			'Год;Логин;4 РУ;4 МА;5 РУ;5 МА;Количество маркеров',
			'2025;S1;1;1;0;0;2',
			'2025;S2;1;0;0;0;3',
		].join('\n');
		const id = await upload('federal-list', 'list.csv', list);
		const job = await waitFor(id, 'checked');
		expect(job.report!.counts).toMatchObject({ new: 1, refused: 1 });
		expect(job.report!.issues[0]).toMatchObject({
			row: 3,
			column: 'Количество маркеров',
			code: 'marker-sum',
		});
		const refused = await methodist.get(`/api/imports/${id}/refused?format=csv`);
		expect(refused.text).toContain('2025');
		await methodist.post(`/api/imports/${id}/confirm`, { create_schools: false });
		const stored = await waitFor(id, 'stored');
		const batches = batchItem.array().parse((await methodist.get('/api/batches')).body);
		expect(batches.find(({ batch_id }) => batch_id === stored.batch)).toMatchObject({
			kind: 'federal-list',
			rows_new: 1,
		});
		const withdrawn = await methodist.post(`/api/batches/${stored.batch}/withdraw`, {
			reason: 'ошибка в перечне',
		});
		expect(withdrawn.status, withdrawn.text).toBe(200);
		expect(withdrawn.body.withdrawn_at).not.toBeNull();
	});

	it('takes in candidates for medals from who may bring results, tells a number of a document with its place, logs and withdraws', async () => {
		const list = [
			'Год;Логин;Код ученика;Степень медали',
			'2026;S1;11А-07;I',
			'2026;S1;112-233-445-95;II',
		].join('\n');
		const coordinator = await town.signInAs('coordinator');
		const path = '/api/imports?kind=medal-candidates&file_name=m.csv';
		expectProblem(await coordinator.post(path).set('content-type', 'text/csv').send(list), 403);
		const id = await upload('medal-candidates', 'm.csv', list);
		const job = await waitFor(id, 'checked');
		expect(job.report!.counts).toMatchObject({ new: 1, refused: 1 });
		expect(job.report!.issues[0]).toMatchObject({
			row: 3,
			column: 'Код ученика',
			code: 'document-like-value',
		});
		expect(job.report!.issues[0]!.text).toContain('СНИЛС');
		expect(job.report!.preview.rows).toEqual([{ year: 2026, school: 'S1', pupil: '11А-07', medal: 1 }]);
		await methodist.post(`/api/imports/${id}/confirm`, { create_schools: false });
		const { batch } = await waitFor(id, 'stored');
		const batches = batchItem.array().parse((await methodist.get('/api/batches')).body);
		expect(batches.find(({ batch_id }) => batch_id === batch)).toMatchObject({ kind: 'medal-candidates' });
		const withdrawn = await methodist.post(`/api/batches/${batch}/withdraw`, { reason: 'ошибка в списке' });
		expect(withdrawn.status, withdrawn.text).toBe(200);
		const { entries } = (await (await town.signInAs('auditor')).get('/api/audit?limit=50')).body;
		const acts = entries.filter(({ object }: { object: string }) => object === `batch/${batch}`);
		expect(acts.map(({ action }: { action: string }) => action).toSorted()).toEqual([
			'import',
			'withdraw-batch',
		]);
	});
});
