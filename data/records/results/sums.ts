import { insertRows } from '../bulk.ts';
import type { Trx } from '../store.ts';
import type { AggregateResultRow, FederalMarkerRow, MedalCandidateRow } from './tables.ts';

/** Records the schools of a list of the authority under its batch, in the running transaction. */
export async function recordFederalMarkers(
	trx: Trx,
	batch_id: string,
	rows: readonly Omit<FederalMarkerRow, 'batch_id'>[],
): Promise<void> {
	await insertRows(
		trx,
		'federal_marker',
		[
			'batch_id',
			'row_number',
			'year',
			'school_id',
			'russian_4',
			'mathematics_4',
			'russian_5',
			'mathematics_5',
		],
		rows.map((row) => ({ ...row, batch_id })),
	);
}

/** Records a list of candidates for medals under its batch, in the running transaction. */
export async function recordMedalCandidates(
	trx: Trx,
	batch_id: string,
	rows: readonly Omit<MedalCandidateRow, 'batch_id'>[],
): Promise<void> {
	await insertRows(
		trx,
		'medal_candidate',
		['batch_id', 'row_number', 'year', 'school_id', 'pupil', 'medal'],
		rows.map((row) => ({ ...row, batch_id })),
	);
}

/** A school's sums in one procedure: counts and percents as lists. */
export type NewAggregateResult = Omit<AggregateResultRow, 'batch_id' | 'counts' | 'percents'> & {
	counts: number[];
	percents: number[];
};

/** Records tables of sums under their batch, in the running transaction. */
export async function recordAggregates(
	trx: Trx,
	batch_id: string,
	rows: readonly NewAggregateResult[],
): Promise<void> {
	await insertRows(
		trx,
		'aggregate_result',
		['batch_id', 'row_number', 'procedure_id', 'school_id', 'form', 'n', 'counts', 'percents'],
		rows.map((row) => ({
			...row,
			batch_id,
			counts: JSON.stringify(row.counts),
			percents: JSON.stringify(row.percents),
		})),
	);
}
