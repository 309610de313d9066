import { placeIsWithin } from '#data/records/places.ts';
import type { Db } from '#data/records/store.ts';

/** Pupils' rows by procedure, from standing batches that were imported for the places. */
export async function countResults(db: Db, places: readonly string[]): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('batch')
		.select(({ fn }) => ['procedure_id', fn.sum<number>('rows_new').as('results')])
		.where('kind', '=', 'results')
		.where('withdrawn_at', 'is', null)
		.where('stored_at', 'is not', null)
		.where(placeIsWithin(db, 'batch.place', places))
		.groupBy('procedure_id')
		.execute();
	return new Map(rows.map(({ procedure_id, results }) => [procedure_id ?? '', Number(results)]));
}
