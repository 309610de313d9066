import type { MatchedStratum } from '../statistics/logistic-functioning.ts';

/**
 * Tells whether an item takes two values at most, and then counts it as one of 0/1, whatever its values are worth: an item
 * scored 0 or 2 is judged as one scored 0 or 1. `codes[value]` = how often each value occurs.
 */
export function asTwoValues(
	matched: readonly MatchedStratum[],
	codes: readonly number[],
): { isBinary: boolean; matched: readonly MatchedStratum[] } {
	if (codes.filter((count) => count > 0).length > 2) return { isBinary: false, matched };
	return {
		isBinary: true,
		matched: matched.map(({ total, stratum }) => ({
			total,
			stratum: stratum.map((counts) =>
				codes.flatMap((count, code) => (count > 0 ? [counts[code] ?? 0] : [])),
			),
		})),
	};
}
