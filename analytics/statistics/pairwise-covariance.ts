import { type AnswerPatterns, MISSING } from './answer-patterns.ts';

/** Covariances or correlations of items; `null` where a pair has none. */
export type ItemMatrix = (number | null)[][];

/**
 * Sample covariances and Pearson's correlations of items by pairwise deletion: `(Σxy − ΣxΣy/n)/(n−1)` over the n persons
 * who answered both, and the same over the standard deviations of those persons, as R's `cov` and `cor` with
 * `use = "pairwise"`. Codes are whole numbers, so every sum is exact. A pair answered by fewer than two has no covariance,
 * one without variance no correlation.
 */
export function pairwiseMoments(patterns: AnswerPatterns): {
	covariances: ItemMatrix;
	correlations: ItemMatrix;
} {
	const { items, codes, counts } = patterns;
	const size = items * items;
	// Of the complete rows only sums and products are needed; what an incomplete row adds is kept per pair.
	let complete = 0;
	const sums = new Float64Array(items);
	const ownSquares = new Float64Array(items);
	const products = new Float64Array(size);
	const pairs = { n: new Float64Array(size), x: new Float64Array(size), y: new Float64Array(size) };
	const squares = { x: new Float64Array(size), y: new Float64Array(size) };
	const present = new Int32Array(items);
	const raised = new Int32Array(items);
	for (let row = 0; row < counts.length; row++) {
		const start = row * items;
		const weight = counts[row]!;
		let answered = 0;
		let above = 0;
		for (let j = 0; j < items; j++) {
			const code = codes[start + j]!;
			if (code === MISSING) continue;
			present[answered++] = j;
			if (code > 0) raised[above++] = j;
		}
		const isComplete = answered === items;
		if (isComplete) complete += weight;
		for (let a = 0; a < above; a++) {
			const j = raised[a]!;
			const value = weight * codes[start + j]!;
			if (isComplete) sums[j]! += value;
			for (let b = a; b < above; b++) products[j * items + raised[b]!]! += value * codes[start + raised[b]!]!;
			if (isComplete) ownSquares[j]! += value * codes[start + j]!;
		}
		if (isComplete) continue;
		for (let a = 0; a < answered; a++) {
			const j = present[a]!;
			for (let b = a; b < answered; b++) {
				const k = present[b]!;
				const at = j * items + k;
				pairs.n[at]! += weight;
				const [x, y] = [codes[start + j]!, codes[start + k]!];
				pairs.x[at]! += weight * x;
				pairs.y[at]! += weight * y;
				squares.x[at]! += weight * x * x;
				squares.y[at]! += weight * y * y;
			}
		}
	}
	const empty = (): ItemMatrix => Array.from({ length: items }, () => new Array(items).fill(null));
	const [covariances, correlations] = [empty(), empty()];
	for (let j = 0; j < items; j++)
		for (let k = j; k < items; k++) {
			const at = j * items + k;
			const n = complete + pairs.n[at]!;
			if (n < 2) continue;
			const x = sums[j]! + pairs.x[at]!;
			const y = sums[k]! + pairs.y[at]!;
			// n² times the moments: whole numbers, so that equal values give exactly zero.
			const xx = n * (ownSquares[j]! + squares.x[at]!) - x * x;
			const yy = n * (ownSquares[k]! + squares.y[at]!) - y * y;
			const xy = n * products[at]! - x * y;
			covariances[j]![k] = covariances[k]![j] = xy / n / (n - 1);
			if (xx > 0 && yy > 0)
				correlations[j]![k] = correlations[k]![j] = j === k ? 1 : xy / (Math.sqrt(xx) * Math.sqrt(yy));
		}
	return { covariances, correlations };
}
