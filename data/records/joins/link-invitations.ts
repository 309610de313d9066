import { withBlanks } from '../blanks.ts';
import { isInList } from '../bulk.ts';
import { type InvitationListing, selectInvitations } from '../diagnostics/invitations.ts';
import type { Db } from '../store.ts';

/** What a personal link opens, and whom it was made for. */
export interface LinkInvitation extends InvitationListing {
	link_hash: string;
	/** null when the code leads to nobody: never known, or known no more */
	full_name: string | null;
}

const INVITATIONS = withBlanks<'hashes', LinkInvitation>((db, blank) =>
	selectInvitations(db)
		.leftJoin('identity', 'identity.participant_code', 'participant.participant_code')
		.leftJoin('person', 'person.id', 'identity.person_id')
		.select(['participant.link_hash', 'person.full_name'])
		.where(isInList(db, 'participant.link_hash', blank('hashes')))
		.$narrowType<{ link_hash: string }>()
		.compile(),
);

/** Invitations behind personal links by the hashes of their tokens, for many at once; unknown ones are left out. */
export async function listLinkInvitations(db: Db, hashes: readonly string[]): Promise<LinkInvitation[]> {
	return (await db.executeQuery(INVITATIONS(db, { hashes: JSON.stringify(hashes) }))).rows;
}
