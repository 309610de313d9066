import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { modules } from '#analytics/catalogue.ts';
import type { RouteContract } from '#server/contract/route.ts';
import { routeAreas } from '#server/openapi.ts';
import { eachDialect } from '../support/records.ts';
import { answer, campaignBody, moveCampaign, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { buildTown, people, type Town } from './town.ts';

const routes = Object.values(routeAreas).flatMap((area) => Object.values(area));
const filled = ({ path }: RouteContract): string => path.replace(/:\w+/g, 'none');

/** Addresses that a role may read, and one that it may not. */
const readable: Record<string, { may: string[]; mayNot: string[] }> = {
	teacher: {
		may: ['/api/my/diagnostics', '/api/my/profile', '/api/analytics'],
		mayNot: [
			'/api/schools',
			'/api/campaigns',
			'/api/plans',
			'/api/imports',
			'/api/audit',
			'/api/instruments',
		],
	},
	coordinator: {
		may: ['/api/schools', '/api/schools/S1/staff', '/api/campaigns', '/api/plans', '/api/schools/S1/replies'],
		mayNot: ['/api/my/profile', '/api/imports', '/api/batches', '/api/accounts', '/api/audit'],
	},
	methodist: {
		may: [
			'/api/schools',
			'/api/schools/S2/staff',
			'/api/campaigns',
			'/api/imports',
			'/api/batches',
			'/api/plans',
		],
		mayNot: ['/api/my/profile', '/api/accounts', '/api/audit', '/api/settings'],
	},
	leader: {
		may: ['/api/schools', '/api/campaigns', '/api/plans', '/api/analytics', '/api/instruments'],
		mayNot: ['/api/schools/S1/staff', '/api/imports', '/api/accounts', '/api/my/diagnostics'],
	},
	regional: {
		may: ['/api/schools', '/api/places', '/api/analytics', '/api/procedures'],
		mayNot: ['/api/schools/S1/staff', '/api/campaigns', '/api/plans', '/api/accounts'],
	},
	admin: {
		may: ['/api/accounts', '/api/audit', '/api/settings', '/api/schools', '/api/imports'],
		mayNot: [
			'/api/analytics',
			'/api/analytics/deficit-map',
			'/api/campaigns',
			'/api/my/profile',
			'/api/plans',
		],
	},
	auditor: {
		may: ['/api/audit'],
		mayNot: ['/api/analytics', '/api/schools', '/api/accounts', '/api/campaigns', '/api/my/profile'],
	},
};

eachDialect('access', (open) => {
	let town: Town;
	let campaign: string;
	beforeAll(async () => {
		town = await buildTown(await open());
		campaign = await runCampaign(town, 'open');
		for (const login of ['teacher', 'colleague']) await answer(await town.signInAs(login), campaign, SELF);
		await moveCampaign(await town.signInAs('methodist'), campaign, [
			'closed',
			'scored',
			'reviewed',
			'released',
		]);
		await town.settle();
	});

	it.each(routes.filter(({ open: isOpen }) => !isOpen))('to $method $path needs a session', async (route) => {
		const test = request(town.app)[route.method](filled(route));
		expectProblem(await (route.method === 'get' ? test : test.send({})), 401, 'not-signed-in');
	});

	describe.each(Object.entries(readable))('of %s', (login, { may, mayNot }) => {
		it('reaches what the role needs', async () => {
			const agent = await town.signInAs(login);
			for (const path of may) expect((await agent.get(path)).status, path).toBe(200);
		});

		it('ends where the role ends', async () => {
			const agent = await town.signInAs(login);
			for (const path of mayNot) expect([403, 404], path).toContain((await agent.get(path)).status);
			expectProblem(await agent.get(mayNot[0]!), 403, 'forbidden');
		});
	});

	it('shows each staff role the schools of its places only', async () => {
		const expected: Record<string, string[]> = {
			coordinator: ['S1'],
			methodist: ['S1', 'S2'],
			neighbour: ['S3'],
			leader: ['S1', 'S2'],
			regional: ['S1', 'S2', 'S3'],
			admin: ['S1', 'S2', 'S3'],
		};
		for (const [login, ids] of Object.entries(expected)) {
			const { body } = await (await town.signInAs(login)).get('/api/schools');
			expect(
				body.map((school: { school_id: string }) => school.school_id),
				login,
			).toEqual(ids);
		}
	});

	it('does not tell a school outside the places from one that does not exist', async () => {
		const methodist = await town.signInAs('methodist');
		const outside = await methodist.get('/api/schools/S3');
		const missing = await methodist.get('/api/schools/S99');
		expectProblem(outside, 404, 'not-found');
		expect(outside.body).toEqual(missing.body);
		expectProblem(await (await town.signInAs('coordinator')).get('/api/schools/S2/staff'), 404);
	});

	it('keeps a campaign from the methodist of another municipality', async () => {
		const neighbour = await town.signInAs('neighbour');
		expect((await neighbour.get('/api/campaigns')).body).toEqual([]);
		expectProblem(await neighbour.get(`/api/campaigns/${campaign}`), 404);
		expectProblem(await neighbour.get(`/api/campaigns/${campaign}/response-rate`), 404);
		expectProblem(await neighbour.post(`/api/campaigns/${campaign}/state`, { to: 'archived' }), 404);
		expectProblem(await neighbour.post(`/api/campaigns/${campaign}/links`, { school_id: null }), 404);
		expectProblem(await neighbour.post('/api/campaigns', campaignBody()), 422, 'unknown-place');
	});

	it('lets only the roles in charge write', async () => {
		const school = await town.signInAs('coordinator');
		expectProblem(await school.post('/api/campaigns', campaignBody()), 403, 'forbidden');
		expectProblem(await school.post(`/api/campaigns/${campaign}/state`, { to: 'archived' }), 403);
		expectProblem(await school.post('/api/imports?kind=results&file_name=a.csv'), 403);
		const teacher = await town.signInAs('teacher');
		expectProblem(
			await teacher.post('/api/schools/S1/replies', { module: 'low-results', year: 2026, text: 'x' }),
			403,
		);
		const leader = await town.signInAs('leader');
		expectProblem(await leader.post(`/api/campaigns/${campaign}/state`, { to: 'archived' }), 403);
	});

	it('shows the school who is missing and counts a refusal as done', async () => {
		const open2 = await runCampaign(town, 'open');
		const colleague = await town.signInAs('colleague');
		await colleague.post(`/api/my/diagnostics/${open2}/consent`, { give: false, methodist: false });
		const school = await town.signInAs('coordinator');
		const { body } = await school.get(`/api/campaigns/${open2}/participation?school=S1`);
		const done = body.filter((each: { done: boolean }) => each.done);
		expect(body).toHaveLength(7);
		expect(done.map((each: { full_name: string }) => each.full_name)).toEqual(['Учитель 2 школы S1']);
		const rate = await school.get(`/api/campaigns/${open2}/response-rate`);
		expect(rate.body).toMatchObject({ invited: 7, answered: 1, declined: 0, by_day: [] });
		expect(rate.text).not.toContain('S2');
		expectProblem(await school.get(`/api/campaigns/${open2}/participation?school=S2`), 404);
	});

	it('never shows rows of a place outside the grant, whichever module is asked by whomever', async () => {
		const within: Record<string, { schools: string[]; municipalities: string[] }> = {
			coordinator: { schools: ['S1'], municipalities: ['M1'] },
			methodist: { schools: ['S1', 'S2'], municipalities: ['M1'] },
			neighbour: { schools: ['S3'], municipalities: ['M2'] },
			leader: { schools: ['S1', 'S2'], municipalities: ['M1'] },
			regional: { schools: ['S1', 'S2', 'S3'], municipalities: ['M1', 'M2'] },
		};
		for (const [login, { schools, municipalities }] of Object.entries(within)) {
			const agent = await town.signInAs(login);
			for (const { definition } of modules) {
				// Results of one person have tests of their own.
				if (definition.disclosure.kind === 'own') continue;
				const reply = await agent.get(`/api/analytics/${definition.id}`);
				if (!(definition.audience as readonly string[]).includes(people[login]!.role)) {
					expectProblem(reply, 404, 'unknown-module');
					continue;
				}
				expect(reply.status, `${login} ${definition.id} ${reply.text}`).toBe(200);
				const { school_id = [], municipality_id = [] } = reply.body.columns;
				for (const id of school_id) expect([null, ...schools]).toContain(id);
				for (const id of municipality_id) expect([null, ...municipalities]).toContain(id);
				const values = await agent.get(`/api/analytics/${definition.id}/filters`);
				for (const { value } of values.body.school ?? []) expect(schools).toContain(value);
				for (const { value } of values.body.municipality ?? []) expect(municipalities).toContain(value);
			}
		}
	});

	it('gives a teacher the own rows alone', async () => {
		const codes = async (login: string): Promise<Set<string>> => {
			const { body } = await (await town.signInAs(login)).get('/api/analytics/competency-deficit');
			return new Set(body.columns.participant_code);
		};
		const [mine, theirs] = [await codes('teacher'), await codes('colleague')];
		expect(mine.size).toBe(1);
		expect(theirs.size).toBe(1);
		expect([...mine]).not.toEqual([...theirs]);
	});
});
