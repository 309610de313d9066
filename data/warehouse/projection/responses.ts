import { identifier } from '../sql-text.ts';
import type { Writer } from '../warehouse.ts';
import { insertRows } from './rows.ts';
import { RESPONSE, type ScoredRows } from './score-responses.ts';

/** The key that the next response gets. */
export async function nextKey(writer: Writer): Promise<number> {
	const { columns } = await writer.read('select coalesce(max(response_key), 0) + 1 from response');
	return Number(columns[0]![0]);
}

/** Those of the ids that are there already. */
export async function listPresent(writer: Writer, ids: readonly string[]): Promise<Set<string>> {
	const { columns } = await writer.read(
		`select response_id from response
		where response_id in (select unnest(string_split($ids, chr(10))))`,
		{ ids: ids.join('\n') },
	);
	return new Set(columns[0] as string[]);
}

/**
 * Adds scored responses, none of which is there: the response with its place, its answers in the wide table of the version,
 * a score per scale, and what was written.
 */
export async function addResponses(writer: Writer, rows: ScoredRows): Promise<void> {
	if (rows.length === 0) return;
	await writer.run(`create or replace temp table incoming_response (${STAGING})`);
	await writer.append('incoming_response', Object.values(rows.responses));
	await writer.run(ADD_RESPONSES);
	for (const [table, columns] of rows.answers) await writer.append(table, columns);
	await writer.append('scored_scale', Object.values(rows.scores));
	await writer.append('open_answer', Object.values(rows.open));
	if (rows.unscored.length === 0) return;
	await forgetUnscored(
		writer,
		rows.unscored.map(({ response_id }) => response_id),
	);
	await insertRows(writer, 'unscored_response', { response_id: 'VARCHAR', reason: 'VARCHAR' }, rows.unscored);
}

const STAGING = Object.entries(RESPONSE)
	.map(([name, type]) => `${name} ${type}`)
	.join(', ');

// A response whose participant is not known has its campaign's place.
const ADD_RESPONSES = `
	insert into response by name
	select
		incoming.*,
		participant.school_id,
		coalesce(participant.municipality_id, campaign.municipality_id) as municipality_id,
		coalesce(participant.region_id, campaign.region_id) as region_id,
		participant.subject, participant.seniority_band, participant.category
	from incoming_response as incoming
	left join participant
		on participant.participant_code = incoming.participant_code and participant.campaign_id = incoming.campaign_id
	left join campaign on campaign.campaign_id = incoming.campaign_id`;

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
	for (const table of ['scored_scale', 'open_answer', ...(tables.columns[0] as string[]), 'response']) {
		await writer.run(
			`delete from ${identifier(table)} where response_key in (select response_key from leaving_response)`,
		);
	}
	await forgetUnscored(writer, ids);
}

async function forgetUnscored(writer: Writer, ids: readonly string[]): Promise<void> {
	await writer.run('delete from unscored_response where list_contains($ids::varchar[], response_id)', {
		ids,
	});
}
