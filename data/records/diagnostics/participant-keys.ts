import { insertRows, isAmong } from '../bulk.ts';
import type { Db, Trx } from '../store.ts';
import { hashLinkToken, makeLinkToken, makeTypedCode } from './participant-code.ts';

/** A secret that opens what the personal link opens; it is known here once and kept as a hash. */
export interface MadeKey {
	participant_code: string;
	secret: string;
}

/** Gives each participant a short code to type in, beside those handed out before. */
export function addTypedCodes(trx: Trx, codes: readonly string[]): Promise<MadeKey[]> {
	return addKeys(trx, 'code', codes, makeTypedCode);
}

/** Gives each participant a link for a reminder: the links handed out before keep working. */
export function addReminderLinks(trx: Trx, codes: readonly string[]): Promise<MadeKey[]> {
	return addKeys(trx, 'reminder', codes, makeLinkToken);
}

/** Ends every code and reminder link of these participants; the personal link itself is renewed elsewhere. */
export async function endKeys(trx: Trx, codes: readonly string[]): Promise<void> {
	await trx
		.deleteFrom('participant_key')
		.where(isAmong(trx, 'participant_code', codes))
		.execute();
}

/** The participant and the personal link behind a code or a reminder's link, by the hash of the secret. */
export async function findParticipantByKey(
	db: Db,
	keyHash: string,
): Promise<{ participant_code: string; campaign_id: string; link_hash: string | null } | undefined> {
	return db
		.selectFrom('participant_key')
		.innerJoin('participant', 'participant.participant_code', 'participant_key.participant_code')
		.select(['participant.participant_code', 'participant.campaign_id', 'participant.link_hash'])
		.where('participant_key.key_hash', '=', keyHash)
		.executeTakeFirst();
}

async function addKeys(
	trx: Trx,
	kind: 'code' | 'reminder',
	codes: readonly string[],
	make: () => string,
): Promise<MadeKey[]> {
	// In the order of the random codes, so that the order of rows tells nothing about a list of names.
	const made = codes.toSorted().map((participant_code) => ({ participant_code, secret: make() }));
	await insertRows(
		trx,
		'participant_key',
		['key_hash', 'participant_code', 'kind'],
		made.map(({ participant_code, secret }) => ({ participant_code, kind, key_hash: hashLinkToken(secret) })),
	);
	return made;
}
