import { beforeAll, expect, it } from 'vitest';
import { recordBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { replyItem } from '#server/contract/results.ts';
import { planDetail, planItem } from '#server/contract/support.ts';
import { eachDialect } from '../support/records.ts';
import { gradeFiveMaths } from './grade-five-maths.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const measure = {
	title: 'Посещение уроков',
	owner: 'Методист',
	starts_on: '2020-01-10',
	due_on: '2020-02-10',
};
const body = (changes: object = {}): object => ({
	school_id: 'S1',
	title: 'Поддержка школы S1',
	basis: 'flag',
	evidence: { module: 'low-results', filters: { school: 'S1', year: 2026 } },
	goal: 'Меньше двоек по математике',
	indicator: 'Доля отметок «2»',
	baseline: 60,
	target: 30,
	unit: '%',
	due_on: '2027-05-31',
	curator: 'Имя methodist',
	measures: [measure],
	...changes,
});

eachDialect('a support plan', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
		await town.records.transaction(async (trx) => {
			await recordProcedures(trx, [gradeFiveMaths()]);
			const rows = Array.from({ length: 40 }, (_, index) => ({
				row_number: index + 1,
				school_id: 'S1',
				class: null,
				variant: null,
				score: index < 24 ? 2 : 7,
				mark: null,
				journal_mark: null,
				items: null,
				notes: null,
			}));
			const batch = { kind: 'results', file_name: 'a.csv', sha256: 'a', procedure_id: 'vpr-2026-m5' };
			const counts = { rows_new: 40, rows_changed: 0, rows_skipped: 0, rows_refused: 0 };
			await recordBatch(trx, { ...batch, ...counts, place: 'municipality/M1', imported_by: 'test' }, rows);
		});
		await town.settle();
	});

	it('freezes its evidence by running the module itself', async () => {
		const made = await methodist.post('/api/plans', body());
		expect(made.status, made.text).toBe(201);
		const plan = planDetail.parse(made.body);
		expect(plan).toMatchObject({ state: 'draft', measures_total: 1, measures_overdue: 1 });
		expect(plan.evidence!.columns.school_id).toContain('S1');
		expect(plan.evidence!.meta).toMatchObject({
			module: 'low-results',
			filters: { school: 'S1', year: 2026 },
		});
		const frozen = plan.evidence!;
		await town.records.transaction(async (trx) => {
			await trx.deleteFrom('pupil_result').execute();
		});
		const later = planDetail.parse((await methodist.get(`/api/plans/${plan.plan_id}`)).body);
		expect(later.evidence).toEqual(frozen);
		const english = await methodist.get(`/api/plans/${plan.plan_id}?lang=en`);
		expect(english.body.evidence.fields[0].label).not.toBe(frozen.fields[0]!.label);
	});

	it('refuses evidence of a module or filter that the asker may not use', async () => {
		const secret = body({ evidence: { module: 'secret', filters: {} } });
		expectProblem(await methodist.post('/api/plans', secret), 404, 'unknown-module');
		const filter = body({ evidence: { module: 'low-results', filters: { competency: 'x' } } });
		expectProblem(await methodist.post('/api/plans', filter), 422, 'unknown-filter');
		expectProblem(await methodist.post('/api/plans', body({ school_id: 'S3' })), 404, 'not-found');
	});

	it('is carried out by the school, decided by the service, and remembers every step', async () => {
		const { plan_id, measures } = (
			await methodist.post('/api/plans', body({ evidence: null, basis: 'request' }))
		).body;
		const school = await town.signInAs('coordinator');
		const reported = await school.patch(`/api/plans/${plan_id}/measures/${measures[0].measure_id}`, {
			state: 'done',
			progress: 'Посещено пять уроков',
		});
		expect(reported.status, reported.text).toBe(200);
		expect(planDetail.parse(reported.body)).toMatchObject({
			measures_done: 1,
			measures_overdue: 0,
			next_states: [],
		});
		expectProblem(await school.post(`/api/plans/${plan_id}/state`, { to: 'agreed' }), 403);
		expectProblem(await school.post(`/api/plans/${plan_id}/measures`, measure), 403);
		const early = await methodist.post(`/api/plans/${plan_id}/state`, { to: 'completed' });
		expectProblem(early, 409, 'wrong-state');
		for (const to of ['agreed', 'active', 'completed'])
			expect((await methodist.post(`/api/plans/${plan_id}/state`, { to })).status).toBe(200);
		const added = planDetail.parse((await methodist.get(`/api/plans/${plan_id}`)).body);
		expect(added.events.map(({ action }) => action)).toEqual([
			'created',
			'measure-done',
			'agreed',
			'active',
			'completed',
		]);
		expect(added.events[1]!.by_name).toBe('Имя coordinator');
		const missing = await methodist.patch(`/api/plans/${plan_id}/measures/none`, { state: 'done' });
		expectProblem(missing, 404);
	});

	it('is listed within the places, by school and state', async () => {
		const list = planItem.array().parse((await methodist.get('/api/plans?school=S1&state=draft')).body);
		expect(list.length).toBeGreaterThan(0);
		expect((await (await town.signInAs('neighbour')).get('/api/plans')).body).toEqual([]);
		expectProblem(await (await town.signInAs('neighbour')).get(`/api/plans/${list[0]!.plan_id}`), 404);
	});

	it('stands beside the reply of the school', async () => {
		const school = await town.signInAs('coordinator');
		const reply = {
			module: 'result-objectivity',
			year: 2026,
			text: 'В классе учились победители олимпиады.',
		};
		const made = await school.post('/api/schools/S1/replies', reply);
		expect(made.status, made.text).toBe(201);
		expect(replyItem.parse(made.body)).toMatchObject({ ...reply, replied_by_name: 'Имя coordinator' });
		const seen = replyItem.array().parse((await methodist.get('/api/schools/S1/replies')).body);
		expect(seen).toHaveLength(1);
		expectProblem(await school.post('/api/schools/S2/replies', reply), 404);
	});
});
