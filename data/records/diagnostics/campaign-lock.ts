import type { Db } from '../store.ts';

/**
 * What holds a campaign's mode, instruments and text of consent fast. `answers`: somebody has answered under them;
 * `invitations`: codes were tied to people, or to nobody, as the mode says.
 */
export type CampaignLock = 'invitations' | 'answers';

/** The lock of a campaign; undefined for a draft. */
export async function findLock(db: Db, campaignId: string): Promise<CampaignLock | undefined> {
	const answer = await db
		.selectFrom('recorded_response')
		.select('id')
		.where('campaign_id', '=', campaignId)
		.limit(1)
		.executeTakeFirst();
	if (answer) return 'answers';
	const invited = await db
		.selectFrom('campaign')
		.select('id')
		.where('id', '=', campaignId)
		.where('state', '!=', 'draft')
		.executeTakeFirst();
	return invited && 'invitations';
}
