import type { ScoreGroup } from './conditional-likelihood.ts';
import { conditionalOf } from './pattern-likelihood.ts';
import { symmetricInverse } from './symmetric-inverse.ts';

/** Difficulties of a partial credit model; for items of 0/1 it is the Rasch model. */
export interface PartialCredit {
	/** `[item][h]` cumulative difficulty β_ih of h points, 0 for the lowest category; null where nobody stands */
	cumulative: (number | null)[][];
	/** `[item][h−1]` threshold δ_ih = β_ih − β_i,h−1; null beside an empty category */
	thresholds: (number | null)[][];
	/** their standard errors; null as well where they were not asked for */
	errors: (number | null)[][];
	/** per item the mean of its thresholds: where its lowest and highest answers are equally likely; with its error */
	locations: { difficulty: number; se: number | null }[];
	/** maximum of the conditional log-likelihood */
	logLikelihood: number;
	/** free parameters */
	parameters: number;
}

const ITERATIONS = 100;
/** Beyond this many logits a difficulty runs away to infinity: answers that no ability explains. */
const LARGEST = 25;
/** A gain of the likelihood, as a share of it, that the rounding of a sum over a million persons may hide. */
const ROUNDING = 1e-11;
/** A variance of a difficulty, in squared logits, that only rounding keeps from infinity: one person who contradicts makes it tens. */
const BOUNDLESS = 1e6;

/**
 * Partial credit model (Masters 1982; for items of 0/1 that of Rasch 1960) by conditional maximum likelihood: given the
 * raw score, answers do not depend on abilities. Newton's method with the analytic information and halved steps.
 * Missing answers: persons are grouped by the items they answered, each group with its own symmetric functions. Of many
 * such groups the largest stand for all in the direction of a step; the gradient, and the information behind the
 * standard errors, are those of all.
 * Centred as R eRm `RM` and `PCM`: the cumulative difficulties sum to zero, and so are the standard errors.
 * A category that nobody chose has weight 0: its neighbours are estimated, the two thresholds beside it are not.
 *
 * `codes[item]` = persons by code, extreme raw scores left out; `told` hears how far the steps are, 0..1. Returns null when there is no maximum: fewer than two
 * items, an item of one category, or answers that part the items (none in one lot passed while failing another).
 */
export function partialCredit(
	groups: readonly ScoreGroup[],
	codes: readonly (readonly number[])[],
	{ errors = true, told }: { errors?: boolean; told?: (share: number) => void } = {},
): PartialCredit | null {
	const layout = layOut(codes);
	if (codes.length < 2 || layout.bases.some((_, item) => categoriesOf(codes[item]!) < 2)) return null;
	const likelihood = {
		...answeredOf(groups, codes.length),
		personsOfLeading: 0,
		of: conditionalOf(
			groups,
			codes.map(({ length }) => length),
		),
	};
	let beta = layout.start;
	let leading = leadingGroups(groups);
	likelihood.personsOfLeading = [...(leading ?? [])].reduce((sum, group) => sum + personsOf(group), 0);
	let state = evaluate(likelihood, layout, beta, leading);
	let wholeStep = Number.POSITIVE_INFINITY;
	for (let iteration = 0; iteration < ITERATIONS && state; iteration++) {
		const covariance = centredInverse(state.information, layout.points);
		if (!covariance) {
			// The largest groups may leave an item out; all of them together do not.
			if (!leading) return null;
			leading = null;
			state = evaluate(likelihood, layout, beta, null);
			continue;
		}
		const { gradient } = state;
		const step = Float64Array.from(covariance, (row) => dot(row, gradient));
		const largest = step.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
		if (!Number.isFinite(largest)) return null;
		// From a step of a logit to one of 1e-9: nine orders, some two a step where the largest groups lead.
		told?.(Math.min(1, Math.max(0, -Math.log10(largest) / 9)));
		if (largest < 1e-9) {
			if (covariance.some((row, a) => row[a]! > BOUNDLESS * layout.points[a]! ** 2)) return null;
			const whole = !errors
				? null
				: leading
					? centredInverse(evaluate(likelihood, layout, beta, null)?.information ?? [], layout.points)
					: covariance;
			return summarise(layout, beta, whole, state.logLikelihood);
		}
		// Where an item is rarer in the largest groups than in all, their information is too small and their steps too long: a
		// whole one that brings the next no nearer, or too many of them, and all groups lead.
		if (leading && (largest >= wholeStep || iteration >= LED)) {
			leading = null;
			state = evaluate(likelihood, layout, beta, null);
			continue;
		}
		wholeStep = Number.POSITIVE_INFINITY;
		const before: number = state.logLikelihood;
		// Near the maximum rounding decides between two values of the likelihood: a step that gains no more needs no proof,
		// unless it is one of the largest groups only, which may lose no more than rounding.
		const rounding = ROUNDING * Math.abs(before);
		const isShort = !leading && (largest < 1e-5 || dot(step, gradient) < rounding);
		const least = isShort ? Number.NEGATIVE_INFINITY : leading ? before - rounding : before;
		state = null;
		for (let length = Math.min(1, 4 / largest); length > 1e-9; length /= 2) {
			const trial = beta.map((value, a) => value + length * step[a]!);
			const reached = evaluate(likelihood, layout, trial, leading);
			if (!reached || !(reached.logLikelihood >= least)) continue;
			beta = trial;
			state = reached;
			if (length === 1) wholeStep = largest;
			break;
		}
		if (!state && leading) {
			leading = null;
			state = evaluate(likelihood, layout, beta, null);
		}
		if (beta.some((value, a) => Math.abs(value) > LARGEST * layout.points[a]!)) return null;
	}
	return null;
}

/** How many groups stand for all in the direction of a step. */
const LEADING = 6;
/** Steps that they may lead: usually eight are enough. */
const LED = 20;

/** The largest groups, where there are many; null = all. */
function leadingGroups(groups: readonly ScoreGroup[]): ReadonlySet<ScoreGroup> | null {
	if (groups.length <= 2 * LEADING) return null;
	const sizes = new Map(groups.map((group) => [group, personsOf(group)]));
	return new Set(groups.toSorted((a, b) => sizes.get(b)! - sizes.get(a)!).slice(0, LEADING));
}

function personsOf({ scores }: ScoreGroup): number {
	let sum = 0;
	for (let r = 0; r < scores.length; r++) sum += scores[r]!;
	return sum;
}

interface Layout {
	codes: readonly (readonly number[])[];
	/** lowest category of each item that somebody chose: its β is 0 */
	bases: number[];
	/** `[item][code]` place among the parameters; −1 for the base and for empty categories */
	places: number[][];
	/** per parameter: persons in the category, points above the base, first value */
	persons: Float64Array;
	points: Float64Array;
	start: Float64Array;
}

const categoriesOf = (counts: readonly number[]): number => counts.filter((count) => count > 0).length;
const dot = (left: Float64Array, right: Float64Array): number =>
	left.reduce((sum, value, a) => sum + value * right[a]!, 0);

function layOut(codes: Layout['codes']): Layout {
	const bases = codes.map((counts) => counts.findIndex((count) => count > 0));
	let size = 0;
	const places = codes.map((counts, item) =>
		counts.map((count, code) => (count > 0 && code > bases[item]! ? size++ : -1)),
	);
	const layout: Layout = {
		codes,
		bases,
		places,
		persons: new Float64Array(size),
		points: new Float64Array(size),
		start: new Float64Array(size),
	};
	for (const [item, counts] of codes.entries())
		for (const [code, count] of counts.entries()) {
			const at = places[item]![code]!;
			if (at < 0) continue;
			layout.persons[at] = count;
			layout.points[at] = code - bases[item]!;
			layout.start[at] = Math.log(counts[bases[item]!]! / count);
		}
	centre(layout.start, layout.points);
	return layout;
}

/** Moves along the direction that the likelihood does not see (all abilities higher) until the sum is zero. */
function centre(values: Float64Array, points: Float64Array): void {
	const shift = values.reduce((sum, value) => sum + value, 0) / points.reduce((sum, value) => sum + value, 0);
	for (let a = 0; a < values.length; a++) values[a]! -= shift * points[a]!;
}

interface Likelihood {
	/** persons who answered each item, and all of them */
	answered: Float64Array;
	all: number;
	personsOfLeading: number;
	of: ReturnType<typeof conditionalOf>;
}

/** Counted once: added up person by person at each step, their rounding would hide what the last steps gain. */
function answeredOf(groups: readonly ScoreGroup[], items: number): Pick<Likelihood, 'answered' | 'all'> {
	const answered = new Float64Array(items);
	let all = 0;
	for (const group of groups) {
		const count = personsOf(group);
		all += count;
		for (const item of group.items) answered[item]! += count;
	}
	return { answered, all };
}

function evaluate(
	{ answered, all, personsOfLeading, of }: Likelihood,
	{ places, bases, persons }: Layout,
	beta: Float64Array,
	leading: ReadonlySet<ScoreGroup> | null,
): { logLikelihood: number; gradient: Float64Array; information: Float64Array[] } | null {
	const logSums = new Float64Array(places.length);
	const weights = places.map((codes, item) => {
		const raw = Float64Array.from(codes, (at, code) =>
			at >= 0 ? Math.exp(-beta[at]!) : code === bases[item] ? 1 : 0,
		);
		const sum = raw.reduce((total, weight) => total + weight, 0);
		logSums[item] = Math.log(sum);
		return raw.map((weight) => weight / sum);
	});
	const found = of(weights, places, persons.length, leading);
	if (!found) return null;
	if (leading) {
		for (const row of found.information)
			for (let b = 0; b < row.length; b++) row[b]! *= all / personsOfLeading;
	}
	const logLikelihood = -dot(persons, beta) - found.logNormaliser - dot(answered, logSums);
	const gradient = found.expected.map((expected, a) => expected - persons[a]!);
	return Number.isFinite(logLikelihood) ? { logLikelihood, gradient, information: found.information } : null;
}

/**
 * Inverse of the information among parameters that sum to zero. The information has one empty direction, the points;
 * filled up it can be inverted, and the projection `I − v1ᵀ/(1ᵀv)` takes the filling out again.
 */
function centredInverse(information: readonly Float64Array[], points: Float64Array): Float64Array[] | null {
	const size = points.length;
	const norm = dot(points, points);
	const filling = information.reduce((sum, row, a) => sum + row[a]!, 0) / size / norm;
	const inverse = symmetricInverse(
		information.map((row, a) => row.map((value, b) => value + filling * points[a]! * points[b]!)),
	);
	if (!inverse) return null;
	for (const row of inverse) centre(row, points);
	for (let b = 0; b < size; b++) {
		const column = Float64Array.from(inverse, (row) => row[b]!);
		centre(column, points);
		for (let a = 0; a < size; a++) inverse[a]![b] = column[a]!;
	}
	return inverse;
}

function summarise(
	{ places, bases }: Layout,
	beta: Float64Array,
	covariance: readonly Float64Array[] | null,
	logLikelihood: number,
): PartialCredit {
	const cumulative = places.map((codes, item) =>
		codes.map((at, code) => (at >= 0 ? beta[at]! : code === bases[item] ? 0 : null)),
	);
	const thresholds = cumulative.map((values) =>
		values.slice(1).map((value, h) => (value === null || values[h] === null ? null : value - values[h]!)),
	);
	const errors = thresholds.map((values, item) =>
		values.map((value, h) => {
			if (value === null || !covariance) return null;
			const [low, high] = [places[item]![h]!, places[item]![h + 1]!];
			const own = covariance[high]![high]!;
			return Math.sqrt(low < 0 ? own : own + covariance[low]![low]! - 2 * covariance[low]![high]!);
		}),
	);
	const locations = places.map((codes, item) => {
		const last = codes.findLastIndex((at) => at >= 0);
		const [at, steps] = [codes[last]!, last - bases[item]!];
		return { difficulty: beta[at]! / steps, se: covariance ? Math.sqrt(covariance[at]![at]!) / steps : null };
	});
	return { cumulative, thresholds, errors, locations, logLikelihood, parameters: beta.length - 1 };
}
