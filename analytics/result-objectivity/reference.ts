import { type HomogeneityReference, homogeneityReference, type Spread } from '../statistics/homogeneity.ts';
import { type ContrastSums, contrastReference } from '../statistics/item-profile.ts';
import { type JournalReference, journalReference } from '../statistics/journal-comparison.ts';
import type { MeanReference } from '../statistics/mean-too-high.ts';
import { pooledVariance } from '../statistics/mean-variance.ts';
import { betweenVariance } from '../statistics/over-dispersion.ts';
import { referenceDistribution } from '../statistics/reference-distribution.ts';
import { referenceFreeBunching } from '../statistics/reference-free-bunching.ts';
import type { Presets } from './definition.ts';
import { countsOf, cutoffsOf, type SchoolProcedure } from './school-procedure.ts';

/** A reference from outside the data, such as a federal controlled sample: what is given takes the place of the other schools. */
export interface GivenReference {
	/** distribution of primary scores, index = score */
	pmf?: number[];
	/** percent of the maximum by item */
	items?: Record<string, number>;
	/** share of raised among changed marks */
	up_share?: number;
}

/** References from outside by procedure. */
export type GivenReferences = Readonly<Record<string, GivenReference>>;

/** Those that the presets name; none where each school is compared with the others. */
export function givenReferences(presets: Presets): GivenReferences {
	const text = String(presets.reference);
	return text.startsWith('{') ? (JSON.parse(text) as GivenReferences) : {};
}

/** What a sign compares: scores of papers, pairs with journal marks, item scores, patterns of answers. */
export type Basis = 'papers' | 'journal' | 'items' | 'patterns';

/** Pupils (papers, pairs) in what a sign rests on, and the schools that have any. */
export type Amounts = Record<Basis, { pupils: number; schools: number }>;

/** What the schools that serve one procedure of a region have in common; `…Without` leave one school out. */
export interface ProcedureReference {
	/** its schools; any other school is compared with all of them */
	members: ReadonlySet<SchoolProcedure>;
	amounts: Amounts;
	sumScores: number;
	/** pupils of its schools by score */
	counts: Float64Array;
	withinVariance: number | null;
	/** null when it cannot be estimated */
	betweenVariance: number | null;
	journal: JournalReference | null;
	raised: number;
	confirmed: number;
	lowered: number;
	/** between-school variance of contrasts; null when it cannot be estimated */
	contrastVariance: number | null;
	sumContrast: number;
	sumEasy: number;
	sumHard: number;
	/** normed Guttman errors over its schools; null when their spread cannot be estimated */
	guttman: { mean: number; withinVariance: number; betweenVariance: number } | null;
	homogeneity: HomogeneityReference;
	/** the spread object that stands for a school in `homogeneity` */
	spreads: Map<SchoolProcedure, Spread>;
	/** all schools together gather at a border of marks: the border signs have lost power (method O5) */
	isBunched: boolean;
	given: GivenReference;
}

/** With thousands of papers a jagged but honest distribution must not be taken for bunching. */
const BUNCHED_P = 0.001;

/** Sums over the schools that serve one procedure (all of one region). */
export function procedureReference(
	rows: readonly SchoolProcedure[],
	given: GivenReference = {},
): ProcedureReference {
	const counts = new Float64Array(Math.floor(rows[0]!.max_score) + 1);
	const spreads = new Map<SchoolProcedure, Spread>();
	const contrasts: ContrastSums[] = [];
	const sums = { sumScores: 0, raised: 0, confirmed: 0, lowered: 0, sumContrast: 0, sumEasy: 0, sumHard: 0 };
	for (const row of rows) {
		// A school may be known by its journal marks alone, or by its items alone.
		sums.raised += row.raised;
		sums.confirmed += row.confirmed;
		sums.lowered += row.lowered;
		if (row.contrast_n > 0) {
			contrasts.push({ n: row.contrast_n, mean: row.contrast_mean!, variance: row.contrast_variance });
			sums.sumContrast += row.contrast_n * row.contrast_mean!;
			sums.sumEasy += row.contrast_n * row.easy_percent!;
			sums.sumHard += row.contrast_n * row.hard_percent!;
		}
		if (row.n === 0) continue;
		spreads.set(row, { n: row.n, mean: row.mean!, variance: row.variance });
		for (const [score, count] of countsOf(row).entries()) counts[score]! += count;
		sums.sumScores += row.n * row.mean!;
	}
	const all = [...spreads.values()];
	const withinVariance = pooledVariance(all);
	const between = withinVariance === null ? null : betweenVariance(all, withinVariance);
	return {
		members: new Set(rows),
		amounts: amountsOf(rows),
		...sums,
		counts,
		withinVariance,
		betweenVariance: between?.tau2 ?? null,
		journal: journalReference(rows.filter((row) => amountIn('journal', row) > 0)),
		contrastVariance: contrastReference(contrasts)?.betweenVariance ?? null,
		guttman: guttmanReference(rows),
		homogeneity: homogeneityReference(all),
		spreads,
		isBunched: cutoffsOf(rows[0]!).some((cutoff) => {
			const test = referenceFreeBunching(counts, cutoff);
			return test !== null && test.p <= BUNCHED_P;
		}),
		given,
	};
}

/** What these schools bring to each kind of sign. */
export function amountsOf(rows: readonly SchoolProcedure[]): Amounts {
	return {
		papers: amountOf('papers', rows),
		journal: amountOf('journal', rows),
		items: amountOf('items', rows),
		patterns: amountOf('patterns', rows),
	};
}

/** Papers, pairs or pupils that one school brings to what a sign rests on. */
export function amountIn(basis: Basis, row: SchoolProcedure): number {
	switch (basis) {
		case 'papers':
			return row.n;
		case 'journal':
			return row.raised + row.confirmed + row.lowered;
		case 'items':
			return row.contrast_n;
		case 'patterns':
			return row.guttman_n;
	}
}

function amountOf(basis: Basis, rows: readonly SchoolProcedure[]): { pupils: number; schools: number } {
	const amounts = rows.map((row) => amountIn(basis, row)).filter((pupils) => pupils > 0);
	return { pupils: amounts.reduce((sum, pupils) => sum + pupils, 0), schools: amounts.length };
}

/** Whether enough others are left to compare a school with in what the sign rests on. */
export function isEnough(
	reference: ProcedureReference,
	row: SchoolProcedure,
	basis: Basis,
	presets: Presets,
): boolean {
	const own = reference.members.has(row) ? amountIn(basis, row) : 0;
	const { pupils, schools } = reference.amounts[basis];
	return (
		pupils - own >= Number(presets.reference_pupils) &&
		schools - (own > 0 ? 1 : 0) >= Number(presets.reference_schools)
	);
}

/** Whether what this basis is compared with comes from outside. Patterns never do: only the order of their items. */
export function isGiven({ given }: Pick<ProcedureReference, 'given'>, basis: Basis): boolean {
	if (basis === 'papers') return given.pmf !== undefined;
	if (basis === 'journal') return given.up_share !== undefined;
	return basis === 'items' && Object.keys(given.items ?? {}).length > 0;
}

/** Why a sign with enough others has no spread of schools to be held against: one school alone shows none. */
export function missingSpread(
	reference: ProcedureReference,
	basis: Basis,
): 'spread-unknown' | 'no-reference' {
	return isGiven(reference, basis) ? 'spread-unknown' : 'no-reference';
}

/** Reference distribution of scores without the school's own pupils, or the one given. */
export function pmfWithout(reference: ProcedureReference, row: SchoolProcedure): Float64Array | null {
	const given = reference.given.pmf;
	if (!given)
		return referenceDistribution(reference.counts, reference.members.has(row) ? countsOf(row) : undefined);
	const padded = new Float64Array(reference.counts.length);
	padded.set(given.slice(0, padded.length));
	return referenceDistribution(padded);
}

/** Pupils of the other schools by score; null where a distribution from outside takes their place, which comes without counts. */
export function countsWithout(reference: ProcedureReference, row: SchoolProcedure): Float64Array | null {
	if (reference.given.pmf) return null;
	if (!reference.members.has(row)) return reference.counts;
	const own = countsOf(row);
	return reference.counts.map((count, score) => Math.max(0, count - own[score]!));
}

/** Mean score of the others. */
export function meanWithout(reference: ProcedureReference, row: SchoolProcedure): number {
	const given = reference.given.pmf;
	if (given) {
		const weight = given.reduce((sum, share) => sum + share, 0);
		return given.reduce((sum, share, score) => sum + share * score, 0) / weight;
	}
	const { pupils } = reference.amounts.papers;
	if (!reference.members.has(row)) return reference.sumScores / pupils;
	return (reference.sumScores - row.n * row.mean!) / (pupils - row.n);
}

/**
 * Share of raised among the changed marks of the others, of lowered among all their pairs, and the correlation within schools
 * (null where a single school leaves it unknown); null without a changed mark.
 */
export function journalWithout(
	reference: ProcedureReference,
	row: SchoolProcedure,
): { raisedShare: number; loweredShare: number; rho: number | null } | null {
	const own = reference.members.has(row) ? row : { raised: 0, confirmed: 0, lowered: 0 };
	const raised = reference.raised - own.raised;
	const lowered = reference.lowered - own.lowered;
	const pairs = raised + lowered + reference.confirmed - own.confirmed;
	const raisedShare = reference.given.up_share ?? (raised + lowered > 0 ? raised / (raised + lowered) : null);
	if (raisedShare === null || !(raisedShare > 0 && raisedShare < 1)) return null;
	const rho = reference.amounts.journal.schools < 2 ? null : (reference.journal?.rho ?? 0);
	return { raisedShare, loweredShare: pairs > 0 ? lowered / pairs : 0, rho };
}

/** Mean percents on easy and hard items and mean contrast of the others; null when there are none. */
export function itemsWithout(
	reference: ProcedureReference,
	row: SchoolProcedure,
	easyFrom: number,
): { easy: number; hard: number; contrast: number } | null {
	const given = Object.values(reference.given.items ?? {});
	if (given.length > 0) {
		const easy = meanOf(given.filter((percent) => percent >= easyFrom));
		const hard = meanOf(given.filter((percent) => percent < easyFrom));
		return easy === null || hard === null ? null : { easy, hard, contrast: hard - easy };
	}
	const isMember = reference.members.has(row) && row.contrast_n > 0;
	const own = isMember ? row : { contrast_n: 0, contrast_mean: 0, easy_percent: 0, hard_percent: 0 };
	const n = reference.amounts.items.pupils - own.contrast_n;
	if (n <= 0) return null;
	return {
		easy: (reference.sumEasy - own.contrast_n * own.easy_percent!) / n,
		hard: (reference.sumHard - own.contrast_n * own.hard_percent!) / n,
		contrast: (reference.sumContrast - own.contrast_n * own.contrast_mean!) / n,
	};
}

function meanOf(values: number[]): number | null {
	return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean of the others' normed Guttman errors, with the variances of all; null without others or without variance. */
export function guttmanWithout(
	{ guttman, amounts, members }: ProcedureReference,
	row: SchoolProcedure,
): MeanReference | null {
	const { pupils } = amounts.patterns;
	const own = members.has(row) ? row.guttman_n : 0;
	if (guttman === null || pupils <= own) return null;
	const { withinVariance, betweenVariance } = guttman;
	const mean = (pupils * guttman.mean - own * (row.guttman_mean ?? 0)) / (pupils - own);
	return { mean, withinVariance, betweenVariance };
}

function guttmanReference(rows: readonly SchoolProcedure[]): ProcedureReference['guttman'] {
	const schools = rows
		.filter((row) => row.guttman_n > 0)
		.map((row) => ({ n: row.guttman_n, mean: row.guttman_mean!, variance: row.guttman_variance }));
	const withinVariance = pooledVariance(schools);
	const between = withinVariance === null ? null : betweenVariance(schools, withinVariance);
	if (withinVariance === null || between === null) return null;
	return { mean: between.mean, withinVariance, betweenVariance: between.tau2 };
}
