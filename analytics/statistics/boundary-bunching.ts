import { betaBinomialUpperTail } from './beta-binomial.ts';
import { simes } from './simes.ts';
import { tiltReference } from './tilted-reference.ts';

export type BoundaryTest = {
	cutoff: number;
	window: number;
	/** Pupils in the w scores just below the cut-off. */
	below: number;
	/** Pupils in the w scores from the cut-off on. */
	above: number;
	/** Share of the window that stands above under the reference, π (its mean where the reference is a sample). */
	share: number;
	/** How uncertain π is: intra-class correlation of pupils who share it, `1/(α+β+1)`; 0 when it is known. */
	rho: number;
	/** Tilt that brought the reference to the school's level; null when the reference was taken as it is. */
	theta: number | null;
	/** Exact one-sided `P(Bin(a+b, π) ≥ b)`, over the uncertainty of π; 1 when the window is empty. */
	p: number;
};

/** What one school did in one procedure, against the reference of that procedure. */
export type BoundaryInput = {
	/** Pupils by primary score, index = score. */
	counts: ArrayLike<number>;
	/** Reference distribution, index = score 0..M; its length sets M. */
	reference: ArrayLike<number>;
	/** Pupils behind the reference, index = score; without them π is taken as known. */
	sample?: ArrayLike<number> | null;
	/** Smallest primary score of each mark. */
	cutoffs: readonly number[];
	/** Window widths in points; 1 and 2 by default. */
	windows?: readonly number[];
	/** Tilt the reference to the school's level (default); false compares with the raw reference. */
	tilted?: boolean;
};

/**
 * One border, one window (method O3): of the `a + b` pupils in `[c−w, c+w−1]`, are the `b` at or above the
 * cut-off more than the reference explains?
 *
 * With `sample`, the pupils behind the reference, π is not known but estimated from them (see {@link estimatedShare}), and
 * the count is beta-binomial: a window in which few others stand says little, and an empty cell is not an impossible one.
 *
 * Returns null when the window leaves the scale, the reference has nobody in it, or no tilt exists.
 */
export function boundaryTest(
	counts: ArrayLike<number>,
	reference: ArrayLike<number>,
	cutoff: number,
	window: number,
	tilted = true,
	sample: ArrayLike<number> | null = null,
): BoundaryTest | null {
	if (cutoff - window < 0 || cutoff + window > reference.length) return null;
	const tilt = tilted ? tiltReference(reference, counts, cutoff, window) : null;
	if (tilted && tilt === null) return null;
	const pmf = tilt?.pmf ?? reference;
	let below = 0;
	let above = 0;
	let expectedBelow = 0;
	let expectedAbove = 0;
	for (let k = 0; k < window; k++) {
		below += counts[cutoff - 1 - k] ?? 0;
		above += counts[cutoff + k] ?? 0;
		expectedBelow += pmf[cutoff - 1 - k]!;
		expectedAbove += pmf[cutoff + k]!;
	}
	if (expectedBelow + expectedAbove === 0) return null;
	const { share, rho } = sample
		? estimatedShare(sample, cutoff, window, tilt?.theta ?? 0)
		: { share: expectedAbove / (expectedBelow + expectedAbove), rho: 0 };
	return {
		cutoff,
		window,
		below,
		above,
		share,
		rho,
		theta: tilt?.theta ?? null,
		p: betaBinomialUpperTail(above, below + above, share, rho),
	};
}

/** Pupils added to each side of the border, spread over its scores (Jeffreys' prior of a share). */
const PRIOR = 0.5;

/**
 * π as the pupils of a sample let it be known: untilted, `Beta(A + ½, B + ½)` with A of them at or above the cut-off and B
 * below it in the window. The tilt weighs a pupil at score k by `e^{θk}`: the mean moves with the weights, the sizes of both
 * sides become the effective ones `(Σf)²/Σf²`, and the variance of the log odds, 1/A + 1/B, stays that of these sizes.
 */
function estimatedShare(
	sample: ArrayLike<number>,
	cutoff: number,
	window: number,
	theta: number,
): { share: number; rho: number } {
	const side = (from: number): { weight: number; size: number } => {
		let weight = 0;
		let squares = 0;
		for (let k = from; k < from + window; k++) {
			const pupils = (sample[k] ?? 0) + PRIOR / window;
			const tilt = Math.exp(theta * (k - cutoff));
			weight += pupils * tilt;
			squares += pupils * tilt * tilt;
		}
		return { weight, size: (weight * weight) / squares };
	};
	const above = side(cutoff);
	const below = side(cutoff - window);
	const share = above.weight / (above.weight + below.weight);
	const size = 1 / (share * (1 - share) * (1 / above.size + 1 / below.size));
	return { share, rho: 1 / (size + 1) };
}

/**
 * All borders and windows of one procedure. A window is left out when it leaves the scale or when another
 * cut-off is nearer than 2w, for the two windows would then share pupils.
 */
export function boundaryTests(input: BoundaryInput): BoundaryTest[] {
	const tests: BoundaryTest[] = [];
	const { counts, reference, tilted = true, sample } = input;
	for (const cutoff of input.cutoffs) {
		for (const window of input.windows ?? [1, 2]) {
			const crowded = input.cutoffs.some((c) => c !== cutoff && Math.abs(c - cutoff) < 2 * window);
			if (crowded) continue;
			const test = boundaryTest(counts, reference, cutoff, window, tilted, sample);
			if (test !== null) tests.push(test);
		}
	}
	return tests;
}

/**
 * Boundary bunching of one school in one procedure (method O3): the tests of all borders and windows,
 * combined by Simes into one p. `p` is null when no window could be tested.
 */
export function boundaryBunching(input: BoundaryInput): { p: number | null; tests: BoundaryTest[] } {
	const tests = boundaryTests(input);
	return { p: simes(tests.map((test) => test.p)), tests };
}
