import type { Trx } from '../store.ts';
import type { PlanEventRow } from './tables.ts';

/** Adds a line to a plan's history; lines are never changed. */
export async function recordPlanEvent(trx: Trx, event: Omit<PlanEventRow, 'id'>): Promise<void> {
	await trx.insertInto('plan_event').values(event).execute();
}
