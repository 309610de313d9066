import { unzipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { recordGrant } from '#data/records/registry/grants.ts';
import { createAccount } from '#server/accounts.ts';
import { agreedFile, answerFile } from '#server/contract/answer-files.ts';
import { myProfile } from '#server/contract/my.ts';
import { myData } from '#server/contract/my-data.ts';
import { observationCampaign, observationForm } from '#server/contract/observations.ts';
import { pngWithMetadata, SECRET } from '../support/pictures.ts';
import { eachDialect } from '../support/records.ts';
import { answersTo, moveCampaign, runCampaign } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, PASSWORD, signInAgent, type Town } from './town.ts';

const FORM = 'lesson-observation';

eachDialect('files of an observed lesson', (open) => {
	let town: Town;
	let teacher: Agent;
	let methodist: Agent;
	let second: Agent;
	let campaign: string;
	let path: string;

	beforeAll(async () => {
		town = await buildTown(await open());
		teacher = await town.signInAs('teacher');
		methodist = await town.signInAs('methodist');
		const account_id = await createAccount(town.signIn, {
			login: 'second',
			name: 'Второй методист',
			password: PASSWORD,
		});
		await recordGrant(town.records.db, { account_id, role: 'methodist', place: 'municipality/M1' });
		second = await signInAgent(town.app, 'second', PASSWORD);
		campaign = await runCampaign(town, 'open', [FORM]);
		await teacher.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: true });
		const [listed] = observationCampaign.array().parse((await methodist.get('/api/observations')).body);
		path = `/api/observations/${campaign}/${listed?.teachers[0]?.participant_code}/${FORM}`;
	});

	const formOf = async (agent: Agent) => observationForm.parse((await agent.get(path)).body);
	const attach = (agent: Agent, response_id: string, name: string, bytes: Buffer, question = 'materials') =>
		agent
			.post(`${path}/files?${new URLSearchParams({ question, response_id, file_name: name })}`)
			.set('content-type', 'application/octet-stream')
			.send(bytes as unknown as object);
	const attached = async (agent: Agent, response_id: string, name: string) => {
		const reply = await attach(agent, response_id, name, pngWithMetadata());
		expect(reply.status, reply.text).toBe(201);
		return answerFile.parse(reply.body);
	};
	const handIn = (
		agent: Agent,
		response_id: string,
		files: { reference: string; name: string; type: string }[],
	) =>
		agent.post(`${path}/response`, {
			response_id,
			answers: {
				...answersTo(FORM, -1),
				materials: files.map(({ reference, name, type }) => ({ name, type, content: reference })),
			},
			started_at: null,
			duration_seconds: 600,
		});
	const idOf = ({ reference }: { reference: string }) => reference.slice('file/'.length);
	const storedIds = async () =>
		(await town.records.db.selectFrom('answer_file').select('id').orderBy('stored_at').execute()).map(
			({ id }) => id,
		);

	it('are taken from the observer alone, of the kinds and sizes of file questions', async () => {
		const { response_id } = await formOf(methodist);
		expectProblem(
			await attach(methodist, response_id, 'a.png', Buffer.from('<html>')),
			415,
			'file-kind-not-taken',
		);
		expectProblem(await attach(methodist, response_id, 'a.png', Buffer.alloc(6_000_000)), 413, 'too-large');
		expectProblem(
			await attach(methodist, response_id, 'a.png', pngWithMetadata(), 'strength'),
			422,
			'no-file-question',
		);
		expectProblem(await attach(methodist, 'no-id', 'a.png', pngWithMetadata()), 422, 'invalid-query');
		for (const login of ['teacher', 'coordinator', 'leader', 'admin'])
			expectProblem(
				await attach(await town.signInAs(login), response_id, 'a.png', pngWithMetadata()),
				403,
				'forbidden',
			);
		const neighbour = await town.signInAs('neighbour');
		expectProblem(await attach(neighbour, response_id, 'a.png', pngWithMetadata()), 404, 'not-found');
		const own = await teacher
			.post(`/api/my/diagnostics/${campaign}/${FORM}/files?question=materials&file_name=a.png`)
			.set('content-type', 'application/octet-stream')
			.send(pngWithMetadata() as unknown as object);
		expectProblem(own, 403, 'filled-by-observer');
		expect(await storedIds()).toEqual([]);
	});

	it('lose their metadata, and until they are handed in only their observer sees them', async () => {
		const { response_id } = await formOf(methodist);
		const file = await attached(methodist, response_id, 'доска.png');
		const seen = await methodist.get(`${path}/files/${idOf(file)}`).buffer(true);
		expect(seen.status).toBe(200);
		expect(Buffer.from(seen.body).includes(SECRET)).toBe(false);
		expectProblem(await second.get(`${path}/files/${idOf(file)}`), 404, 'not-found');
		expectProblem(await teacher.get(`/api/my/data/files/${idOf(file)}`), 404, 'not-found');
		expectProblem(
			await teacher.get(`/api/my/diagnostics/${campaign}/${FORM}/files/${idOf(file)}`),
			404,
			'not-found',
		);
		const data = myData.parse((await teacher.get('/api/my/data')).body);
		expect(data.invitations[0]?.instruments[0]?.files).toEqual([]);
	});

	it('stand with the observation they were attached to: others are refused, left-overs go', async () => {
		const form = await formOf(methodist);
		const theirs = await attached(second, (await formOf(second)).response_id, 'чужой.png');
		expectProblem(await handIn(methodist, form.response_id, [theirs]), 422, 'invalid-answers');
		const [kept, dropped] = [
			await attached(methodist, form.response_id, 'план урока.png'),
			await attached(methodist, form.response_id, 'лишний.png'),
		];
		const sent = await handIn(methodist, form.response_id, [kept]);
		expect(sent.status, sent.text).toBe(201);
		expect((await handIn(methodist, form.response_id, [kept])).status).toBe(201);
		expect(await storedIds()).toEqual([idOf(theirs), idOf(kept)]);
		expect(idOf(dropped)).not.toBe(idOf(kept));
		expectProblem(
			await attach(methodist, form.response_id, 'поздно.png', pngWithMetadata()),
			409,
			'already-answered',
		);
	});

	it('are shown to the teacher: in the profile, among the own data, and in the archive to take along', async () => {
		await town.settle();
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		expect(profile.campaigns[0]?.files).toMatchObject([{ name: 'план урока.png', by: 'observer' }]);
		const data = myData.parse((await teacher.get('/api/my/data')).body);
		const [instrument] = data.invitations[0]!.instruments;
		const [file] = instrument!.files;
		expect(file).toMatchObject({ name: 'план урока.png', type: 'image/png', by: 'observer' });
		expect(file?.question.ru).toBe('Фото и файлы урока');
		expect(instrument?.answers?.find(({ item }) => item === 'materials')?.answer?.ru).toBe('план урока.png');
		expect((await teacher.get(`/api/my/data/files/${file?.file}`)).status).toBe(200);
		const colleague = await town.signInAs('colleague');
		expectProblem(await colleague.get(`/api/my/data/files/${file?.file}`), 404, 'not-found');
		const archive = await teacher
			.get('/api/my/data/file?format=zip')
			.buffer(true)
			.parse((reply, done) => {
				const parts: Buffer[] = [];
				reply.on('data', (part: Buffer) => parts.push(part));
				reply.on('end', () => done(null, Buffer.concat(parts)));
			});
		expect(archive.status).toBe(200);
		const entries = unzipSync(new Uint8Array(archive.body as Buffer));
		expect(Object.keys(entries).toSorted()).toEqual([
			'files/01-план урока.png',
			'opora-my-data.json',
			'opora-my-data.xlsx',
		]);
		expect(Buffer.from(entries['files/01-план урока.png']!).subarray(1, 4).toString()).toBe('PNG');
	});

	it('stay with an earlier observation, which the teacher sees as such', async () => {
		const form = await formOf(second);
		expect(form.observations).toBe(1);
		const newer = await attached(second, form.response_id, 'второй урок.png');
		expect((await handIn(second, form.response_id, [newer])).status).toBe(201);
		await town.settle();
		const data = myData.parse((await teacher.get('/api/my/data')).body);
		const [instrument] = data.invitations[0]!.instruments;
		expect(instrument?.files.map(({ name }) => name)).toEqual(['второй урок.png']);
		expect(instrument?.earlier.map(({ files }) => files.map(({ name }) => name))).toEqual([
			['план урока.png'],
		]);
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		expect(profile.campaigns[0]?.files.map(({ name }) => name)).toEqual(['второй урок.png']);
	});

	it('are shown to the methodist with the consent to see, after release, and each look is in the log', async () => {
		const person = (
			await town.records.db
				.selectFrom('person')
				.select('id')
				.where('full_name', '=', 'Учитель 1 школы S1')
				.executeTakeFirstOrThrow()
		).id;
		const unfinished = await attached(methodist, (await formOf(methodist)).response_id, 'не сдано.png');
		const list = async (agent: Agent) => agent.get(`/api/people/agreed/${person}/files`);
		expect((await list(methodist)).body).toEqual([]);
		await moveCampaign(methodist, campaign, ['closed', 'scored', 'reviewed', 'released']);
		// what was never handed in goes when nobody can hand it in any more
		expect(await storedIds()).not.toContain(idOf(unfinished));
		const files = agreedFile.array().parse((await list(methodist)).body);
		expect(files.map(({ name }) => name).toSorted()).toEqual(['второй урок.png', 'план урока.png']);
		const address = `/api/campaigns/${campaign}/files/${files[0]?.file}`;
		expect((await methodist.get(address)).status).toBe(200);
		expect((await list(await town.signInAs('neighbour'))).body).toEqual([]);
		expectProblem(await (await town.signInAs('neighbour')).get(address), 404, 'not-found');
		for (const login of ['leader', 'coordinator', 'teacher', 'admin'])
			expectProblem(await list(await town.signInAs(login)), 403, 'forbidden');
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		expect(profile.viewers.filter(({ purpose }) => purpose === 'answer-file')).toHaveLength(2);
	});

	it('go with the consent to take part', async () => {
		const withdrawn = await teacher.post(`/api/my/data/campaigns/${campaign}/withdraw`, {
			purpose: 'diagnostic',
		});
		expect(withdrawn.status, withdrawn.text).toBe(200);
		expect(await storedIds()).toEqual([]);
	});
});
