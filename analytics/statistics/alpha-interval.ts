import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './wilson-interval.ts';

/** From here on R's `qf` takes the limit `χ²/d1`, which leaves out the spread of the denominator. */
const LIMIT = 4e5;

/**
 * Interval of Cronbach's α by Feldt (1965), with `(1−α)/(1−α̂)` distributed as F with `n−1` and `(n−1)(k−1)` degrees of
 * freedom: `[1 − (1−α̂)·F_{1−γ/2}; 1 − (1−α̂)·F_{γ/2}]`, as `alpha.ci` of R psych. `n` = persons, `k` = items.
 * For more than 400,000 degrees in the denominator the quantile is that of χ², as in R: the interval is then shorter by
 * the factor `√((k−1)/k)` at most, and the same number stands in both programs.
 *
 * Returns null for an unknown α, fewer than two persons or items.
 */
export function alphaInterval(
	alpha: number | null,
	n: number,
	k: number,
	confidence = 0.95,
): Interval | null {
	if (alpha === null || !(n >= 2) || !(k >= 2) || !(confidence > 0 && confidence < 1)) return null;
	const tail = (1 - confidence) / 2;
	const [d1, d2] = [n - 1, (n - 1) * (k - 1)];
	const quantile = (p: number): number => (d2 > LIMIT ? chiSquareQuantile(p, d1) / d1 : fQuantile(p, d1, d2));
	const limit = (p: number): number => 1 - (1 - alpha) * quantile(p);
	return { lo: limit(1 - tail), hi: limit(tail) };
}

/** Quantile of χ² for thousands of degrees: Cornish and Fisher's expansion (Abramowitz and Stegun 26.4.25), to d^−3/2. */
function chiSquareQuantile(p: number, d: number): number {
	const z = normalQuantile(p, 0, 1);
	const z2 = z * z;
	return (
		d +
		z * Math.sqrt(2 * d) +
		(2 / 3) * (z2 - 1) +
		(z * (z2 - 7)) / (9 * Math.sqrt(2 * d)) -
		(6 * z2 * z2 + 14 * z2 - 32) / (405 * d)
	);
}
