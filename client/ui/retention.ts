import type { CampaignItem } from '#server/contract/diagnostics.ts';

/** So long before the last day one is told. */
const TOLD_DAYS = 60;

/** Whether the people of a campaign are about to be taken out of its answers. */
export function endsSoon(campaign: CampaignItem, now = Date.now()): boolean {
	const { deidentified_at, retention_until, state } = campaign;
	if (deidentified_at !== null || state === 'draft') return false;
	return Date.parse(retention_until) - now < TOLD_DAYS * 86_400_000;
}
