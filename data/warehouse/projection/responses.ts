import type { Db } from '../../records/store.ts';
import { identifier } from '../sql-text.ts';
import type { Writer } from '../warehouse.ts';
import { createGiveWay } from './give-way.ts';
import type { CompiledInstrument, Instruments } from './instruments.ts';
import { insertRows, type RowShape, rowsFromLines } from './rows.ts';

/** A response as the records keep it, as far as analysis needs it. */
export interface RecordedResponse {
	id: string;
	campaign_id: string;
	participant_code: string;
	instrument: string;
	version: number;
	answers: string;
	submitted_at: string;
	duration_seconds: number | null;
}

const COLUMNS = [
	'id',
	'campaign_id',
	'participant_code',
	'instrument',
	'version',
	'answers',
	'submitted_at',
	'duration_seconds',
] as const;

/** Responses of one statement. */
const RESPONSES_PER_STATEMENT = 2_000;

const SHAPE: RowShape = {
	response_id: 'VARCHAR',
	campaign_id: 'VARCHAR',
	participant_code: 'VARCHAR',
	instrument: 'VARCHAR',
	version: 'INTEGER',
	submitted_on: 'DATE',
	duration_seconds: 'INTEGER',
	item_values: ['VARCHAR'],
	item_points: ['DOUBLE'],
	scale_points: ['DOUBLE'],
	scale_max: ['DOUBLE'],
	scale_percent: ['DOUBLE'],
	scale_deficit: ['DOUBLE'],
	scale_items: ['INTEGER'],
	scale_answered: ['INTEGER'],
	scale_enough: ['BOOLEAN'],
};

/** The recorded responses with these ids; an id that is gone is left out. */
export async function readResponses(db: Db, ids: readonly string[]): Promise<RecordedResponse[]> {
	return db.selectFrom('response').select(COLUMNS).where('id', 'in', ids).orderBy('id').execute();
}

/** A page of all recorded responses, in the order of their ids. */
export async function readResponsePage(db: Db, after: string, limit: number): Promise<RecordedResponse[]> {
	return db
		.selectFrom('response')
		.select(COLUMNS)
		.where('id', '>', after)
		.orderBy('id')
		.limit(limit)
		.execute();
}

/**
 * Adds responses, each scored by the key of its own version: the response, its answers in the wide table of the version,
 * and a score per scale. A response that is already there stays as it is.
 */
export async function addResponses(
	writer: Writer,
	instruments: Instruments,
	responses: readonly RecordedResponse[],
): Promise<void> {
	for (const group of Map.groupBy(responses, (row) => `${row.instrument}@${row.version}`).values()) {
		const compiled = instruments.get(`${group[0]!.instrument}@${group[0]!.version}`);
		for (let start = 0; start < group.length; start += RESPONSES_PER_STATEMENT) {
			await addGroup(writer, compiled, group.slice(start, start + RESPONSES_PER_STATEMENT));
		}
	}
}

/** Takes responses away with all that was derived from them. */
export async function removeResponses(writer: Writer, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await writer.run(
		`create or replace temp table leaving_response as
		select response_key, instrument, version from response where list_contains($ids::varchar[], response_id)`,
		{ ids },
	);
	const tables = await writer.read(`
		select distinct answer_table from instrument_item
		where (instrument, version) in (select (instrument, version) from leaving_response)`);
	for (const table of ['scale_score', ...(tables.columns[0] as string[]), 'response']) {
		await writer.run(
			`delete from ${identifier(table)} where response_key in (select response_key from leaving_response)`,
		);
	}
	await writer.run('delete from unscored_response where list_contains($ids::varchar[], response_id)', {
		ids,
	});
}

async function addGroup(
	writer: Writer,
	compiled: CompiledInstrument | undefined,
	responses: readonly RecordedResponse[],
): Promise<void> {
	const { rows, unscored } = await scoreAll(compiled, responses);
	await writer.run(
		`create or replace temp table incoming_response as select * from ${rowsFromLines(SHAPE)}`,
		{
			rows: rows.join('\n'),
		},
	);
	const last = await writer.read(
		'select coalesce(max(response_key), 0)::integer as response_key from response',
	);
	const lastKey = Number(last.columns[0]![0]);
	await writer.run(ADD_RESPONSES, { last_key: lastKey });
	if (compiled) {
		await writer.run(addAnswers(compiled), { last_key: lastKey });
		await writer.run(ADD_SCORES, {
			last_key: lastKey,
			instrument: compiled.instrument,
			version: compiled.version,
		});
	}
	if (unscored.length === 0) return;
	const ids = unscored.map(({ response_id }) => response_id);
	await writer.run('delete from unscored_response where list_contains($ids::varchar[], response_id)', {
		ids,
	});
	await insertRows(writer, 'unscored_response', { response_id: 'VARCHAR', reason: 'VARCHAR' }, unscored);
}

/** JSON texts of the responses with their scores, and those that could not be scored. */
async function scoreAll(compiled: CompiledInstrument | undefined, responses: readonly RecordedResponse[]) {
	const giveWay = createGiveWay();
	const rows: string[] = [];
	const unscored: { response_id: string; reason: string }[] = [];
	for (const response of responses) {
		await giveWay();
		const head = {
			response_id: response.id,
			campaign_id: response.campaign_id,
			participant_code: response.participant_code,
			instrument: response.instrument,
			version: response.version,
			submitted_on: response.submitted_at.slice(0, 10),
			duration_seconds: response.duration_seconds === null ? null : Math.round(response.duration_seconds),
		};
		try {
			if (!compiled) throw new Error('no key of this version can be read');
			rows.push(JSON.stringify({ ...head, ...scoredCells(compiled, response.answers) }));
		} catch (error) {
			unscored.push({
				response_id: response.id,
				reason: error instanceof Error ? error.message : String(error),
			});
			rows.push(JSON.stringify(head));
		}
	}
	return { rows, unscored };
}

function scoredCells({ items, score }: CompiledInstrument, answers: string): object {
	const scored = score(JSON.parse(answers) as Record<string, unknown>);
	for (const [index, { item, value }] of scored.items.entries()) {
		const isFit = value === null || items[index]!.value_type === 'varchar' || Number.isInteger(Number(value));
		if (!isFit) throw new Error(`${item}: ${value} is not a whole number`);
	}
	const scales = scored.scales;
	return {
		item_values: scored.items.map(({ value }) => value),
		item_points: scored.items.map(({ points }) => points),
		scale_points: scales.map(({ points }) => points),
		scale_max: scales.map(({ max }) => max),
		scale_percent: scales.map(({ percent }) => percent),
		scale_deficit: scales.map(({ deficit_index }) => deficit_index),
		scale_items: scales.map(({ n_items }) => n_items),
		scale_answered: scales.map(({ n_answered }) => n_answered),
		scale_enough: scales.map(({ answered_enough }) => answered_enough),
	};
}

// An anonymous response has no participant: its place is its campaign's municipality.
const ADD_RESPONSES = `
	insert into response by name
	select
		($last_key::integer + row_number() over (order by incoming.response_id))::integer as response_key,
		incoming.response_id, incoming.campaign_id, incoming.participant_code, incoming.instrument, incoming.version,
		participant.school_id,
		coalesce(participant.municipality_id, campaign.municipality_id) as municipality_id,
		coalesce(participant.region_id, campaign.region_id) as region_id,
		participant.subject, participant.seniority_band, participant.category,
		incoming.submitted_on, incoming.duration_seconds
	from incoming_response as incoming
	left join participant using (campaign_id, participant_code)
	left join campaign using (campaign_id)
	where incoming.response_id not in (select response_id from response)`;

const ADD_SCORES = `
	insert into scale_score by name
	with scored as (
		select
			response_id,
			unnest(scale_points) as points,
			unnest(scale_max) as max_points,
			unnest(scale_percent) as percent,
			unnest(scale_deficit) as deficit_index,
			unnest(scale_items) as n_items,
			unnest(scale_answered) as n_answered,
			unnest(scale_enough) as answered_enough,
			generate_subscripts(scale_points, 1) as scale_position
		from incoming_response
	)
	select
		response.response_key, response.campaign_id, response.participant_code, response.school_id,
		response.municipality_id, response.region_id, response.subject, response.seniority_band, response.category,
		response.instrument, response.version, scale.channel, scale.scale, scale.kind,
		scored.points, scored.max_points, scored.percent, scored.deficit_index, scored.n_items, scored.n_answered,
		scored.answered_enough
	from scored
	join response on response.response_id = scored.response_id and response.response_key > $last_key::integer
	join instrument_scale as scale
		on scale.instrument = $instrument::varchar and scale.version = $version::integer
		and scale.position = scored.scale_position`;

function addAnswers({ table, items }: CompiledInstrument): string {
	const cells = items.flatMap(({ value_column, value_type, points_column }, index) => [
		`item_values[${index + 1}]::${value_type} as ${identifier(value_column)}`,
		`item_points[${index + 1}] as ${identifier(points_column)}`,
	]);
	return `
		insert into ${identifier(table)} by name
		select response.response_key, response.campaign_id, response.school_id, response.municipality_id,
			response.region_id, ${cells.join(', ')}
		from response
		join incoming_response as incoming using (response_id)
		where response.response_key > $last_key::integer and incoming.item_values is not null
		order by response.response_key`;
}
