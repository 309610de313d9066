import { sql } from 'kysely';
import { insertRows, isAmong, isPostgres } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import type { Db, Trx } from '../store.ts';
import { hashLinkToken, makeLinkToken, makeParticipantCode } from './participant-code.ts';
import type { ParticipantRow } from './tables.ts';

/** A person to invite, with the coarse attributes that analysis may use. */
export interface Invitee {
	person_id: string;
	school_id: string;
	subject: string | null;
	seniority_band: string | null;
	category: string | null;
	/** kept in a confidential campaign only: few hold some positions */
	position: string | null;
}

/** What is needed once to hand out a personal link; the token is not kept. */
export interface Invitation {
	participant_code: string;
	/** empty in an anonymous campaign: nobody is to know whose link it is */
	person_id: string;
	school_id: string;
	token: string;
}

export type Participant = Omit<ParticipantRow, 'link_hash'>;

const PARTICIPANT_COLUMNS = [
	'participant_code',
	'campaign_id',
	'school_id',
	'subject',
	'seniority_band',
	'category',
	'position',
	'invited_at',
] as const;

/**
 * Invites people to a campaign, each once: who was invited before is left out of the result. In an anonymous campaign
 * no code is tied to a person, here or later: its links are handed out without names, and it invites only once.
 */
export async function inviteParticipants(
	trx: Trx,
	campaignId: string,
	people: readonly Invitee[],
	invitedAt = new Date().toISOString(),
): Promise<Invitation[]> {
	const campaign = await trx
		.selectFrom('campaign')
		.select('mode')
		.where('id', '=', campaignId)
		// Two who invite at once would each find the other's people uninvited; SQLite has one writer as it is.
		.$if(isPostgres(trx), (query) => query.forUpdate())
		.executeTakeFirst();
	if (campaign?.mode === 'anonymous') return inviteAnonymously(trx, campaignId, people, invitedAt);
	const invited = await trx
		.selectFrom('identity')
		.innerJoin('participant', 'participant.participant_code', 'identity.participant_code')
		.select('identity.person_id')
		.where('participant.campaign_id', '=', campaignId)
		.execute();
	const known = new Set(invited.map(({ person_id }) => person_id));
	const fresh = people.filter(({ person_id }) => !known.has(person_id) && known.add(person_id));
	const members = await recordParticipants(trx, campaignId, fresh, invitedAt);
	await insertRows(trx, 'identity', ['participant_code', 'person_id'], members.toSorted(byCode));
	return members;
}

async function inviteAnonymously(
	trx: Trx,
	campaignId: string,
	people: readonly Invitee[],
	invitedAt: string,
): Promise<Invitation[]> {
	const [before] = await trx
		.selectFrom('participant')
		.select('participant_code')
		.where('campaign_id', '=', campaignId)
		.limit(1)
		.execute();
	if (before) return [];
	const members = await recordParticipants(
		trx,
		campaignId,
		people.map((person) => ({ ...person, position: null })),
		`${invitedAt.slice(0, 10)}T00:00:00.000Z`,
	);
	return members.toSorted(byCode).map((member) => ({ ...member, person_id: '' }));
}

async function recordParticipants(
	trx: Trx,
	campaign_id: string,
	people: readonly Invitee[],
	invited_at: string,
): Promise<Invitation[]> {
	const codes = await makeUnusedCodes(trx, people.length);
	const members = people.map((person, index) => {
		const token = makeLinkToken();
		const participant_code = codes[index]!;
		return { ...person, campaign_id, participant_code, token, link_hash: hashLinkToken(token), invited_at };
	});
	// Written in the order of the random codes, so that the order of rows tells nothing about the list of names.
	await insertRows(trx, 'participant', [...PARTICIPANT_COLUMNS, 'link_hash'], members.toSorted(byCode));
	if (members.length > 0) appendChange(trx, 'participants', campaign_id);
	return members.map(({ participant_code, person_id, school_id, token }) => ({
		participant_code,
		person_id,
		school_id,
		token,
	}));
}

function byCode(a: { participant_code: string }, b: { participant_code: string }): number {
	return a.participant_code < b.participant_code ? -1 : 1;
}

/** Replaces the links of these participants (the earlier ones stop working) and gives the new tokens. */
export async function renewLinks(
	trx: Trx,
	codes: readonly string[],
): Promise<{ participant_code: string; token: string }[]> {
	const links = codes.map((participant_code) => ({ participant_code, token: makeLinkToken() }));
	const pairs = JSON.stringify(
		links.map(({ participant_code, token }) => [participant_code, hashLinkToken(token)]),
	);
	const given = isPostgres(trx)
		? sql`(select pair ->> 0 as code, pair ->> 1 as hash from json_array_elements(${pairs}::json) as pair)`
		: sql`(select value ->> 0 as code, value ->> 1 as hash from json_each(${pairs}))`;
	await sql`update participant set link_hash = given.hash from ${given} as given
		where participant.participant_code = given.code`.execute(trx);
	return links;
}

/** The participant of a personal link, by the hash of its token. */
export async function findParticipantByLink(db: Db, tokenHash: string): Promise<Participant | undefined> {
	return db
		.selectFrom('participant')
		.select(PARTICIPANT_COLUMNS)
		.where('link_hash', '=', tokenHash)
		.executeTakeFirst();
}

/** The hash of the personal link of a participant; undefined for an unknown one or one without a link. */
export async function findLinkHash(db: Db, code: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('participant')
		.select('link_hash')
		.where('participant_code', '=', code)
		.executeTakeFirst();
	return row?.link_hash ?? undefined;
}

/** Members of a campaign (of one school), by code. */
export async function listParticipants(
	db: Db,
	campaignId: string,
	schoolId?: string,
): Promise<Participant[]> {
	return db
		.selectFrom('participant')
		.select(PARTICIPANT_COLUMNS)
		.where('campaign_id', '=', campaignId)
		.$if(schoolId !== undefined, (query) => query.where('school_id', '=', schoolId as string))
		.orderBy('participant_code')
		.execute();
}

async function makeUnusedCodes(db: Db, count: number): Promise<string[]> {
	const codes = new Set<string>();
	while (codes.size < count) {
		const wanted = new Set<string>();
		while (codes.size + wanted.size < count) {
			const code = makeParticipantCode();
			if (!codes.has(code)) wanted.add(code);
		}
		const taken = await db
			.selectFrom('participant')
			.select('participant_code')
			.where(isAmong(db, 'participant_code', [...wanted]))
			.execute();
		for (const { participant_code } of taken) wanted.delete(participant_code);
		for (const code of wanted) codes.add(code);
	}
	return [...codes];
}
