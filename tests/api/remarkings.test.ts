import { beforeAll, expect, it } from 'vitest';
import { recordBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { recordFederalMarkers } from '#data/records/results/sums.ts';
import { type RemarkingBody, remarkingItem } from '#server/contract/remarkings.ts';
import { eachDialect } from '../support/records.ts';
import { gradeFiveMaths } from './grade-five-maths.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const body = (changes: Partial<Record<keyof RemarkingBody, unknown>> = {}): object => ({
	procedure_id: 'vpr-2025-m5',
	class: null,
	remarked_on: '2025-06-02',
	sampled: 20,
	remarked: 20,
	unchanged: 12,
	raised: 1,
	lowered: 7,
	commission: 'Муниципальная предметная комиссия',
	document: 'Акт № 7',
	remark: '',
	...changes,
});
const path = '/api/schools/S1/remarkings';

eachDialect('re-marking of papers', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
		await town.records.transaction(async (trx) => {
			await recordProcedures(trx, [
				gradeFiveMaths({
					id: 'vpr-2025-m5',
					year: 2025,
					title: 'ВПР, математика',
					valid_from: '2025-01-01',
				}),
			]);
			const rows = Array.from({ length: 40 }, (_, index) => ({
				...{ row_number: index + 1, school_id: 'S1', class: null, variant: null, score: index % 10 },
				...{ mark: null, journal_mark: null, items: null, notes: null },
			}));
			const counts = { rows_new: 40, rows_changed: 0, rows_skipped: 0, rows_refused: 0 };
			const batch = { file_name: 'a.csv', ...counts, place: 'municipality/M1', imported_by: 'test' };
			const results = { kind: 'results', sha256: 'a', procedure_id: 'vpr-2025-m5' };
			await recordBatch(trx, { ...batch, ...results }, rows);
			const list = { kind: 'federal-list', sha256: 'b', procedure_id: null };
			const id = await recordBatch(trx, { ...batch, ...list }, []);
			const marks = { russian_4: 0, mathematics_4: 0, russian_5: 0, mathematics_5: 1 };
			await recordFederalMarkers(trx, id, [{ row_number: 1, year: 2025, school_id: 'S1', ...marks }]);
		});
		await town.settle();
	});

	const levelOf = async (agent: Agent) => {
		const { body: answer } = await agent.get('/api/analytics/result-objectivity?school=S1&year=2025');
		return { level: answer.columns.level[0], share: answer.columns.objective_share[0] };
	};

	it('raises level 2 to level 3 when it confirms, and takes it back when it is corrected or withdrawn', async () => {
		expect(await levelOf(methodist)).toEqual({ level: '2', share: null });
		const made = await methodist.post(path, body());
		expect(made.status, made.text).toBe(201);
		const item = remarkingItem.parse(made.body);
		// R: prop.test(12, 20, correct = FALSE)
		expect(item).toMatchObject({ year: 2025, share: 0.6, target: 0.9, is_objective: false });
		expect(item.low).toBeCloseTo(0.3865815, 6);
		expect(item.high).toBeCloseTo(0.7811935, 6);
		expect(item.procedure_title).toBe('ВПР, математика');
		expect(await levelOf(methodist)).toEqual({ level: '3', share: 0.6 });

		const leader = await town.signInAs('leader');
		const one = `${path}/${item.remarking_id}`;
		const corrected = await leader.put(one, body({ unchanged: 19, raised: 0, lowered: 1, remark: 'Описка' }));
		expect(corrected.status, corrected.text).toBe(200);
		const after = remarkingItem.parse(corrected.body);
		expect(after).toMatchObject({ is_objective: true, share: 0.95, remark: 'Описка' });
		expect(after.events.map(({ action, by_name }) => [action, by_name])).toEqual([
			['recorded', 'Имя methodist'],
			['changed', 'Имя leader'],
		]);
		expect(after.events[1]!.changes).toContainEqual({ field: 'unchanged', from: 12, to: 19 });
		expect(await levelOf(methodist)).toEqual({ level: '2', share: 0.95 });

		const gone = await methodist.post(`${one}/withdraw`, { reason: 'Другая школа' });
		expect(gone.status, gone.text).toBe(200);
		expect(remarkingItem.parse(gone.body).withdrawn_at).not.toBeNull();
		expect(await levelOf(methodist)).toEqual({ level: '2', share: null });
		expectProblem(await methodist.put(one, body()), 409, 'remarking-withdrawn');
		expectProblem(await methodist.post(`${one}/withdraw`, { reason: 'Ещё раз' }), 409, 'remarking-withdrawn');
		const seen = remarkingItem.array().parse((await methodist.get(path)).body);
		expect(seen[0]!.events.at(-1)).toMatchObject({ action: 'withdrawn', reason: 'Другая школа' });
		const { entries } = (await (await town.signInAs('auditor')).get('/api/audit?limit=50')).body;
		const acts = entries.map(({ action }: { action: string }) => action);
		for (const act of ['record-remarking', 'change-remarking', 'withdraw-remarking'])
			expect(acts).toContain(act);
	});

	it.each([
		['sampled', { sampled: 19, remarked: 20 }, 'remarked', 'more-remarked-than-sampled'],
		[
			'unchanged',
			{ unchanged: 21, raised: null, lowered: null },
			'unchanged',
			'more-unchanged-than-remarked',
		],
		['one direction', { raised: null }, 'raised', 'one-direction-only'],
		['a wrong sum', { raised: 2 }, 'raised', 'directions-do-not-add-up'],
		['more papers than there are', { sampled: 41 }, 'sampled', 'more-than-papers'],
		['a day to come', { remarked_on: '2999-01-01' }, 'remarked_on', 'future-day'],
		['a day before', { remarked_on: '2024-08-31' }, 'remarked_on', 'before-procedure'],
		['an unknown procedure', { procedure_id: 'none' }, 'procedure_id', 'unknown-procedure'],
		['no papers', { remarked: 0, unchanged: 0, raised: 0, lowered: 0 }, 'remarked', 'too_small'],
		['half a paper', { sampled: 20.5 }, 'sampled', 'invalid_type'],
		['a date that is none', { remarked_on: '2025-02-30' }, 'remarked_on', 'invalid_format'],
		['nobody', { commission: ' ' }, 'commission', 'too_small'],
		['a long text', { remark: 'x'.repeat(2001) }, 'remark', 'too_big'],
		['a class of nothing', { class: '' }, 'class', 'too_small'],
	])('refuses %s in words, and stores nothing', async (_, changes, place, code) => {
		const before = (await methodist.get(path)).body.length;
		for (const language of ['ru', 'en']) {
			const refused = await methodist.post(`${path}?lang=${language}`, body(changes));
			expectProblem(refused, 422, 'invalid-body');
			expect(refused.body.issues).toContainEqual(expect.objectContaining({ path: place, code }));
		}
		expect((await methodist.get(path)).body).toHaveLength(before);
	});

	it('belongs to the service of the school: others neither see nor write', async () => {
		const made = await methodist.post(path, body({ class: '5А' }));
		const { remarking_id } = remarkingItem.parse(made.body);
		const neighbour = await town.signInAs('neighbour');
		expectProblem(await neighbour.get(path), 404);
		expectProblem(await neighbour.post(path, body()), 404);
		expectProblem(await neighbour.put(`${path}/${remarking_id}`, body()), 404);
		expectProblem(
			await neighbour.post(`/api/schools/S3/remarkings/${remarking_id}/withdraw`, { reason: 'x' }),
			404,
		);
		expectProblem(await methodist.post('/api/schools/S3/remarkings', body()), 404);
		expectProblem(await methodist.put(`/api/schools/S2/remarkings/${remarking_id}`, body()), 404);
		const coordinator = await town.signInAs('coordinator');
		expect((await coordinator.get(path)).body.length).toBeGreaterThan(0);
		expectProblem(await coordinator.post(path, body()), 403);
		for (const login of ['teacher', 'regional', 'admin', 'auditor'])
			expectProblem(await (await town.signInAs(login)).get(path), 403);
	});
});
