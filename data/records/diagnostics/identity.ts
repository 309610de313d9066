import { isAmong } from '../bulk.ts';
import type { Db } from '../store.ts';

/** The codes under which a person was invited, with their campaigns. */
export async function listCodesOfPerson(
	db: Db,
	personId: string,
): Promise<{ participant_code: string; campaign_id: string }[]> {
	return db
		.selectFrom('identity')
		.innerJoin('participant', 'participant.participant_code', 'identity.participant_code')
		.select(['participant.participant_code', 'participant.campaign_id'])
		.where('identity.person_id', '=', personId)
		.orderBy('participant.invited_at')
		.orderBy('participant.participant_code')
		.execute();
}

/** The person behind a code. Every look of this kind belongs in the log: it is the caller's duty. */
export async function personOfCode(db: Db, code: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('identity')
		.select('person_id')
		.where('participant_code', '=', code)
		.executeTakeFirst();
	return row?.person_id;
}

/** People behind codes, for lists of links that are handed out by name. */
export async function peopleOfCodes(
	db: Db,
	codes: readonly string[],
): Promise<{ participant_code: string; person_id: string; full_name: string }[]> {
	return db
		.selectFrom('identity')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.select(['identity.participant_code', 'identity.person_id', 'person.full_name'])
		.where(isAmong(db, 'identity.participant_code', codes))
		.orderBy('person.name_key')
		.execute();
}
