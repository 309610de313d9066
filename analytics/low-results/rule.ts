import type { InputRow } from '../module.ts';
import { atLeast } from '../statistics/poisson-binomial.ts';
import type { Presets } from './definition.ts';

/** What `rows.sql` says of one school in one procedure. */
export interface SchoolProcedure {
	school_id: string;
	school_name: string | null;
	municipality_id: string;
	region_id: string;
	/** false: serves the prior only and must not leave `compute` */
	is_shown: boolean;
	procedure_id: string;
	procedure_title: string;
	kind: string;
	year: number;
	grade: number | null;
	subject: string;
	/** results with a verdict, and those below the threshold */
	n: number;
	fail: number;
	/** results that the scale of the procedure gives no verdict on */
	unscaled: number;
	above_max: number;
	/** the numbers come from an imported table of sums, not from rows of pupils */
	is_summed?: boolean;
}

export const schoolProcedures = (rows: InputRow[]): SchoolProcedure[] => rows as unknown as SchoolProcedure[];

/** One procedure of a school under the rule. */
export interface Judged {
	row: SchoolProcedure;
	low: boolean;
	/** posterior probability that the true share reaches the threshold; null without a prior */
	p_low: number | null;
}

export interface Verdict {
	rule_a: boolean;
	rule_b: boolean;
	flag: boolean;
	/** probability that the rule holds for the true shares, procedures taken as independent; null where procedures without a prior leave it open */
	certainty: number | null;
}

/** Literally: the share of results below the threshold of the procedure reaches that of the rule. 3 of 10 is 30 %. */
export function isLow(fail: number, n: number, threshold: number): boolean {
	// Counts are compared, so that no division can round a share of exactly the threshold away.
	return n > 0 && fail >= threshold * n - 1e-9;
}

/** The same procedure of another year: kind, grade and subject. */
const sameKey = ({ row }: Judged): string => `${row.kind}\n${row.grade ?? ''}\n${row.subject}`;

/** By more than this, what is not known of a procedure may not move a certainty that is still told. */
const LEFT_OPEN = 0.05;

/**
 * The rule of low results (methods A and B) for one school and year, with its certainty: A by the Poisson-binomial of the
 * single certainties, B by the largest product over pairs of years; `any` takes the larger of both, `all` the smaller.
 * A low result without a prior counts as neither certain nor impossible: where these two would tell different certainties, none
 * is told.
 */
export function judgeSchool(ofYear: readonly Judged[], before: readonly Judged[], presets: Presets): Verdict {
	const least = Number(presets.procedures);
	const earlier = new Map(before.map((judged) => [sameKey(judged), judged]));
	const pairs = ofYear.flatMap((now) => {
		const then = earlier.get(sameKey(now));
		return then ? [{ now, then }] : [];
	});
	const rule_a = ofYear.filter(({ low }) => low).length >= least;
	const rule_b = pairs.some(({ now, then }) => now.low && then.low);
	const flag = combine(rule_a, rule_b, presets);
	const known = ofYear.map(({ p_low }) => p_low).filter((p) => p !== null);
	if (known.length === 0) return { rule_a, rule_b, flag, certainty: null };
	const unknown = ofYear.filter(({ row, p_low }) => p_low === null && row.n > 0);
	const open = known.length < least ? unknown : unknown.filter(({ low }) => low);
	/** The certainty with everything that is left open taken as false (0) or as true (1). */
	const withOpen = (taken: 0 | 1): number => {
		const a = atLeast(least, taken === 0 ? known : [...known, ...open.map(() => 1)]);
		const of = ({ low, p_low }: Judged): number => p_low ?? (low ? taken : 0);
		const b = Math.max(0, ...pairs.map(({ now, then }) => of(now) * of(then)));
		return presets.combine === 'all' ? Math.min(a, b) : Math.max(a, b);
	};
	const certainty = withOpen(0);
	return { rule_a, rule_b, flag, certainty: withOpen(1) - certainty > LEFT_OPEN ? null : certainty };
}

function combine(a: boolean, b: boolean, presets: Presets): boolean {
	return presets.combine === 'all' ? a && b : a || b;
}

export type Label = 'stable' | 'likely' | 'chance';

/** How certain a flag is; null for a school without one, or without a certainty. */
export function labelOf({ flag, certainty }: Verdict, presets: Presets): Label | null {
	if (!flag || certainty === null) return null;
	if (certainty >= Number(presets.stable_from)) return 'stable';
	return certainty >= Number(presets.likely_from) ? 'likely' : 'chance';
}
