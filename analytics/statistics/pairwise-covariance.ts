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
	// Unanswered counts as 0 in all sums; what a pair then has too much is taken from the rows where its other item is missing.
	let all = 0;
	const sums = new Float64Array(items);
	const squares = new Float64Array(items);
	const missing = new Float64Array(items);
	const products = new Float64Array(size);
	/** `[k][j]`: of the rows without item k, those without j as well, and the sums of j */
	const without = {
		n: new Float64Array(size),
		sums: new Float64Array(size),
		squares: new Float64Array(size),
	};
	const raised = new Int32Array(items);
	const absent = new Int32Array(items);
	for (let row = 0; row < counts.length; row++) {
		const start = row * items;
		const weight = counts[row]!;
		all += weight;
		let above = 0;
		let gaps = 0;
		for (let j = 0; j < items; j++) {
			const code = codes[start + j]!;
			if (code === MISSING) absent[gaps++] = j;
			else if (code > 0) raised[above++] = j;
		}
		for (let a = 0; a < above; a++) {
			const j = raised[a]!;
			const code = codes[start + j]!;
			const value = weight * code;
			sums[j]! += value;
			squares[j]! += value * code;
			for (let b = a; b < above; b++) products[j * items + raised[b]!]! += value * codes[start + raised[b]!]!;
			for (let b = 0; b < gaps; b++) {
				const at = absent[b]! * items + j;
				without.sums[at]! += value;
				without.squares[at]! += value * code;
			}
		}
		for (let a = 0; a < gaps; a++) {
			missing[absent[a]!]! += weight;
			for (let b = 0; b < gaps; b++) without.n[absent[a]! * items + absent[b]!]! += weight;
		}
	}
	const empty = (): ItemMatrix => Array.from({ length: items }, () => new Array(items).fill(null));
	const [covariances, correlations] = [empty(), empty()];
	for (let j = 0; j < items; j++)
		for (let k = j; k < items; k++) {
			const at = j * items + k;
			const across = k * items + j;
			const n = all - missing[j]! - missing[k]! + without.n[at]!;
			if (n < 2) continue;
			const x = sums[j]! - without.sums[across]!;
			const y = sums[k]! - without.sums[at]!;
			// n² times the moments: whole numbers, so that equal values give exactly zero.
			const xx = n * (squares[j]! - without.squares[across]!) - x * x;
			const yy = n * (squares[k]! - without.squares[at]!) - y * y;
			const xy = n * products[at]! - x * y;
			covariances[j]![k] = covariances[k]![j] = xy / n / (n - 1);
			if (xx > 0 && yy > 0)
				correlations[j]![k] = correlations[k]![j] = j === k ? 1 : xy / (Math.sqrt(xx) * Math.sqrt(yy));
		}
	return { covariances, correlations };
}
