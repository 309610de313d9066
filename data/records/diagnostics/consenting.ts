import { schoolIsWithin } from '../places.ts';
import type { Db } from '../store.ts';

/** One who lets the methodist see the own levels. */
export interface ConsentingPerson {
	person_id: string;
	full_name: string;
	/** the school of the newest such campaign */
	school_id: string;
	/** when that consent was given */
	given_at: string;
}

/**
 * People of schools inside the places who let their methodist see their levels, by name; in campaigns whose results are
 * released: before that a methodist sees nobody's.
 */
export async function listConsentingPeople(db: Db, places: readonly string[]): Promise<ConsentingPerson[]> {
	const rows = await consenting(db, places)
		.innerJoin('person', 'person.id', 'identity.person_id')
		.select(['identity.person_id', 'person.full_name', 'participant.school_id', 'consent.given_at'])
		.orderBy('person.name_key')
		.orderBy('consent.given_at', 'desc')
		.execute();
	const newest = new Map<string, ConsentingPerson>();
	for (const { given_at, ...row } of rows)
		if (!newest.has(row.person_id)) newest.set(row.person_id, { ...row, given_at: given_at! });
	return [...newest.values()];
}

/** The codes of one such person under which the levels may be seen; none when the person did not agree, or is elsewhere. */
export async function listConsentingCodes(
	db: Db,
	places: readonly string[],
	personId: string,
): Promise<string[]> {
	const rows = await consenting(db, places)
		.select('participant.participant_code')
		.where('identity.person_id', '=', personId)
		.orderBy('participant.participant_code')
		.execute();
	return [...new Set(rows.map(({ participant_code }) => participant_code))];
}

/** The codes of one campaign whose holders let the methodist see, of schools inside the places. */
export async function listConsentingCodesIn(
	db: Db,
	places: readonly string[],
	campaignId: string,
): Promise<string[]> {
	const rows = await consenting(db, places)
		.select('participant.participant_code')
		.where('participant.campaign_id', '=', campaignId)
		.execute();
	return [...new Set(rows.map(({ participant_code }) => participant_code))];
}

function consenting(db: Db, places: readonly string[]) {
	return db
		.selectFrom('consent')
		.innerJoin('participant', 'participant.participant_code', 'consent.participant_code')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.innerJoin('identity', 'identity.participant_code', 'participant.participant_code')
		.where('consent.purpose', '=', 'methodist')
		.where('consent.given_at', 'is not', null)
		.where('consent.declined_at', 'is', null)
		.where('campaign.state', 'in', ['released', 'archived'])
		.where('campaign.release_stage', 'in', ['methodist', 'school', 'municipality'])
		.where(schoolIsWithin(db, 'participant.school_id', places));
}
