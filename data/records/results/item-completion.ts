import { insertRows } from '../bulk.ts';
import type { Trx } from '../store.ts';
import type { ItemCompletionRow } from './tables.ts';

/** Completion of the items of a procedure in one place: percents as a list. */
export type NewItemCompletion = Omit<ItemCompletionRow, 'batch_id' | 'percents'> & {
	percents: (number | null)[];
};

/** Records tables of item completion under their batch, in the running transaction. */
export async function recordItemCompletion(
	trx: Trx,
	batch_id: string,
	rows: readonly NewItemCompletion[],
): Promise<void> {
	await insertRows(
		trx,
		'item_completion',
		['batch_id', 'place', 'row_number', 'procedure_id', 'school_id', 'n', 'percents'],
		rows.map((row) => ({ ...row, batch_id, percents: JSON.stringify(row.percents) })),
	);
}
