import { findCampaign } from '#data/records/diagnostics/campaigns.ts';
import { listInvitations } from '#data/records/diagnostics/invitations.ts';
import { hashLinkToken } from '#data/records/diagnostics/participant-code.ts';
import { findParticipantByLink } from '#data/records/diagnostics/participants.ts';
import type { Db } from '#data/records/store.ts';
import { Problem } from './problem.ts';
import { readResumeToken } from './resume-pass.ts';
import { today } from './today.ts';

/**
 * What a personal link, or an address for going on elsewhere, opens; undefined for one that does not exist. A link is good from opening until everything
 * is handed in, and again from the release of results on, to read them.
 * @throws {Problem} 403 `link-not-open`, `link-expired`, `link-used-up`
 */
export async function openLink(
	db: Db,
	secret: string,
	token: string,
): Promise<{ link_hash: string } | undefined> {
	const resumed = readResumeToken(secret, token);
	if (resumed === null) return undefined;
	const link_hash = resumed ?? hashLinkToken(token);
	const participant = await findParticipantByLink(db, link_hash);
	if (!participant) return undefined;
	const campaign = await findCampaign(db, participant.campaign_id);
	if (!campaign) return undefined;
	const { state, opens_on, closes_on } = campaign;
	if (state === 'released') return { link_hash };
	const day = today();
	if (state === 'draft' || state === 'approved' || day < opens_on)
		throw new Problem(403, 'link-not-open', { opens_on });
	const invitations = await listInvitations(db, [participant.participant_code]);
	const isDone = invitations.every(({ submitted_at }) => submitted_at !== null);
	if (isDone) throw new Problem(403, 'link-used-up');
	if (state !== 'open' || day > closes_on) throw new Problem(403, 'link-expired', { closes_on });
	return { link_hash };
}
