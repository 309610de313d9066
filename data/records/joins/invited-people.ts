import type { Db } from '../store.ts';
import type { PopulationMember } from './campaign-population.ts';

/**
 * Who was invited to a confidential campaign, at the school and with the attributes of the reference day; the position is
 * not kept with an invitation. Nobody in an anonymous campaign: no code leads to a person there.
 */
export async function listInvitedPeople(
	db: Db,
	campaignId: string,
): Promise<(Omit<PopulationMember, 'position'> & { position: null })[]> {
	const rows = await db
		.selectFrom('participant')
		.innerJoin('identity', 'identity.participant_code', 'participant.participant_code')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.select(['identity.person_id', 'person.full_name', 'participant.school_id', 'participant.subject'])
		.select(['participant.seniority_band', 'participant.category'])
		.where('participant.campaign_id', '=', campaignId)
		.orderBy('participant.school_id')
		.orderBy('person.name_key')
		.execute();
	return rows.map((row) => ({
		...row,
		position: null,
		subjects: row.subject === null ? [] : [row.subject],
	}));
}
