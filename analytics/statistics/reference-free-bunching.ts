import { binomialUpperTail } from './binomial-tail.ts';

/** Curvature that an honest distribution may have at a cut-off, as a share of its neighbours. */
const CURVATURE = 0.1;

export type ReferenceFreeBunching = {
	/** Pupils exactly at the cut-off. */
	at: number;
	/** Pupils at the cut-off and the score on either side. */
	n: number;
	/** Largest honest share at the cut-off, `(1+K)/(3+K)`. */
	bound: number;
	/** Exact `P(Bin(n, bound) ≥ at)`. */
	p: number;
};

/**
 * Bunching at a cut-off without a reference (method O5, after Frandsen): if the distribution bends by at most
 * `|r_{c−1} − 2r_c + r_{c+1}| ≤ K(r_{c−1} + r_{c+1})`, no more than `(1+K)/(3+K)` of the pupils on c−1, c, c+1
 * stand on c. Stays valid when a whole region bunches.
 *
 * Returns null when a neighbour of the cut-off is off the scale or nobody is on the three scores.
 */
export function referenceFreeBunching(
	counts: ArrayLike<number>,
	cutoff: number,
	curvature = CURVATURE,
): ReferenceFreeBunching | null {
	if (cutoff < 1 || cutoff + 1 >= counts.length) return null;
	const at = counts[cutoff]!;
	const n = counts[cutoff - 1]! + at + counts[cutoff + 1]!;
	if (n === 0) return null;
	const bound = (1 + curvature) / (3 + curvature);
	return { at, n, bound, p: binomialUpperTail(at, n, bound) };
}
