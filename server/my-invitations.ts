import type { InvitationListing } from '#data/records/diagnostics/invitations.ts';
import { type Key, measuresPeople, OBSERVED_CHANNEL } from '#surveys/key.ts';
import type { MyDiagnosticItem } from './contract/my.ts';
import { Problem } from './problem.ts';
import { today } from './today.ts';

/** True while answers are taken: the campaign is open and the day is within its window. */
export function isOpen({ state, opens_on, closes_on }: InvitationListing, day = today()): boolean {
	return state === 'open' && opens_on <= day && day <= closes_on;
}

/** How far a participant has come with one instrument. */
export function stateOf(invitation: InvitationListing, day = today()): MyDiagnosticItem['state'] {
	if (invitation.submitted_at !== null) return 'done';
	if (invitation.declined_at !== null) return 'declined';
	if (!isOpen(invitation, day)) return day < invitation.opens_on ? 'upcoming' : 'closed';
	if (invitation.given_at === null) return 'consent';
	return invitation.saved_at === null ? 'new' : 'started';
}

/** Who fills an instrument in: an expert review is about the participant and by somebody else. */
export function fillerOf({ channel }: Key): MyDiagnosticItem['filled_by'] {
	return channel === OBSERVED_CHANNEL ? 'observer' : 'me';
}

/** When the participant may read the own result: at once or at release, as the instrument says. */
export function resultOf(invitation: InvitationListing, key: Key): MyDiagnosticItem['result'] {
	if (invitation.submitted_at === null || invitation.mode === 'anonymous' || !measuresPeople(key.channel))
		return 'none';
	const isReleased = invitation.state === 'released' || invitation.state === 'archived';
	return isReleased || key.teacher_result === 'at_once' ? 'ready' : 'at_release';
}

/** @throws {Problem} when answers of this invitation are not taken now */
export function demandOpen(invitation: InvitationListing): void {
	const { opens_on, closes_on } = invitation;
	if (invitation.submitted_at !== null) throw new Problem(409, 'already-answered');
	if (!isOpen(invitation)) throw new Problem(409, 'campaign-not-open', { opens_on, closes_on });
	if (invitation.given_at === null || invitation.declined_at !== null)
		throw new Problem(403, 'consent-needed');
}

/** When something happened, as precisely as may be kept: in an anonymous campaign no finer than the day. */
export function timeOf({ mode }: Pick<InvitationListing, 'mode'>, now = new Date()): string {
	return mode === 'anonymous' ? `${today(now)}T00:00:00.000Z` : now.toISOString();
}
