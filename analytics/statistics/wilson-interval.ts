import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

export type Interval = { lo: number; hi: number };

/**
 * Wilson score interval of a share (method D14): `(p+z²/2n ± z√(p(1−p)/n+z²/4n²)) / (1+z²/n)`, limits in 0..1.
 *
 * With `population` (the number of people the n were drawn from) the finite population correction replaces n
 * by `n(N−1)/(N−n)`, so a complete count has no uncertainty left. A population smaller than n contradicts
 * itself and is ignored: the wider interval stands.
 *
 * Returns null when nobody was observed or the counts are impossible.
 */
export function wilsonInterval(
	successes: number,
	n: number,
	options: { confidence?: number; population?: number } = {},
): Interval | null {
	if (!(n > 0) || !(successes >= 0) || successes > n || !Number.isFinite(n)) return null;
	const confidence = options.confidence ?? 0.95;
	if (!(confidence > 0 && confidence < 1)) return null;
	const share = successes / n;
	const { population } = options;
	if (population !== undefined && population === n) return { lo: share, hi: share };
	const corrected =
		population !== undefined && population > n ? (n * (population - 1)) / (population - n) : n;
	const z = normalQuantile(0.5 + confidence / 2, 0, 1);
	const z2 = (z * z) / corrected;
	const centre = share + z2 / 2;
	const reach = Math.sqrt(z2 * share * (1 - share) + (z2 * z2) / 4);
	// The closed form leaves 1e-17 at the ends, where the limit is exactly the end.
	return {
		lo: successes === 0 ? 0 : Math.max(0, (centre - reach) / (1 + z2)),
		hi: successes === n ? 1 : Math.min(1, (centre + reach) / (1 + z2)),
	};
}
