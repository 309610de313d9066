import { expect, it } from 'vitest';
import { listChanges } from '#data/records/changes.ts';
import type { Records } from '#data/records/store.ts';
import { recordMeasure, updateMeasure } from '#data/records/support/measures.ts';
import {
	changePlanState,
	createPlan,
	findPlan,
	listPlans,
	type NewPlan,
} from '#data/records/support/plans.ts';
import { eachDialect } from '../../support/records.ts';
import { seedPlaces } from './seed.ts';

const PLAN: NewPlan = {
	id: 'plan',
	school_id: 'S1',
	title: 'Mathematics in grades 5 and 6',
	basis: 'flag',
	evidence: { module: 'low-results', version: 1, rows: [{ share: 0.42 }] },
	goal: 'fewer fails',
	indicator: 'share of fails',
	baseline: 0.42,
	target: 0.25,
	unit: 'share',
	due_on: '2027-05-31',
	curator: 'methodist',
	created_by: 'leader',
	measures: [
		{ title: 'Mentor', owner: 'deputy', starts_on: '2026-10-01', due_on: '2026-12-31' },
		{ title: 'Course', owner: 'deputy', starts_on: '2026-11-01', due_on: '2027-02-28' },
	],
};

eachDialect('support plans', (open) => {
	async function openWithPlan(): Promise<Records> {
		const records = await open();
		await records.transaction(async (trx) => {
			await seedPlaces(trx);
			await createPlan(trx, PLAN);
		});
		return records;
	}

	it('hold why, what and the measures in order', async () => {
		const { db } = await openWithPlan();
		const plan = await findPlan(db, 'plan');
		expect(plan).toMatchObject({ state: 'draft', evidence: PLAN.evidence, baseline: 0.42 });
		expect(plan!.measures.map(({ title, state }) => [title, state])).toEqual([
			['Mentor', 'planned'],
			['Course', 'planned'],
		]);
		expect(plan!.events).toMatchObject([{ action: 'created', by: 'leader' }]);
		expect(await findPlan(db, 'other')).toBeUndefined();
	});

	it('are listed for the places of their school', async () => {
		const { db } = await openWithPlan();
		const count = async (places: string[], filter = {}) => (await listPlans(db, places, filter)).length;
		expect(await count(['municipality/M1'])).toBe(1);
		expect(await count(['school/S2'])).toBe(0);
		expect(await count(['region/R1'], { state: 'active' })).toBe(0);
		expect(await count(['region/R1'], { school_id: 'S1', state: 'draft' })).toBe(1);
	});

	it('go from draft to agreed, active and completed, and tell of each step', async () => {
		const records = await openWithPlan();
		const go = (to: string) =>
			records.transaction((trx) => changePlanState(trx, 'plan', to, { by: 'leader', detail: 'as agreed' }));
		expect(await go('active')).toEqual({ code: 'transition-not-allowed', from: 'draft', to: 'active' });
		for (const to of ['agreed', 'active', 'completed']) expect(await go(to)).toBeUndefined();
		expect(await go('cancelled')).toMatchObject({ code: 'transition-not-allowed', from: 'completed' });
		const plan = await findPlan(records.db, 'plan');
		expect(plan!.events.map(({ action }) => action)).toEqual(['created', 'agreed', 'active', 'completed']);
		expect(plan!.evidence).toEqual(PLAN.evidence);
		const changes = (await listChanges(records, 0, 50)).filter(({ kind }) => kind === 'plan');
		expect(changes).toHaveLength(4);
	});

	it('follow their measures: done on a day, and open again without one', async () => {
		const records = await openWithPlan();
		const by = { by: 'deputy', at: '2026-12-20T10:00:00.000Z' };
		const id = await records.transaction((trx) =>
			recordMeasure(
				trx,
				'plan',
				{ title: 'Lessons', owner: 'x', starts_on: '2026-12-01', due_on: '2026-12-31' },
				by,
			),
		);
		const note = (progress: object, measure = id) =>
			records.transaction((trx) => updateMeasure(trx, 'plan', measure, progress, by));
		expect(await note({ state: 'done', progress: 'six lessons seen' })).toBe(true);
		const last = async () => (await findPlan(records.db, 'plan'))!.measures.at(-1);
		expect(await last()).toMatchObject({ position: 2, done_on: '2026-12-20', progress: 'six lessons seen' });
		expect(await note({ state: 'in_progress' })).toBe(true);
		expect(await last()).toMatchObject({ state: 'in_progress', done_on: null });
		expect(await note({ state: 'done' }, 'no such measure')).toBe(false);
		await expect(note({ state: 'forgotten' })).rejects.toThrow();
	});
});
