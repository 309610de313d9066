import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { advanceReleases } from '#server/jobs/releases.ts';
import { today } from '#server/today.ts';
import { eachDialect } from '../support/records.ts';
import { answer, moveCampaign, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

eachDialect('the campaign centre', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
	});

	async function enter(campaign: string, school: string, place: number): Promise<Agent> {
		const { body } = await methodist.post(`/api/campaigns/${campaign}/links`, { school_id: school });
		const token = body[place].url.split('#')[1];
		const entered = await request(town.app).post('/api/session/link').send({ token });
		expect(entered.status, entered.text).toBe(200);
		return agentOf(town.app, cookiesOf(entered.headers), entered.body.csrf);
	}

	it('gives one school more time, and nobody else', async () => {
		const id = await runCampaign(town, 'open');
		const [late, punctual] = [await enter(id, 'S2', 0), await enter(id, 'S1', 3)];
		const path = `/api/campaigns/${id}/extensions`;
		const extension = { school_id: 'S2', closes_on: dayFrom(20), reason: 'Карантин' };
		expectProblem(await methodist.put(path, { ...extension, closes_on: dayFrom(5) }), 422);
		expectProblem(await methodist.put(path, { ...extension, school_id: 'S3' }), 404);
		expect((await methodist.put(path, extension)).body).toMatchObject([{ school_name: 'Школа S2' }]);
		// The common end passes.
		await town.records.db
			.updateTable('campaign')
			.set({ closes_on: dayFrom(-2) })
			.where('id', '=', id)
			.execute();
		const give = { give: true, methodist: false };
		await punctual.post(`/api/my/diagnostics/${id}/consent`, give);
		const refused = await answer(punctual, id, SELF);
		expectProblem(refused, 409, 'campaign-not-open');
		expect((await late.get('/api/my/diagnostics')).body[0].closes_on).toBe(dayFrom(20));
		expect((await answer(late, id, SELF)).status).toBe(201);
		const closing = await methodist.post(`/api/campaigns/${id}/state`, { to: 'closed' });
		expectProblem(closing, 409, 'extension-running');
		expect(closing.body.detail).toContain('Школа S2');
		expect((await (await town.signInAs('coordinator')).get(path)).body).toEqual([]);
		expect((await methodist.delete(`${path}/S2`)).body).toEqual([]);
		await moveCampaign(methodist, id, ['closed']);
		expectProblem(await methodist.put(path, extension), 409, 'extension-too-late');
	});

	it('moves the deadline to a later day only', async () => {
		const id = await runCampaign(town, 'open');
		const path = `/api/campaigns/${id}/deadline`;
		const moved = await methodist.post(path, { closes_on: dayFrom(30) });
		expect(moved.body).toMatchObject({ campaign_id: id, closes_on: dayFrom(30) });
		expectProblem(await methodist.post(path, { closes_on: dayFrom(12) }), 409, 'deadline-not-moved');
		expectProblem(await (await town.signInAs('leader')).post(path, { closes_on: dayFrom(40) }), 403);
	});

	it('finds who came, moved and left since the reference day, and invites who came', async () => {
		const id = await runCampaign(town, 'open');
		const staff = { position: 'учитель', subjects: ['math'], category: 'first', teaching_since: 2005 };
		const old = { ...staff, started_on: '2010-09-01', ended_on: dayFrom(-1), batch_id: null };
		await town.records.transaction((trx) =>
			recordStaff(trx, [
				{ ...old, full_name: 'Учитель 6 школы S1', birth_date: '1975-03-06', school_id: 'S1' },
				{
					...old,
					full_name: 'Учитель 6 школы S1',
					birth_date: '1975-03-06',
					school_id: 'S2',
					started_on: today(),
					ended_on: null,
				},
				{ ...old, full_name: 'Учитель 5 школы S1', birth_date: '1974-03-05', school_id: 'S1' },
				{
					...old,
					full_name: 'Новая Анна Олеговна',
					birth_date: '1999-01-01',
					school_id: 'S2',
					started_on: dayFrom(-1),
					ended_on: null,
				},
			]),
		);
		const path = `/api/campaigns/${id}/movements`;
		const { body } = await methodist.get(path);
		expect(body.joined).toMatchObject([{ full_name: 'Новая Анна Олеговна', school_name: 'Школа S2' }]);
		expect(body.transferred).toEqual([
			{ full_name: 'Учитель 6 школы S1', school_name: 'Школа S1', now_at: ['Школа S2'] },
		]);
		expect(body.left).toMatchObject([{ full_name: 'Учитель 5 школы S1', last_day: dayFrom(-1) }]);
		const ids = body.joined.map(({ person_id }: { person_id: string }) => person_id);
		const invite = () => methodist.post(`${path}/invite`, { person_ids: [...ids, 'stranger'] });
		expect((await invite()).body).toEqual({ invited: 1 });
		expect((await invite()).body).toEqual({ invited: 0 });
		expect((await methodist.get(path)).body.joined).toEqual([]);
		expect((await methodist.get(`/api/campaigns/${id}/response-rate`)).body.invited).toBe(14);
		expectProblem(await (await town.signInAs('coordinator')).get(path), 403);
	});

	it('counts consents by version, and shows the school none of it', async () => {
		const id = await runCampaign(town, 'open');
		const decide = async (login: string, give: boolean) => {
			const agent = await town.signInAs(login);
			await agent.post(`/api/my/diagnostics/${id}/consent`, { give, methodist: give });
		};
		await decide('teacher', true);
		await decide('teacher', false);
		await decide('colleague', true);
		const path = `/api/campaigns/${id}/consents`;
		const { body } = await methodist.get(path);
		const expected = { given: 1, declined: 0, withdrawn: 1 };
		expect(body.versions).toMatchObject([
			{ purpose: 'diagnostic', ...expected },
			{ purpose: 'methodist', ...expected },
		]);
		expect(body.undecided).toBe(body.invited - 2);
		expectProblem(await (await town.signInAs('coordinator')).get(path), 403);
	});

	it('lets results out in stages: teacher, methodist, school, municipality', async () => {
		const id = await runCampaign(town, 'open');
		for (let place = 0; place < 6; place++)
			expect((await answer(await enter(id, 'S2', place), id, SELF)).status).toBe(201);
		await moveCampaign(methodist, id, ['closed', 'scored', 'reviewed']);
		const path = `/api/campaigns/${id}/release-plan`;
		const plan = { methodist: dayFrom(3), school: dayFrom(6), municipality: dayFrom(9) };
		expectProblem(await methodist.put(path, { ...plan, school: dayFrom(1) }), 422, 'invalid-body');
		expect((await methodist.put(path, plan)).body).toMatchObject({ stage: null, plan });
		await moveCampaign(methodist, id, ['released']);
		const rowsOf = async (login: string) => {
			await town.settle();
			const agent = await town.signInAs(login);
			const reply = await agent.get(`/api/analytics/deficit-map?campaign=${id}`);
			return reply.status === 200 ? reply.body.meta.rows : `${reply.status} ${reply.text}`;
		};
		// A module answers with no rows where nothing has been released to the one who asks.
		const seen = async () => [await rowsOf('methodist'), await rowsOf('leader')].map((n) => n !== 0);
		expect((await methodist.get(path)).body.stage).toBe('teacher');
		expect(await seen()).toEqual([false, false]);
		await advanceReleases(town.records, dayFrom(4));
		expect(await seen()).toEqual([true, false]);
		await advanceReleases(town.records, dayFrom(9));
		expect(await seen()).toEqual([true, true]);
		expectProblem(await methodist.put(path, plan), 409, 'released-to-all');
	});
});
