import { sql } from 'kysely';
import { OBSERVED_CHANNEL } from '#surveys/key.ts';
import { isPostgres } from '../bulk.ts';
import type { Db } from '../store.ts';

/**
 * The instruments of a campaign that its participants fill in themselves, as a query of one column `instrument`: what an
 * observer fills in is nobody's to hand in, so that it makes no participant late.
 */
export function selectOwnInstruments(db: Db, campaignId: string) {
	const channel = isPostgres(db) ? sql`version.key::json ->> 'channel'` : sql`version.key ->> 'channel'`;
	return sql<{ instrument: string }>`select asked.instrument from campaign_instrument as asked
		inner join instrument_version as version
			on version.instrument = asked.instrument and version.version = asked.version
		where asked.campaign_id = ${campaignId} and coalesce(${channel}, '') <> ${OBSERVED_CHANNEL}`;
}

/** The same as a set of names. */
export async function listOwnInstruments(db: Db, campaignId: string): Promise<ReadonlySet<string>> {
	const { rows } = await selectOwnInstruments(db, campaignId).execute(db);
	return new Set(rows.map(({ instrument }) => instrument));
}
