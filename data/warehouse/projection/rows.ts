import { createGiveWay } from '../give-way.ts';
import { literal } from '../sql-text.ts';
import type { Writer } from '../warehouse.ts';

/** Engine types of a table's columns as `from_json` takes them: `'INTEGER'`, or `['DOUBLE']` for a list. */
export type RowShape = Readonly<Record<string, string | readonly [string]>>;

/** Rows of one statement: their JSON text costs the event loop a few milliseconds at most. */
const ROWS_PER_STATEMENT = 1_000;

/**
 * A relation to select from: the rows of `$rows`, one JSON text per line, with one column per field of the shape.
 * Lines are parsed several times faster than one list of all rows; JSON itself has no line break inside.
 */
export function rowsFromLines(shape: RowShape): string {
	return `(
		select unnest(from_json(line, ${literal(JSON.stringify(shape))}))
		from (select unnest(string_split($rows, chr(10))) as line)
	)`;
}

/** Inserts plain rows into the columns of the same names; a missing field is null. */
export async function insertRows(
	writer: Writer,
	table: string,
	shape: RowShape,
	rows: readonly object[],
): Promise<void> {
	const sql = `insert into ${table} by name select * from ${rowsFromLines(shape)}`;
	const giveWay = createGiveWay();
	for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
		await giveWay();
		const page = rows.slice(start, start + ROWS_PER_STATEMENT);
		await writer.run(sql, { rows: page.map((row) => JSON.stringify(row)).join('\n') });
	}
}
