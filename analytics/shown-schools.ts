import type { Filters, InputRow } from './module.ts';

/**
 * Of the rows of all schools, which are asked for: `is_shown` stays true for the school or municipality that is chosen.
 * Rows are shared between questions, so those that differ are copies.
 */
export function showChosen(rows: InputRow[], { school = null, municipality = null }: Filters): InputRow[] {
	if (school === null && municipality === null) return rows;
	return rows.map((row) =>
		row.is_shown !== true ||
		((school === null || row.school_id === school) &&
			(municipality === null || row.municipality_id === municipality))
			? row
			: { ...row, is_shown: false },
	);
}
