import type { Db, Trx } from '../store.ts';
import type { InstrumentSignerRow } from './tables.ts';

/** Keys met on imported instruments, by name. */
export async function listSigners(db: Db): Promise<InstrumentSignerRow[]> {
	return db.selectFrom('instrument_signer').selectAll().orderBy('name').orderBy('fingerprint').execute();
}

export async function findSigner(db: Db, fingerprint: string): Promise<InstrumentSignerRow | undefined> {
	return db
		.selectFrom('instrument_signer')
		.selectAll()
		.where('fingerprint', '=', fingerprint)
		.executeTakeFirst();
}

/** Remembers a key; one that is known keeps its name and its trust. */
export async function rememberSigner(trx: Trx, fingerprint: string, name: string): Promise<void> {
	await trx
		.insertInto('instrument_signer')
		.values({ fingerprint, name, met_at: new Date().toISOString(), trusted_by: null, trusted_at: null })
		.onConflict((conflict) => conflict.column('fingerprint').doNothing())
		.execute();
}

/** Says that a known key is trusted; false when it was never met. */
export async function trustSigner(trx: Trx, fingerprint: string, by: string): Promise<boolean> {
	const result = await trx
		.updateTable('instrument_signer')
		.set({ trusted_by: by, trusted_at: new Date().toISOString() })
		.where('fingerprint', '=', fingerprint)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}
