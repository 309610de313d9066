import { cellKey, conditionsInUse, hiddenCells, type SizeRow } from './group-sizes.ts';
import type { Filters, Language, Note } from './module.ts';
import { type Sign, signs, signTexts } from './response-quality/signs.ts';

/** A row of `response-sizes.sql`. */
export type ResponseSizeRow = SizeRow & Record<Sign, number>;

/**
 * Says in words how many responses a selection leaves out, and why. A number is told only where the group of flagged
 * responses and the group of the others may both be shown beside every neighbouring selection.
 *
 * @param sizes split by the conditions of the filters and by `quality`
 * @param filters of the selection, `quality` among them, without a dimension
 */
export function leftOutNote(
	sizes: readonly ResponseSizeRow[],
	filters: Filters,
	minimum: number,
	language: Language,
): Note {
	const conditions = conditionsInUse(filters);
	const hidden = hiddenCells(sizes, conditions, minimum);
	const selected = sizes.filter((row) =>
		conditions.every((condition) => condition === 'quality' || row[condition] === String(filters[condition])),
	);
	if (selected.some((row) => hidden.has(cellKey(row, conditions)))) return { code: 'left-out-hidden' };
	const flagged = selected.filter(({ quality }) => quality === 'flagged');
	const sum = (rows: readonly ResponseSizeRow[], field: Sign | 'n') =>
		rows.reduce((total, row) => total + row[field], 0);
	if (flagged.length === 0) return { code: 'left-out-none' };
	const few = language === 'ru' ? `меньше ${minimum}` : `fewer than ${minimum}`;
	const reasons = signs
		.map((sign) => ({ words: signTexts[sign][language], n: sum(flagged, sign) }))
		.filter(({ n }) => n > 0)
		.map(({ words, n }) => `${words} — ${n < minimum ? few : n}`);
	return {
		code: 'left-out-flagged',
		values: {
			left_out: sum(flagged, 'n'),
			total: sum(selected, 'n'),
			reasons: reasons.join('; '),
		},
	};
}
