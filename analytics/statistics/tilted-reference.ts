export type TiltedReference = {
	/** Tilt in log odds per primary point; positive for a school above the reference. */
	theta: number;
	/** Reference distribution at the school's level, sums to 1, index = score. */
	pmf: Float64Array;
};

/** A tilt beyond this is a school with practically all pupils outside the window at one end of the scale. */
const STEEPEST = 40;

/**
 * Reference tilted to the school's level (method O3): `r_k·e^{θk}`, normalised, with θ such that its mean
 * outside the window `[c−w, c+w−1]` equals the school's mean outside the window. A merely better or worse
 * school then no longer looks bunched, and what happens inside the window cannot move θ.
 *
 * `pmf` is the reference, index = score 0..M; `counts` the school's pupils by score (scores above M are not
 * looked at). The mean grows with θ, so the root is unique: Newton's steps kept inside a bracket.
 *
 * Returns null when no tilt exists: nobody outside the window, a reference with fewer than two scores there,
 * or a school mean at or beyond the end of the reference's scores.
 */
export function tiltReference(
	pmf: ArrayLike<number>,
	counts: ArrayLike<number>,
	c: number,
	w: number,
): TiltedReference | null {
	const scores: number[] = [];
	let people = 0;
	let sum = 0;
	for (let k = 0; k < pmf.length; k++) {
		if (k >= c - w && k < c + w) continue;
		if (pmf[k]! > 0) scores.push(k);
		people += counts[k] ?? 0;
		sum += k * (counts[k] ?? 0);
	}
	if (people === 0 || scores.length < 2) return null;
	const target = sum / people;
	if (target <= scores[0]! || target >= scores.at(-1)!) return null;
	const theta = solve(pmf, scores, target);
	return theta === null ? null : { theta, pmf: tilt(pmf, theta) };
}

/** θ at which the mean over `scores` of `pmf·e^{θk}` is `target`. */
function solve(pmf: ArrayLike<number>, scores: readonly number[], target: number): number | null {
	let low = -STEEPEST;
	let high = STEEPEST;
	let theta = 0;
	for (let step = 0; step < 200; step++) {
		// Exponents relative to the end they favour stay at or below zero: nothing overflows.
		const pivot = theta > 0 ? scores.at(-1)! : scores[0]!;
		let weight = 0;
		let first = 0;
		let second = 0;
		for (const k of scores) {
			const share = pmf[k]! * Math.exp(theta * (k - pivot));
			weight += share;
			first += share * (k - target);
			second += share * (k - target) ** 2;
		}
		const gap = first / weight;
		if (Math.abs(gap) < 1e-12) return theta;
		if (gap > 0) high = theta;
		else low = theta;
		const slope = second / weight - gap * gap;
		const newton = theta - gap / slope;
		const next = newton > low && newton < high ? newton : (low + high) / 2;
		if (Math.abs(next - theta) < 1e-13 * Math.max(1, Math.abs(theta))) {
			return Math.abs(next) > STEEPEST - 1e-6 ? null : next;
		}
		theta = next;
	}
	return null;
}

function tilt(pmf: ArrayLike<number>, theta: number): Float64Array {
	const tilted = new Float64Array(pmf.length);
	const pivot = theta > 0 ? pmf.length - 1 : 0;
	let sum = 0;
	for (let k = 0; k < pmf.length; k++) {
		tilted[k] = pmf[k]! * Math.exp(theta * (k - pivot));
		sum += tilted[k]!;
	}
	for (let k = 0; k < tilted.length; k++) tilted[k]! /= sum;
	return tilted;
}
