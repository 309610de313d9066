import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { RecordsSchema } from './schema.ts';

/** Rows of one statement; a page of this size costs the event loop a few milliseconds at most. */
const ROWS_PER_STATEMENT = 1_000;

export function isPostgres(db: Kysely<RecordsSchema>): boolean {
	return db.getExecutor().adapter instanceof PostgresAdapter;
}

interface BulkOptions {
	/** columns of the key; a row that exists takes the new values of the other columns */
	replaceOn?: string[];
	progress?: (done: number, total: number) => void;
}

/**
 * Inserts rows in few statements: the rows travel as one JSON parameter, so the statement's text is always the same
 * and is prepared once. `columns` names what is taken of each row; columns left out get their default.
 */
export async function insertRows<Table extends keyof RecordsSchema & string>(
	trx: Kysely<RecordsSchema>,
	table: Table,
	columns: (keyof RecordsSchema[Table] & string)[],
	rows: readonly object[],
	{ replaceOn, progress }: BulkOptions = {},
): Promise<void> {
	const conflict = replaceOn ? replaceClause(columns, replaceOn) : sql``;
	for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
		const page = rows.slice(start, start + ROWS_PER_STATEMENT);
		await sql`insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
			${rowsFromJson(trx, table, columns, page)} where true ${conflict}`.execute(trx);
		progress?.(Math.min(start + page.length, rows.length), rows.length);
	}
}

/** `select … from` the JSON text of the rows, typed as the columns of the table. */
function rowsFromJson(db: Kysely<RecordsSchema>, table: string, columns: string[], rows: readonly object[]) {
	if (isPostgres(db)) {
		return sql`select ${sql.join(columns.map((name) => sql.ref(name)))}
			from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`;
	}
	const cells = rows.map((row) => columns.map((name) => (row as Record<string, unknown>)[name] ?? null));
	return sql`select ${sql.join(columns.map((_, index) => sql`value ->> ${sql.lit(index)}`))}
		from json_each(${JSON.stringify(cells)})`;
}

function replaceClause(columns: string[], key: string[]) {
	const sets = columns
		.filter((name) => !key.includes(name))
		.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);
	return sql`on conflict (${sql.join(key.map((name) => sql.ref(name)))}) do update set ${sql.join(sets)}`;
}

/** `column in (…)` for a list of any length, also an empty one, as one parameter. */
export function isAmong(db: Kysely<RecordsSchema>, column: string, values: readonly string[]) {
	return isInList(db, column, JSON.stringify(values));
}

/** The same for a list that is a JSON text already. */
export function isInList(db: Kysely<RecordsSchema>, column: string, list: string) {
	return isPostgres(db)
		? // As an array the list meets the column's index; as a relation it would be joined by reading the whole table.
			sql<boolean>`${sql.ref(column)} = any (array(select json_array_elements_text(${list}::json)))`
		: sql<boolean>`${sql.ref(column)} in (select value from json_each(${list}))`;
}
