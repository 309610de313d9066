import type { ItemMatrix } from './pairwise-covariance.ts';

/**
 * Cronbach's α (method D9) from covariances: `k/(k−1)·(1 − tr C/ΣC)`, as `raw_alpha` of R psych, which takes
 * pairwise covariances when answers are missing. `without` leaves one item out (α if dropped).
 *
 * Returns null for fewer than two items, a pair that nobody answered, or a total without variance.
 */
export function alphaOfCovariances(covariances: ItemMatrix, without = -1): number | null {
	let items = 0;
	let trace = 0;
	let total = 0;
	let size = 0;
	for (const [j, row] of covariances.entries()) {
		if (j === without) continue;
		items++;
		for (const [k, value] of row.entries()) {
			if (k === without) continue;
			if (value === null) return null;
			total += value;
			size += Math.abs(value);
			if (j === k) trace += value;
		}
	}
	// A total of answers that cancel each other is rounding, of the size of its parts times machine precision.
	if (items < 2 || !(total > size * 1e-13)) return null;
	return (items / (items - 1)) * (1 - trace / total);
}
