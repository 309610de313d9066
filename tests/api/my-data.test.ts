import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { myProfile } from '#server/contract/my.ts';
import { myData, resumeReply } from '#server/contract/my-data.ts';
import { sessionReply } from '#server/contract/session.ts';
import { writeResumeToken } from '#server/resume-pass.ts';
import { eachDialect } from '../support/records.ts';
import { answer, answersTo, moveCampaign, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

eachDialect('the own data of a participant', (open) => {
	let town: Town;
	let teacher: Agent;
	let campaign: string;

	beforeAll(async () => {
		town = await buildTown(await open());
		teacher = await town.signInAs('teacher');
		campaign = await runCampaign(town, 'open');
	});

	const readData = async (agent = teacher) => myData.parse((await agent.get('/api/my/data')).body);
	const enter = async (token: string) => {
		const reply = await request(town.app).post('/api/session/link').send({ token });
		return { reply, agent: agentOf(town.app, cookiesOf(reply.headers), reply.body.csrf) };
	};

	it('goes on elsewhere by a short-lived address, which opens this campaign only and ends by itself', async () => {
		await teacher.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: false });
		const answers = { subject_mastery: { s1: 2 } };
		await teacher.put(`/api/my/diagnostics/${campaign}/${SELF}/draft`, { answers, page: 0, base: 0 });
		const made = await teacher.post(`/api/my/diagnostics/${campaign}/resume`);
		expect(made.status, made.text).toBe(200);
		const { address, until } = resumeReply.parse(made.body);
		expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
		const token = new URL(address).hash.slice(1);
		const { agent } = await enter(token);
		const taken = await agent.get(`/api/my/diagnostics/${campaign}/${SELF}`);
		expect(taken.body.draft).toMatchObject({ answers, revision: 1 });
		// The same person on both devices, under one response.
		const here = await teacher.get(`/api/my/diagnostics/${campaign}/${SELF}`);
		expect(taken.body.response_id).toBe(here.body.response_id);
		expectProblem(
			(await enter(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).reply,
			404,
			'link-unknown',
		);
		const [, hash = ''] = token.split('.');
		const late = writeResumeToken(
			town.secret,
			Buffer.from(hash, 'base64url').toString('hex'),
			Date.now() - 16 * 60_000,
		);
		expectProblem((await enter(late.token)).reply, 404, 'link-unknown');
		const stranger = await town.signInAs('neighbour');
		expectProblem(await stranger.post(`/api/my/diagnostics/${campaign}/resume`), 403, 'forbidden');
	});

	it('tells devices whose copies they keep, by a name that leads to nobody', async () => {
		const holderOf = async (agent: Agent) =>
			sessionReply.parse((await agent.get('/api/session')).body).session!.holder;
		const own = await holderOf(teacher);
		expect(own).toMatch(/^[\w-]{16}$/);
		expect(await holderOf(teacher)).toBe(own);
		expect(await holderOf(await town.signInAs('colleague'))).not.toBe(own);
	});

	it('shows what is kept: registry, invitations, consents, unfinished and finished answers in words', async () => {
		const before = await readData();
		expect(before.registry).toMatchObject({ full_name: 'Учитель 1 школы S1', birth_date: '1970-03-01' });
		expect(before.registry!.employments).toMatchObject([
			{ school_name: 'Школа S1', started_on: '2010-09-01' },
		]);
		const [instrument] = before.invitations[0]!.instruments;
		expect(instrument!.answers).toBeNull();
		expect(instrument!.draft!.filter((each) => each.answer !== null)).toHaveLength(1);
		const done = await answer(teacher, campaign, SELF, { place: 2, methodist: true });
		expect(done.status, done.text).toBe(201);
		await town.settle();
		const data = await readData();
		const [invitation] = data.invitations;
		expect(invitation).toMatchObject({
			campaign_id: campaign,
			mode: 'confidential',
			school_name: 'Школа S1',
		});
		expect(invitation!.consents.map(({ purpose, in_force }) => [purpose, in_force])).toEqual([
			['diagnostic', true],
			['methodist', true],
		]);
		const given = invitation!.instruments[0]!.answers!;
		expect(given.length).toBeGreaterThan(30);
		expect(given[0]!.question.ru).not.toMatch(/^s1$/);
		expect(given[0]!.answer!.ru).not.toMatch(/^\d+$/);
		expect(data.scores.length).toBeGreaterThan(15);
		expect(data.own_acts.map(({ action }) => action)).toContain('sign-in');
	});

	it('gives it as files, and notes that in the log', async () => {
		const json = await teacher.get('/api/my/data/file?format=json');
		expect(json.headers['content-disposition']).toMatch(/^attachment; filename="opora-my-data-.*\.json"/);
		expect(myData.parse(json.body).registry!.full_name).toBe('Учитель 1 школы S1');
		const csv = await teacher.get('/api/my/data/file?format=csv');
		expect(csv.text).toContain('"Раздел";"К чему относится"'.replaceAll('"', ''));
		expect(csv.text).toContain('Учитель 1 школы S1');
		const xlsx = await teacher
			.get('/api/my/data/file?format=xlsx')
			.buffer(true)
			.parse((res, done) => {
				const chunks: Buffer[] = [];
				res.on('data', (chunk: Buffer) => chunks.push(chunk));
				res.on('end', () => done(null, Buffer.concat(chunks)));
			});
		expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe('PK');
		expectProblem(await teacher.get('/api/my/data/file?format=pdf'), 422, 'invalid-query');
		expect((await readData()).own_acts.map(({ action }) => action)).toContain('export-own-data');
	});

	it('shows nobody else, and is for participants only', async () => {
		const colleague = await readData(await town.signInAs('colleague'));
		expect(JSON.stringify(colleague)).not.toContain('Учитель 1 школы S1');
		expect(colleague.scores).toEqual([]);
		expectProblem(await (await town.signInAs('methodist')).get('/api/my/data'), 403, 'forbidden');
		const withdrawn = await (await town.signInAs('methodist')).post(
			`/api/my/data/campaigns/${campaign}/withdraw`,
			{
				purpose: 'diagnostic',
			},
		);
		expectProblem(withdrawn, 403, 'forbidden');
		expectProblem(
			await teacher.post('/api/my/data/campaigns/nothing/withdraw', { purpose: 'diagnostic' }),
			404,
		);
		expectProblem(await teacher.post(`/api/my/data/campaigns/${campaign}/withdraw`, { purpose: 'all' }), 422);
	});

	it('speaks of change between waves only where it is more than the error, and compares no two instruments', async () => {
		const second = await runCampaign(town, 'open');
		await answer(teacher, second, SELF, { place: 0 });
		await town.settle();
		const { history } = myProfile.parse((await teacher.get('/api/my/profile')).body);
		const line = history.find(({ scale }) => scale === 'subject_content')!;
		expect(line.results.map(({ campaign_id }) => campaign_id)).toEqual([campaign, second]);
		const [before, after] = line.results;
		expect(before!.change).toBeNull();
		// D13 with the planned error of 12 on both sides.
		const index = (after!.percent - before!.percent) / Math.hypot(before!.sem!, after!.sem!);
		expect(after!.change!.index).toBeCloseTo(index, 10);
		expect(after!.change!.verdict).toBe(index > 1.96 ? 'improved' : index < -1.96 ? 'worse' : 'unchanged');
	});

	it('takes the methodist off, and nothing else', async () => {
		const path = `/api/my/data/campaigns/${campaign}/withdraw`;
		const withdrawn = await teacher.post(path, { purpose: 'methodist' });
		expect(withdrawn.body, withdrawn.text).toEqual({ responses: 0 });
		const { invitations } = await readData();
		const own = invitations.find((each) => each.campaign_id === campaign)!;
		expect(own.consents.map(({ purpose, in_force }) => [purpose, in_force])).toEqual([
			['diagnostic', true],
			['methodist', false],
		]);
		expect(own.instruments[0]!.answers).not.toBeNull();
	});

	it('forgets the answers of a withdrawn consent everywhere, keeps its dates, and to the school it reads as done', async () => {
		const colleague = await town.signInAs('colleague');
		await answer(colleague, campaign, SELF, { place: 1 });
		await town.settle();
		const countScores = async () =>
			Number(
				(
					await town.warehouse.ask(
						`select count(distinct response_key) as n from scale_score where campaign_id = '${campaign}'`,
					)
				).columns[0]![0],
			);
		expect(await countScores()).toBe(2);
		const rateOf = async () => {
			const methodist = await town.signInAs('methodist');
			const { body } = await methodist.get(`/api/campaigns/${campaign}/participation?school=S1`);
			return body;
		};
		const doneBefore = await rateOf();
		const path = `/api/my/data/campaigns/${campaign}/withdraw`;
		const withdrawn = await teacher.post(path, { purpose: 'diagnostic' });
		expect(withdrawn.body, withdrawn.text).toEqual({ responses: 1 });
		await town.settle();
		expect(await countScores()).toBe(1);
		expect(agrees(await verifyWarehouse(town.records, town.warehouse))).toBe(true);
		expect(await rateOf()).toEqual(doneBefore);
		const { invitations, scores } = await readData();
		const own = invitations.find((each) => each.campaign_id === campaign)!;
		expect(own.instruments[0]).toMatchObject({ answers: null, submitted_at: null });
		const [diagnostic] = own.consents;
		expect(diagnostic).toMatchObject({ purpose: 'diagnostic', in_force: false });
		expect(diagnostic!.given_at).not.toBeNull();
		expect(diagnostic!.declined_at).not.toBeNull();
		expect(scores.some(({ campaign_id }) => campaign_id === campaign)).toBe(false);
		const log = await town.records.db.selectFrom('audit').select(['action', 'purpose']).execute();
		expect(log).toContainEqual({ action: 'withdraw-consent', purpose: 'diagnostic' });
		// What another device still held comes too late.
		const late = await teacher.post(`/api/my/diagnostics/${campaign}/${SELF}/response`, {
			response_id: '11111111-2222-4333-8444-555555555555',
			answers: answersTo(SELF, 2),
			started_at: null,
			duration_seconds: null,
		});
		expectProblem(late, 403, 'consent-needed');
	});

	it('says of an anonymous diagnostic that its answers cannot be found, and takes nothing back', async () => {
		const anonymous = await runCampaign(town, 'open', [SELF], { mode: 'anonymous', schools: ['S2'] });
		const methodist = await town.signInAs('methodist');
		const { body } = await methodist.post(`/api/campaigns/${anonymous}/links`, { school_id: 'S2' });
		const token = new URL(body[0].address ?? body[0].link ?? body[0].url).hash.slice(1);
		const { agent } = await enter(token);
		const done = await answer(agent, anonymous, SELF);
		expect(done.status, done.text).toBe(201);
		const data = await readData(agent);
		expect(data.registry).toBeNull();
		expect(data.invitations[0]).toMatchObject({ mode: 'anonymous', participant_code: null });
		expect(data.invitations[0]!.instruments[0]!.answers).toBeNull();
		const path = `/api/my/data/campaigns/${anonymous}/withdraw`;
		expectProblem(await agent.post(path, { purpose: 'diagnostic' }), 409, 'anonymous-withdrawal');
		const declined = await agent.post(`/api/my/diagnostics/${anonymous}/consent`, {
			give: false,
			methodist: false,
		});
		expectProblem(declined, 409, 'anonymous-withdrawal');
		expectProblem(await agent.post(`/api/my/diagnostics/${anonymous}/resume`), 409, 'anonymous-draft');
		const kept = await town.records.db
			.selectFrom('response')
			.select('id')
			.where('campaign_id', '=', anonymous)
			.execute();
		expect(kept).toHaveLength(1);
		await moveCampaign(methodist, anonymous, ['closed']);
	});
});
