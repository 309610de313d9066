import { beforeAll, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '#data/records/audit.ts';
import { getInstrumentVersion, publishInstrument } from '#data/records/diagnostics/instruments.ts';
import { campaignDetail, campaignItem, instrumentItem, responseRate } from '#server/contract/diagnostics.ts';
import { campaignPreview } from '#server/contract/population.ts';
import { findOutlook } from '#server/response-pace.ts';
import { shareOfDay } from '#server/today.ts';
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

	it('is not made of a version that cannot be checked, which breaks no list', async () => {
		const { survey, key } = await getInstrumentVersion(town.records.db, SELF, 1);
		const broken = { ...JSON.parse(key), instrument: 'broken' };
		const validators = [{ type: 'regex', regex: '(' }];
		await town.records.transaction((trx) =>
			publishInstrument(trx, {
				instrument: 'broken',
				version: 1,
				survey: JSON.stringify({
					...JSON.parse(survey),
					pages: [{ elements: [{ type: 'text', name: 'code', validators }] }],
				}),
				key: JSON.stringify(broken),
				sha256: 'of a broken one',
			}),
		);
		const items = instrumentItem.array().parse((await methodist.get('/api/instruments')).body);
		expect(items.filter(({ is_usable }) => !is_usable).map(({ instrument }) => instrument)).toEqual([
			'broken',
		]);
		const body = campaignBody([], { instruments: [{ instrument: 'broken', version: 1 }] });
		expectProblem(await methodist.post('/api/campaigns', body), 422, 'broken-instrument');
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
		const outlook = { forecast: null, no_forecast: 'too-few' };
		expect(rate.outlook).toMatchObject(outlook);
		expect(rate.outlook!.pace).toBeCloseTo(1 / (3 + shareOfDay()), 2);
		expect(rate.by_municipality[0]!.outlook).toMatchObject(outlook);
		// A school sees refusals as answers, so no course over days either.
		const own = await (await town.signInAs('coordinator')).get(`/api/campaigns/${id}/response-rate`);
		expect(own.body).toMatchObject({ by_day: [], outlook: null, by_municipality: [{ outlook: null }] });
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

const window = { opens_on: '2026-09-01', closes_on: '2026-09-20' };
const all = { invited: 200, declined: 0 };
const at = (day: string, share = 0) => ({ day, share });
const even = Array.from({ length: 9 }, (_, index) => ({ day: `2026-09-0${index + 1}`, answered: 3 }));

it('forecasts an interval from the pace of the last seven days of the window', () => {
	const outlook = findOutlook(even, all, window, at('2026-09-10'));
	// By R: 21 answers in 7 · 173 + 7 · 1.5 + (0 + 3 + … + 18) person-days, 173 wait, 11 days are ahead.
	expect(outlook).toEqual({
		pace: 3,
		forecast: { low: 47, median: 56, high: 66, level: 0.8 },
		no_forecast: null,
	});
	// The day at hand counts with the part that is over, in the pace and in what is still to come.
	const atNoon = findOutlook(
		[...even, { day: '2026-09-10', answered: 9 }],
		all,
		window,
		at('2026-09-10', 0.5),
	);
	expect(atNoon.pace).toBe(30 / 7.5);
	// On the last evening the interval is closed.
	const evening = findOutlook(even, all, window, at('2026-09-20', 0.999)).forecast!;
	expect([evening.low, evening.high]).toEqual([27, 27]);
});

it('bends before the end of the list, which refusals shorten', () => {
	const { low, high } = findOutlook(even, { invited: 60, declined: 8 }, window, at('2026-09-10')).forecast!;
	expect(low).toBeLessThan(high);
	expect(high).toBeLessThan(52);
	const last = findOutlook(even, { invited: 29, declined: 2 }, window, at('2026-09-10')).forecast;
	expect(last).toMatchObject({ low: 27, high: 27 });
});

it('widens the interval where answers come in bursts', () => {
	const bursts = even.map(({ day }, index) => ({ day, answered: index % 3 === 2 ? 9 : 0 }));
	const width = (days: typeof even) => {
		const { low, high } = findOutlook(days, all, window, at('2026-09-10')).forecast!;
		return high - low;
	};
	expect(width(bursts)).toBeGreaterThan(1.5 * width(even));
});

it('says why there is no forecast', () => {
	const none = (days: typeof even, moment: { day: string; share: number }) =>
		findOutlook(days, all, window, moment).no_forecast;
	expect(none([], at('2026-09-01', 0.5))).toBe('too-early');
	expect(none(even.slice(0, 1), at('2026-09-02', 0.9))).toBe('too-early');
	expect(none(even.slice(0, 1), at('2026-09-05'))).toBe('too-few');
	expect(none([], at('2026-09-05'))).toBe('too-few');
	expect(none(even, at('2026-09-21'))).toBe('over');
	expect(findOutlook(even, all, window, at('2026-08-20')).no_forecast).toBe('too-early');
});
