import { sql } from 'kysely';
import { withBlanks } from '../blanks.ts';
import { isInList } from '../bulk.ts';
import type { Db } from '../store.ts';
import { PARTICIPANT_ATTRIBUTES, type ParticipantAttributes } from './participant-attributes.ts';

/** One instrument that a participant was asked to fill, and how far it has come. */
export interface InvitationListing extends ParticipantAttributes {
	participant_code: string;
	campaign_id: string;
	title: string;
	state: string;
	mode: string;
	opens_on: string;
	/** the last day for this participant: the school's own where it has one */
	closes_on: string;
	consent_version: string;
	instrument: string;
	version: number;
	/** the consent to take part, in the campaign's version of the text */
	given_at: string | null;
	declined_at: string | null;
	saved_at: string | null;
	/** when it was handed in, by the participant or by who observed */
	submitted_at: string | null;
}

/** What participants are or were asked, newest campaign first: whose, the caller says. */
export const selectInvitations = (db: Db) =>
	db
		.selectFrom('participant')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.innerJoin('school', 'school.id', 'participant.school_id')
		.innerJoin('campaign_instrument as asked', 'asked.campaign_id', 'campaign.id')
		.leftJoin('consent', (join) =>
			join
				.onRef('consent.participant_code', '=', 'participant.participant_code')
				.onRef('consent.version', '=', 'campaign.consent_version')
				.on('consent.purpose', '=', 'diagnostic'),
		)
		.leftJoin('campaign_extension as extension', (join) =>
			join
				.onRef('extension.campaign_id', '=', 'campaign.id')
				.onRef('extension.school_id', '=', 'participant.school_id'),
		)
		.leftJoin('response', (join) =>
			join
				.onRef('response.participant_code', '=', 'participant.participant_code')
				.onRef('response.instrument', '=', 'asked.instrument'),
		)
		.leftJoin('observation', (join) =>
			join
				.onRef('observation.participant_code', '=', 'participant.participant_code')
				.onRef('observation.instrument', '=', 'asked.instrument')
				.on('observation.standing', '=', 'last'),
		)
		.select([
			...PARTICIPANT_ATTRIBUTES,
			'participant.participant_code',
			'campaign.id as campaign_id',
			'campaign.title',
			'campaign.state',
			'campaign.mode',
			'campaign.opens_on',
			sql<string>`case when extension.closes_on > campaign.closes_on then extension.closes_on
				else campaign.closes_on end`.as('closes_on'),
			'campaign.consent_version',
			'asked.instrument',
			'asked.version',
			'consent.given_at',
			'consent.declined_at',
			sql<string | null>`(select draft.saved_at from draft
				where draft.participant_code = participant.participant_code and draft.instrument = asked.instrument
				order by draft.id desc limit 1)`.as('saved_at'),
			sql<string | null>`coalesce(response.submitted_at, observation.submitted_at)`.as('submitted_at'),
		])
		.orderBy('campaign.opens_on', 'desc')
		.orderBy('campaign.id')
		.orderBy('asked.position');

const INVITATIONS = withBlanks<'codes', InvitationListing>((db, blank) =>
	selectInvitations(db)
		.where(isInList(db, 'participant.participant_code', blank('codes')))
		.compile(),
);

/** What these participant codes are or were asked, newest campaign first. */
export async function listInvitations(db: Db, codes: readonly string[]): Promise<InvitationListing[]> {
	return (await db.executeQuery(INVITATIONS(db, { codes: JSON.stringify(codes) }))).rows;
}
