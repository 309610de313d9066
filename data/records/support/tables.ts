import type { Generated } from 'kysely';

/** Tables of the records: plans of support and profiles of risk. How values are written: `../schema.ts`. */
export interface SupportTables {
	support_plan: SupportPlanRow;
	plan_measure: PlanMeasureRow;
	plan_event: PlanEventRow;
	risk_factor: RiskFactorRow;
	risk_rating: RiskRatingRow;
	risk_verification: RiskVerificationRow;
}

export interface SupportPlanRow {
	id: string;
	school_id: string;
	title: string;
	/** `flag`, `request`, `federal_list` */
	basis: string;
	/** JSON: the evidence as it stood, with module, version, parameters, rows and date; never changed */
	evidence: string;
	goal: string;
	indicator: string;
	baseline: number | null;
	target: number | null;
	unit: string;
	due_on: string;
	curator: string;
	/** `draft`, `agreed`, `active`, `completed`, `cancelled` */
	state: string;
	created_by: string;
	created_at: string;
}

export interface PlanMeasureRow {
	id: string;
	plan_id: string;
	title: string;
	owner: string;
	starts_on: string;
	due_on: string;
	/** `planned`, `in_progress`, `done`, `cancelled` */
	state: string;
	progress: string;
	done_on: string | null;
	position: number;
}

export interface PlanEventRow {
	id: Generated<number>;
	plan_id: string;
	at: string;
	by: string;
	action: string;
	detail: string;
}

/** A factor of risk that a municipality changed or added; factors without a row stand as they are shipped. */
export interface RiskFactorRow {
	municipality_id: string;
	/** of the shipped list, or `own-…` */
	code: string;
	/** JSON `{ ru, en }` */
	title: string;
	/** JSON: list of `RiskInput` in `support/risk-factors.ts` */
	inputs: string;
	is_on: number;
	position: number;
	changed_by: string;
	changed_at: string;
}

/** What was proposed of one factor for a school and year; the newest stands, with factor and numbers as they were then. */
export interface RiskRatingRow {
	id: Generated<number>;
	school_id: string;
	year: number;
	factor: string;
	/** JSON `{ ru, en }` */
	title: string;
	/** JSON: list of `RatedInput` in `support/risk-profiles.ts` */
	inputs: string;
	/** 0 good … 100 bad; null when no input has a value */
	risk_index: number | null;
	/** `high`, `medium`, `low` */
	significance: string;
	remark: string;
	proposed_by: string;
	proposed_at: string;
}

/** What the school answered to a proposal; the newest stands. */
export interface RiskVerificationRow {
	id: Generated<number>;
	rating_id: number;
	agrees: number;
	/** 1: the school takes the factor into its programme */
	is_chosen: number;
	remark: string;
	verified_by: string;
	verified_at: string;
}
