import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/**
 * Exact upper tail of a binomial count, `P(X ≥ k)` for `X ~ Bin(n, p)`.
 *
 * Taken as the regularised incomplete beta function `I_p(k, n−k+1)`, which keeps its relative accuracy in
 * tails where `1 − cdf` would be rounded to nothing. An empty experiment (n = 0, k = 0) gives 1.
 *
 * Throws RangeError for arguments that are no binomial experiment (a programming error, not thin data).
 */
export function binomialUpperTail(k: number, n: number, p: number): number {
	if (!Number.isInteger(n) || n < 0 || !Number.isInteger(k) || !(p >= 0 && p <= 1)) {
		throw new RangeError(`Not a binomial experiment: k=${k}, n=${n}, p=${p}`);
	}
	if (k <= 0) return 1;
	if (k > n || p === 0) return 0;
	if (p === 1) return 1;
	return betaCdf(p, k, n - k + 1);
}
