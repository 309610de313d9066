import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/**
 * Fall of a cohort between two grades (method O11): `z = (z_4 − z_5)/√(SE_4² + SE_5²)` of standardised results
 * of the same pupils, `p = 1 − Φ(z)`.
 *
 * Returns null when both standard errors are zero.
 */
export function gradeJump(
	earlier: { z: number; se: number },
	later: { z: number; se: number },
): { z: number; p: number } | null {
	const error = Math.hypot(earlier.se, later.se);
	if (!(error > 0)) return null;
	const z = (earlier.z - later.z) / error;
	return { z, p: normalCdf(-z, 0, 1) };
}

/**
 * The same for linked pupils, who stand in both results: `z = (z_4 − z_5)/√(v/n + τ²)`, `p = 1 − Φ(z)`.
 * @param change `difference` z_4 − z_5 of the n linked pupils; `variance` v of the change of one pupil, 2(1 − r) for
 * standardised scores that correlate by r (r = 0 gives the formula of cohorts of equal size); `tau2` variance of the usual
 * change between schools
 *
 * Returns null without any error to compare with.
 */
export function linkedJump(change: {
	n: number;
	difference: number;
	variance: number;
	tau2?: number;
}): { z: number; p: number } | null {
	const { n, difference, variance, tau2 = 0 } = change;
	const error = n > 0 ? Math.sqrt(Math.max(0, variance) / n + tau2) : 0;
	if (!(error > 0)) return null;
	const z = difference / error;
	return { z, p: normalCdf(-z, 0, 1) };
}
