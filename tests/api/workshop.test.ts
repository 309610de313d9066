import { strToU8, unzipSync, zipSync } from 'fflate';
import request, { type Response } from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordGrant } from '#data/records/registry/grants.ts';
import { createAccount } from '#server/accounts.ts';
import {
	changeLine,
	type DraftDetail,
	draftDetail,
	fileReply,
	saveReply,
	versionDetail,
	workshopOverview,
} from '#server/contract/workshop.ts';
import { packInstrument } from '#server/workshop/archive.ts';
import { deriveSigningKey } from '#server/workshop/signing.ts';
import { startFromTemplate } from '#surveys/workshop/templates.ts';
import { eachDialect } from '../support/records.ts';
import { campaignBody } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, PASSWORD, signInAgent, type Town } from './town.ts';

type Json = Record<string, unknown>;

eachDialect('the workshop', (open) => {
	let town: Town;
	let author: Agent;
	let colleague: Agent;
	let leader: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		const account_id = await createAccount(town.signIn, {
			login: 'second',
			name: 'Вторая',
			password: PASSWORD,
		});
		await recordGrant(town.records.db, { account_id, role: 'methodist', place: 'municipality/M1' });
		author = await town.signInAs('methodist');
		colleague = await signInAgent(town.app, 'second', PASSWORD);
		leader = await town.signInAs('leader');
	});

	const start = async (template = 'self-assessment'): Promise<DraftDetail> => {
		const made = await author.post('/api/workshop/drafts', { from: { kind: 'template', template } });
		expect(made.status, made.text).toBe(201);
		return find(author, made.body.draft_id);
	};
	const find = async (agent: Agent, id: string): Promise<DraftDetail> =>
		draftDetail.parse((await agent.get(`/api/workshop/drafts/${id}`)).body);
	const save = (agent: Agent, draft: DraftDetail, changes: Json = {}) =>
		agent.put(`/api/workshop/drafts/${draft.draft_id}`, {
			...draft.content,
			...changes,
			revision: draft.revision,
		});
	const move = (agent: Agent, draft: { draft_id: string; revision: number }, to: string, comment = '') =>
		agent.post(`/api/workshop/drafts/${draft.draft_id}/state`, { to, revision: draft.revision, comment });
	const upload = (agent: Agent, bytes: Uint8Array, name: string, store = 'no') =>
		request(town.app)
			.post(`/api/workshop/files?file_name=${encodeURIComponent(name)}&store=${store}`)
			.set('cookie', agent.cookie)
			.set('x-csrf-token', agent.csrf)
			.set('content-type', 'application/octet-stream')
			.send(Buffer.from(bytes));
	const elements = ({ survey }: { survey: Json }): Json[] =>
		(survey.pages as { elements: Json[] }[])[0]!.elements;
	async function publish(): Promise<{ instrument: string; version: number }> {
		const draft = await start();
		expect((await move(author, draft, 'in_review')).status).toBe(200);
		const done = await move(colleague, draft, 'published', 'Хорошо');
		expect(done.status, done.text).toBe(200);
		const { instrument, published_version } = draftDetail.parse(done.body);
		return { instrument, version: published_version! };
	}

	it('never lets two editors overwrite each other in silence', async () => {
		const draft = await start();
		const mine = await save(author, draft, { card: '# Моя' });
		expect(saveReply.parse(mine.body).revision).toBe(draft.revision + 1);
		const theirs = await save(colleague, draft, { card: '# Чужая' });
		expectProblem(theirs, 409, 'workshop-draft-changed');
		expect(theirs.body.detail).toContain('Имя methodist');
		const kept = await find(author, draft.draft_id);
		expect(kept.content.card).toBe('# Моя');
		const later = await save(colleague, kept, { card: '# Вместе' });
		expect(later.status).toBe(200);
		expect((await find(author, draft.draft_id)).saved_by).toBe('Вторая');
	});

	it('is published by a second person only, as a frozen version that campaigns can use', async () => {
		const draft = await start();
		expect(draft.may).toEqual(['edit', 'submit', 'comment', 'discard']);
		expectProblem(await move(colleague, draft, 'published'), 403);
		const sent = draftDetail.parse((await move(author, draft, 'in_review', 'Посмотрите')).body);
		expect(sent).toMatchObject({ state: 'in_review', may: ['comment', 'withdraw'] });
		expectProblem(await move(author, sent, 'published'), 403, 'own-draft');
		expectProblem(await save(author, sent), 409, 'draft-moved');
		expectProblem(await move(leader, sent, 'draft'), 422, 'comment-needed');
		const back = draftDetail.parse((await move(leader, sent, 'draft', 'Уточните вопрос 2')).body);
		expect(back.state).toBe('draft');
		await move(author, back, 'in_review');
		await colleague.post(`/api/workshop/drafts/${draft.draft_id}/comments`, { comment: 'Смотрю' });
		const done = draftDetail.parse((await move(colleague, back, 'published', 'Годится')).body);
		expect(done).toMatchObject({ state: 'published', published_version: 1, may: [] });
		expect(done.events.map(({ action, by_name }) => `${action} ${by_name}`)).toEqual([
			'created Имя methodist',
			'submitted Имя methodist',
			'returned Имя leader',
			'submitted Имя methodist',
			'commented Вторая',
			'published Вторая',
		]);
		const { body } = await author.get('/api/instruments');
		expect(body).toContainEqual(expect.objectContaining({ instrument: draft.instrument, version: 1 }));
		const planned = campaignBody([draft.instrument]);
		expect((await author.post('/api/campaigns', planned)).status).toBe(201);
		const row = await town.records.db
			.selectFrom('instrument_version')
			.selectAll()
			.where('instrument', '=', draft.instrument)
			.executeTakeFirstOrThrow();
		expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
		expectProblem(await move(colleague, done, 'published'), 409, 'draft-moved');
	});

	it('counts whoever edited a draft as its author', async () => {
		const draft = await start();
		await save(colleague, draft);
		const now = await find(author, draft.draft_id);
		await move(author, now, 'in_review');
		expectProblem(await move(colleague, now, 'published'), 403, 'own-draft');
		expect((await move(leader, now, 'published')).status).toBe(200);
	});

	it('sends nothing to review that has an error, and lets advice pass', async () => {
		const draft = await start();
		const [first] = elements(draft.content);
		first!.title = { ru: 'Умею планировать и проводить урок' };
		const saved = saveReply.parse((await save(author, draft)).body);
		expect(saved.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
			'error missing-text',
			'advice double-barrelled',
		]);
		expectProblem(
			await move(author, { ...draft, revision: saved.revision }, 'in_review'),
			422,
			'draft-has-errors',
		);
		first!.title = { ru: 'Умею планировать и проводить урок', en: 'I plan and hold lessons' };
		const mended = saveReply.parse((await save(author, { ...draft, revision: saved.revision })).body);
		expect((await move(author, { ...draft, revision: mended.revision }, 'in_review')).status).toBe(200);
	});

	it('starts a new version from the newest, says what it changes, and refuses one that fell behind', async () => {
		const { instrument, version } = await publish();
		const from = { kind: 'version', instrument, version };
		const first = (await author.post('/api/workshop/drafts', { from })).body.draft_id;
		const second = (await author.post('/api/workshop/drafts', { from })).body.draft_id;
		const draft = await find(author, first);
		elements(draft.content)[0]!.title = { ru: 'Новая формулировка', en: 'New wording' };
		await save(author, draft);
		const changes = changeLine
			.array()
			.parse((await author.get(`/api/workshop/drafts/${first}/differences`)).body);
		expect(changes.map(({ code, at }) => `${code} ${at}`)).toEqual(['text-changed q1', 'text-changed q1']);
		expect(changes[0]!.text).toContain('«Новая формулировка»');
		await move(author, { draft_id: first, revision: 2 }, 'in_review');
		expect((await move(colleague, { draft_id: first, revision: 2 }, 'published')).status).toBe(200);
		await move(author, { draft_id: second, revision: 1 }, 'in_review');
		expectProblem(
			await move(colleague, { draft_id: second, revision: 1 }, 'published'),
			409,
			'newer-version',
		);
		expectProblem(await author.post('/api/workshop/drafts', { from }), 409, 'newer-version');
		const detail = versionDetail.parse((await leader.get(`/api/workshop/versions/${instrument}/2`)).body);
		expect(detail).toMatchObject({ previous: 1, is_newest: true });
		expect(detail.changes).toHaveLength(2);
	});

	describe('files', () => {
		it('offers a sheet that can be imported as it is', async () => {
			const sheet = await author.get('/api/workshop/sheet').buffer(true).parse(readBytes);
			const looked = fileReply.parse((await upload(author, sheet.body, 'Урок.xlsx')).body);
			expect(looked).toMatchObject({ kind: 'sheet', items: 5, issues: [], draft_id: null });
			const before = workshopOverview.parse((await author.get('/api/workshop')).body).drafts.length;
			const stored = fileReply.parse((await upload(author, sheet.body, 'Урок.xlsx', 'yes')).body);
			const draft = await find(author, stored.draft_id!);
			expect(draft.content.key.items.map(({ item, rule }) => `${item} ${rule.kind}`)).toEqual([
				'q1 likert',
				'q2 likert',
				'q3 choice',
				'q4 multiple',
			]);
			expect((await author.get('/api/workshop')).body.drafts).toHaveLength(before + 1);
		});

		it('names each fault of a sheet by row and column, and stores nothing', async () => {
			const bad = strToU8(
				'Вопрос;Вид;Варианты;Верно;Компетенция\nПервый;шкала;одно;;assessment\nВторой;один ответ;а|б;7;assessment\nТретий;гадание;;;\n',
			);
			const reply = fileReply.parse((await upload(author, bad, 'bad.csv', 'yes')).body);
			expect(reply.draft_id).toBeNull();
			expect(reply.issues.map(({ row, column }) => `${row} ${column}`)).toEqual([
				'2 Варианты',
				'3 Верно',
				'4 Вид',
			]);
			expect(reply.issues[1]!.text).toContain('«7»');
		});

		it('takes a SurveyJS JSON unscored, and refuses a dangerous one', async () => {
			const survey = { title: 'Чужая анкета', elements: [{ type: 'comment', name: 'a', title: 'Мнение' }] };
			const reply = fileReply.parse(
				(await upload(author, strToU8(JSON.stringify(survey)), 's.json', 'yes')).body,
			);
			expect(reply.findings.map(({ code }) => code)).not.toContain('nothing-scored');
			expect((await find(author, reply.draft_id!)).content.key).toMatchObject({
				channel: 'questionnaire',
				items: [],
			});
			const foreign = { elements: [{ type: 'dropdown', name: 'a', choicesByUrl: { url: 'https://x' } }] };
			expectProblem(
				await upload(author, strToU8(JSON.stringify(foreign)), 's.json'),
				422,
				'instrument-dangerous',
			);
			expectProblem(await upload(author, strToU8('{"a":'), 's.json'), 422, 'instrument-not-json');
		});

		it('exports one signed archive and takes it back as the next version', async () => {
			const { instrument, version } = await publish();
			const file = await author
				.get(`/api/workshop/versions/${instrument}/${version}/file`)
				.buffer(true)
				.parse(readBytes);
			expect(Object.keys(unzipSync(file.body)).toSorted()).toEqual([
				'README.md',
				'key.json',
				'manifest.json',
				'signature.txt',
				'survey.json',
			]);
			const reply = fileReply.parse((await upload(author, file.body, 'a.zip', 'yes')).body);
			expect(reply).toMatchObject({
				kind: 'archive',
				signer: { trust: 'own' },
				follows: { instrument, version },
			});
			const draft = await find(author, reply.draft_id!);
			expect((await author.get(`/api/workshop/drafts/${draft.draft_id}/differences`)).body).toEqual([]);
		});

		it('refuses an archive that was changed, naming the file, and one that holds anything else', async () => {
			const content = startFromTemplate('case-task', 'foreign')!;
			const bytes = packInstrument(
				content,
				'Соседи',
				deriveSigningKey('another secret of another place, long enough'),
			);
			const files = unzipSync(bytes);
			for (const name of ['survey.json', 'key.json', 'README.md']) {
				const forged = zipSync({ ...files, [name]: strToU8(`${new TextDecoder().decode(files[name])} `) });
				const reply = await upload(author, forged, 'a.zip', 'yes');
				expectProblem(reply, 422, 'archive-tampered');
				expect(reply.body.detail).toContain(name);
			}
			const resigned = await upload(author, zipSync({ ...files, 'signature.txt': strToU8('AAAA') }), 'a.zip');
			expect(resigned.body.detail).toContain('signature.txt');
			const { 'key.json': _, ...without } = files;
			expect((await upload(author, zipSync(without), 'a.zip')).body.detail).toContain('key.json');
			const outside = await upload(author, zipSync({ ...files, '../../secret': strToU8('x') }), 'a.zip');
			expectProblem(outside, 422, 'import-refused');
			expect(outside.body.detail).toContain('../../secret');
			const bomb = zipSync({ ...files, 'survey.json': new Uint8Array(40 * 1024 * 1024) });
			expectProblem(await upload(author, bomb, 'a.zip'), 422, 'import-refused');
		});

		it('says whether the key of a signature is unknown, known or trusted', async () => {
			const content = startFromTemplate('case-task', 'foreign')!;
			const bytes = packInstrument(
				content,
				'Соседи',
				deriveSigningKey('a third secret of a third place, long enough'),
			);
			const trust = async (store = 'no') =>
				fileReply.parse((await upload(author, bytes, 'a.zip', store)).body).signer!;
			expect(await trust()).toMatchObject({ name: 'Соседи', trust: 'unknown' });
			const { fingerprint } = await trust('yes');
			expect((await trust()).trust).toBe('known');
			expectProblem(await leader.post(`/api/workshop/signers/${'0'.repeat(64)}/trust`), 404);
			expect((await leader.post(`/api/workshop/signers/${fingerprint}/trust`)).body.trust).toBe('trusted');
			expect((await trust()).trust).toBe('trusted');
		});
	});

	it('is closed to every other role and to other municipalities', async () => {
		const draft = await start();
		const { instrument, version } = await publish();
		const paths = [
			'/api/workshop',
			`/api/workshop/drafts/${draft.draft_id}`,
			`/api/workshop/drafts/${draft.draft_id}/differences`,
			`/api/workshop/versions/${instrument}/${version}`,
			`/api/workshop/versions/${instrument}/${version}/file`,
		];
		for (const login of ['teacher', 'coordinator', 'regional', 'admin', 'auditor'])
			for (const path of paths) expectProblem(await (await town.signInAs(login)).get(path), 403, 'forbidden');
		const neighbour = await town.signInAs('neighbour');
		for (const path of paths.slice(1)) expectProblem(await neighbour.get(path), 404);
		expectProblem(await save(neighbour, draft), 404);
		expectProblem(await move(neighbour, draft, 'in_review'), 404);
		const seen = workshopOverview.parse((await neighbour.get('/api/workshop')).body);
		expect(seen.drafts).toEqual([]);
		expect(seen.versions.map((each) => each.instrument)).not.toContain(instrument);
		expectProblem(await save(leader, draft), 403, 'forbidden');
		expectProblem(await leader.get(`/api/workshop/versions/${instrument}/${version}/file`), 403);
	});
});

function readBytes(response: Response, done: (error: Error | null, body: Buffer) => void): void {
	const pieces: Buffer[] = [];
	response.on('data', (piece: Buffer) => pieces.push(piece));
	response.on('end', () => done(null, Buffer.concat(pieces)));
}
