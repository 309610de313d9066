import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import { symmetricInverse } from './symmetric-inverse.ts';

/** One stratum of persons matched on the total: `[group][code]` numbers of persons, group 0 the reference. */
export type Stratum = readonly (readonly number[])[];

export interface MantelTest {
	chi2: number;
	df: number;
	p: number;
}

/**
 * Test of equal answers of matched groups. For two groups and an item of 0/1 it is that of Mantel and Haenszel (1959) with
 * the continuity correction, `(|Σ(A − E)| − ½)²/ΣV`, as R `mantelhaen.test(correct = TRUE)`; for more categories Mantel's
 * (1963) of the mean score, without correction; for more groups both in their general form, with one degree per focal group:
 * sums of scores of the focal groups against what their stratum expects, `δᵀV⁻¹δ`.
 *
 * Returns null when no stratum can tell: one group, one category, or nobody to compare with in any stratum.
 */
export function mantelTest(strata: readonly Stratum[]): MantelTest | null {
	const focal = (strata[0]?.length ?? 0) - 1;
	if (focal < 1) return null;
	const delta = new Float64Array(focal);
	const variance = Array.from({ length: focal }, () => new Float64Array(focal));
	let categories = 0;
	for (const stratum of strata) {
		const sizes = stratum.map((counts) => counts.reduce((sum, count) => sum + count, 0));
		const total = sizes.reduce((sum, size) => sum + size, 0);
		if (total < 2) continue;
		let [first, second] = [0, 0];
		for (const counts of stratum)
			for (const [code, count] of counts.entries()) {
				first += count * code;
				second += count * code * code;
				if (count > 0) categories = Math.max(categories, code + 1);
			}
		// Σ(y − ȳ)² / (T·(T − 1)): the variance of drawing without return, per product of group sizes.
		const spread = (second - (first * first) / total) / (total * (total - 1));
		for (let g = 0; g < focal; g++) {
			const own = sizes[g + 1]!;
			delta[g]! +=
				stratum[g + 1]!.reduce((sum, count, code) => sum + count * code, 0) - (own * first) / total;
			for (let h = 0; h < focal; h++)
				variance[g]![h]! += spread * (g === h ? own * (total - own) : -own * sizes[h + 1]!);
		}
	}
	const chi2 =
		focal === 1 ? single(delta[0]!, variance[0]![0]!, categories === 2) : quadratic(delta, variance);
	return chi2 === null ? null : { chi2, df: focal, p: 1 - chiSquareCdf(chi2, focal) };
}

function single(delta: number, variance: number, binary: boolean): number | null {
	if (!(variance > 1e-12)) return null;
	const correction = binary && Math.abs(delta) >= 0.5 ? 0.5 : 0;
	return (Math.abs(delta) - correction) ** 2 / variance;
}

function quadratic(delta: Float64Array, variance: Float64Array[]): number | null {
	const inverse = symmetricInverse(variance);
	if (!inverse) return null;
	return inverse.reduce(
		(sum, row, g) => sum + delta[g]! * row.reduce((line, v, h) => line + v * delta[h]!, 0),
		0,
	);
}
