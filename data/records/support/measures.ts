import { randomUUID } from 'node:crypto';
import { insertRows } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import type { Trx } from '../store.ts';
import { recordPlanEvent } from './plan-events.ts';
import type { PlanMeasureRow } from './tables.ts';

export type NewMeasure = Pick<PlanMeasureRow, 'title' | 'owner' | 'starts_on' | 'due_on'>;

/** What may change in a measure once it is agreed: how far it has come. */
export type MeasureProgress = Partial<Pick<PlanMeasureRow, 'state' | 'progress' | 'done_on'>>;

interface Act {
	by: string;
	at?: string;
}

/** Adds a measure at the end of a plan; returns its id. Throws a constraint violation for an unknown plan. */
export async function recordMeasure(
	trx: Trx,
	planId: string,
	measure: NewMeasure,
	act: Act,
): Promise<string> {
	const last = await trx
		.selectFrom('plan_measure')
		.select(({ fn }) => fn.max('position').as('position'))
		.where('plan_id', '=', planId)
		.executeTakeFirst();
	const [id] = await recordMeasures(trx, planId, [measure], (last?.position ?? -1) + 1);
	await noteInPlan(trx, planId, act, 'measure-added', measure.title);
	return id!;
}

/**
 * Notes how far a measure has come. A measure is done on a day: `done` without one is done on the day of the act, and
 * leaving `done` clears it. False when the plan has no such measure.
 */
export async function updateMeasure(
	trx: Trx,
	planId: string,
	measureId: string,
	progress: MeasureProgress,
	act: Act,
): Promise<boolean> {
	const standing = await trx
		.selectFrom('plan_measure')
		.selectAll()
		.where('id', '=', measureId)
		.where('plan_id', '=', planId)
		.executeTakeFirst();
	if (!standing) return false;
	const at = act.at ?? new Date().toISOString();
	const state = progress.state ?? standing.state;
	const done_on = state === 'done' ? (progress.done_on ?? standing.done_on ?? at.slice(0, 10)) : null;
	await trx
		.updateTable('plan_measure')
		.set({ state, done_on, progress: progress.progress ?? standing.progress })
		.where('id', '=', measureId)
		.execute();
	await noteInPlan(trx, planId, { ...act, at }, `measure-${state}`, standing.title);
	return true;
}

/** Adds measures from a position on; returns their ids. */
export async function recordMeasures(
	trx: Trx,
	planId: string,
	measures: readonly NewMeasure[],
	firstPosition: number,
): Promise<string[]> {
	const rows: PlanMeasureRow[] = measures.map(({ title, owner, starts_on, due_on }, index) => ({
		id: randomUUID(),
		plan_id: planId,
		title,
		owner,
		starts_on,
		due_on,
		state: 'planned',
		progress: '',
		done_on: null,
		position: firstPosition + index,
	}));
	await insertRows(
		trx,
		'plan_measure',
		['id', 'plan_id', 'title', 'owner', 'starts_on', 'due_on', 'state', 'progress', 'done_on', 'position'],
		rows,
	);
	return rows.map(({ id }) => id);
}

async function noteInPlan(trx: Trx, planId: string, act: Act, action: string, detail: string): Promise<void> {
	const at = act.at ?? new Date().toISOString();
	await recordPlanEvent(trx, { plan_id: planId, at, by: act.by, action, detail });
	appendChange(trx, 'plan', planId);
}
