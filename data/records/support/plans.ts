import { randomUUID } from 'node:crypto';
import { appendChange } from '../changes.ts';
import { schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import { type NewMeasure, recordMeasures } from './measures.ts';
import { recordPlanEvent } from './plan-events.ts';
import type { PlanEventRow, PlanMeasureRow, SupportPlanRow } from './tables.ts';

export type PlanState = 'draft' | 'agreed' | 'active' | 'completed' | 'cancelled';

export interface Plan extends Omit<SupportPlanRow, 'evidence' | 'state'> {
	state: PlanState;
	/** the evidence as it stood when the plan was made */
	evidence: unknown;
}

export interface PlanDetail extends Plan {
	measures: PlanMeasureRow[];
	events: (Omit<PlanEventRow, 'id'> & { id: number })[];
}

export type NewPlan = Omit<Plan, 'id' | 'state' | 'created_at'> & {
	id?: string;
	created_at?: string;
	measures?: readonly NewMeasure[];
};

export type PlanProblem =
	| { code: 'unknown-plan' }
	| { code: 'transition-not-allowed'; from: PlanState; to: string };

const NEXT_STATES: Record<PlanState, readonly string[]> = {
	draft: ['agreed', 'cancelled'],
	agreed: ['active', 'cancelled'],
	active: ['completed', 'cancelled'],
	completed: [],
	cancelled: [],
};

/** Records a plan as a draft with its measures; its evidence is frozen from here on. Returns its id. */
export async function createPlan(trx: Trx, plan: NewPlan): Promise<string> {
	const { measures = [], evidence, ...rest } = plan;
	const id = rest.id ?? randomUUID();
	const created_at = rest.created_at ?? new Date().toISOString();
	await trx
		.insertInto('support_plan')
		.values({ ...rest, id, created_at, evidence: JSON.stringify(evidence), state: 'draft' })
		.execute();
	await recordMeasures(trx, id, measures, 0);
	await recordPlanEvent(trx, {
		plan_id: id,
		at: created_at,
		by: plan.created_by,
		action: 'created',
		detail: '',
	});
	appendChange(trx, 'plan', id);
	return id;
}

/** Plans of schools inside the places, newest first. */
export async function listPlans(
	db: Db,
	places: readonly string[],
	filter: { school_id?: string; state?: string } = {},
): Promise<Plan[]> {
	const rows = await db
		.selectFrom('support_plan')
		.selectAll()
		.where(schoolIsWithin(db, 'support_plan.school_id', places))
		.$if(filter.school_id !== undefined, (query) => query.where('school_id', '=', filter.school_id as string))
		.$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state as string))
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.execute();
	return rows.map(toPlan);
}

/** A plan with its measures in order and its events, oldest first. */
export async function findPlan(db: Db, id: string): Promise<PlanDetail | undefined> {
	const row = await db.selectFrom('support_plan').selectAll().where('id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	const measures = await db
		.selectFrom('plan_measure')
		.selectAll()
		.where('plan_id', '=', id)
		.orderBy('position')
		.orderBy('id')
		.execute();
	const events = await db
		.selectFrom('plan_event')
		.selectAll()
		.where('plan_id', '=', id)
		.orderBy('id')
		.execute();
	return { ...toPlan(row), measures, events };
}

/** Takes a plan to a state it may go to; answers with the problem otherwise. */
export async function changePlanState(
	trx: Trx,
	id: string,
	to: string,
	act: { by: string; at?: string; detail?: string },
): Promise<PlanProblem | undefined> {
	const row = await trx.selectFrom('support_plan').select('state').where('id', '=', id).executeTakeFirst();
	if (!row) return { code: 'unknown-plan' };
	const from = row.state as PlanState;
	if (!NEXT_STATES[from].includes(to)) return { code: 'transition-not-allowed', from, to };
	const result = await trx
		.updateTable('support_plan')
		.set({ state: to })
		.where('id', '=', id)
		.where('state', '=', from)
		.executeTakeFirst();
	if (result.numUpdatedRows === 0n) return { code: 'transition-not-allowed', from, to };
	await recordPlanEvent(trx, {
		plan_id: id,
		at: act.at ?? new Date().toISOString(),
		by: act.by,
		action: to,
		detail: act.detail ?? '',
	});
	appendChange(trx, 'plan', id);
	return undefined;
}

function toPlan(row: SupportPlanRow): Plan {
	return { ...row, state: row.state as PlanState, evidence: JSON.parse(row.evidence) as unknown };
}
