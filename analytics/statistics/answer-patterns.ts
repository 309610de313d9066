/** The code of an answer that was not given. */
export const MISSING = 255;

/**
 * Answers of many persons to the same items: each row is a pattern of codes 0..254 (`MISSING` for none), counted by
 * the number of persons who gave exactly it. Every statistic of a scale is a sum over persons, so this is enough
 * for all of them, and a million persons need sixty bytes each and no object.
 */
export interface AnswerPatterns {
	items: number;
	/** row by row, `counts.length × items` */
	codes: Uint8Array;
	/** persons behind each row, > 0 */
	counts: Float64Array;
}

/** The same rows with a choice of items, in the order given; the patterns themselves where all are chosen in their order. */
export function chooseItems(patterns: AnswerPatterns, chosen: readonly number[]): AnswerPatterns {
	const { items, codes, counts } = patterns;
	if (chosen.length === items && chosen.every((item, place) => item === place)) return patterns;
	const width = chosen.length;
	const kept = new Uint8Array(counts.length * width);
	for (let row = 0; row < counts.length; row++)
		for (let j = 0; j < width; j++) kept[row * width + j] = codes[row * items + chosen[j]!]!;
	return { items: width, codes: kept, counts };
}

/** The rows that hold for a condition on the row's codes (a view into the matrix). */
export function chooseRows(
	{ items, codes, counts }: AnswerPatterns,
	holds: (row: Uint8Array, index: number) => boolean,
): AnswerPatterns {
	const rows: number[] = [];
	for (let row = 0; row < counts.length; row++)
		if (holds(codes.subarray(row * items, (row + 1) * items), row)) rows.push(row);
	const kept = new Uint8Array(rows.length * items);
	for (const [index, row] of rows.entries())
		kept.set(codes.subarray(row * items, (row + 1) * items), index * items);
	return { items, codes: kept, counts: Float64Array.from(rows, (row) => counts[row]!) };
}

/** Number of persons per code of each item: `[item][code]`, the list as long as the highest code + 1. */
export function countCodes({ items, codes, counts }: AnswerPatterns): number[][] {
	const table = new Float64Array(items * 256);
	for (let row = 0, at = 0; row < counts.length; row++)
		for (let j = 0; j < items; j++, at++) table[j * 256 + codes[at]!]! += counts[row]!;
	return Array.from({ length: items }, (_, j) => {
		const all = Array.from(table.subarray(j * 256, j * 256 + MISSING));
		return all.slice(0, all.findLastIndex((count) => count > 0) + 1);
	});
}
