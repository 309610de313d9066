import { appendChange } from '../changes.ts';
import type { Db, Trx } from '../store.ts';
import type { CampaignExtensionRow } from './tables.ts';

/** Lets one school answer until a later day than the others; a second word on the same school replaces the first. */
export async function recordExtension(trx: Trx, extension: CampaignExtensionRow): Promise<void> {
	const { closes_on, reason, made_by, made_at } = extension;
	await trx
		.insertInto('campaign_extension')
		.values(extension)
		.onConflict((conflict) =>
			conflict.columns(['campaign_id', 'school_id']).doUpdateSet({ closes_on, reason, made_by, made_at }),
		)
		.execute();
	appendChange(trx, 'campaign', extension.campaign_id);
}

/** Takes an extension back; false when there was none. */
export async function removeExtension(trx: Trx, campaignId: string, schoolId: string): Promise<boolean> {
	const result = await trx
		.deleteFrom('campaign_extension')
		.where('campaign_id', '=', campaignId)
		.where('school_id', '=', schoolId)
		.executeTakeFirst();
	if (result.numDeletedRows === 0n) return false;
	appendChange(trx, 'campaign', campaignId);
	return true;
}

/** Extensions of a campaign with the names of their schools, the earliest last day first. */
export async function listExtensions(
	db: Db,
	campaignId: string,
): Promise<(CampaignExtensionRow & { school_name: string })[]> {
	return db
		.selectFrom('campaign_extension')
		.innerJoin('school', 'school.id', 'campaign_extension.school_id')
		.selectAll('campaign_extension')
		.select('school.name as school_name')
		.where('campaign_extension.campaign_id', '=', campaignId)
		.orderBy('campaign_extension.closes_on')
		.orderBy('campaign_extension.school_id')
		.execute();
}
