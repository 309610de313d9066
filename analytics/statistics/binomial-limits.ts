import { binomialUpperTail } from './binomial-tail.ts';

/**
 * Exact limits of an observed share of n under a true share p₀ (funnel plot): the narrowest counts l and u
 * with `P(X < l) ≤ α/2` and `P(X > u) ≤ α/2`, as shares l/n and u/n; α = 1 − confidence. Only a share strictly
 * beyond a limit is unusual. No interpolation between counts: it would flag counts that chance produces more
 * often than α/2.
 *
 * Returns null for an empty group or a share outside 0..1.
 */
export function binomialLimits(
	share: number,
	n: number,
	confidence = 0.95,
): { lo: number; hi: number } | null {
	if (!Number.isInteger(n) || n < 1 || !(share >= 0 && share <= 1)) return null;
	if (!(confidence > 0 && confidence < 1)) return null;
	const tail = (1 - confidence) / 2;
	// By symmetry the lower limit of successes is the upper limit of failures.
	return { lo: (n - highestUsual(1 - share, n, tail)) / n, hi: highestUsual(share, n, tail) / n };
}

/** Smallest u with `P(X > u) ≤ tail`, by bisection. */
function highestUsual(share: number, n: number, tail: number): number {
	let low = -1;
	let high = n;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (binomialUpperTail(middle + 1, n, share) <= tail) high = middle;
		else low = middle;
	}
	return high;
}
