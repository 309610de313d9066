import betaln from '@stdlib/math-base-special-betaln';
import { binomialUpperTail } from './binomial-tail.ts';

/** Below this intra-class correlation the beta-binomial cannot be told from the binomial in double precision. */
const NEGLIGIBLE = 1e-8;

/**
 * Upper tail `P(X ≥ k)` of a beta-binomial count: n trials of one school whose own probability varies between
 * schools around `mean` with intra-class correlation `rho` (`α = mean(1−ρ)/ρ`, `β = (1−mean)(1−ρ)/ρ`).
 * ρ = 0 is the exact binomial tail; ρ = 1 makes all trials of a school alike.
 *
 * Throws RangeError for impossible arguments.
 */
export function betaBinomialUpperTail(k: number, n: number, mean: number, rho: number): number {
	if (!(rho >= 0 && rho <= 1)) throw new RangeError(`Not an intra-class correlation: ${rho}`);
	if (rho < NEGLIGIBLE || mean === 0 || mean === 1 || k <= 0 || k > n) return binomialUpperTail(k, n, mean);
	if (!Number.isInteger(n) || !Number.isInteger(k) || !(mean > 0 && mean < 1)) {
		throw new RangeError(`Not a beta-binomial experiment: k=${k}, n=${n}, mean=${mean}`);
	}
	if (rho === 1) return mean;
	// Below the mean the other tail is the small one; it keeps its accuracy, and the sum cannot underflow.
	return k > n * mean ? smallTail(k, n, mean, rho) : 1 - smallTail(n - k + 1, n, 1 - mean, rho);
}

/** The tail from k upwards, summed in units of its first term. */
function smallTail(k: number, n: number, mean: number, rho: number): number {
	const alpha = (mean * (1 - rho)) / rho;
	const beta = ((1 - mean) * (1 - rho)) / rho;
	const waysLog = -Math.log(n + 1) - betaln(n - k + 1, k + 1);
	const first = Math.exp(waysLog + betaln(alpha + k, beta + n - k) - betaln(alpha, beta));
	let term = 1;
	let sum = 1;
	for (let t = k; t < n; t++) {
		term *= ((n - t) / (t + 1)) * ((alpha + t) / (beta + n - t - 1));
		sum += term;
	}
	return Math.min(1, first * sum);
}

/**
 * Distribution of a beta-binomial count, index = count 0..n; arguments as in {@link betaBinomialUpperTail}, 0 < mean < 1.
 */
export function betaBinomialPmf(n: number, mean: number, rho: number): Float64Array {
	const alpha = (mean * (1 - rho)) / rho;
	const beta = ((1 - mean) * (1 - rho)) / rho;
	const pmf = new Float64Array(n + 1);
	// Outwards from the place of the mean; what is left out by rounding there is restored by the sum.
	const middle = Math.min(n, Math.round(n * mean));
	pmf[middle] = 1;
	let sum = 1;
	for (let k = middle; k < n; k++)
		sum += pmf[k + 1] = pmf[k]! * ((n - k) / (k + 1)) * ((alpha + k) / (beta + n - k - 1));
	for (let k = middle; k > 0; k--)
		sum += pmf[k - 1] = pmf[k]! * (k / (n - k + 1)) * ((beta + n - k) / (alpha + k - 1));
	for (let k = 0; k <= n; k++) pmf[k]! /= sum;
	return pmf;
}

/**
 * Intra-class correlation of counts between schools by moments (method O6):
 * `ρ = max(0, (Σ(x−nπ)²/(π(1−π)) − Σn) / Σn(n−1))` over schools with n ≥ `least` (10), at most 1.
 *
 * Returns null without such schools or when π is 0 or 1.
 */
export function intraclassCorrelation(
	schools: Iterable<{ n: number; x: number }>,
	mean: number,
	least = 10,
): number | null {
	if (!(mean > 0 && mean < 1)) return null;
	let squares = 0;
	let trials = 0;
	let pairs = 0;
	for (const { n, x } of schools) {
		if (n < least) continue;
		squares += (x - n * mean) ** 2;
		trials += n;
		pairs += n * (n - 1);
	}
	if (pairs === 0) return null;
	return Math.min(1, Math.max(0, (squares / (mean * (1 - mean)) - trials) / pairs));
}
