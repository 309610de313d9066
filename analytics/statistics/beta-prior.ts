export type Beta = { alpha: number; beta: number };

/** Smallest variance of true shares: schools differ by at least one percentage point (standard deviation). */
const LEAST_VARIANCE = 1e-4;

/**
 * Beta distribution with a given mean m and variance v, by moments: `α = m(m(1−m)/v − 1)`, `β = α(1−m)/m`.
 * Returns null unless 0 < m < 1 and 0 < v < m(1−m).
 */
export function betaFromMoments(mean: number, variance: number): Beta | null {
	if (!(mean > 0 && mean < 1) || !(variance > 0) || !(variance < mean * (1 - mean))) return null;
	const alpha = mean * ((mean * (1 - mean)) / variance - 1);
	// At v = m(1−m) rounding leaves an α of 1e-17: shares of 0 and 1 only, no distribution to update.
	return alpha > 1e-9 ? { alpha, beta: (alpha * (1 - mean)) / mean } : null;
}

/**
 * Prior of a school's true share from the other schools (certainty of low results): m = mean share, variance
 * of the true shares `v = max(ε, (s² − m(1−m)·mean(1/n)) / (1 − mean(1/n)))`, s² = sample variance of the
 * observed shares. The raw s² would take the chance of small schools for real differences.
 *
 * Schools without participants are left out. Returns null for fewer than two schools, when nobody or everybody
 * failed everywhere, when every school has one participant, or when v leaves no beta distribution.
 */
export function betaPrior(schools: readonly { x: number; n: number }[]): Beta | null {
	let count = 0;
	let sum = 0;
	let inverse = 0;
	for (const { x, n } of schools) {
		if (!(n > 0)) continue;
		count++;
		sum += x / n;
		inverse += 1 / n;
	}
	if (count < 2) return null;
	const mean = sum / count;
	const meanInverse = inverse / count;
	if (meanInverse >= 1) return null;
	let squares = 0;
	for (const { x, n } of schools) if (n > 0) squares += (x / n - mean) ** 2;
	const chance = mean * (1 - mean) * meanInverse;
	const variance = Math.max(LEAST_VARIANCE, (squares / (count - 1) - chance) / (1 - meanInverse));
	return betaFromMoments(mean, variance);
}

/**
 * Prior of a school's true share where it lies at an edge: α (near 0) or β (near 1) is ½, as in the mean `(Σx + ½)/(Σn + 1)` of
 * `n` results that all ended alike, and the other parameter is as large as these and a least standard deviation allow. By the
 * moments of so small a mean a beta that wide would say nothing (α → 0), or not exist.
 */
export function edgePrior(edge: 0 | 1, n: number, leastSpread: number): Beta {
	// Variance at α = ½ and size s = α + β: (s − ½)/(2s²(s + 1)), falling in s from ⅛ at s = 1.
	let size = 1;
	let above = Math.max(1, n + 1);
	const isWide = (s: number): boolean => (s - 0.5) / (2 * s * s * (s + 1)) >= leastSpread ** 2;
	if (isWide(above)) size = above;
	for (let step = 0; step < 60; step++) {
		const middle = (size + above) / 2;
		if (isWide(middle)) size = middle;
		else above = middle;
	}
	return edge === 0 ? { alpha: 0.5, beta: size - 0.5 } : { alpha: size - 0.5, beta: 0.5 };
}
