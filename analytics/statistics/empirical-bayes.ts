export type Shrunken = {
	/** Share of the school's own mean in the estimate, `B = τ²/(τ²+σ²/n)`, 0..1. */
	weight: number;
	/** `μ + B(ȳ−μ)`. */
	mean: number;
	/** Standard error of the estimate with μ, σ² and τ² taken as known, `√(B·σ²/n)` (the conditional one of lme4). */
	se: number;
};

/**
 * Empirical Bayes estimate of a school's mean (for showing estimates, never for ranking): the observed mean
 * drawn towards the mean of all schools, the more the smaller the school.
 *
 * Returns null for an empty school or without any variance.
 */
export function shrunkenMean(
	school: { n: number; mean: number },
	reference: { mean: number; withinVariance: number; betweenVariance: number },
): Shrunken | null {
	if (!(school.n > 0)) return null;
	const { withinVariance, betweenVariance } = reference;
	const total = betweenVariance + withinVariance / school.n;
	if (!(total > 0)) return null;
	const weight = betweenVariance / total;
	return {
		weight,
		mean: reference.mean + weight * (school.mean - reference.mean),
		se: Math.sqrt((weight * withinVariance) / school.n),
	};
}
