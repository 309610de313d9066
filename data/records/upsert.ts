import { insertRows, isAmong } from './bulk.ts';
import type { RecordsSchema } from './schema.ts';
import type { Trx } from './store.ts';

export interface RecordCounts {
	new: number;
	changed: number;
	skipped: number;
}

/**
 * Brings rows with a text key `id` to the given state; rows that say the same are left alone. The last of several
 * rows with one id counts. `merge` may keep parts of the row that stands.
 */
export async function recordRows<Row extends { id: string }>(
	trx: Trx,
	table: 'region' | 'municipality' | 'school' | 'procedure',
	columns: (keyof Row & string)[],
	rows: readonly Row[],
	merge: (given: Row, standing: Row) => Row = (given) => given,
): Promise<RecordCounts & { touched: string[] }> {
	const given = new Map(rows.map((row) => [row.id, row]));
	const standing = new Map<string, Row>();
	const found = await trx
		.selectFrom(table)
		.selectAll()
		.where(isAmong(trx, 'id', [...given.keys()]))
		.execute();
	for (const row of found as unknown as Row[]) standing.set(row.id, row);
	const counts = { new: 0, changed: 0, skipped: 0 };
	const touched: Row[] = [];
	for (const row of given.values()) {
		const before = standing.get(row.id);
		const after = before ? merge(row, before) : row;
		if (!before) counts.new += 1;
		else if (columns.some((column) => (after[column] ?? null) !== before[column])) counts.changed += 1;
		else {
			counts.skipped += 1;
			continue;
		}
		touched.push(after);
	}
	await insertRows(trx, table, columns as (keyof RecordsSchema[typeof table] & string)[], touched, {
		replaceOn: ['id'],
	});
	return { ...counts, touched: touched.map((row) => row.id) };
}
