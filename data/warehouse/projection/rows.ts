import { literal } from '../sql-text.ts';
import type { Writer } from '../warehouse.ts';
import { createGiveWay } from './give-way.ts';

/** Engine types of a table's columns as `from_json` takes them: `'INTEGER'`, or `['DOUBLE']` for a list. */
export type RowShape = Readonly<Record<string, string | readonly [string]>>;

/** Rows of one statement: their JSON text costs the event loop a few milliseconds at most. */
export const ROWS_PER_STATEMENT = 1_000;

/** A relation to select from: the rows of the JSON text in `$rows`, one column per field of the shape. */
export function rowsFromJson(shape: RowShape): string {
	return `(select unnest(from_json($rows, ${literal(JSON.stringify([shape]))}), max_depth := 2))`;
}

/** Inserts plain rows into the columns of the same names; a missing field is null. */
export async function insertRows(
	writer: Writer,
	table: string,
	shape: RowShape,
	rows: readonly object[],
): Promise<void> {
	const sql = `insert into ${table} by name select * from ${rowsFromJson(shape)}`;
	const giveWay = createGiveWay();
	for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
		await giveWay();
		await writer.run(sql, { rows: JSON.stringify(rows.slice(start, start + ROWS_PER_STATEMENT)) });
	}
}
