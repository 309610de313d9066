/**
 * Simes' combination of m p-values of one null hypothesis: `min_r m·p_(r)/r`, at most 1. Valid under
 * independence and the usual positive dependence of tests made on the same pupils.
 *
 * Returns null when there is nothing to combine.
 */
export function simes(pValues: readonly number[]): number | null {
	const m = pValues.length;
	if (m === 0) return null;
	const sorted = [...pValues].sort((a, b) => a - b);
	let combined = 1;
	for (let r = 1; r <= m; r++) combined = Math.min(combined, sorted[r - 1]! * (m / r));
	return combined;
}
