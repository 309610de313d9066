import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import type { Beta } from './beta-prior.ts';

/**
 * Posterior certainty that a true share reaches a threshold, `P(θ ≥ t | x of n) = 1 − F_Beta(t; α+x, β+n−x)`,
 * 0..1. With n = 0 it is the prior's.
 *
 * Returns null for impossible counts or a threshold outside (0, 1).
 */
export function posteriorExceedance(prior: Beta, x: number, n: number, threshold: number): number | null {
	if (!(x >= 0) || !(n >= x) || !(threshold > 0 && threshold < 1)) return null;
	if (!(prior.alpha > 0) || !(prior.beta > 0)) return null;
	// The mirrored distribution gives the upper tail without subtraction.
	return betaCdf(1 - threshold, prior.beta + n - x, prior.alpha + x);
}
