import type { ModuleResult } from '#analytics/module.ts';
import { isAmong } from '#data/records/bulk.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import type { Db } from '#data/records/store.ts';
import type { Plan, PlanState, PlanDetail as StoredPlan } from '#data/records/support/plans.ts';
import type { PlanMeasureRow } from '#data/records/support/tables.ts';
import { mayDo } from './acts.ts';
import { renderAnswer } from './answer.ts';
import type { MeasureItem, PlanDetail, PlanItem } from './contract/support.ts';
import type { Language } from './language.ts';
import { namePlaces } from './place-names.ts';
import type { Asker } from './session.ts';
import { today } from './today.ts';

const NEXT: Record<PlanState, PlanState[]> = {
	draft: ['agreed', 'cancelled'],
	agreed: ['active', 'cancelled'],
	active: ['completed', 'cancelled'],
	completed: [],
	cancelled: [],
};

/** Plans as a list shows them, with the state of their measures. */
export async function describePlans(db: Db, plans: readonly Plan[]): Promise<PlanItem[]> {
	const measures = await db
		.selectFrom('plan_measure')
		.selectAll()
		.where(
			isAmong(
				db,
				'plan_id',
				plans.map(({ id }) => id),
			),
		)
		.execute();
	const byPlan = Map.groupBy(measures, ({ plan_id }) => plan_id);
	const names = await namePlaces(
		db,
		plans.map(({ school_id }) => `school/${school_id}`),
	);
	return plans.map((plan) => describeItem(plan, byPlan.get(plan.id) ?? [], names));
}

export async function describePlan(
	db: Db,
	asker: Asker,
	plan: StoredPlan,
	language: Language,
): Promise<PlanDetail> {
	const [names, people] = await Promise.all([
		namePlaces(db, [`school/${plan.school_id}`]),
		namesOfAccounts(
			db,
			plan.events.map(({ by }) => by),
		),
	]);
	return {
		...describeItem(plan, plan.measures, names),
		evidence: plan.evidence ? renderAnswer(plan.evidence as ModuleResult, language) : null,
		measures: plan.measures.map(
			({ id, title, owner, starts_on, due_on, state, progress, done_on }): MeasureItem => ({
				measure_id: id,
				title,
				owner,
				starts_on,
				due_on,
				state: state as MeasureItem['state'],
				progress,
				done_on,
			}),
		),
		events: plan.events.map(({ at, by, action, detail }) => ({
			at,
			by_name: people.get(by) ?? '—',
			action,
			detail,
		})),
		next_states: mayDo(asker.role, 'decide-plan') ? NEXT[plan.state] : [],
	};
}

function describeItem(
	plan: Plan,
	measures: readonly PlanMeasureRow[],
	names: ReadonlyMap<string, string>,
): PlanItem {
	const day = today();
	const isLate = ({ state, due_on }: PlanMeasureRow): boolean =>
		(state === 'planned' || state === 'in_progress') && due_on < day;
	const { id, school_id, title, basis, state, goal, indicator, baseline, target, unit, due_on, curator } =
		plan;
	return {
		plan_id: id,
		school_id,
		school_name: names.get(`school/${school_id}`) ?? school_id,
		title,
		basis: basis as PlanItem['basis'],
		state,
		goal,
		indicator,
		baseline,
		target,
		unit,
		due_on,
		curator,
		created_at: plan.created_at,
		measures_total: measures.filter((measure) => measure.state !== 'cancelled').length,
		measures_done: measures.filter((measure) => measure.state === 'done').length,
		measures_overdue: measures.filter(isLate).length,
	};
}
