import { symmetricInverse } from './symmetric-inverse.ts';

/** Persons with the same predictors, counted by the category of their answer. */
export interface OrdinalCell {
	predictors: readonly number[];
	/** persons by category */
	counts: readonly number[];
}

export interface OrdinalLogistic {
	/** τ_1 < τ_2 < …: between each category and the next */
	thresholds: number[];
	/** β of each predictor */
	slopes: number[];
	/** standard errors of the slopes, from the observed information */
	errors: number[];
	logLikelihood: number;
}

const ITERATIONS = 60;
/** Slopes that run away mean that a predictor parts the categories: the likelihood has no maximum. */
const LARGEST = 50;

/**
 * Proportional odds (McCullagh 1980): `logit P(Y ≤ c) = τ_c − βᵀx`, by maximum likelihood, as `MASS::polr` of R; with two
 * categories it is logistic regression. Newton's method with halved steps: the log-likelihood is concave.
 * Categories that nobody chose are left out.
 *
 * Returns null for fewer than two categories, predictors that depend on each other, or a likelihood without a maximum.
 */
export function ordinalLogistic(cells: readonly OrdinalCell[]): OrdinalLogistic | null {
	const used = usedCategories(cells);
	const width = cells[0]?.predictors.length ?? 0;
	if (used.length < 2) return null;
	const persons = cells.map(({ counts }) => used.map((category) => counts[category] ?? 0));
	const borders = used.length - 1;
	let values = startOf(persons, borders, width);
	let state = evaluate(cells, persons, values, borders);
	for (let iteration = 0; iteration < ITERATIONS && state; iteration++) {
		const inverse = symmetricInverse(state.information);
		if (!inverse) return null;
		const { gradient, logLikelihood } = state;
		const step = inverse.map((row) => row.reduce((sum, v, b) => sum + v * gradient[b]!, 0));
		const gain = step.reduce((sum, move, a) => sum + move * gradient[a]!, 0);
		if (!Number.isFinite(gain)) return null;
		if (gain < 1e-18 * Math.max(1, Math.abs(logLikelihood)))
			return {
				thresholds: values.slice(0, borders),
				slopes: values.slice(borders),
				errors: values.slice(borders).map((_, a) => Math.sqrt(inverse[borders + a]![borders + a]!)),
				logLikelihood,
			};
		state = null;
		for (let length = 1; length > 1e-9; length /= 2) {
			const trial = values.map((value, a) => value + length * step[a]!);
			const reached = evaluate(cells, persons, trial, borders);
			// Near the maximum rounding decides between two values of the likelihood: a short step needs no proof.
			if (!reached || !(reached.logLikelihood >= logLikelihood || gain < 1e-9)) continue;
			values = trial;
			state = reached;
			break;
		}
		if (values.some((value) => Math.abs(value) > LARGEST)) return null;
	}
	return null;
}

/** Log-likelihood of the model without predictors: every person has the shares of the whole. */
export function nullLogLikelihood(cells: readonly OrdinalCell[]): number {
	const sums = usedCategories(cells).map((category) =>
		cells.reduce((sum, { counts }) => sum + (counts[category] ?? 0), 0),
	);
	const n = sums.reduce((sum, count) => sum + count, 0);
	return sums.reduce((total, count) => total + count * Math.log(count / n), 0);
}

function usedCategories(cells: readonly OrdinalCell[]): number[] {
	const most = cells.reduce((length, { counts }) => Math.max(length, counts.length), 0);
	return [...new Array(most).keys()].filter((category) =>
		cells.some(({ counts }) => (counts[category] ?? 0) > 0),
	);
}

/** The thresholds of the whole, and no slope. */
function startOf(persons: readonly number[][], borders: number, width: number): number[] {
	const sums = Array.from({ length: borders + 1 }, (_, c) =>
		persons.reduce((sum, counts) => sum + counts[c]!, 0),
	);
	const n = sums.reduce((sum, count) => sum + count, 0);
	let below = 0;
	const thresholds = sums.slice(0, -1).map((count) => {
		below += count;
		return Math.log(below / (n - below));
	});
	return [...thresholds, ...new Array<number>(width).fill(0)];
}

interface State {
	logLikelihood: number;
	gradient: Float64Array;
	/** minus the second derivatives */
	information: Float64Array[];
}

const cumulative = (value: number): number =>
	value < 0 ? Math.exp(value) / (1 + Math.exp(value)) : 1 / (1 + Math.exp(-value));

function evaluate(
	cells: readonly OrdinalCell[],
	persons: readonly number[][],
	values: readonly number[],
	borders: number,
): State | null {
	for (let c = 1; c < borders; c++) if (!(values[c]! > values[c - 1]!)) return null;
	const size = values.length;
	const gradient = new Float64Array(size);
	const information = values.map(() => new Float64Array(size));
	let logLikelihood = 0;
	const above = new Float64Array(size);
	const below = new Float64Array(size);
	for (const [index, { predictors }] of cells.entries()) {
		const shift = predictors.reduce((sum, x, a) => sum + x * values[borders + a]!, 0);
		for (const [category, n] of persons[index]!.entries()) {
			if (n === 0) continue;
			const hasUpper = category < borders;
			const hasLower = category > 0;
			const upper = hasUpper ? values[category]! - shift : Number.POSITIVE_INFINITY;
			const lower = hasLower ? values[category - 1]! - shift : Number.NEGATIVE_INFINITY;
			// Of two numbers near 1 the difference is taken from the other end.
			const share =
				lower > 0 ? cumulative(-lower) - cumulative(-upper) : cumulative(upper) - cumulative(lower);
			if (!(share > 0)) return null;
			logLikelihood += n * Math.log(share);
			const [fUpper, fLower] = [slopeAt(upper), slopeAt(lower)];
			// d share / d parameter, by its two ends
			above.fill(0);
			below.fill(0);
			if (hasUpper) {
				above[category] = 1;
				for (const [a, x] of predictors.entries()) above[borders + a] = -x;
			}
			if (hasLower) {
				below[category - 1] = 1;
				for (const [a, x] of predictors.entries()) below[borders + a] = -x;
			}
			const [curveUpper, curveLower] = [curveAt(upper, fUpper), curveAt(lower, fLower)];
			for (let a = 0; a < size; a++) {
				const own = (fUpper * above[a]! - fLower * below[a]!) / share;
				if (own === 0 && above[a] === 0 && below[a] === 0) continue;
				gradient[a]! += n * own;
				for (let b = 0; b < size; b++) {
					const other = (fUpper * above[b]! - fLower * below[b]!) / share;
					const curve = (curveUpper * above[a]! * above[b]! - curveLower * below[a]! * below[b]!) / share;
					information[a]![b]! += n * (own * other - curve);
				}
			}
		}
	}
	return Number.isFinite(logLikelihood) ? { logLikelihood, gradient, information } : null;
}

/** Density of the logistic distribution; nothing at its ends. */
function slopeAt(value: number): number {
	return Number.isFinite(value) ? cumulative(value) * cumulative(-value) : 0;
}

function curveAt(value: number, slope: number): number {
	return Number.isFinite(value) ? slope * (cumulative(-value) - cumulative(value)) : 0;
}
