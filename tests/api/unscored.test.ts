import { beforeAll, expect, it } from 'vitest';
import { recordGrant } from '#data/records/registry/grants.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { createAccount } from '#server/accounts.ts';
import { analyticsAnswer } from '#server/contract/analytics.ts';
import { myDiagnostic, myDiagnosticItem, myProfile } from '#server/contract/my.ts';
import { draftDetail } from '#server/contract/workshop.ts';
import { eachDialect } from '../support/records.ts';
import { moveCampaign, runCampaign } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, PASSWORD, signInAgent, type Town } from './town.ts';

const answersOf: Record<string, Record<string, unknown>> = {
	'needs-survey': { n1: 4, n2: 3, form: ['a', 'c'], words: 'Ничего' },
	'event-feedback': { use: 'a', best: 'Примеры' },
	questionnaire: { q1: 'b', q2: 'Оценивание' },
};

eachDialect('surveys that score nothing', (open) => {
	let town: Town;
	let author: Agent;
	let colleague: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		const login = { login: 'second', name: 'Вторая', password: PASSWORD };
		const account_id = await createAccount(town.signIn, login);
		await recordGrant(town.records.db, { account_id, role: 'methodist', place: 'municipality/M1' });
		author = await town.signInAs('methodist');
		colleague = await signInAgent(town.app, 'second', PASSWORD);
	});

	const start = async (template: string) => {
		const made = await author.post('/api/workshop/drafts', { from: { kind: 'template', template } });
		return draftDetail.parse((await author.get(`/api/workshop/drafts/${made.body.draft_id}`)).body);
	};
	const move = (agent: Agent, draft: { draft_id: string; revision: number }, to: string) =>
		agent.post(`/api/workshop/drafts/${draft.draft_id}/state`, { to, revision: draft.revision });

	it.each(Object.keys(answersOf))(
		'%s: made, reviewed, published, answered, and said to score nothing',
		async (template) => {
			const draft = await start(template);
			expect(draft.content.key.items).toEqual([]);
			expect(draft.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
			const sent = await move(author, draft, 'in_review');
			expect(sent.status, sent.text).toBe(200);
			const done = await move(colleague, draftDetail.parse(sent.body), 'published');
			expect(done.status, done.text).toBe(200);

			const campaign = await runCampaign(town, 'open', [draft.instrument]);
			const teacher = await town.signInAs('teacher');
			const path = `/api/my/diagnostics/${campaign}`;
			await teacher.post(`${path}/consent`, { give: true, methodist: false });
			const { response_id } = myDiagnostic.parse((await teacher.get(`${path}/${draft.instrument}`)).body);
			const body = { response_id, started_at: null, duration_seconds: 60 };
			const response = await teacher.post(`${path}/${draft.instrument}/response`, {
				...body,
				answers: answersOf[template],
			});
			expect(response.status, response.text).toBe(201);
			await moveCampaign(author, campaign, ['closed', 'scored', 'reviewed', 'released']);
			await town.settle();

			const mine = myDiagnosticItem.array().parse((await teacher.get('/api/my/diagnostics')).body);
			expect(mine.find((each) => each.campaign_id === campaign)).toMatchObject({
				state: 'done',
				result: 'none',
			});
			const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
			expect(profile.campaigns.map(({ campaign_id }) => campaign_id)).not.toContain(campaign);

			for (const module of ['deficit-map', 'demand-index', 'deficit-distribution']) {
				const reply = await author.get(`/api/analytics/${module}?campaign=${campaign}&format=json&lang=ru`);
				expect(reply.status, reply.text).toBe(200);
				const { notes, finding } = analyticsAnswer.parse(reply.body);
				expect(
					notes.map(({ code }) => code),
					module,
				).toContain('nothing-scored');
				expect(finding.title).toBe('В этой диагностике ничего не оценивается');
			}
			const unasked = analyticsAnswer.parse(
				(await author.get('/api/analytics/deficit-map?format=json')).body,
			);
			expect(unasked.notes.map(({ code }) => code)).not.toContain('nothing-scored');
			const stranger = await town.signInAs('neighbour');
			const theirs = await stranger.get(`/api/analytics/deficit-map?campaign=${campaign}&format=json`);
			expect(analyticsAnswer.parse(theirs.body).notes.map(({ code }) => code)).not.toContain(
				'nothing-scored',
			);
			expect(agrees(await verifyWarehouse(town.records, town.warehouse))).toBe(true);
		},
	);

	it('refuses a key in a questionnaire, and a test without one', async () => {
		const draft = await start('questionnaire');
		const save = (key: object, revision: number) =>
			author.put(`/api/workshop/drafts/${draft.draft_id}`, {
				...draft.content,
				key: { ...draft.content.key, ...key },
				revision,
			});
		const item = { item: 'q1', competency: 'assessment', max_points: 1 };
		const keyed = await save(
			{ items: [{ ...item, rule: { kind: 'choice', points: { a: 1, b: 0, c: 0, d: 0 } } }] },
			draft.revision,
		);
		const codes = (reply: { body: { findings: { code: string; severity: string }[] } }) =>
			reply.body.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
		expect(codes(keyed)).toEqual(['scored-questionnaire']);
		const test = await save({ channel: 'test' }, keyed.body.revision);
		expect(codes(test)).toEqual(expect.arrayContaining(['nothing-scored', 'no-scale', 'cut-scores']));
		expectProblem(await move(author, { ...draft, revision: test.body.revision }, 'in_review'), 422);
	});
});
