import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { recordStaff, type StaffEntry } from '#data/records/registry/record-staff.ts';
import { responseRate } from '#server/contract/diagnostics.ts';
import { today } from '#server/today.ts';
import { eachDialect } from '../support/records.ts';
import { answer, moveCampaign, runCampaign, SELF } from './campaign.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A teacher counts where they worked on the reference day, whatever the registry says of other days. */
eachDialect('a teacher who changes schools', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
	});

	/** Teacher n of S1 leaves on the day before and works at another school from the day on. */
	async function transfer(n: number, day: string, to = 'S2'): Promise<void> {
		const entry: StaffEntry = {
			full_name: `Учитель ${n} школы S1`,
			birth_date: `19${69 + n}-03-0${n}`,
			school_id: 'S1',
			position: 'учитель',
			subjects: ['math'],
			category: 'first',
			teaching_since: 2005,
			started_on: '2010-09-01',
			ended_on: new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10),
			batch_id: null,
		};
		await town.records.transaction(async (trx) => {
			await recordStaff(trx, [entry]);
			await recordStaff(trx, [{ ...entry, school_id: to, started_on: day, ended_on: null }]);
		});
	}

	const counts = async (id: string, agent = methodist) => {
		const { body } = await agent.get(`/api/campaigns/${id}/response-rate`);
		const schools = responseRate.parse(body).by_municipality.flatMap((each) => each.schools);
		return Object.fromEntries(schools.map((each) => [each.school_id, [each.answered, each.invited]]));
	};

	async function enter(id: string, school: string, name: string): Promise<Agent> {
		const { body } = await methodist.post(`/api/campaigns/${id}/links`, { school_id: school });
		const link = body.find((each: { full_name: string }) => each.full_name === name);
		const token = link.url.split('#')[1];
		const entered = await request(town.app).post('/api/session/link').send({ token });
		return agentOf(town.app, cookiesOf(entered.headers), entered.body.csrf);
	}

	it('in the middle of a campaign counts at the school of the reference day, answers and all', async () => {
		const id = await runCampaign(town, 'open');
		expect(await counts(id)).toEqual({ S1: [0, 7], S2: [0, 6] });
		await transfer(3, today());
		const visitor = await enter(id, 'S1', 'Учитель 3 школы S1');
		expect((await answer(visitor, id, SELF)).status).toBe(201);
		expect(await counts(id)).toEqual({ S1: [1, 7], S2: [0, 6] });
		// The coordinator of the school of the reference day has the person on the list.
		const coordinator = await town.signInAs('coordinator');
		const list = await coordinator.get(`/api/campaigns/${id}/participation?school=S1`);
		const named = list.body.find((each: { full_name: string }) => each.full_name === 'Учитель 3 школы S1');
		expect(named).toEqual({ full_name: 'Учитель 3 школы S1', school_id: 'S1', done: true });
		expect(await counts(id, coordinator)).toEqual({ S1: [1, 7] });
		// Nobody is asked twice: the person is a transfer, no newcomer of the other school.
		const { body: moved } = await methodist.get(`/api/campaigns/${id}/movements`);
		expect(moved.joined).toEqual([]);
		expect(moved.transferred).toMatchObject([{ full_name: 'Учитель 3 школы S1', now_at: ['Школа S2'] }]);
		// Analysis keeps the answer at that school too.
		await moveCampaign(methodist, id, ['closed', 'scored', 'reviewed', 'released']);
		await town.settle();
		const counted = await town.warehouse.ask(
			'select distinct school_id from main.scale_score where campaign_id = $id order by 1',
			{ id },
		);
		expect(counted.columns[0]).toEqual(['S1']);
	});

	it('on the reference day itself counts at the new school; a day later, at the old one', async () => {
		const day = dayFrom(-3);
		await transfer(4, day);
		await transfer(5, dayFrom(-2));
		const id = await runCampaign(town, 'approved', [SELF], { reference_day: day });
		const namesAt = async (school: string) => {
			const { body } = await methodist.get(`/api/campaigns/${id}/people?school=${school}`);
			return body.people.map(({ full_name }: { full_name: string }) => full_name);
		};
		expect(await namesAt('S2')).toContain('Учитель 4 школы S1');
		expect(await namesAt('S1')).not.toContain('Учитель 4 школы S1');
		expect(await namesAt('S1')).toContain('Учитель 5 школы S1');
		expect(await namesAt('S2')).not.toContain('Учитель 5 школы S1');
	});

	it('to another municipality stays invited where they worked', async () => {
		const id = await runCampaign(town, 'open', [SELF], { reference_day: dayFrom(-10) });
		await transfer(6, today(), 'S3');
		const { body } = await methodist.get(`/api/campaigns/${id}/movements`);
		expect(body.transferred).toContainEqual({
			full_name: 'Учитель 6 школы S1',
			school_name: 'Школа S1',
			now_at: ['Школа S3'],
		});
		const visitor = await enter(id, 'S1', 'Учитель 6 школы S1');
		expect((await answer(visitor, id, SELF)).status).toBe(201);
		expect((await counts(id)).S1).toEqual([1, 7]);
	});
});
