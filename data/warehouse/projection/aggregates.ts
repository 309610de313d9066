import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { insertRows, type RowShape } from './rows.ts';

/**
 * Loads what a batch brings beside rows of pupils: markers of a list of the authority, candidates for medals, tables of
 * sums, the social make-up of schools, completion of items.
 */
export async function loadSums(db: Db, writer: Writer, batch: string, imported_at: string): Promise<void> {
	await loadList(db, writer, 'federal_marker', batch, imported_at, {
		russian_4: 'INTEGER',
		mathematics_4: 'INTEGER',
		russian_5: 'INTEGER',
		mathematics_5: 'INTEGER',
	});
	await loadList(db, writer, 'medal_candidate', batch, imported_at, {
		pupil: 'VARCHAR',
		medal: 'INTEGER',
	});
	await loadList(db, writer, 'school_context', batch, imported_at, {
		higher_education: 'DOUBLE',
		incomplete_families: 'DOUBLE',
		large_or_low_income: 'DOUBLE',
		on_registers: 'DOUBLE',
		other_language: 'DOUBLE',
		special_needs: 'DOUBLE',
		vacancies: 'DOUBLE',
		decision: 'VARCHAR',
	});
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
	await loadItemCompletion(db, writer, batch, imported_at);
}

/** Copies the rows of a yearly list of schools, or of their pupils; records and warehouse name its columns alike. */
async function loadList(
	db: Db,
	writer: Writer,
	table: 'federal_marker' | 'medal_candidate' | 'school_context',
	batch: string,
	imported_at: string,
	columns: RowShape,
): Promise<void> {
	const rows = await db
		.selectFrom(table)
		.selectAll()
		.where('batch_id', '=', batch)
		.orderBy('row_number')
		.execute();
	const shape = {
		batch_id: 'VARCHAR',
		row_number: 'INTEGER',
		imported_at: 'VARCHAR',
		year: 'INTEGER',
		school_id: 'VARCHAR',
		...columns,
	};
	await insertRows(
		writer,
		table,
		shape,
		rows.map((row) => ({ ...row, imported_at })),
	);
}

async function loadItemCompletion(db: Db, writer: Writer, batch: string, imported_at: string): Promise<void> {
	const items = await db
		.selectFrom('item_completion')
		.selectAll()
		.where('batch_id', '=', batch)
		.orderBy('row_number')
		.orderBy('place')
		.execute();
	await insertRows(
		writer,
		'item_completion',
		{
			batch_id: 'VARCHAR',
			place: 'VARCHAR',
			row_number: 'INTEGER',
			imported_at: 'VARCHAR',
			procedure_id: 'VARCHAR',
			school_id: 'VARCHAR',
			n: 'INTEGER',
			percents: ['DOUBLE'],
		},
		items.map((row) => ({
			...row,
			imported_at,
			percents: JSON.parse(row.percents) as (number | null)[],
		})),
	);
}

/**
 * Procedures whose reference the batch's tables enter: completion of items, and lists of the authority, whose schools serve no
 * other in that year.
 */
export async function listComparedProcedures(writer: Writer, batch: string): Promise<string[]> {
	const { columns } = await writer.read(
		`select procedure_id from item_completion where batch_id = $batch
		union
		select procedure_id from procedure where year in (select year from federal_marker where batch_id = $batch)`,
		{ batch },
	);
	return columns[0] as string[];
}

/** Deletes what a batch said of schools as a whole. */
export async function removeSums(writer: Writer, batch: string): Promise<void> {
	for (const table of [
		'federal_marker',
		'medal_candidate',
		'school_context',
		'aggregate_row',
		'item_completion',
	])
		await writer.run(`delete from ${table} where batch_id = $batch`, { batch });
}
