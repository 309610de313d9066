/** The path of a campaign, in order; a step leads to the next and nowhere else. */
export const CAMPAIGN_STATES = [
	'draft',
	'approved',
	'open',
	'closed',
	'scored',
	'reviewed',
	'released',
	'archived',
] as const;

export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** The state that follows; undefined after the last one. */
export function nextCampaignState(state: string): CampaignState | undefined {
	const index = CAMPAIGN_STATES.indexOf(state as CampaignState);
	return index < 0 ? undefined : CAMPAIGN_STATES[index + 1];
}
