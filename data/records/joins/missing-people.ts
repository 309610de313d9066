import { sql } from 'kysely';
import { selectOwnInstruments } from '../diagnostics/own-instruments.ts';
import type { Db } from '../store.ts';

/** Somebody who was invited by name, has not finished and has not refused. */
export interface MissingPerson {
	participant_code: string;
	full_name: string;
	email: string | null;
	school_id: string;
	school_name: string;
	/** the last day on which this person's answers are taken */
	closes_on: string;
	/** reminders that went out to this person in this campaign, by whichever plan; what never arrived does not count */
	reminded: number;
	/** what the mail server said when it did not accept the address; null while nothing is known against it */
	refusal: string | null;
}

/**
 * Who may be reminded on a day: invited by name to an open campaign, still within the last day of the school, without
 * the whole of the own answers and without a refusal; by school and name. Nobody in an anonymous campaign.
 */
export async function listMissingPeople(
	db: Db,
	campaignId: string,
	day: string,
	only: { schoolId?: string | null; code?: string } = {},
): Promise<MissingPerson[]> {
	const school = only.schoolId ? sql`and participant.school_id = ${only.schoolId}` : sql``;
	const code = only.code ? sql`and participant.participant_code = ${only.code}` : sql``;
	const { rows } = await sql<MissingPerson>`
		with own as materialized (${selectOwnInstruments(db, campaignId)})
		select participant.participant_code, person.full_name, person.email, participant.school_id,
			school.name as school_name,
			case when extension.closes_on > campaign.closes_on then extension.closes_on else campaign.closes_on end
				as closes_on,
			cast((select count(*) from reminder_delivery as delivery
				where delivery.participant_code = participant.participant_code
					and delivery.state in ('sending', 'sent')) as integer) as reminded,
			refused_address.answer as refusal
		from participant
		inner join campaign on campaign.id = participant.campaign_id
		inner join identity on identity.participant_code = participant.participant_code
		inner join person on person.id = identity.person_id
		inner join school on school.id = participant.school_id
		left join refused_address on refused_address.email = lower(person.email)
		left join campaign_extension as extension
			on extension.campaign_id = campaign.id and extension.school_id = participant.school_id
		where campaign.id = ${campaignId} and campaign.state = 'open' and campaign.mode = 'confidential'
			and campaign.opens_on <= ${day}
			and (campaign.closes_on >= ${day} or extension.closes_on >= ${day})
			and (select count(*) from response where response.participant_code = participant.participant_code
				and response.instrument in (select instrument from own))
				< (select count(*) from own)
			and not exists (select 1 from consent where consent.participant_code = participant.participant_code
				and consent.purpose = 'diagnostic' and consent.declined_at is not null)
			${school} ${code}
		order by school.name, participant.school_id, person.name_key`.execute(db);
	return rows;
}
