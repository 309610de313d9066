import { findLock } from '#data/records/diagnostics/campaign-lock.ts';
import { type CampaignState, nextCampaignState } from '#data/records/diagnostics/campaign-states.ts';
import type { Campaign } from '#data/records/diagnostics/campaigns.ts';
import { responseRate, type SchoolResponseRate } from '#data/records/joins/response-rate.ts';
import type { Db } from '#data/records/store.ts';
import { mayDo } from './acts.ts';
import type { CampaignDetail, CampaignItem } from './contract/diagnostics.ts';
import type { PublishedInstruments } from './published.ts';
import type { Asker } from './session.ts';

/** Steps that decide (approve, release) and steps that carry on; who may take them differs. */
const DECISIONS: readonly string[] = ['approved', 'released'];

export function mayMove(asker: Asker, to: string): boolean {
	return mayDo(asker.role, DECISIONS.includes(to) ? 'decide-campaign' : 'run-campaign');
}

/** States a campaign may go to next, for this asker. */
export function listNextStates(asker: Asker, state: string): CampaignState[] {
	const next = nextCampaignState(state);
	return next && mayMove(asker, next) ? [next] : [];
}

/** Rows of a campaign that the asker may count: a coordinator the own school's, others the whole campaign's. */
export async function listVisibleRates(
	db: Db,
	asker: Asker,
	campaignId: string,
): Promise<SchoolResponseRate[]> {
	const rates = await responseRate(db, campaignId);
	if (asker.role !== 'school_coordinator') return rates;
	return rates.filter(({ school_id }) => asker.places.includes(`school/${school_id}`)).map(hideRefusals);
}

/** To a school a refusal reads as done. */
export function hideRefusals(rate: SchoolResponseRate): SchoolResponseRate {
	return { ...rate, answered: rate.answered + rate.declined, declined: 0 };
}

export async function describeCampaign(
	published: PublishedInstruments,
	campaign: Campaign,
	rates: readonly SchoolResponseRate[],
): Promise<CampaignItem> {
	const instruments = await Promise.all(
		campaign.instruments.map(async ({ instrument, version }) => {
			const { key } = await published.get(instrument, version);
			return { instrument, version, title: key.title, channel: key.channel };
		}),
	);
	const sum = (name: 'invited' | 'answered' | 'declined'): number =>
		rates.reduce((total, rate) => total + rate[name], 0);
	return {
		campaign_id: campaign.id,
		title: campaign.title,
		municipality_id: campaign.municipality_id,
		state: campaign.state,
		mode: campaign.mode as CampaignItem['mode'],
		opens_on: campaign.opens_on,
		closes_on: campaign.closes_on,
		retention_until: campaign.retention_until,
		deidentified_at: campaign.deidentified_at,
		instruments,
		invited: sum('invited'),
		answered: sum('answered'),
		declined: sum('declined'),
	};
}

export async function describeCampaignDetail(
	db: Db,
	published: PublishedInstruments,
	campaign: Campaign,
	rates: readonly SchoolResponseRate[],
	asker: Asker,
): Promise<CampaignDetail> {
	return {
		...(await describeCampaign(published, campaign, rates)),
		goal: campaign.goal,
		basis_document: campaign.basis_document,
		...campaign.population,
		created_at: campaign.created_at,
		released_at: campaign.released_at,
		locked_by: (await findLock(db, campaign.id)) ?? null,
		next_states: listNextStates(asker, campaign.state),
	};
}
