/**
 * Quantile by linear interpolation of order statistics, type 7 of Hyndman and Fan (R's default): for sorted
 * x_0..x_{n−1} the value at position `(n−1)·p`. Returns null for an empty list or p outside 0..1.
 */
export function quantile(values: readonly number[], p: number): number | null {
	return quantileOfSorted(
		[...values].sort((a, b) => a - b),
		p,
	);
}

/** The same for a list already in ascending order, when several quantiles of one list are wanted. */
export function quantileOfSorted(sorted: readonly number[], p: number): number | null {
	if (sorted.length === 0 || !(p >= 0 && p <= 1)) return null;
	const position = (sorted.length - 1) * p;
	const below = Math.floor(position);
	const low = sorted[below]!;
	const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
	return low + (position - below) * (high - low);
}
