/** Ranks 1..n of a list, tied values sharing the average of their places. */
export function averageRanks(values: readonly number[]): Float64Array {
	const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
	const ranks = new Float64Array(values.length);
	for (let start = 0; start < order.length; ) {
		let end = start;
		while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
		for (let i = start; i <= end; i++) ranks[order[i]!] = (start + end) / 2 + 1;
		start = end + 1;
	}
	return ranks;
}

/**
 * Spearman's rank correlation of two equally long lists: Pearson's correlation of average ranks, −1..1.
 *
 * Returns null when it is undefined: fewer than two pairs, lists of different length, or a list without
 * variance.
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
	const n = x.length;
	if (n < 2 || y.length !== n) return null;
	const rx = averageRanks(x);
	const ry = averageRanks(y);
	const centre = (n + 1) / 2;
	let sxx = 0;
	let syy = 0;
	let sxy = 0;
	for (let i = 0; i < n; i++) {
		const dx = rx[i]! - centre;
		const dy = ry[i]! - centre;
		sxx += dx * dx;
		syy += dy * dy;
		sxy += dx * dy;
	}
	// Ranks are multiples of one half, so a list of equal values gives exactly zero here.
	if (sxx === 0 || syy === 0) return null;
	return Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy)));
}
