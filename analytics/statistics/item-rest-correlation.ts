import type { ItemMatrix } from './pairwise-covariance.ts';

/**
 * Correlation of an item with the sum of the others (corrected item–total, method D12), from covariances:
 * `(Σ_k c_jk − c_jj) / √(c_jj·(ΣC − 2Σ_k c_jk + c_jj))`, as `r.drop` of R psych.
 *
 * Returns null when it is undefined: one item, an item or a rest without variance, a pair that nobody answered.
 */
export function itemRestCorrelation(covariances: ItemMatrix, item: number): number | null {
	const own = covariances[item]?.[item] ?? 0;
	let withRest = 0;
	let rest = 0;
	let size = 0;
	for (const [j, row] of covariances.entries())
		for (const [k, value] of row.entries()) {
			if (value === null) return null;
			if (j === item && k !== item) withRest += value;
			if (j !== item && k !== item) {
				rest += value;
				size += Math.abs(value);
			}
		}
	if (!(own > 0) || !(rest > size * 1e-13)) return null;
	const r = withRest / Math.sqrt(own * rest);
	// Pairwise deletion may bring covariances of different persons together; rounding alone is brought back.
	return Math.abs(r) > 1 && Math.abs(r) < 1 + 1e-9 ? Math.sign(r) : r;
}
