import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { insertRows } from './rows.ts';

/** Loads what a batch says of schools as a whole: markers of a list of the authority, and tables of sums. */
export async function loadSums(db: Db, writer: Writer, batch: string, imported_at: string): Promise<void> {
	const markers = await db
		.selectFrom('federal_marker')
		.selectAll()
		.where('batch_id', '=', batch)
		.orderBy('row_number')
		.execute();
	await insertRows(
		writer,
		'federal_marker',
		{
			batch_id: 'VARCHAR',
			row_number: 'INTEGER',
			imported_at: 'VARCHAR',
			year: 'INTEGER',
			school_id: 'VARCHAR',
			russian_4: 'INTEGER',
			mathematics_4: 'INTEGER',
			russian_5: 'INTEGER',
			mathematics_5: 'INTEGER',
		},
		markers.map((row) => ({ ...row, imported_at })),
	);
	const sums = await db
		.selectFrom('aggregate_result')
		.selectAll()
		.where('batch_id', '=', batch)
		.orderBy('row_number')
		.execute();
	await insertRows(
		writer,
		'aggregate_row',
		{
			batch_id: 'VARCHAR',
			row_number: 'INTEGER',
			imported_at: 'VARCHAR',
			procedure_id: 'VARCHAR',
			school_id: 'VARCHAR',
			form: 'VARCHAR',
			n: 'INTEGER',
			counts: ['DOUBLE'],
			percents: ['DOUBLE'],
		},
		sums.map((row) => ({
			...row,
			imported_at,
			counts: JSON.parse(row.counts) as number[],
			percents: JSON.parse(row.percents) as number[],
		})),
	);
}

/** Deletes what a batch said of schools as a whole. */
export async function removeSums(writer: Writer, batch: string): Promise<void> {
	for (const table of ['federal_marker', 'aggregate_row'])
		await writer.run(`delete from ${table} where batch_id = $batch`, { batch });
}
