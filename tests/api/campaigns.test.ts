import { beforeAll, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '#data/records/audit.ts';
import {
	campaignDetail,
	campaignItem,
	campaignPreview,
	instrumentItem,
	responseRate,
} from '#server/contract/diagnostics.ts';
import { findPace } from '#server/response-pace.ts';
import { eachDialect } from '../support/records.ts';
import { answer, campaignBody, moveCampaign, runCampaign, SELF, TEST } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

eachDialect('a campaign', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
	});

	it('is made of published instruments', async () => {
		const items = instrumentItem.array().parse((await methodist.get('/api/instruments')).body);
		expect(items.map(({ instrument }) => instrument)).toEqual(expect.arrayContaining([SELF, TEST]));
		const unknown = campaignBody([], { instruments: [{ instrument: SELF, version: 99 }] });
		expectProblem(await methodist.post('/api/campaigns', unknown), 422, 'unknown-instrument');
	});

	it('is previewed before anybody is invited', async () => {
		const all = campaignPreview.parse((await methodist.post('/api/campaigns/preview', campaignBody())).body);
		expect(all).toMatchObject({ people: 13, schools: 2 });
		const one = await methodist.post('/api/campaigns/preview', campaignBody([SELF], { schools: ['S2'] }));
		expect(one.body.by_school).toEqual([{ school_id: 'S2', name: 'Школа S2', people: 6 }]);
		const foreign = await methodist.post('/api/campaigns/preview', campaignBody([SELF], { schools: ['S3'] }));
		expectProblem(foreign, 422, 'invalid-body');
		const nobody = await methodist.post('/api/campaigns', campaignBody([SELF], { subjects: ['astronomy'] }));
		expectProblem(nobody, 422, 'empty-population');
	});

	it('goes its way one step at a time, and invites everybody once at approval', async () => {
		const id = await runCampaign(town, 'draft');
		const draft = campaignDetail.parse((await methodist.get(`/api/campaigns/${id}`)).body);
		expect(draft).toMatchObject({ state: 'draft', invited: 0, next_states: ['approved'] });
		const jump = await methodist.post(`/api/campaigns/${id}/state`, { to: 'released' });
		expectProblem(jump, 409, 'wrong-state');
		await moveCampaign(methodist, id, ['approved']);
		const approved = campaignDetail.parse((await methodist.get(`/api/campaigns/${id}`)).body);
		expect(approved).toMatchObject({ state: 'approved', invited: 13, next_states: ['open'] });
		expectProblem(await methodist.post(`/api/campaigns/${id}/state`, { to: 'approved' }), 409);
		await moveCampaign(methodist, id, ['open', 'closed', 'scored', 'reviewed', 'released', 'archived']);
		expect((await methodist.get(`/api/campaigns/${id}`)).body).toMatchObject({
			invited: 13,
			next_states: [],
		});
	});

	it('may be decided by the head, who does not run it', async () => {
		const id = await runCampaign(town, 'draft');
		const leader = await town.signInAs('leader');
		const detail = await leader.get(`/api/campaigns/${id}`);
		expect(detail.body.next_states).toEqual(['approved']);
		expect((await leader.post(`/api/campaigns/${id}/state`, { to: 'approved' })).status).toBe(200);
		expectProblem(await leader.post(`/api/campaigns/${id}/state`, { to: 'open' }), 403, 'forbidden');
	});

	it('counts answers live, by school', async () => {
		const id = await runCampaign(town, 'open');
		await answer(await town.signInAs('teacher'), id, SELF);
		const rate = responseRate.parse((await methodist.get(`/api/campaigns/${id}/response-rate`)).body);
		expect(rate).toMatchObject({ invited: 13, answered: 1, declined: 0 });
		expect(rate.by_municipality[0]!.schools.map(({ school_id, answered }) => [school_id, answered])).toEqual([
			['S1', 1],
			['S2', 0],
		]);
		expect(rate.pace).toBeCloseTo(1 / 4);
		const list = campaignItem.array().parse((await methodist.get('/api/campaigns')).body);
		expect(list.find(({ campaign_id }) => campaign_id === id)).toMatchObject({ answered: 1 });
	});

	it('writes every step into a log whose chain holds', async () => {
		const id = await runCampaign(town, 'open');
		const lines = await listAudit(town.records.db, { object: `campaign/${id}`, limit: 10 });
		expect(lines.map(({ action }) => action)).toEqual([
			'campaign-open',
			'campaign-approved',
			'draft-campaign',
		]);
		expect(await verifyAudit(town.records.db)).toBeNull();
	});
});

it('forecasts from the pace of the last seven days of the window', () => {
	const window = { opens_on: '2026-09-01', closes_on: '2026-09-20' };
	const byDay = [
		{ day: '2026-09-02', answered: 30 },
		{ day: '2026-09-08', answered: 14 },
		{ day: '2026-09-10', answered: 7 },
	];
	// 21 answers in the seven days up to the tenth; ten days are left: 51 + 3·10 of 200.
	expect(findPace(byDay, 200, window, '2026-09-10')).toEqual({ pace: 3, forecast: 81 / 200 });
	expect(findPace(byDay, 60, window, '2026-09-10').forecast).toBe(1);
	expect(findPace([], 200, window, '2026-09-10')).toEqual({ pace: null, forecast: null });
	// On the second day the window is two days long.
	expect(findPace([{ day: '2026-09-02', answered: 30 }], 200, window, '2026-09-02').pace).toBe(15);
});
