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
