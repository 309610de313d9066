import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

export type MeanReference = {
	/** Reference mean μ, in primary points. */
	mean: number;
	/** Within-school variance σ², squared points. */
	withinVariance: number;
	/** Between-school variance τ², squared points. */
	betweenVariance: number;
};

export type MeanTest = {
	z: number;
	/** One-sided `1 − Φ(z)`. */
	p: number;
	/** Distance in standard deviations of pupils, `(ȳ−μ)/σ`; null when pupils do not differ. */
	effect: number | null;
};

/**
 * Mean above the reference (method O1): `z = (ȳ−μ)/√(σ²/n+τ²)`, `p = 1 − Φ(z)`. With τ² the usual difference
 * between schools is not taken for a sign. The same test serves any school mean that may be too high, such as
 * the mean of normed Guttman errors (method O9).
 *
 * Returns null for an empty school or when the reference has no variance at all.
 */
export function meanTooHigh(school: { n: number; mean: number }, reference: MeanReference): MeanTest | null {
	if (!(school.n > 0)) return null;
	const { mean, withinVariance, betweenVariance } = reference;
	const variance = withinVariance / school.n + betweenVariance;
	if (!(variance > 0)) return null;
	const distance = school.mean - mean;
	const z = distance / Math.sqrt(variance);
	// Φ(−z) is 1 − Φ(z) without losing the small tail.
	const p = normalCdf(-z, 0, 1);
	return { z, p, effect: withinVariance > 0 ? distance / Math.sqrt(withinVariance) : null };
}
