/** Sample size, mean and sample variance (divisor n − 1); variance is null below two values. */
export type Moments = { n: number; mean: number; variance: number | null };

/**
 * Mean and sample variance of a list, in two passes (no cancellation).
 * Returns null for an empty list.
 */
export function meanVariance(values: ArrayLike<number>): Moments | null {
	const n = values.length;
	if (n === 0) return null;
	let sum = 0;
	for (let i = 0; i < n; i++) sum += values[i]!;
	const mean = sum / n;
	if (n === 1) return { n, mean, variance: null };
	let squares = 0;
	for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
	return { n, mean, variance: squares / (n - 1) };
}

/**
 * The same from a histogram: `counts[k]` people have the value k (a primary score).
 * Returns null when the histogram is empty.
 */
export function momentsOfCounts(counts: ArrayLike<number>): Moments | null {
	let n = 0;
	let sum = 0;
	for (let k = 0; k < counts.length; k++) {
		n += counts[k]!;
		sum += counts[k]! * k;
	}
	if (n === 0) return null;
	const mean = sum / n;
	if (n === 1) return { n, mean, variance: null };
	let squares = 0;
	for (let k = 0; k < counts.length; k++) squares += counts[k]! * (k - mean) ** 2;
	return { n, mean, variance: squares / (n - 1) };
}

/**
 * Within-group variance pooled over groups, `Σ(n−1)s² / Σ(n−1)`: the σ² of the funnel and of the mean test
 * (method O1). Returns null when no group has two members.
 */
export function pooledVariance(groups: Iterable<{ n: number; variance: number | null }>): number | null {
	let squares = 0;
	let freedom = 0;
	for (const { n, variance } of groups) {
		if (variance === null || n < 2) continue;
		squares += (n - 1) * variance;
		freedom += n - 1;
	}
	return freedom > 0 ? squares / freedom : null;
}
