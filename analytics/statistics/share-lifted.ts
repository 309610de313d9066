export type ShareLifted = {
	/** Pupils expected at each score of the window, from `c−w` on. */
	expected: number[];
	/** Expected minus observed pupils just below the cut-off. */
	missing: number;
	/** Observed minus expected pupils from the cut-off on. */
	excess: number;
	/** Share of those expected just below who are not there, clamped to 0..1. */
	lifted: number;
};

/**
 * Share of pupils lifted over a cut-off (method O4): `N̂_k = r_k·N_out/r_out` inside the window `[c−w, c+w−1]`
 * from the pupils outside it, `lifted = missing/Σ_{k<c} N̂_k`. `reference` is the distribution tilted to the
 * school's level, index = score. Descriptive, without a p-value.
 *
 * Returns null when the window leaves the scale, nobody is outside it, or nobody is expected below.
 */
export function shareLifted(
	counts: ArrayLike<number>,
	reference: ArrayLike<number>,
	cutoff: number,
	window: number,
): ShareLifted | null {
	const start = cutoff - window;
	const end = cutoff + window;
	if (start < 0 || end > reference.length) return null;
	let peopleOutside = 0;
	let shareOutside = 0;
	for (let k = 0; k < reference.length; k++) {
		if (k >= start && k < end) continue;
		peopleOutside += counts[k] ?? 0;
		shareOutside += reference[k]!;
	}
	if (peopleOutside === 0 || !(shareOutside > 0)) return null;
	const expected: number[] = [];
	let expectedBelow = 0;
	let missing = 0;
	let excess = 0;
	for (let k = start; k < end; k++) {
		const people = (reference[k]! * peopleOutside) / shareOutside;
		expected.push(people);
		if (k < cutoff) {
			expectedBelow += people;
			missing += people - (counts[k] ?? 0);
		} else {
			excess += (counts[k] ?? 0) - people;
		}
	}
	if (!(expectedBelow > 0)) return null;
	return { expected, missing, excess, lifted: Math.min(1, Math.max(0, missing / expectedBelow)) };
}
