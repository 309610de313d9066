import { studentUpperTail } from './student-tail.ts';
import { symmetricInverse } from './symmetric-inverse.ts';

export interface SmoothBunching {
	/** people in the w scores just below the cut-off, and in the w scores from it on */
	below: number;
	above: number;
	/** share of the window that stands above under the smooth curve */
	share: number;
	/** variance of the same count at places without a cut-off, in binomial variances; at least 1 */
	dispersion: number;
	/** places without a cut-off that the dispersion rests on */
	places: number;
	z: number;
	/** `P(T ≥ z)`, Student's t with as many degrees of freedom as disjoint places */
	p: number;
}

/** Degree of the polynomial of log counts. */
const DEGREE = 5;

/** Fewest disjoint places that say how uneven a distribution is by itself. */
const FEWEST_PLACES = 3;

/** Window that goes with a scale: a twentieth of its scores. */
export const windowOfScale = (scores: number): number => Math.max(1, Math.round((scores - 1) / 20));

/**
 * Bunching at a cut-off of a whole examination without any reference, for thousands of papers (the smooth
 * counterfactual of method O3): Poisson regression `log E N_k = Σ_{d=0..5} β_d k^d` without the window
 * `[c−w, c+w−1]`, π from its curve, `z = (b − nπ)/√(φnπ(1−π))`.
 *
 * Converted scores and favourite marks make a distribution uneven everywhere, and thousands of papers make every
 * unevenness significant. So φ is measured: the mean of z² of the same count at every place of the scale whose window
 * does not touch the cut-off's. Only a border that stands out among the ordinary unevenness is a sign.
 *
 * Returns null when the window leaves the scale or is empty, the curve cannot be fitted, or fewer than three disjoint
 * places are left.
 */
export function smoothBunching(
	counts: ArrayLike<number>,
	cutoff: number,
	window = windowOfScale(counts.length),
): SmoothBunching | null {
	if (cutoff - window < 0 || cutoff + window > counts.length) return null;
	const curve = fitCurve(counts, (score) => score < cutoff - window || score >= cutoff + window);
	if (curve === null) return null;
	const border = countAt(counts, curve, cutoff, window);
	if (border === null) return null;
	let [squares, places, disjoint, lastEnd] = [0, 0, 0, 0];
	for (let place = window; place + window <= counts.length; place++) {
		if (Math.abs(place - cutoff) < 2 * window) continue;
		const found = countAt(counts, curve, place, window);
		if (found === null) continue;
		squares += found.z ** 2;
		places++;
		if (place - window >= lastEnd) {
			disjoint++;
			lastEnd = place + window;
		}
	}
	if (disjoint < FEWEST_PLACES) return null;
	const dispersion = Math.max(1, squares / places);
	const z = border.z / Math.sqrt(dispersion);
	const { below, above, share } = border;
	return { below, above, share, dispersion, places, z, p: studentUpperTail(z, disjoint) };
}

/** Counts on either side of a place, and how far they lie from the curve in binomial standard deviations. */
function countAt(
	counts: ArrayLike<number>,
	curve: Float64Array,
	place: number,
	window: number,
): { below: number; above: number; share: number; z: number } | null {
	let [below, above, expectedBelow, expectedAbove] = [0, 0, 0, 0];
	for (let k = 0; k < window; k++) {
		below += counts[place - 1 - k]!;
		above += counts[place + k]!;
		expectedBelow += curve[place - 1 - k]!;
		expectedAbove += curve[place + k]!;
	}
	const n = below + above;
	const share = expectedAbove / (expectedBelow + expectedAbove);
	if (n === 0 || !(share > 0 && share < 1)) return null;
	return { below, above, share, z: (above - n * share) / Math.sqrt(n * share * (1 - share)) };
}

/** Poisson regression on a polynomial by weighted least squares, on the scale −1..1. Null when it does not settle. */
function fitCurve(counts: ArrayLike<number>, isUsed: (score: number) => boolean): Float64Array | null {
	const size = DEGREE + 1;
	const middle = (counts.length - 1) / 2;
	const basis = (score: number): Float64Array => {
		// Legendre's polynomials span the same curves and keep the equations well conditioned.
		const x = (score - middle) / middle;
		const row = new Float64Array(size);
		row[0] = 1;
		row[1] = x;
		for (let d = 2; d < size; d++) row[d] = ((2 * d - 1) * x * row[d - 1]! - (d - 1) * row[d - 2]!) / d;
		return row;
	};
	const rows = Array.from({ length: counts.length }, (_, score) => basis(score));
	const used = rows.flatMap((_, score) => (isUsed(score) ? [score] : []));
	if (used.length <= size) return null;
	const total = used.reduce((sum, score) => sum + counts[score]!, 0);
	if (total === 0) return null;
	// From counts a little drawn to their mean: no logarithm of zero to begin with.
	let eta = used.map((score) => Math.log((counts[score]! + total / used.length / 10) / 1.1));
	let deviance = Number.POSITIVE_INFINITY;
	for (let step = 0; step < 100; step++) {
		const matrix = Array.from({ length: size }, () => new Float64Array(size));
		const right = new Float64Array(size);
		for (const [index, score] of used.entries()) {
			const mean = Math.exp(eta[index]!);
			const working = eta[index]! + (counts[score]! - mean) / mean;
			const row = rows[score]!;
			for (let i = 0; i < size; i++) {
				right[i]! += mean * row[i]! * working;
				for (let j = 0; j < size; j++) matrix[i]![j]! += mean * row[i]! * row[j]!;
			}
		}
		const inverse = symmetricInverse(matrix);
		if (inverse === null) return null;
		const beta = inverse.map((line) => line.reduce((sum, value, j) => sum + value * right[j]!, 0));
		const valueAt = (score: number): number =>
			rows[score]!.reduce((sum, value, d) => sum + value * beta[d]!, 0);
		eta = used.map(valueAt);
		const now = used.reduce((sum, score, index) => {
			const mean = Math.exp(eta[index]!);
			const count = counts[score]!;
			return sum + 2 * ((count > 0 ? count * Math.log(count / mean) : 0) - count + mean);
		}, 0);
		if (!Number.isFinite(now)) return null;
		if (Math.abs(deviance - now) < 1e-9 * (now + 1))
			return Float64Array.from(rows, (_, k) => Math.exp(valueAt(k)));
		deviance = now;
	}
	return null;
}
