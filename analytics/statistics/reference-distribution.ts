/**
 * Reference distribution of primary scores r_k from a histogram, optionally without one school's own pupils
 * (leave-one-out, so that a school is not compared with itself). The result sums to 1, index = score.
 *
 * Returns null when nobody is left.
 */
export function referenceDistribution(
	counts: ArrayLike<number>,
	without?: ArrayLike<number>,
): Float64Array | null {
	const pmf = new Float64Array(counts.length);
	let sum = 0;
	for (let k = 0; k < counts.length; k++) {
		pmf[k] = Math.max(0, counts[k]! - (without?.[k] ?? 0));
		sum += pmf[k]!;
	}
	if (sum === 0) return null;
	for (let k = 0; k < pmf.length; k++) pmf[k]! /= sum;
	return pmf;
}
