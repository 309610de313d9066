import { binomialUpperTail } from './binomial-tail.ts';
import { simes } from './simes.ts';
import { tiltReference } from './tilted-reference.ts';

export type BoundaryTest = {
	cutoff: number;
	window: number;
	/** Pupils in the w scores just below the cut-off. */
	below: number;
	/** Pupils in the w scores from the cut-off on. */
	above: number;
	/** Share of the window that stands above under the reference, π. */
	share: number;
	/** Tilt that brought the reference to the school's level; null when the reference was taken as it is. */
	theta: number | null;
	/** Exact one-sided `P(Bin(a+b, π) ≥ b)`; 1 when the window is empty. */
	p: number;
};

/** What one school did in one procedure, against the reference of that procedure. */
export type BoundaryInput = {
	/** Pupils by primary score, index = score. */
	counts: ArrayLike<number>;
	/** Reference distribution, index = score 0..M; its length sets M. */
	reference: ArrayLike<number>;
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
 * Returns null when the window leaves the scale, the reference has nobody in it, or no tilt exists.
 */
export function boundaryTest(
	counts: ArrayLike<number>,
	reference: ArrayLike<number>,
	cutoff: number,
	window: number,
	tilted = true,
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
	const share = expectedAbove / (expectedBelow + expectedAbove);
	return {
		cutoff,
		window,
		below,
		above,
		share,
		theta: tilt?.theta ?? null,
		p: binomialUpperTail(above, below + above, share),
	};
}

/**
 * All borders and windows of one procedure. A window is left out when it leaves the scale or when another
 * cut-off is nearer than 2w, for the two windows would then share pupils.
 */
export function boundaryTests(input: BoundaryInput): BoundaryTest[] {
	const tests: BoundaryTest[] = [];
	for (const cutoff of input.cutoffs) {
		for (const window of input.windows ?? [1, 2]) {
			const crowded = input.cutoffs.some((c) => c !== cutoff && Math.abs(c - cutoff) < 2 * window);
			if (crowded) continue;
			const test = boundaryTest(input.counts, input.reference, cutoff, window, input.tilted ?? true);
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
