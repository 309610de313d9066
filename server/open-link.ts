import { findCampaign } from '#data/records/diagnostics/campaigns.ts';
import { listInvitations } from '#data/records/diagnostics/invitations.ts';
import { listOwnInstruments } from '#data/records/diagnostics/own-instruments.ts';
import { hashLinkToken, readTypedCode } from '#data/records/diagnostics/participant-code.ts';
import { findParticipantByKey } from '#data/records/diagnostics/participant-keys.ts';
import { findParticipantByLink } from '#data/records/diagnostics/participants.ts';
import type { Db } from '#data/records/store.ts';
import { Problem } from './problem.ts';
import { readResumeToken } from './resume-pass.ts';
import { today } from './today.ts';

/**
 * What a personal link, a reminder's link, a typed code or an address for going on elsewhere opens; undefined for one
 * that does not exist. To answer, a link is good from opening until everything is handed in, and again from the release
 * of results on, to read them. To read what is kept of oneself and to withdraw, a link of a confidential campaign is good
 * from opening on, always. What was typed in is called a code, what was followed a link: the remedy is another.
 * @throws {Problem} 403 `link-…` or `code-…`: `not-open`, `expired`, `closed` (before its last
 * day), `used-up`, only to who has the right secret
 */
export async function openLink(
	db: Db,
	secret: string,
	token: string,
	{ kind = 'link', to = 'answer' }: { kind?: 'link' | 'code'; to?: 'answer' | 'read' } = {},
): Promise<{ link_hash: string; mode: string } | undefined> {
	const resumed = readResumeToken(secret, token);
	if (resumed === null) return undefined;
	const participant = resumed ? await findByLinkHash(db, resumed) : await findHolder(db, token);
	if (!participant) return undefined;
	const { link_hash } = participant;
	const campaign = await findCampaign(db, participant.campaign_id);
	if (!campaign) return undefined;
	const { state, opens_on, mode } = campaign;
	if (state === 'released') return { link_hash, mode };
	const day = today();
	if (state === 'draft' || state === 'approved' || day < opens_on)
		throw new Problem(403, `${kind}-not-open`, { opens_on });
	if (to === 'read' && mode === 'confidential') return { link_hash, mode };
	const invitations = await listInvitations(db, [participant.participant_code]);
	const closes_on = invitations[0]?.closes_on ?? campaign.closes_on;
	const own = await listOwnInstruments(db, participant.campaign_id);
	const asked = invitations.filter(({ instrument }) => own.has(instrument));
	const isDone = asked.length > 0 && asked.every(({ submitted_at }) => submitted_at !== null);
	if (isDone) throw new Problem(403, `${kind}-used-up`);
	if (day > closes_on) throw new Problem(403, `${kind}-expired`, { closes_on });
	if (state !== 'open') throw new Problem(403, `${kind}-closed`);
	return { link_hash, mode };
}

interface Holder {
	participant_code: string;
	campaign_id: string;
	link_hash: string;
}

async function findByLinkHash(db: Db, link_hash: string): Promise<Holder | undefined> {
	const participant = await findParticipantByLink(db, link_hash);
	return participant && { ...participant, link_hash };
}

/** By the personal link, by the link of a reminder, or by a code that was typed in. */
async function findHolder(db: Db, token: string): Promise<Holder | undefined> {
	const hash = hashLinkToken(token);
	const own = await findByLinkHash(db, hash);
	if (own) return own;
	const typed = readTypedCode(token);
	const other =
		(await findParticipantByKey(db, hash)) ??
		(typed === null ? undefined : await findParticipantByKey(db, hashLinkToken(typed)));
	return other?.link_hash ? { ...other, link_hash: other.link_hash } : undefined;
}
