import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/** How many more will come, as limits that hold them with the asked probability. */
export interface CountForecast {
	low: number;
	median: number;
	high: number;
}

/**
 * Forecast of a count from the pace so far (Poisson–gamma): `y` events in `t` days of an unknown constant rate with
 * Jeffreys' prior Gamma(½, 0) leave the rate as Gamma(y + ½, t), so the events of the next `s` days are negative binomial
 * with size y + ½ and probability t / (t + s).
 *
 * Events that come in bursts vary more than Poisson's law allows: with a dispersion φ > 1 the law holds for bursts of
 * φ events each, `y/φ` of them so far, and the limits are those of bursts times φ, rounded outwards. `level` is the
 * probability between the limits, the rest in equal halves outside. Null for impossible input.
 */
export function forecastCount(
	{
		events,
		days,
		ahead,
		dispersion = 1,
	}: { events: number; days: number; ahead: number; dispersion?: number },
	level = 0.8,
): CountForecast | null {
	if (!(events >= 0) || !(days > 0) || !(ahead >= 0) || !(dispersion >= 1)) return null;
	if (!(level > 0 && level < 1)) return null;
	const size = events / dispersion + 0.5;
	const probability = days / (days + ahead);
	const tail = (1 - level) / 2;
	const quantile = (p: number): number => negativeBinomialQuantile(p, size, probability);
	return {
		low: Math.floor(dispersion * quantile(tail)),
		median: Math.round(dispersion * quantile(0.5)),
		high: Math.ceil(dispersion * quantile(1 - tail)),
	};
}

/**
 * Dispersion of counts of equal periods against Poisson's law: Pearson's χ² over its degrees of freedom, never below 1;
 * 1 for fewer than three periods or none but zeros.
 */
export function poissonDispersion(counts: readonly number[]): number {
	const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	if (counts.length < 3 || !(mean > 0)) return 1;
	const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
	return Math.max(1, squares / mean / (counts.length - 1));
}

/** The smallest k with P(K ≤ k) ≥ p; P(K ≤ k) is the regularised incomplete beta at (size, k + 1). */
function negativeBinomialQuantile(p: number, size: number, probability: number): number {
	if (probability >= 1) return 0;
	const reaches = (k: number): boolean => betaCdf(probability, size, k + 1) >= p;
	let [below, above] = [-1, 1];
	while (!reaches(above)) [below, above] = [above, above * 2];
	while (above - below > 1) {
		const middle = Math.floor((below + above) / 2);
		if (reaches(middle)) above = middle;
		else below = middle;
	}
	return above;
}
