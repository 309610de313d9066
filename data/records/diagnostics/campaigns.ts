import { randomUUID } from 'node:crypto';
import { insertRows, isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import { municipalityIsWithin, schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import { type CampaignLock, findLock } from './campaign-lock.ts';
import { type CampaignState, nextCampaignState } from './campaign-states.ts';
import { completePopulation, type Population, type PopulationChoice } from './population.ts';
import { type ReleasePlan, type ReleaseStage, stageOn } from './release-stages.ts';
import type { CampaignInstrumentRow, CampaignRow } from './tables.ts';

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
	/** when the people were taken out of the answers; null while they are kept */
	deidentified_at: string | null;
}

export type NewCampaign = Omit<
	Campaign,
	| 'id'
	| 'state'
	| 'released_at'
	| 'created_at'
	| 'release_stage'
	| 'release_plan'
	| 'population'
	| 'deidentified_at'
> & {
	id?: string;
	created_at?: string;
	population: PopulationChoice;
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
			population: JSON.stringify(completePopulation(population)),
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

/**
 * Changes a draft; says what holds it fast when it is none any more. `unknown` when it does not exist. The store itself
 * refuses another mode, version or text of consent after the first answer (migration 0015), whoever writes.
 */
export async function updateCampaign(
	trx: Trx,
	id: string,
	changes: Partial<Omit<NewCampaign, 'id' | 'created_at' | 'created_by'>>,
): Promise<CampaignLock | 'unknown' | undefined> {
	const { instruments, population, ...rest } = changes;
	const values = population ? { ...rest, population: JSON.stringify(completePopulation(population)) } : rest;
	const lock = await findLock(trx, id);
	if (lock) return lock;
	const touched = await trx
		.updateTable('campaign')
		.set({ ...values, state: 'draft' })
		.where('id', '=', id)
		.where('state', '=', 'draft')
		.executeTakeFirst();
	if (touched.numUpdatedRows === 0n) return (await findLock(trx, id)) ?? 'unknown';
	if (instruments) {
		await trx.deleteFrom('campaign_instrument').where('campaign_id', '=', id).execute();
		await recordInstruments(trx, id, instruments);
	}
	appendChange(trx, 'campaign', id);
	return undefined;
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
	const acts = await db
		.selectFrom('deidentification')
		.select(['campaign_id', 'done_at'])
		.where(isAmong(db, 'campaign_id', ids))
		.execute();
	const doneAt = new Map(acts.map(({ campaign_id, done_at }) => [campaign_id, done_at]));
	const byCampaign = Map.groupBy(asked, ({ campaign_id }) => campaign_id);
	return rows.map((row) => ({
		...row,
		state: row.state as CampaignState,
		population: completePopulation(JSON.parse(row.population) as PopulationChoice),
		release_stage: row.release_stage as ReleaseStage | null,
		release_plan: row.release_plan === null ? null : (JSON.parse(row.release_plan) as ReleasePlan),
		instruments: (byCampaign.get(row.id) ?? []).map(({ instrument, version }) => ({
			instrument,
			version,
		})),
		deidentified_at: doneAt.get(row.id) ?? null,
	}));
}

function missingParts(campaign: Campaign): string[] {
	const texts = ['title', 'goal', 'basis_document', 'consent_version', 'retention_until'] as const;
	const missing: string[] = texts.filter((name) => campaign[name].trim() === '');
	if (campaign.instruments.length === 0) missing.push('instruments');
	if (!campaign.population.reference_day) missing.push('reference_day');
	return missing;
}
