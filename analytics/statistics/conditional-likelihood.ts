import { type ItemWeights, multiply, pullBack, scoreDistribution } from './score-distribution.ts';

/**
 * What persons with answers to the same items contribute: how many have each raw score, and which items they are.
 */
export interface ScoreGroup {
	/** indices of the items answered, ascending */
	items: readonly number[];
	/** persons by raw score over these items */
	scores: Float64Array;
}

/** Expected counts of a conditional likelihood and their covariances, per parameter. */
export interface Conditional {
	/** Σ_r n_r·log γ_r */
	logNormaliser: number;
	/** expected number of persons in each category */
	expected: Float64Array;
	/** sum over persons of the covariance of the category indicators: the information of the likelihood */
	information: Float64Array[];
}

/**
 * Distribution of answers given raw scores (Andersen 1972; Fischer and Molenaar 1995, ch. 3), summed over groups:
 * `E[x_ih] = Σ_r n_r·w_ih·γ^(i)_{r−h}/γ_r` and `E[x_ih·x_jl] = Σ_r n_r·w_ih·w_jl·γ^(ij)_{r−h−l}/γ_r`.
 * The functions without one or two items are never divided out (the unstable difference algorithm) nor made one by one:
 * products of the items before are met by the values n_r/γ_r pulled back through the items after. All terms are
 * positive, and the whole matrix costs O(k²·score), not O(k²·score²).
 *
 * `places[item][h]` is the parameter of a category, −1 where it has none (the lowest one, an empty one). `informing` are the
 * groups whose information is summed: it costs far more than the rest.
 *
 * Returns null when a raw score that occurs has probability 0 to working precision.
 */
export function conditional(
	groups: readonly ScoreGroup[],
	weights: ItemWeights,
	places: readonly (readonly number[])[],
	size: number,
	informing: ReadonlySet<ScoreGroup> | null = null,
): Conditional | null {
	const result = nothing(size);
	for (const group of groups)
		if (!addGroup(result, group, { weights, places, isInforming: informing?.has(group) ?? true }))
			return null;
	mirror(result.information);
	return result;
}

/** Nothing summed yet. */
export const nothing = (size: number): Conditional => ({
	logNormaliser: 0,
	expected: new Float64Array(size),
	information: Array.from({ length: size }, () => new Float64Array(size)),
});

/** Fills the lower half of an information from its upper one. */
export function mirror(information: readonly Float64Array[]): void {
	for (let a = 0; a < information.length; a++)
		for (let b = a + 1; b < information.length; b++) information[b]![a] = information[a]![b]!;
}

function addGroup(
	result: Conditional,
	group: ScoreGroup,
	all: { weights: ItemWeights; places: readonly (readonly number[])[]; isInforming: boolean },
): boolean {
	const weights = group.items.map((item) => all.weights[item]!);
	const places = group.items.map((item) => all.places[item]!);
	const gamma = scoreDistribution(weights);
	const ratio = new Float64Array(gamma.length);
	for (let r = 0; r < gamma.length; r++) {
		const persons = group.scores[r]!;
		if (persons === 0) continue;
		ratio[r] = persons / gamma[r]!;
		if (!Number.isFinite(ratio[r]!)) return false;
		result.logNormaliser += persons * Math.log(gamma[r]!);
	}
	if (!all.isInforming) {
		addExpected(result, ratio, weights, places);
		return true;
	}
	const own = conditionals(gamma, group.scores, weights);
	for (const [i, table] of own.entries())
		for (const [h, at] of places[i]!.entries()) {
			if (at < 0) continue;
			let sum = 0;
			for (const share of table[h]!) sum += share;
			result.expected[at]! += sum;
			result.information[at]![at]! += sum;
		}
	subtractProducts(result, group, own, places);
	addPairs(result, ratio, weights, places);
	return true;
}

/** The expected counts alone, in one way there and one back: O(k·score). */
export function addExpected(
	{ expected }: Pick<Conditional, 'expected'>,
	ratio: Float64Array,
	weights: ItemWeights,
	places: readonly (readonly number[])[],
): void {
	const before: Float64Array[] = [Float64Array.of(1)];
	for (let i = 0; i < weights.length - 1; i++) before.push(multiply(before[i]!, weights[i]!));
	let after: Float64Array = ratio;
	for (let i = weights.length - 1; i >= 0; i--) {
		const values = before[i]!;
		for (const [h, at] of places[i]!.entries()) {
			if (at < 0) continue;
			let sum = 0;
			for (let s = 0; s < values.length; s++) sum += values[s]! * after[s + h]!;
			expected[at]! += weights[i]![h]! * sum;
		}
		after = pullBack(after, weights[i]!);
	}
}

/** `[item][h][r]`: persons of raw score r expected in category h of the item. */
function conditionals(gamma: Float64Array, scores: Float64Array, weights: ItemWeights): Float64Array[][] {
	const before: Float64Array[] = [Float64Array.of(1)];
	for (const item of weights) before.push(multiply(before.at(-1)!, item));
	let after: Float64Array = Float64Array.of(1);
	const tables: Float64Array[][] = new Array(weights.length);
	for (let i = weights.length - 1; i >= 0; i--) {
		const rest = multiply(before[i]!, after);
		const item = weights[i]!;
		tables[i] = Array.from(item, (weight, h) => {
			const row = new Float64Array(gamma.length);
			if (weight !== 0)
				for (let s = 0; s < rest.length; s++)
					if (scores[s + h]! > 0) row[s + h] = (scores[s + h]! * weight * rest[s]!) / gamma[s + h]!;
			return row;
		});
		after = multiply(after, item);
	}
	return tables;
}

/** − Σ_r n_r·π_ih·π_jl, over all pairs of categories. */
function subtractProducts(
	{ information }: Conditional,
	{ scores }: ScoreGroup,
	own: readonly (readonly Float64Array[])[],
	places: readonly (readonly number[])[],
): void {
	const rows: { at: number; shares: Float64Array }[] = [];
	for (const [i, table] of own.entries())
		for (const [h, at] of places[i]!.entries()) if (at >= 0) rows.push({ at, shares: table[h]! });
	for (const [a, { at, shares }] of rows.entries()) {
		const scaled = shares.map((share, r) => (scores[r]! > 0 ? share / scores[r]! : 0));
		const line = information[at]!;
		for (let b = a; b < rows.length; b++) {
			const other = rows[b]!.shares;
			let sum = 0;
			for (let r = 0; r < scaled.length; r++) sum += scaled[r]! * other[r]!;
			line[rows[b]!.at]! -= sum;
		}
	}
}

/** + Σ_r n_r·w_ih·w_jl·γ^(ij)_{r−h−l}/γ_r, for i < j; `ratio[r] = n_r/γ_r`. */
export function addPairs(
	{ information }: Pick<Conditional, 'information'>,
	ratio: Float64Array,
	weights: ItemWeights,
	places: readonly (readonly number[])[],
): void {
	let before: Float64Array = Float64Array.of(1);
	for (let i = 0; i < weights.length; i++) {
		const own = weights[i]!;
		// Values of the score without item i, given h points on it; what follows j is pulled back already.
		const chosen = [...places[i]!.entries()]
			.filter(([, at]) => at >= 0)
			.map(([h, at]) => {
				const pulled: Float64Array[] = [ratio.subarray(h, ratio.length - (own.length - 1 - h))];
				for (let j = weights.length - 1; j > i; j--) pulled.push(pullBack(pulled.at(-1)!, weights[j]!));
				return { weight: own[h]!, line: information[at]!, pulled: pulled.reverse() };
			});
		// What precedes j is multiplied out, whatever the points on i.
		let between: Float64Array = before;
		for (let j = i + 1; j < weights.length; j++) {
			const other = weights[j]!;
			for (const { weight, line, pulled } of chosen) {
				const values = pulled[j - i]!;
				for (const [l, place] of places[j]!.entries()) {
					if (place < 0) continue;
					let sum = 0;
					for (let s = 0; s < between.length; s++) sum += between[s]! * values[s + l]!;
					line[place]! += weight * other[l]! * sum;
				}
			}
			between = multiply(between, other);
		}
		before = multiply(before, own);
	}
}
