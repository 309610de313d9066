import { quantileOfSorted } from './quantile.ts';

/** Width of the fences in interquartile ranges, as published. */
const FENCE = 3;

export type OfficialChange = {
	/** `K = S_4/S_5`; null for a school without both results above zero. */
	ratios: (number | null)[];
	/** Direction of a sharp change per school, in the order of the input; null = no sign. */
	signs: ('fall' | 'rise' | null)[];
	/** Fences `p25 − 3·IQR` and `p75 + 3·IQR`; null when no school has a ratio, or a fence is no number any more. */
	limits: { low: number; high: number } | null;
};

/**
 * Official sign «sharp change of one cohort» (method OF-change), exactly as published: `K = S_{4,y}/S_{5,y+1}`,
 * S = the school's mean percent of the maximum; a fall if `K > p75 + 3·IQR`, a rise if `K < p25 − 3·IQR`,
 * quartiles of type 7 over the schools with both S above zero.
 *
 * `earlier` and `later` are percents (any common unit), null where a school took no part.
 */
export function officialChange(
	schools: readonly { earlier: number | null; later: number | null }[],
): OfficialChange {
	const none = schools.map(() => null);
	const ratios = schools.map(({ earlier, later }) => {
		const ratio = earlier !== null && later !== null && earlier > 0 && later > 0 ? earlier / later : null;
		return Number.isFinite(ratio) ? ratio : null;
	});
	const sorted = ratios.filter((ratio) => ratio !== null).sort((a, b) => a - b);
	const lower = quantileOfSorted(sorted, 0.25);
	const upper = quantileOfSorted(sorted, 0.75);
	if (lower === null || upper === null) return { ratios, signs: none, limits: null };
	const low = lower - FENCE * (upper - lower);
	const high = upper + FENCE * (upper - lower);
	// Results that are nearly nothing make ratios near the end of the numbers, and no fence around them.
	if (!Number.isFinite(low) || !Number.isFinite(high)) return { ratios, signs: none, limits: null };
	const signs = ratios.map((ratio) => {
		if (ratio === null) return null;
		if (ratio > high) return 'fall';
		return ratio < low ? 'rise' : null;
	});
	return { ratios, signs, limits: { low, high } };
}
