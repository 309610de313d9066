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
	/** largest score of its scale; null where that is not known */
	max_score: number | null;
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

/**
 * What the same procedure of another year shares: kind, grade and subject. Of ЕГЭ a scale of 100 as well: the basic exam of
 * mathematics has a mark and points of its own, and is another exam than the advanced one.
 */
const sameKey = ({ row }: Judged): string =>
	[row.kind, row.grade ?? '', row.subject, row.kind === 'ege' ? row.max_score === 100 : ''].join('\n');

/**
 * The procedures of a school that are one and the same in two years running. Several of one key in a year are sittings of the same
 * exam while their scales are alike, and each counts; where their scales differ they are different exams, such as two levels
 * of a subject, and only those with equal scales are the same.
 */
function pairsOf(ofYear: readonly Judged[], before: readonly Judged[]): [now: Judged, then: Judged][] {
	const earlier = Map.groupBy(before, sameKey);
	return [...Map.groupBy(ofYear, sameKey)].flatMap(([key, now]) => {
		const then = earlier.get(key) ?? [];
		const isOne = [now, then].every((year) => new Set(year.map(({ row }) => row.max_score)).size <= 1);
		return now.flatMap((one) =>
			then
				.filter((other) => isOne || one.row.max_score === other.row.max_score)
				.map((other): [Judged, Judged] => [one, other]),
		);
	});
}

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
	const pairs = pairsOf(ofYear, before);
	const rule_a = ofYear.filter(({ low }) => low).length >= least;
	const rule_b = pairs.some(([now, then]) => now.low && then.low);
	const flag = combine(rule_a, rule_b, presets);
	const known = ofYear.map(({ p_low }) => p_low).filter((p) => p !== null);
	if (known.length === 0) return { rule_a, rule_b, flag, certainty: null };
	const unknown = ofYear.filter(({ row, p_low }) => p_low === null && row.n > 0);
	const open = known.length < least ? unknown : unknown.filter(({ low }) => low);
	/** The certainty with everything that is left open taken as false (0) or as true (1). */
	const withOpen = (taken: 0 | 1): number => {
		const a = atLeast(least, taken === 0 ? known : [...known, ...open.map(() => 1)]);
		const of = ({ low, p_low }: Judged): number => p_low ?? (low ? taken : 0);
		const b = Math.max(0, ...pairs.map(([now, then]) => of(now) * of(then)));
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
