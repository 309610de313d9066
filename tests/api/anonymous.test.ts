import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { listAudit } from '#data/records/audit.ts';
import { eachDialect } from '../support/records.ts';
import { answer, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

eachDialect('an anonymous campaign', (open) => {
	let town: Town;
	let campaign: string;
	let token: string;
	let visitor: Agent;
	const enter = (to = 'answer') => request(town.app).post('/api/session/link').send({ token, to });
	beforeAll(async () => {
		town = await buildTown(await open());
		campaign = await runCampaign(town, 'open', [SELF], { mode: 'anonymous' });
		const methodist = await town.signInAs('methodist');
		const { body } = await methodist.post(`/api/campaigns/${campaign}/links`, { school_id: 'S1' });
		expect(body).toHaveLength(7);
		for (const { full_name } of body) expect(full_name).toBe('');
		token = body[1].url.split('#')[1];
		const entered = await enter();
		expect(entered.body.session.name).toBe('');
		visitor = agentOf(town.app, cookiesOf(entered.headers), entered.body.csrf);
	});

	it('is in nobody’s account', async () => {
		expect((await (await town.signInAs('teacher')).get('/api/my/diagnostics')).body).toEqual([]);
	});

	it('keeps drafts in the browser and asks for nothing personal', async () => {
		const path = `/api/my/diagnostics/${campaign}`;
		const given = await visitor.post(`${path}/consent`, { give: true, methodist: true });
		expect(given.body).toEqual({ given: true, methodist_given: false });
		expectProblem(
			await visitor.put(`${path}/${SELF}/draft`, { answers: {}, page: 0 }),
			409,
			'anonymous-draft',
		);
	});

	it('keeps answers under a code of nobody, and no time finer than a day', async () => {
		const { db } = town.records;
		const handedIn = await answer(visitor, campaign, SELF, { methodist: true });
		expect(handedIn.status, handedIn.text).toBe(201);
		expect(handedIn.body.submitted_at).toMatch(/T00:00:00\.000Z$/);
		const [response] = await db.selectFrom('response').selectAll().execute();
		expect(response).toMatchObject({ started_at: null, duration_seconds: null });
		expect(response!.submitted_at).toMatch(/T00:00:00\.000Z$/);
		expect(await db.selectFrom('identity').selectAll().execute()).toEqual([]);
		for (const { given_at, declined_at } of await db.selectFrom('consent').selectAll().execute())
			expect(given_at ?? declined_at).toMatch(/T00:00:00\.000Z$/);
		const lines = await listAudit(town.records.db, { action: 'enter-by-link', limit: 10 });
		expect(lines.map(({ who }) => who)).toEqual(['participant']);
	});

	it('keeps no position of anybody, and tells analysis and the form none; a confidential one does', async () => {
		const { db } = town.records;
		const positionsOf = async (id: string) => {
			const rows = await db
				.selectFrom('participant')
				.select('position')
				.where('campaign_id', '=', id)
				.execute();
			return rows.map(({ position }) => position);
		};
		expect(await positionsOf(campaign)).toEqual(Array(13).fill(null));
		const { body } = await visitor.get(`/api/my/diagnostics/${campaign}/${SELF}`);
		expect(body.respondent.position ?? null).toBeNull();
		await town.settle();
		const analysed = await town.warehouse.ask(`select * from participant where campaign_id = '${campaign}'`);
		expect(analysed.names).not.toContain('position');
		const named = await runCampaign(town, 'approved', [SELF]);
		expect(new Set(await positionsOf(named))).toEqual(new Set(['teacher']));
	});

	it('counts the answer, and gives nobody a profile', async () => {
		await town.settle();
		const methodist = await town.signInAs('methodist');
		const rate = await methodist.get(`/api/campaigns/${campaign}/response-rate`);
		expect(rate.body).toMatchObject({ invited: 13, answered: 1 });
		expect((await visitor.get('/api/my/profile')).body.campaigns).toEqual([]);
		expect((await visitor.get('/api/my/diagnostics')).body[0]).toMatchObject({
			state: 'done',
			result: 'none',
		});
		expectProblem(await methodist.get(`/api/campaigns/${campaign}/participation?school=S1`), 403);
		expectProblem(await enter(), 403, 'link-used-up');
		// Nothing here is the visitor's to read: it is tied to nobody.
		expectProblem(await enter('read'), 403, 'link-used-up');
	});
});
