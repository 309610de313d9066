import type { Questions } from '#data/warehouse/warehouse.ts';
import type { AnalyticsModule, Filters, Viewer } from './module.ts';
import { readShared, type SharedReads } from './shared-reads.ts';

/** Viewers with places of their own, each with some purposes. */
const MOST_SHARED = 16;

export interface CampaignChoice {
	warehouse: Questions;
	viewer: Viewer;
	filters: Filters;
	/** what was found under the same watermark is not looked for again */
	shared?: SharedReads;
	watermark: number;
}

/**
 * The campaign that a module on groups reads: the one chosen, or else the last of its purpose; null where there is none.
 * Found before its rows are read, so that the engine reads nothing of other campaigns.
 */
export async function chosenCampaign(
	{ reads, disclosure, filters: known }: AnalyticsModule,
	{ warehouse, viewer, filters, shared, watermark }: CampaignChoice,
): Promise<string | null> {
	const chosen = filters.campaign ?? null;
	if (chosen !== null) return String(chosen);
	if (disclosure.kind === 'own' || !known.includes('campaign')) return null;
	const parameters = { purpose: reads ?? null, places: viewer.places };
	const find = async (): Promise<string | null> => {
		const { columns } = await warehouse.query(new URL('./chosen-campaign.sql', import.meta.url), parameters);
		return (columns[0]?.[0] ?? null) as string | null;
	};
	return shared ? readShared(shared.campaigns, [watermark, parameters], MOST_SHARED, find) : find();
}
