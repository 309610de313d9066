import { schoolIsWithin } from '../places.ts';
import type { Db } from '../store.ts';

/**
 * Codes of participants of schools inside the places who let their methodist see their levels, in campaigns whose
 * results are released: before that a methodist sees nobody's.
 */
export async function listConsentingCodes(db: Db, places: readonly string[]): Promise<string[]> {
	const rows = await db
		.selectFrom('consent')
		.innerJoin('participant', 'participant.participant_code', 'consent.participant_code')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.select('participant.participant_code')
		.distinct()
		.where('consent.purpose', '=', 'methodist')
		.where('consent.given_at', 'is not', null)
		.where('consent.declined_at', 'is', null)
		.where('campaign.state', 'in', ['released', 'archived'])
		.where(schoolIsWithin(db, 'participant.school_id', places))
		.orderBy('participant.participant_code')
		.execute();
	return rows.map(({ participant_code }) => participant_code);
}
