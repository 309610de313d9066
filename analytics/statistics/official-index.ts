/**
 * Official index of a territory (method OF): 100 − percent of schools with at least one official sign, among
 * schools with at least one counted row; 0..100. `signs` is the number of signs of each such school.
 *
 * Returns null when no school took part.
 */
export function officialIndex(signs: readonly number[]): number | null {
	if (signs.length === 0) return null;
	const withSign = signs.filter((count) => count > 0).length;
	return 100 - (100 * withSign) / signs.length;
}
