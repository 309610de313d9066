import { randomUUID } from 'node:crypto';
import { insertRows, isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import { municipalityIsWithin, schoolIsWithin } from '../places.ts';
import type { CampaignInstrumentRow, CampaignRow } from '../schema.ts';
import type { Db, Trx } from '../store.ts';
import { type CampaignState, nextCampaignState } from './campaign-states.ts';
import { type ReleasePlan, type ReleaseStage, stageOn } from './release-stages.ts';

/** Whom a campaign asks: staff of the reference day, of these schools and subjects (null = all). */
export interface Population {
	schools: string[] | null;
	subjects: string[] | null;
	reference_day: string;
}

export interface AskedInstrument {
	instrument: string;
	version: number;
}

export interface Campaign
	extends Omit<CampaignRow, 'population' | 'state' | 'release_stage' | 'release_plan'> {
	state: CampaignState;
	population: Population;
	release_stage: ReleaseStage | null;
	/** null = everybody at the moment of release */
	release_plan: ReleasePlan | null;
	/** in the order in which they are answered */
	instruments: AskedInstrument[];
}

export type NewCampaign = Omit<
	Campaign,
	'id' | 'state' | 'released_at' | 'created_at' | 'release_stage' | 'release_plan'
> & {
	id?: string;
	created_at?: string;
};

export type CampaignProblem =
	| { code: 'unknown-campaign' }
	| { code: 'transition-not-allowed'; from: CampaignState; to: string }
	/** what an order must name before it can be approved */
	| { code: 'campaign-incomplete'; missing: string[] };

/** Records a campaign as a draft with its instruments; returns its id. */
export async function recordCampaign(trx: Trx, campaign: NewCampaign): Promise<string> {
	const { instruments, population, ...rest } = campaign;
	const id = rest.id ?? randomUUID();
	const created_at = rest.created_at ?? new Date().toISOString();
	await trx
		.insertInto('campaign')
		.values({
			...rest,
			id,
			created_at,
			population: JSON.stringify(population),
			state: 'draft',
			released_at: null,
			release_stage: null,
			release_plan: null,
		})
		.execute();
	await recordInstruments(trx, id, instruments);
	appendChange(trx, 'campaign', id);
	return id;
}

/** Changes a draft; false when the campaign is no draft any more (or does not exist). */
export async function updateCampaign(
	trx: Trx,
	id: string,
	changes: Partial<Omit<NewCampaign, 'id' | 'created_at' | 'created_by'>>,
): Promise<boolean> {
	const { instruments, population, ...rest } = changes;
	const values = population ? { ...rest, population: JSON.stringify(population) } : rest;
	const draft = await trx
		.selectFrom('campaign')
		.select('id')
		.where('id', '=', id)
		.where('state', '=', 'draft')
		.executeTakeFirst();
	if (!draft) return false;
	if (Object.keys(values).length > 0)
		await trx.updateTable('campaign').set(values).where('id', '=', id).execute();
	if (instruments) {
		await trx.deleteFrom('campaign_instrument').where('campaign_id', '=', id).execute();
		await recordInstruments(trx, id, instruments);
	}
	appendChange(trx, 'campaign', id);
	return true;
}

/** Moves the last day of an open or approved campaign to a later one; false otherwise. */
export async function extendCampaign(trx: Trx, id: string, closesOn: string): Promise<boolean> {
	const result = await trx
		.updateTable('campaign')
		.set({ closes_on: closesOn })
		.where('id', '=', id)
		.where('state', 'in', ['approved', 'open'])
		.where('closes_on', '<', closesOn)
		.executeTakeFirst();
	if (result.numUpdatedRows === 0n) return false;
	appendChange(trx, 'campaign', id);
	return true;
}

/** Takes a campaign one step further; answers with the problem when it may not go there. */
export async function changeCampaignState(
	trx: Trx,
	id: string,
	to: string,
	at = new Date().toISOString(),
): Promise<CampaignProblem | undefined> {
	const campaign = await findCampaign(trx, id);
	if (!campaign) return { code: 'unknown-campaign' };
	const { state: from } = campaign;
	if (nextCampaignState(from) !== to) return { code: 'transition-not-allowed', from, to };
	const missing = to === 'approved' ? missingParts(campaign) : [];
	if (missing.length > 0) return { code: 'campaign-incomplete', missing };
	const result = await trx
		.updateTable('campaign')
		.set({
			state: to,
			...(to === 'released'
				? { released_at: at, release_stage: stageOn(campaign.release_plan, at.slice(0, 10)) }
				: {}),
		})
		.where('id', '=', id)
		.where('state', '=', from)
		.executeTakeFirst();
	// On PostgreSQL another server may have taken the step between the look and the change.
	if (result.numUpdatedRows === 0n) return { code: 'transition-not-allowed', from, to };
	appendChange(trx, 'campaign', id);
	return undefined;
}

export async function findCampaign(db: Db, id: string): Promise<Campaign | undefined> {
	const row = await db.selectFrom('campaign').selectAll().where('id', '=', id).executeTakeFirst();
	return row && (await withInstruments(db, [row]))[0];
}

/**
 * Campaigns, newest first: those of municipalities inside the places, and those that invited somebody of a school
 * inside them.
 */
export async function listCampaigns(db: Db, places: readonly string[]): Promise<Campaign[]> {
	const rows = await db
		.selectFrom('campaign')
		.selectAll()
		.where((eb) =>
			eb.or([
				municipalityIsWithin(db, 'campaign.municipality_id', places),
				eb.exists(
					eb
						.selectFrom('participant')
						.select('participant.participant_code')
						.whereRef('participant.campaign_id', '=', 'campaign.id')
						.where(schoolIsWithin(db, 'participant.school_id', places)),
				),
			]),
		)
		.orderBy('opens_on', 'desc')
		.orderBy('id')
		.execute();
	return withInstruments(db, rows);
}

async function recordInstruments(
	trx: Trx,
	campaignId: string,
	instruments: readonly AskedInstrument[],
): Promise<void> {
	const rows: CampaignInstrumentRow[] = instruments.map(({ instrument, version }, position) => ({
		campaign_id: campaignId,
		instrument,
		version,
		position,
	}));
	await insertRows(trx, 'campaign_instrument', ['campaign_id', 'instrument', 'version', 'position'], rows);
}

async function withInstruments(db: Db, rows: CampaignRow[]): Promise<Campaign[]> {
	const ids = rows.map(({ id }) => id);
	const asked = await db
		.selectFrom('campaign_instrument')
		.selectAll()
		.where(isAmong(db, 'campaign_id', ids))
		.orderBy('position')
		.execute();
	const byCampaign = Map.groupBy(asked, ({ campaign_id }) => campaign_id);
	return rows.map((row) => ({
		...row,
		state: row.state as CampaignState,
		population: JSON.parse(row.population) as Population,
		release_stage: row.release_stage as ReleaseStage | null,
		release_plan: row.release_plan === null ? null : (JSON.parse(row.release_plan) as ReleasePlan),
		instruments: (byCampaign.get(row.id) ?? []).map(({ instrument, version }) => ({
			instrument,
			version,
		})),
	}));
}

function missingParts(campaign: Campaign): string[] {
	const texts = ['title', 'goal', 'basis_document', 'consent_version', 'retention_until'] as const;
	const missing: string[] = texts.filter((name) => campaign[name].trim() === '');
	if (campaign.instruments.length === 0) missing.push('instruments');
	if (!campaign.population.reference_day) missing.push('reference_day');
	return missing;
}
