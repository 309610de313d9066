import { betaBinomialPmf } from './beta-binomial.ts';

/**
 * A group of n trials with one probability of success. With `rho` that probability is itself uncertain, a beta of mean p and
 * intra-class correlation ρ; without it, it is known.
 */
export type BinomialPart = { n: number; p: number; rho?: number };

function binomialPmf({ n, p, rho = 0 }: BinomialPart): Float64Array {
	if (rho > 0 && p > 0 && p < 1) return betaBinomialPmf(n, p, rho);
	const pmf = new Float64Array(n + 1);
	if (p === 0 || p === 1) {
		pmf[p === 0 ? 0 : n] = 1;
		return pmf;
	}
	// Outwards from the mode, so that no term underflows before the ones that matter are reached.
	const mode = Math.min(n, Math.floor((n + 1) * p));
	const odds = p / (1 - p);
	pmf[mode] = 1;
	let sum = 1;
	for (let k = mode; k < n; k++) sum += pmf[k + 1] = (pmf[k]! * (n - k) * odds) / (k + 1);
	for (let k = mode; k > 0; k--) sum += pmf[k - 1] = (pmf[k]! * k) / ((n - k + 1) * odds);
	for (let k = 0; k <= n; k++) pmf[k]! /= sum;
	return pmf;
}

function convolve(left: Float64Array, right: Float64Array): Float64Array {
	const sum = new Float64Array(left.length + right.length - 1);
	for (let i = 0; i < left.length; i++) {
		const weight = left[i]!;
		if (weight === 0) continue;
		for (let j = 0; j < right.length; j++) sum[i + j]! += weight * right[j]!;
	}
	return sum;
}

/**
 * Exact distribution of a sum of independent binomial (or beta-binomial) counts, by convolution; index = value of the sum.
 * Throws RangeError for a part that is no binomial experiment.
 */
function poissonBinomialPmf(parts: readonly BinomialPart[]): Float64Array {
	let pmf: Float64Array = Float64Array.of(1);
	for (const part of parts) {
		if (!Number.isInteger(part.n) || part.n < 0 || !(part.p >= 0 && part.p <= 1) || !((part.rho ?? 0) < 1)) {
			throw new RangeError(`Not a binomial experiment: n=${part.n}, p=${part.p}`);
		}
		if (part.n > 0) pmf = convolve(pmf, binomialPmf(part));
	}
	return pmf;
}

/**
 * Exact upper tail `P(B ≥ observed)` of `B = Σ Bin(n_i, p_i)` (the pooled border test, method O3).
 * All terms are positive, so small tails keep their relative accuracy. No parts: B is 0.
 */
export function poissonBinomialUpperTail(parts: readonly BinomialPart[], observed: number): number {
	const pmf = poissonBinomialPmf(parts);
	if (observed <= 0) return 1;
	let tail = 0;
	// Smallest terms first.
	for (let k = pmf.length - 1; k >= observed; k--) tail += pmf[k]!;
	return Math.min(1, tail);
}

/**
 * Probability that at least k of several independent events happen, given their probabilities
 * (certainty of the low-results rule A: two or more procedures).
 */
export function atLeast(k: number, probabilities: readonly number[]): number {
	return poissonBinomialUpperTail(
		probabilities.map((p) => ({ n: 1, p })),
		k,
	);
}
