import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { insertRows } from './rows.ts';

/** Loads campaigns and their instruments anew. */
export async function loadCampaigns(db: Db, writer: Writer): Promise<void> {
	const campaigns = await db
		.selectFrom('campaign')
		.select([
			'id as campaign_id',
			'municipality_id',
			'title',
			'state',
			'mode',
			'opens_on',
			'closes_on',
			'released_at',
			'release_stage',
		])
		.orderBy('opens_on')
		.orderBy('id')
		.execute();
	const instruments = await db
		.selectFrom('campaign_instrument')
		.select(['campaign_id', 'instrument', 'version', 'position'])
		.orderBy('campaign_id')
		.orderBy('position')
		.execute();
	const waves = new Map<string, number>();
	const waveOf = (municipality: string): number => {
		const wave = (waves.get(municipality) ?? 0) + 1;
		waves.set(municipality, wave);
		return wave;
	};
	await writer.run('delete from campaign');
	await insertRows(
		writer,
		'campaign',
		{
			campaign_id: 'VARCHAR',
			municipality_id: 'VARCHAR',
			title: 'VARCHAR',
			state: 'VARCHAR',
			mode: 'VARCHAR',
			opens_on: 'DATE',
			closes_on: 'DATE',
			released_at: 'VARCHAR',
			release_stage: 'VARCHAR',
			wave: 'INTEGER',
		},
		campaigns.map((campaign) => ({ ...campaign, wave: waveOf(campaign.municipality_id) })),
	);
	await writer.run(`
		update campaign set region_id = municipality.region_id
		from municipality where municipality.municipality_id = campaign.municipality_id`);
	await writer.run('delete from campaign_instrument');
	await insertRows(
		writer,
		'campaign_instrument',
		{ campaign_id: 'VARCHAR', instrument: 'VARCHAR', version: 'INTEGER', position: 'INTEGER' },
		instruments,
	);
	await writer.run(`
		update campaign_instrument set channel = instrument.channel
		from instrument
		where instrument.instrument = campaign_instrument.instrument
			and instrument.version = campaign_instrument.version`);
}

/** Loads the invited participants of one campaign anew, with what they agreed to. */
export async function loadParticipants(db: Db, writer: Writer, campaign: string): Promise<void> {
	const participants = await db
		.selectFrom('participant')
		.select(['participant_code', 'campaign_id', 'school_id', 'subject', 'seniority_band', 'category'])
		.where('campaign_id', '=', campaign)
		.orderBy('school_id')
		.orderBy('participant_code')
		.execute();
	const consents = await db
		.selectFrom('consent')
		.innerJoin('participant', 'participant.participant_code', 'consent.participant_code')
		.select(['consent.participant_code', 'purpose', 'given_at', 'declined_at'])
		.where('participant.campaign_id', '=', campaign)
		.execute();
	const stands = new Map(
		consents.map((row) => [
			`${row.purpose} ${row.participant_code}`,
			row.given_at !== null && row.declined_at === null,
		]),
	);
	await writer.run('delete from participant where campaign_id = $campaign', { campaign });
	await insertRows(
		writer,
		'participant',
		{
			participant_code: 'VARCHAR',
			campaign_id: 'VARCHAR',
			school_id: 'VARCHAR',
			subject: 'VARCHAR',
			seniority_band: 'VARCHAR',
			category: 'VARCHAR',
			declined: 'BOOLEAN',
			methodist_may_see: 'BOOLEAN',
		},
		participants.map((row) => ({
			...row,
			declined: stands.get(`diagnostic ${row.participant_code}`) === false,
			methodist_may_see: stands.get(`methodist ${row.participant_code}`) ?? false,
		})),
	);
	await writer.run(
		`update participant set municipality_id = school.municipality_id, region_id = school.region_id
		from school where school.school_id = participant.school_id and participant.campaign_id = $campaign`,
		{ campaign },
	);
}

/** The campaigns that have participants. */
export async function listCampaignIds(db: Db): Promise<string[]> {
	const rows = await db.selectFrom('campaign').select('id').orderBy('id').execute();
	return rows.map(({ id }) => id);
}
