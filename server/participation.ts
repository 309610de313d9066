import { peopleOfCodes } from '#data/records/diagnostics/identity.ts';
import { listInvitations } from '#data/records/diagnostics/invitations.ts';
import { listOwnInstruments } from '#data/records/diagnostics/own-instruments.ts';
import { listParticipants } from '#data/records/diagnostics/participants.ts';
import type { Db } from '#data/records/store.ts';

/**
 * Who of a school has finished a campaign, by name: a refusal reads as done, what was answered is not looked at, and
 * what an observer fills in is nobody's to finish.
 */
export async function listUnfinished(
	db: Db,
	campaignId: string,
	schoolId: string,
): Promise<{ full_name: string; school_id: string; done: boolean }[]> {
	const participants = await listParticipants(db, campaignId, schoolId);
	const codes = participants.map(({ participant_code }) => participant_code);
	const [people, invitations, own] = await Promise.all([
		peopleOfCodes(db, codes),
		listInvitations(db, codes),
		listOwnInstruments(db, campaignId),
	]);
	const asked = invitations.filter(({ instrument }) => own.has(instrument));
	const byCode = Map.groupBy(asked, ({ participant_code }) => participant_code);
	return people.map(({ participant_code, full_name }) => {
		const theirs = byCode.get(participant_code) ?? [];
		const done = theirs.every(
			({ submitted_at, declined_at }) => submitted_at !== null || declined_at !== null,
		);
		return { full_name, school_id: schoolId, done };
	});
}
