import { appendChange } from '../changes.ts';
import type { Db, Trx } from '../store.ts';
import { type RecordCounts, recordRows } from '../upsert.ts';
import type { ProcedureRow } from './tables.ts';

/** An assessment event with its scale. */
export interface Procedure extends Omit<ProcedureRow, 'cutoffs' | 'items'> {
	/** smallest score of each mark; null when the procedure has no marks */
	cutoffs: { '3': number; '4': number; '5': number } | null;
	items: { id: string; max: number }[];
}

const COLUMNS = [
	'id',
	'kind',
	'year',
	'grade',
	'subject',
	'title',
	'max_score',
	'cutoffs',
	'fail_below',
	'items',
	'document',
	'valid_from',
] as const;

/** Brings procedures to the given state. */
export async function recordProcedures(trx: Trx, procedures: readonly Procedure[]): Promise<RecordCounts> {
	const rows: ProcedureRow[] = procedures.map((procedure) => ({
		...procedure,
		cutoffs: procedure.cutoffs && JSON.stringify(procedure.cutoffs),
		items: JSON.stringify(procedure.items),
	}));
	const { touched, ...counts } = await recordRows(trx, 'procedure', [...COLUMNS], rows);
	for (const id of touched) appendChange(trx, 'procedure', id);
	return counts;
}

/** Newest year first, then by subject and grade. */
export async function listProcedures(db: Db): Promise<Procedure[]> {
	const rows = await db
		.selectFrom('procedure')
		.selectAll()
		.orderBy('year', 'desc')
		.orderBy('subject')
		.orderBy('grade')
		.orderBy('id')
		.execute();
	return rows.map(toProcedure);
}

export async function findProcedure(db: Db, id: string): Promise<Procedure | undefined> {
	const row = await db.selectFrom('procedure').selectAll().where('id', '=', id).executeTakeFirst();
	return row && toProcedure(row);
}

function toProcedure(row: ProcedureRow): Procedure {
	return {
		...row,
		cutoffs: row.cutoffs === null ? null : (JSON.parse(row.cutoffs) as Procedure['cutoffs']),
		items: JSON.parse(row.items) as Procedure['items'],
	};
}
