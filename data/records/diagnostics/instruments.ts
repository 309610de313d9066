import { appendChange } from '../changes.ts';
import { RecordsError } from '../records-error.ts';
import type { Db, Trx } from '../store.ts';
import type { InstrumentVersionRow } from './tables.ts';

/**
 * Freezes a version of an instrument: survey and key as JSON text, with their SHA-256. The same again changes nothing;
 * throws RecordsError `version-frozen` when the version stands with another hash.
 */
export async function publishInstrument(
	trx: Trx,
	version: Omit<InstrumentVersionRow, 'published_at'> & { published_at?: string },
): Promise<'published' | 'unchanged'> {
	const standing = await findInstrumentVersion(trx, version.instrument, version.version);
	if (standing) {
		if (standing.sha256 === version.sha256) return 'unchanged';
		throw new RecordsError('version-frozen', {
			instrument: version.instrument,
			version: version.version,
		});
	}
	const published_at = version.published_at ?? new Date().toISOString();
	await trx
		.insertInto('instrument_version')
		.values({ ...version, published_at })
		.execute();
	appendChange(trx, 'instrument', `${version.instrument}@${version.version}`);
	return 'published';
}

export async function findInstrumentVersion(
	db: Db,
	instrument: string,
	version: number,
): Promise<InstrumentVersionRow | undefined> {
	return db
		.selectFrom('instrument_version')
		.selectAll()
		.where('instrument', '=', instrument)
		.where('version', '=', version)
		.executeTakeFirst();
}

/** As `findInstrumentVersion`; throws when that version was never published. */
export async function getInstrumentVersion(
	db: Db,
	instrument: string,
	version: number,
): Promise<InstrumentVersionRow> {
	const found = await findInstrumentVersion(db, instrument, version);
	if (!found) throw new Error(`instrument ${instrument} has no published version ${version}`);
	return found;
}

/** All published versions, by instrument and version. */
export async function listInstrumentVersions(db: Db): Promise<InstrumentVersionRow[]> {
	return db.selectFrom('instrument_version').selectAll().orderBy('instrument').orderBy('version').execute();
}
