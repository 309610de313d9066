import { insertRows } from '../bulk.ts';
import type { Trx } from '../store.ts';
import type { SchoolContextRow } from './tables.ts';

/** Records the social make-up of schools under its batch, in the running transaction. */
export async function recordSchoolContext(
	trx: Trx,
	batch_id: string,
	rows: readonly Omit<SchoolContextRow, 'batch_id'>[],
): Promise<void> {
	await insertRows(
		trx,
		'school_context',
		[
			'batch_id',
			'row_number',
			'year',
			'school_id',
			'higher_education',
			'incomplete_families',
			'large_or_low_income',
			'on_registers',
			'other_language',
			'special_needs',
			'vacancies',
			'decision',
		],
		rows.map((row) => ({ ...row, batch_id })),
	);
}
