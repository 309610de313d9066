import type { Stratum } from './mantel-test.ts';

/** Size of a difference between matched groups, and its class: A negligible, B moderate, C large. */
export interface DifferenceSize {
	effect: number;
	class: 'A' | 'B' | 'C';
}

/**
 * ETS delta of an item of 0/1: `−2.35·ln α`, `α = Σ(A·D/T)/Σ(B·C/T)` the common odds ratio of Mantel and Haenszel, A reference
 * right, D focal wrong, B reference wrong, C focal right (Holland and Thayer 1988). Negative = harder for the focal group than for
 * equally able persons of the reference. Classes by size alone, |Δ| below 1, below 1.5, and from there on, as R difR;
 * the test's p stands beside it.
 *
 * Returns null when the odds ratio is 0 or infinite.
 */
export function etsDelta(strata: readonly Stratum[], focal: number): DifferenceSize | null {
	let [above, below] = [0, 0];
	for (const stratum of strata) {
		const [wrong = 0, right = 0] = stratum[0]!;
		const [focalWrong = 0, focalRight = 0] = stratum[focal]!;
		const total = wrong + right + focalWrong + focalRight;
		if (total === 0) continue;
		above += (right * focalWrong) / total;
		below += (wrong * focalRight) / total;
	}
	if (!(above > 0 && below > 0)) return null;
	// The log of 1 has a sign of zero; an effect of none is plain 0.
	const effect = -2.35 * Math.log(above / below) + 0;
	return { effect, class: classOf(Math.abs(effect), 1, 1.5) };
}

/**
 * Standardised mean difference of an item of several categories (Dorans and Schmitt 1991): the mean score of the focal group
 * minus that of the reference, strata weighted by the focal group, in points. Classes by its ratio to the item's standard
 * deviation, below .17, below .25, and from there on (Zwick, Thayer and Mazzeo 1997).
 *
 * Returns null when no stratum holds both groups or the item has no variance.
 */
export function standardisedMeanDifference(strata: readonly Stratum[], focal: number): DifferenceSize | null {
	let [weight, difference] = [0, 0];
	let [n, first, second] = [0, 0, 0];
	for (const stratum of strata) {
		const [reference, own] = [momentsOf(stratum[0]!), momentsOf(stratum[focal]!)];
		for (const side of [reference, own]) {
			n += side.n;
			first += side.first;
			second += side.second;
		}
		if (reference.n === 0 || own.n === 0) continue;
		weight += own.n;
		difference += own.n * (own.first / own.n - reference.first / reference.n);
	}
	const variance = (second - (first * first) / n) / (n - 1);
	if (weight === 0 || !(variance > 1e-12)) return null;
	const effect = difference / weight;
	return { effect, class: classOf(Math.abs(effect) / Math.sqrt(variance), 0.17, 0.25) };
}

const classOf = (size: number, moderate: number, large: number): 'A' | 'B' | 'C' =>
	size < moderate ? 'A' : size < large ? 'B' : 'C';

function momentsOf(counts: readonly number[]): { n: number; first: number; second: number } {
	const moments = { n: 0, first: 0, second: 0 };
	for (const [code, count] of counts.entries()) {
		moments.n += count;
		moments.first += count * code;
		moments.second += count * code * code;
	}
	return moments;
}
