import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { binomialLimits } from './binomial-limits.ts';

/** Multiplier of the 95 % limits of a funnel plot; its 99.8 % limits take 3.09. */
const FUNNEL_Z = 1.96;

/** Below this `n·p₀(1−p₀)` the normal limits of a share are too rough. */
const NORMAL_FROM = 10;

type Limits = { lo: number; hi: number };

/**
 * Funnel limits of a mean of n people: `μ ± z·√(σ²/n+τ²)`. Returns null for an empty group or without σ²
 * and τ².
 */
export function meanLimits(
	n: number,
	reference: { mean: number; withinVariance: number; betweenVariance: number },
	z = FUNNEL_Z,
): Limits | null {
	const variance = reference.withinVariance / n + reference.betweenVariance;
	if (!(n > 0) || !(variance > 0)) return null;
	const reach = z * Math.sqrt(variance);
	return { lo: reference.mean - reach, hi: reference.mean + reach };
}

/**
 * Funnel limits of a share of n people by the normal formula `p₀ ± z·√(p₀(1−p₀)/n+τ²)`, clamped to 0..1.
 * Returns null for an empty group or a share outside 0..1.
 */
export function normalShareLimits(
	share: number,
	n: number,
	options: { z?: number; betweenVariance?: number } = {},
): Limits | null {
	if (!(n > 0) || !(share >= 0 && share <= 1)) return null;
	const variance = (share * (1 - share)) / n + (options.betweenVariance ?? 0);
	const reach = (options.z ?? FUNNEL_Z) * Math.sqrt(variance);
	return { lo: Math.max(0, share - reach), hi: Math.min(1, share + reach) };
}

/**
 * Funnel limits of a share as drawn: the normal formula, and exact binomial limits instead where
 * `n·p₀(1−p₀) < 10`, widened to the normal ones where τ² makes those the wider. Null as above.
 */
export function shareLimits(
	share: number,
	n: number,
	options: { z?: number; betweenVariance?: number } = {},
): Limits | null {
	const normal = normalShareLimits(share, n, options);
	if (normal === null || n * share * (1 - share) >= NORMAL_FROM) return normal;
	const z = options.z ?? FUNNEL_Z;
	const exact = binomialLimits(share, n, 1 - 2 * normalCdf(-z, 0, 1));
	if (exact === null || !(options.betweenVariance ?? 0)) return exact ?? normal;
	return { lo: Math.min(exact.lo, normal.lo), hi: Math.max(exact.hi, normal.hi) };
}
