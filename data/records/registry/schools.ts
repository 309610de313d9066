import { appendChange } from '../changes.ts';
import { schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import { type RecordCounts, recordRows } from '../upsert.ts';
import type { SchoolRow } from './tables.ts';

/** A school with the names of the places it lies in. */
export interface SchoolListing extends SchoolRow {
	municipality_name: string;
	region_id: string;
	region_name: string;
}

const COLUMNS = [
	'id',
	'municipality_id',
	'name',
	'kind',
	'locality',
	'pupils',
	'advanced_subjects',
	'origin',
] as const;

/** Schools by id; with places, those inside them. */
export async function listSchools(db: Db, places?: readonly string[]): Promise<SchoolListing[]> {
	return schoolListings(db)
		.$if(places !== undefined, (query) => query.where(schoolIsWithin(db, 'school.id', places ?? [])))
		.orderBy('school.id')
		.execute();
}

export async function findSchool(db: Db, schoolId: string): Promise<SchoolListing | undefined> {
	return schoolListings(db).where('school.id', '=', schoolId).executeTakeFirst();
}

/**
 * Brings schools to the given state. A row known only from a results file (`origin` `results`) never overwrites what
 * the registry says.
 */
export async function recordSchools(trx: Trx, rows: readonly SchoolRow[]): Promise<RecordCounts> {
	const { touched, ...counts } = await recordRows(trx, 'school', [...COLUMNS], rows, (given, standing) =>
		given.origin === 'results' ? standing : given,
	);
	if (touched.length > 0) appendChange(trx, 'registry', '');
	return counts;
}

function schoolListings(db: Db) {
	return db
		.selectFrom('school')
		.innerJoin('municipality', 'municipality.id', 'school.municipality_id')
		.innerJoin('region', 'region.id', 'municipality.region_id')
		.selectAll('school')
		.select([
			'municipality.name as municipality_name',
			'region.id as region_id',
			'region.name as region_name',
		]);
}
