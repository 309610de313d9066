import { appendChange } from '../changes.ts';
import { municipalityIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import { type RecordCounts, recordRows } from '../upsert.ts';
import type { MunicipalityRow, RegionRow } from './tables.ts';

export async function listRegions(db: Db): Promise<RegionRow[]> {
	return db.selectFrom('region').selectAll().orderBy('id').execute();
}

/** Municipalities by id; with places, those that lie inside them as a whole. */
export async function listMunicipalities(db: Db, places?: readonly string[]): Promise<MunicipalityRow[]> {
	return db
		.selectFrom('municipality')
		.selectAll()
		.$if(places !== undefined, (query) =>
			query.where(municipalityIsWithin(db, 'municipality.id', places ?? [])),
		)
		.orderBy('id')
		.execute();
}

export async function recordRegions(trx: Trx, rows: readonly RegionRow[]): Promise<RecordCounts> {
	const { touched, ...counts } = await recordRows(trx, 'region', ['id', 'name'], rows);
	if (touched.length > 0) appendChange(trx, 'registry', '');
	return counts;
}

export async function recordMunicipalities(
	trx: Trx,
	rows: readonly MunicipalityRow[],
): Promise<RecordCounts> {
	const { touched, ...counts } = await recordRows(trx, 'municipality', ['id', 'region_id', 'name'], rows);
	if (touched.length > 0) appendChange(trx, 'registry', '');
	return counts;
}
