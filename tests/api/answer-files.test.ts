import { beforeAll, expect, it } from 'vitest';
import type { Records } from '#data/records/store.ts';
import { answerFile, attemptReply } from '#server/contract/answer-files.ts';
import { myData } from '#server/contract/my-data.ts';
import { answersToEveryType, everyTypeKey, everyTypeVersion } from '../support/every-type.ts';
import { pngWithMetadata, SECRET } from '../support/pictures.ts';
import { eachDialect } from '../support/records.ts';
import { campaignBody, moveCampaign, runCampaign } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const TIMED = 'timed-test';
const timed = {
	...everyTypeVersion,
	instrument: TIMED,
	survey: JSON.stringify({
		timeLimit: 600,
		elements: [
			{ type: 'rating', name: 'rating', rateMax: 4, isRequired: true },
			{ type: 'radiogroup', name: 'radiogroup', choices: ['a', 'b', 'c'], isRequired: true },
		],
	}),
	key: JSON.stringify({ ...everyTypeKey, instrument: TIMED }),
	sha256: 'f1f1',
};

eachDialect('files and clocks of answers', (open) => {
	let town: Town;
	let records: Records;
	let teacher: Agent;
	let campaign: string;
	const at = (rest: string, instrument = 'every-type'): string =>
		`/api/my/diagnostics/${campaign}/${instrument}${rest}`;
	const upload = (agent: Agent, question: string, name: string, bytes: Buffer) =>
		agent
			.post(`${at('/files')}?question=${question}&file_name=${encodeURIComponent(name)}`)
			.set('content-type', 'application/octet-stream')
			.send(bytes as unknown as object);

	beforeAll(async () => {
		records = await open();
		town = await buildTown(records);
		await records.db.insertInto('instrument_version').values([everyTypeVersion, timed]).execute();
		teacher = await town.signInAs('teacher');
		campaign = await runCampaign(town, 'open', ['every-type', TIMED]);
	});

	it('refuses an anonymous campaign that would ask for files, and says why', async () => {
		const methodist = await town.signInAs('methodist');
		const body = campaignBody(['every-type'], { mode: 'anonymous' });
		const refused = await methodist.post('/api/campaigns', body);
		expectProblem(refused, 422, 'anonymous-campaign-files');
		expect(refused.body.detail).toContain('Все виды вопросов');
	});

	it('takes nothing before consent', async () => {
		expectProblem(await upload(teacher, 'file', 'a.png', pngWithMetadata()), 403, 'consent-needed');
		const consented = await teacher.post(`/api/my/diagnostics/${campaign}/consent`, {
			give: true,
			methodist: true,
		});
		expect(consented.status).toBe(200);
	});

	it('stores a picture without its metadata, and gives it back to its owner alone', async () => {
		const stored = await upload(teacher, 'file', 'фото урока.exe', pngWithMetadata());
		expect(stored.status, stored.text).toBe(201);
		const { reference, name, type } = answerFile.parse(stored.body);
		expect({ name, type }).toEqual({ name: 'фото урока.png', type: 'image/png' });
		const own = await teacher.get(at(`/files/${reference.slice(5)}`)).buffer(true);
		expect(own.status).toBe(200);
		expect(own.headers['content-disposition']).toContain('attachment');
		expect(own.headers['content-security-policy']).toContain('sandbox');
		expect(Buffer.from(own.body).includes(SECRET)).toBe(false);
		expect(Buffer.from(own.body).subarray(1, 4).toString()).toBe('PNG');
		const colleague = await town.signInAs('colleague');
		expectProblem(await colleague.get(at(`/files/${reference.slice(5)}`)), 404, 'not-found');
		expectProblem(await (await town.signInAs('admin')).get(at(`/files/${reference.slice(5)}`)), 403);
	});

	it('keeps one file however often it is sent under its id, and gives nobody else that id', async () => {
		const id = '0f1e2d3c-4b5a-4697-8877-665544332211';
		const send = (agent: Agent, bytes: Buffer) =>
			agent
				.post(`${at('/files')}?question=file&file_name=a.png&file=${id.toUpperCase()}`)
				.set('content-type', 'application/octet-stream')
				.send(bytes as unknown as object);
		const both = await Promise.all([send(teacher, pngWithMetadata()), send(teacher, pngWithMetadata())]);
		expect(both.map(({ status }) => status)).toEqual([201, 201]);
		for (const { body } of [...both, await send(teacher, pngWithMetadata())])
			expect(answerFile.parse(body).reference).toBe(`file/${id}`);
		const count = await records.db.selectFrom('answer_file').select('id').where('id', '=', id).execute();
		expect(count).toHaveLength(1);
		expectProblem(await send(teacher, Buffer.from('другой текст')), 409, 'file-id-taken');
		const colleague = await town.signInAs('colleague');
		await colleague.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: false });
		expectProblem(await send(colleague, pngWithMetadata()), 409, 'file-id-taken');
		const bad = await teacher
			.post(`${at('/files')}?question=file&file_name=a.png&file=1`)
			.set('content-type', 'application/octet-stream')
			.send(pngWithMetadata() as unknown as object);
		expectProblem(bad, 422, 'invalid-query');
	});

	it('refuses what is no file of the form, of a kind not taken, broken, empty or too large', async () => {
		expectProblem(await upload(teacher, 'rating', 'a.png', pngWithMetadata()), 422, 'no-file-question');
		expectProblem(await upload(teacher, 'file', 'a.png', Buffer.from('<html>')), 415, 'file-kind-not-taken');
		expectProblem(
			await upload(teacher, 'signaturepad', 'a.pdf', Buffer.from('%PDF-1.7')),
			415,
			'file-kind-not-taken',
		);
		expectProblem(
			await upload(teacher, 'file', 'a.png', pngWithMetadata().subarray(0, 60)),
			422,
			'broken-picture',
		);
		expectProblem(await upload(teacher, 'file', 'a.png', Buffer.alloc(0)), 422, 'empty-body');
		expectProblem(await upload(teacher, 'file', 'a.png', Buffer.alloc(6_000_000)), 413, 'too-large');
	});

	it('takes answers that refer to own files only, keeps those and discards the rest', async () => {
		const [kept, sign, unused] = await Promise.all(
			['file', 'signaturepad', 'file'].map((question) =>
				upload(teacher, question, 'a.png', pngWithMetadata()),
			),
		);
		const reference = (reply: typeof kept): string => answerFile.parse(reply?.body).reference;
		const answers = answersToEveryType(3);
		const { response_id } = (await teacher.get(at(''))).body;
		const submit = (given: object) =>
			teacher.post(at('/response'), {
				response_id,
				answers: given,
				started_at: null,
				duration_seconds: null,
			});
		const foreign = await submit(answers);
		expectProblem(foreign, 422, 'invalid-answers');
		expect(foreign.body.issues.map(({ code }: { code: string }) => code)).toContain('answer-bad-file');
		const own = {
			...answers,
			file: [{ name: 'a.png', type: 'image/png', content: reference(kept) }],
			signaturepad: reference(sign),
		};
		const done = await submit(own);
		expect(done.status, done.text).toBe(201);
		expect((await submit(own)).status).toBe(201);
		expect((await teacher.get(at(`/files/${reference(kept).slice(5)}`))).status).toBe(200);
		expect((await teacher.get(at(`/files/${reference(unused).slice(5)}`))).status).toBe(404);
		const files = await records.db.selectFrom('answer_file').select('id').execute();
		expect(files).toHaveLength(2);
	});

	it('shows a file to the methodist after release and with consent, and logs the look', async () => {
		const { id, participant_code } = await records.db
			.selectFrom('answer_file')
			.select(['id', 'participant_code'])
			.limit(1)
			.executeTakeFirstOrThrow();
		const methodist = await town.signInAs('methodist');
		const path = `/api/campaigns/${campaign}/files/${id}`;
		expectProblem(await methodist.get(path), 404, 'not-found');
		const other = await runCampaign(town, 'open', [TIMED]);
		await moveCampaign(methodist, campaign, ['closed', 'scored', 'reviewed', 'released']);
		expect((await methodist.get(path)).status).toBe(200);
		expectProblem(await (await town.signInAs('neighbour')).get(path), 404, 'not-found');
		expectProblem(await (await town.signInAs('leader')).get(path), 403, 'forbidden');
		const looks = await records.db
			.selectFrom('audit')
			.select('purpose')
			.where('object', '=', `participant/${participant_code}`)
			.execute();
		expect(looks).toEqual([{ purpose: 'answer-file' }]);
		const shown = myData.parse((await teacher.get('/api/my/data')).body).looks;
		expect(shown.map(({ role, action, purpose }) => ({ role, action, purpose }))).toEqual([
			{ role: 'methodist', action: 'see-individual', purpose: 'answer-file' },
		]);
		campaign = other;
	});

	it('runs the clock of a timed form on the server, takes what was saved in time, and nothing later', async () => {
		await teacher.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: false });
		const begun = attemptReply.parse((await teacher.post(at('/start', TIMED))).body);
		expect(begun).toMatchObject({ limit_seconds: 600, elapsed_seconds: 0 });
		const again = attemptReply.parse((await teacher.post(at('/start', TIMED))).body);
		expect(again.started_at).toBe(begun.started_at);
		expect((await teacher.put(at('/draft', TIMED), { answers: { rating: 2 }, page: 0 })).status).toBe(200);
		const { response_id } = (await teacher.get(at('', TIMED))).body;
		const submit = (answers: object) =>
			teacher.post(at('/response', TIMED), {
				response_id,
				answers,
				started_at: null,
				duration_seconds: null,
			});
		expectProblem(await submit({ rating: 2 }), 422, 'invalid-answers');
		await records.db
			.updateTable('attempt')
			.set({ started_at: new Date(Date.now() - 700_000).toISOString() })
			.where('instrument', '=', TIMED)
			.execute();
		expectProblem(
			await teacher.put(at('/draft', TIMED), { answers: { rating: 4 }, page: 0 }),
			409,
			'time-is-up',
		);
		const late = await submit({ rating: 4, radiogroup: 'b' });
		expect(late.status, late.text).toBe(201);
		const stored = await records.db
			.selectFrom('response')
			.select('answers')
			.where('instrument', '=', TIMED)
			.executeTakeFirstOrThrow();
		expect(JSON.parse(stored.answers)).toEqual({ rating: 2 });
	});
});
