import { withBlanks } from '../blanks.ts';
import { isInList } from '../bulk.ts';
import type { Db } from '../store.ts';

/** Whom a personal link was made for. */
export interface LinkHolder {
	link_hash: string;
	participant_code: string;
	campaign_id: string;
	/** `confidential` or `anonymous` */
	mode: string;
	/** null when the code leads to nobody any more */
	full_name: string | null;
}

const HOLDERS = withBlanks<'hashes', LinkHolder>((db, blank) =>
	db
		.selectFrom('participant')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.leftJoin('identity', 'identity.participant_code', 'participant.participant_code')
		.leftJoin('person', 'person.id', 'identity.person_id')
		.select([
			'participant.link_hash',
			'participant.participant_code',
			'participant.campaign_id',
			'campaign.mode',
			'person.full_name',
		])
		.where(isInList(db, 'participant.link_hash', blank('hashes')))
		.$narrowType<{ link_hash: string }>()
		.compile(),
);

/** Holders of personal links by the hashes of their tokens, for many at once; unknown ones are left out. */
export async function listLinkHolders(db: Db, hashes: readonly string[]): Promise<LinkHolder[]> {
	return (await db.executeQuery(HOLDERS(db, { hashes: JSON.stringify(hashes) }))).rows;
}
