import { appendChange } from '../changes.ts';
import type { Db, Trx } from '../store.ts';
import { RELEASE_STAGES, type ReleasePlan, type ReleaseStage } from './release-stages.ts';

/** Sets from which day whom the results reach; false once they have reached everybody, or for an archived campaign. */
export async function planRelease(trx: Trx, campaignId: string, plan: ReleasePlan): Promise<boolean> {
	const result = await trx
		.updateTable('campaign')
		.set({ release_plan: JSON.stringify(plan) })
		.where('id', '=', campaignId)
		.where('state', '!=', 'archived')
		.where((eb) =>
			eb.or([eb('release_stage', 'is', null), eb('release_stage', 'in', ['teacher', 'methodist', 'school'])]),
		)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}

/** Released campaigns whose results still wait for somebody's day. */
export async function listPendingReleases(
	db: Db,
): Promise<{ id: string; release_stage: ReleaseStage; release_plan: ReleasePlan }[]> {
	const rows = await db
		.selectFrom('campaign')
		.select(['id', 'release_stage', 'release_plan'])
		.where('state', 'in', ['released', 'archived'])
		.where('release_stage', 'in', ['teacher', 'methodist', 'school'])
		.where('release_plan', 'is not', null)
		.execute();
	return rows.map(({ id, release_stage, release_plan }) => ({
		id,
		release_stage: release_stage as ReleaseStage,
		release_plan: JSON.parse(release_plan!) as ReleasePlan,
	}));
}

/** Takes results on to a stage; never back: what somebody saw is not unseen. False when they are there already. */
export async function advanceRelease(trx: Trx, campaignId: string, to: ReleaseStage): Promise<boolean> {
	const before = RELEASE_STAGES.slice(0, RELEASE_STAGES.indexOf(to));
	if (before.length === 0) return false;
	const result = await trx
		.updateTable('campaign')
		.set({ release_stage: to })
		.where('id', '=', campaignId)
		.where('state', 'in', ['released', 'archived'])
		.where('release_stage', 'in', before)
		.executeTakeFirst();
	if (result.numUpdatedRows === 0n) return false;
	appendChange(trx, 'campaign', campaignId);
	return true;
}
