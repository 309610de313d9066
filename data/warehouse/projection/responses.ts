import { measuresPeople } from '#surveys/key.ts';
import { isAmong } from '../../records/bulk.ts';
import type { Db } from '../../records/store.ts';
import { identifier, literal } from '../sql-text.ts';
import type { Writer } from '../warehouse.ts';
import { closedCells, openAnswers } from './answer-cells.ts';
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

/** Responses of one read: their answers cross from the thread of the store, which holds the event loop meanwhile. */
const RESPONSES_PER_READ = 1_000;

/** Responses of one statement. */
const RESPONSES_PER_STATEMENT = 2_500;

const SHAPE: RowShape = {
	position: 'INTEGER',
	response_id: 'VARCHAR',
	campaign_id: 'VARCHAR',
	participant_code: 'VARCHAR',
	submitted_on: 'DATE',
	duration_seconds: 'INTEGER',
	item_values: ['VARCHAR'],
	item_points: ['DOUBLE'],
	scale_points: ['DOUBLE'],
	scale_max: ['DOUBLE'],
	scale_percent: ['DOUBLE'],
	scale_answered: ['INTEGER'],
	scale_enough: ['BOOLEAN'],
	n_asked: 'INTEGER',
	n_answered: 'INTEGER',
	n_attitude: 'INTEGER',
	longest_run: 'INTEGER',
	n_halves: 'INTEGER',
	odd_even: 'DOUBLE',
	field_values: ['VARCHAR'],
	open_items: ['VARCHAR'],
	open_kinds: ['VARCHAR'],
	open_values: ['VARCHAR'],
};

/** The recorded responses with these ids; an id that is gone is left out. */
export async function readResponses(db: Db, ids: readonly string[]): Promise<RecordedResponse[]> {
	const found: RecordedResponse[] = [];
	for (let start = 0; start < ids.length; start += RESPONSES_PER_READ) {
		const page = ids.slice(start, start + RESPONSES_PER_READ);
		const rows = await db
			.selectFrom('recorded_response')
			.select(COLUMNS)
			.where(isAmong(db, 'id', page))
			.orderBy('id')
			.execute();
		found.push(...rows);
	}
	return found;
}

/** A page of all recorded responses, in the order of their ids. */
export async function readResponsePage(db: Db, after: string, limit: number): Promise<RecordedResponse[]> {
	return db
		.selectFrom('recorded_response')
		.select(COLUMNS)
		.where('id', '>', after)
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Responses of one version, scored: ready to be added. */
export interface ScoredGroup {
	instrument: string;
	version: number;
	/** undefined when the key of the version cannot be read */
	compiled: CompiledInstrument | undefined;
	/** one JSON text per response */
	lines: string;
	unscored: { response_id: string; reason: string }[];
}

/** Scores responses, each by the key of its own version, giving way to others meanwhile. */
export async function scoreResponses(
	instruments: Instruments,
	responses: readonly RecordedResponse[],
): Promise<ScoredGroup[]> {
	const groups: ScoredGroup[] = [];
	for (const group of Map.groupBy(responses, (row) => `${row.instrument}@${row.version}`).values()) {
		const [{ instrument, version }] = group as [RecordedResponse];
		const compiled = instruments.get(`${instrument}@${version}`);
		for (let start = 0; start < group.length; start += RESPONSES_PER_STATEMENT) {
			const page = group.slice(start, start + RESPONSES_PER_STATEMENT);
			groups.push({ instrument, version, compiled, ...(await scoreAll(compiled, page)) });
		}
	}
	return groups;
}

/**
 * Adds scored responses: the response, its answers in the wide table of the version, and a score per scale.
 * A response that is already there stays as it is.
 */
export async function addResponses(writer: Writer, groups: readonly ScoredGroup[]): Promise<void> {
	for (const { instrument, version, compiled, lines, unscored } of groups) {
		await writer.run(TAKE_IN, { rows: lines });
		await writer.run(PLACE_RESPONSES, { instrument, version });
		await writer.run(ADD_RESPONSES);
		if (compiled) {
			await writer.run(addAnswers(compiled));
			if (compiled.scales.length > 0) await writer.run(addScores(compiled));
			await writer.run(ADD_OPEN_ANSWERS);
		}
		if (unscored.length === 0) continue;
		const ids = unscored.map(({ response_id }) => response_id);
		await writer.run('delete from unscored_response where list_contains($ids::varchar[], response_id)', {
			ids,
		});
		await insertRows(writer, 'unscored_response', { response_id: 'VARCHAR', reason: 'VARCHAR' }, unscored);
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
		select distinct answer_table from instrument_field
		where (instrument, version) in (select (instrument, version) from leaving_response)`);
	for (const table of ['scale_score', 'open_answer', ...(tables.columns[0] as string[]), 'response']) {
		await writer.run(
			`delete from ${identifier(table)} where response_key in (select response_key from leaving_response)`,
		);
	}
	await writer.run('delete from unscored_response where list_contains($ids::varchar[], response_id)', {
		ids,
	});
}

/** JSON lines of the responses with their scores, and those that could not be scored. */
async function scoreAll(compiled: CompiledInstrument | undefined, responses: readonly RecordedResponse[]) {
	const giveWay = createGiveWay();
	const rows: string[] = [];
	const unscored: { response_id: string; reason: string }[] = [];
	for (const [position, response] of responses.entries()) {
		await giveWay();
		const head = {
			position,
			response_id: response.id,
			campaign_id: response.campaign_id,
			participant_code: response.participant_code,
			submitted_on: response.submitted_at.slice(0, 10),
			duration_seconds: response.duration_seconds === null ? null : Math.round(response.duration_seconds),
		};
		let answered = {};
		try {
			if (compiled) answered = answerCells(compiled, response.answers);
			if (!compiled) throw new Error('no key of this version can be read');
			rows.push(JSON.stringify({ ...head, ...answered, ...scoredCells(compiled, response.answers) }));
		} catch (error) {
			unscored.push({
				response_id: response.id,
				reason: error instanceof Error ? error.message : String(error),
			});
			rows.push(JSON.stringify({ ...head, ...answered }));
		}
	}
	return { lines: rows.join('\n'), unscored };
}

/** All that was answered, whether or not the key can score it. */
function answerCells({ answers }: CompiledInstrument, text: string): object {
	const given = JSON.parse(text) as Record<string, unknown>;
	const open = openAnswers(answers, given);
	return {
		field_values: closedCells(answers, given),
		open_items: open.map(({ item }) => item),
		open_kinds: open.map(({ kind }) => kind),
		open_values: open.map(({ value }) => value),
	};
}

function scoredCells({ items, score, describe }: CompiledInstrument, answers: string): object {
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
		scale_answered: scales.map(({ n_answered }) => n_answered),
		scale_enough: scales.map(({ answered_enough }) => answered_enough),
		...describe(scored),
	};
}

const QUALITY = ['n_asked', 'n_answered', 'n_attitude', 'longest_run', 'n_halves', 'odd_even'];

const TAKE_IN = `create or replace temp table incoming_response as select * from ${rowsFromLines(SHAPE)}`;

// A response whose participant is not known has its campaign's place. Only single values are joined here: the lists of a
// response follow by position, since hashing them would cost more than all the rest.
const PLACE_RESPONSES = `
	create or replace temp table placed_response as
	select
		((select coalesce(max(response_key), 0) from response)
			+ row_number() over (order by incoming.position))::integer as response_key,
		incoming.response_id, incoming.campaign_id, incoming.participant_code, incoming.submitted_on,
		incoming.duration_seconds,
		${QUALITY.map((name) => `incoming.${name}`).join(', ')},
		$instrument::varchar as instrument,
		$version::integer as version,
		participant.school_id,
		coalesce(participant.municipality_id, campaign.municipality_id) as municipality_id,
		coalesce(participant.region_id, campaign.region_id) as region_id,
		participant.subject, participant.seniority_band, participant.category,
		known.response_id is null as is_new
	from incoming_response as incoming
	left join participant
		on participant.participant_code = incoming.participant_code and participant.campaign_id = incoming.campaign_id
	left join campaign on campaign.campaign_id = incoming.campaign_id
	left join response as known on known.response_id = incoming.response_id
	order by incoming.position`;

const PLACES = 'response_key, campaign_id, school_id, municipality_id, region_id';
const PERSON = 'participant_code, subject, seniority_band, category';

const ADD_RESPONSES = `
	insert into response by name
	select ${PLACES}, ${PERSON}, response_id, instrument, version, submitted_on, duration_seconds, ${QUALITY.join(', ')}
	from placed_response where is_new`;

function addAnswers({ table, items, answers }: CompiledInstrument): string {
	const cells = [
		...items.flatMap(({ value_column, value_type, points_column }, index) => [
			`item_values[${index + 1}]::${value_type} as ${identifier(value_column)}`,
			`item_points[${index + 1}] as ${identifier(points_column)}`,
		]),
		...answers.columns.map(
			({ value_column, value_type }, index) =>
				`field_values[${index + 1}]::${value_type} as ${identifier(value_column)}`,
		),
	];
	return `
		insert into ${identifier(table)} by name
		select ${PLACES}, ${cells.join(', ')}
		from placed_response
		positional join (select item_values, item_points, field_values from incoming_response)
		where is_new and field_values is not null`;
}

const ADD_OPEN_ANSWERS = `
	insert into open_answer by name
	select
		${PLACES}, instrument, version,
		unnest(open_items) as item, unnest(open_kinds) as kind, unnest(open_values) as value
	from placed_response
	positional join (select open_items, open_kinds, open_values from incoming_response)
	where is_new and len(open_items) > 0`;

function addScores({ channel, scales }: CompiledInstrument): string {
	// A wish or a mark given to an event is no deficit of anybody.
	const isMeasure = measuresPeople(channel);
	const list = (cell: (scale: CompiledInstrument['scales'][number]) => string | number): string =>
		`unnest([${scales.map(cell).join(', ')}])`;
	return `
		insert into scale_score by name
		select
			${PLACES}, ${PERSON}, instrument, version, ${literal(channel)} as channel,
			${list(({ scale }) => literal(scale))} as scale,
			${list(({ kind }) => literal(kind))} as kind,
			${list(({ n_items }) => n_items)} as n_items,
			unnest(scale_points) as points,
			unnest(scale_max) as max_points,
			unnest(scale_percent) as percent,
			${isMeasure ? 'unnest(list_transform(scale_percent, lambda percent: 100 - percent))' : 'null::double'} as deficit_index,
			unnest(scale_answered) as n_answered,
			unnest(scale_enough) as answered_enough
		from placed_response
		positional join (
			select scale_points, scale_max, scale_percent, scale_answered, scale_enough from incoming_response
		)
		where is_new and scale_points is not null`;
}
