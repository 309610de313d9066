import { quantileOfSorted } from './quantile.ts';

export type BetweenVariance = {
	/** Precision-weighted mean of the groups, μ̂. */
	mean: number;
	/** Cochran's Q, `Σ w(ȳ−μ̂)²`. */
	q: number;
	/** Variance of the groups' true means, τ², in squared units of the mean. */
	tau2: number;
	/** Over-dispersion φ, the mean of z²; after winsorising not yet corrected for it. */
	phi: number;
};

/** Mean of z² after clipping a standard normal z at its own 10th and 90th percentiles. */
const WINSORISED_NORMAL = 0.67865;

/** From this number of groups on, one or two extreme groups can be told from over-dispersion. */
const ENOUGH_TO_WINSORISE = 10;

/**
 * Between-group variance of means (methods O1, O8 and the funnel), weights `w = n/σ²`, `μ̂ = Σwȳ/Σw`:
 *
 * - DerSimonian–Laird: `τ² = max(0, (Q−(K−1)) / (Σw−Σw²/Σw))`;
 * - winsorised: `z = (ȳ−μ̂)/√(σ²/n)` is clipped at its 10th and 90th percentiles (type 7), `φ = mean z²`, and
 *   `Kφ/0.67865` takes the place of Q, so that a few extreme groups do not widen the limits that should
 *   show them. The divisor restores consistency under normality; `corrected: false` leaves it out.
 *
 * `winsorised` is by default on from ten groups. Groups without members are left out.
 * Returns null for fewer than two groups or a variance that is not positive.
 */
export function betweenVariance(
	groups: readonly { n: number; mean: number }[],
	withinVariance: number,
	options: { winsorised?: boolean; corrected?: boolean } = {},
): BetweenVariance | null {
	if (!(withinVariance > 0)) return null;
	let count = 0;
	let sumN = 0;
	let sumN2 = 0;
	let sumY = 0;
	for (const { n, mean } of groups) {
		if (!(n > 0)) continue;
		count++;
		sumN += n;
		sumN2 += n * n;
		sumY += n * mean;
	}
	if (count < 2) return null;
	const mean = sumY / sumN;
	const scores: number[] = [];
	let q = 0;
	for (const group of groups) {
		if (!(group.n > 0)) continue;
		const z = (group.mean - mean) / Math.sqrt(withinVariance / group.n);
		scores.push(z);
		q += z * z;
	}
	const winsorised = options.winsorised ?? count >= ENOUGH_TO_WINSORISE;
	const phi = winsorised ? winsorisedSquare(scores) : q / count;
	const dispersion = count * (winsorised && options.corrected !== false ? phi / WINSORISED_NORMAL : phi);
	const scale = (sumN - sumN2 / sumN) / withinVariance;
	return { mean, q, tau2: Math.max(0, (dispersion - (count - 1)) / scale), phi };
}

function winsorisedSquare(scores: number[]): number {
	scores.sort((a, b) => a - b);
	const low = quantileOfSorted(scores, 0.1)!;
	const high = quantileOfSorted(scores, 0.9)!;
	let sum = 0;
	for (const z of scores) sum += Math.min(high, Math.max(low, z)) ** 2;
	return sum / scores.length;
}
