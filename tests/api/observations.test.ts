import { beforeAll, expect, it } from 'vitest';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { myDiagnosticItem, myProfile } from '#server/contract/my.ts';
import { myData } from '#server/contract/my-data.ts';
import { observationCampaign, observationForm, observationSurvey } from '#server/contract/observations.ts';
import { eachDialect } from '../support/records.ts';
import { answersTo, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const FORM = 'lesson-observation';
const WORDS = 'Ученики <b>сами</b> проверяют\nдруг друга\u0007\u202e';

eachDialect('observing a lesson', (open) => {
	let town: Town;
	let teacher: Agent;
	let methodist: Agent;
	let campaign: string;

	beforeAll(async () => {
		town = await buildTown(await open());
		teacher = await town.signInAs('teacher');
		methodist = await town.signInAs('methodist');
		campaign = await runCampaign(town, 'open', [SELF, FORM]);
	});

	const list = async (agent: Agent) => {
		const reply = await agent.get('/api/observations');
		expect(reply.status, reply.text).toBe(200);
		return observationCampaign.array().parse(reply.body);
	};
	const submission = (response_id: string, place: number) => ({
		response_id,
		answers: { ...answersTo(FORM, place), strength: WORDS },
		started_at: null,
		duration_seconds: 600,
	});
	/** Observes the first teacher on the list; returns the reply. */
	const observe = async (place: number) => {
		const code = (await list(methodist))[0]?.teachers[0]?.participant_code;
		const path = `/api/observations/${campaign}/${code}/${FORM}`;
		const form = observationForm.parse((await methodist.get(path)).body);
		return {
			path,
			form,
			reply: await methodist.post(`${path}/response`, submission(form.response_id, place)),
		};
	};

	it('names nobody before consent, and the teacher has nothing to fill in', async () => {
		expect(await list(methodist)).toMatchObject([{ campaign_id: campaign, teachers: [], waiting: 13 }]);
		await teacher.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: false });
		const [only] = await list(methodist);
		expect(only?.teachers.map(({ full_name }) => full_name)).toEqual(['Учитель 1 школы S1']);
		expect(only?.waiting).toBe(12);
		const mine = myDiagnosticItem.array().parse((await teacher.get('/api/my/diagnostics')).body);
		expect(mine.map(({ instrument, filled_by }) => [instrument, filled_by])).toEqual([
			[SELF, 'me'],
			[FORM, 'observer'],
		]);
		const own = await teacher.post(
			`/api/my/diagnostics/${campaign}/${FORM}/response`,
			submission('11111111-2222-4333-8444-555555555555', 0),
		);
		expectProblem(own, 403, 'filled-by-observer');
	});

	it('is for methodists of the place only, and for teachers who agreed', async () => {
		for (const login of ['teacher', 'coordinator', 'leader', 'admin', 'auditor'])
			expectProblem(await (await town.signInAs(login)).get('/api/observations'), 403, 'forbidden');
		expect(await list(await town.signInAs('neighbour'))).toEqual([]);
		const silent = await town.records.db
			.selectFrom('participant')
			.select('participant_code')
			.where('school_id', '=', 'S2')
			.executeTakeFirstOrThrow();
		const path = `/api/observations/${campaign}/${silent.participant_code}/${FORM}`;
		expectProblem(await methodist.get(path), 404, 'not-found');
	});

	it('gives all that a device needs to open any form of the list without a connection', async () => {
		const [listed] = await list(methodist);
		const teacher = listed!.teachers[0]!;
		const path = `/api/observations/${campaign}/${teacher.participant_code}/${FORM}`;
		const form = observationForm.parse((await methodist.get(path)).body);
		const surveys = observationSurvey.array().parse((await methodist.get('/api/observations/surveys')).body);
		expect(surveys).toEqual([{ campaign_id: campaign, instrument: FORM, survey: form.survey }]);
		expect({ ...teacher, last_at: undefined, subject: undefined }).toEqual({
			participant_code: teacher.participant_code,
			full_name: form.full_name,
			school_name: form.school_name,
			observations: form.observations,
			respondent: form.respondent,
			response_id: form.response_id,
		});
		expectProblem(await (await town.signInAs('teacher')).get('/api/observations/surveys'), 403, 'forbidden');
		expect((await (await town.signInAs('neighbour')).get('/api/observations/surveys')).body).toEqual([]);
	});

	it('checks the answers, stores them once, and puts them beside the other channels', async () => {
		const { path, form, reply } = await observe(-1);
		expect(reply.status, reply.text).toBe(201);
		const repeated = await methodist.post(`${path}/response`, submission(form.response_id, -1));
		const next = (await list(methodist))[0]?.teachers[0]?.response_id;
		expect(next).toBe(observationForm.parse((await methodist.get(path)).body).response_id);
		expect(next).not.toBe(form.response_id);
		expect(repeated.status).toBe(201);
		const other = await methodist.post(`${path}/response`, submission(form.response_id, 0));
		expectProblem(other, 409, 'already-answered');
		const off = await methodist.post(`${path}/response`, {
			...submission('11111111-2222-4333-8444-555555555555', 0),
			answers: { aims: { o1: 9 } },
		});
		expectProblem(off, 422, 'invalid-answers');
		await teacher.post(`/api/my/diagnostics/${campaign}/${SELF}/response`, {
			...submission((await teacher.get(`/api/my/diagnostics/${campaign}/${SELF}`)).body.response_id, 0),
			answers: answersTo(SELF, 0),
		});
		await town.settle();
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		expect(profile.campaigns.map(({ channel, state }) => [channel, state])).toEqual([
			['self_assessment', 'ready'],
			['expert_review', 'ready'],
		]);
		const seen = profile.campaigns.find(({ channel }) => channel === 'expert_review');
		expect(seen?.scales.find(({ scale }) => scale === 'assessment')).toMatchObject({
			percent: 100,
			level: 'low',
		});
		expect(seen?.remarks).toEqual([
			{
				question: expect.objectContaining({ ru: 'Что стоит сохранить и показать коллегам?' }),
				words: 'Ученики <b>сами</b> проверяют\nдруг друга',
			},
		]);
		expect(profile.campaigns.find(({ channel }) => channel === 'self_assessment')?.remarks).toEqual([]);
		expect(profile.viewers.map(({ purpose }) => purpose)).toEqual([FORM]);
	});

	it('lets the last observation stand, keeps the earlier one, and counts the teacher once', async () => {
		const { form, reply } = await observe(0);
		expect(form.observations).toBe(1);
		expect(reply.status, reply.text).toBe(201);
		await town.settle();
		const kept = await town.records.db.selectFrom('observation').select('standing').execute();
		expect(kept.map(({ standing }) => standing).toSorted()).toEqual(['earlier', 'last']);
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		const seen = profile.campaigns.filter(({ channel }) => channel === 'expert_review');
		expect(seen).toHaveLength(1);
		expect(seen[0]?.scales.find(({ scale }) => scale === 'assessment')).toMatchObject({
			percent: 0,
			level: 'high',
		});
		const scored = await town.warehouse.ask(
			`select count(*)::integer from scale_score where channel = 'expert_review' and scale = 'assessment'`,
		);
		expect(scored.columns[0]).toEqual([1]);
	});

	it('tells the teacher what was observed as own data, and forgets it with the consent', async () => {
		const data = myData.parse((await teacher.get('/api/my/data')).body);
		const kept = data.invitations[0]?.instruments.find(({ instrument }) => instrument === FORM);
		expect(kept?.answers?.find(({ item }) => item === 'strength')?.answer?.ru).toContain('Ученики');
		const withdrawn = await teacher.post(`/api/my/data/campaigns/${campaign}/withdraw`, {
			purpose: 'diagnostic',
		});
		expect(withdrawn.status, withdrawn.text).toBe(200);
		await town.settle();
		expect(await town.records.db.selectFrom('observation').select('id').execute()).toEqual([]);
		const scored = await town.warehouse.ask(
			`select count(*)::integer from scale_score where channel = 'expert_review'`,
		);
		expect(scored.columns[0]).toEqual([0]);
		expect(agrees(await verifyWarehouse(town.records, town.warehouse))).toBe(true);
		expect((await list(methodist))[0]?.teachers).toEqual([]);
	});
});
