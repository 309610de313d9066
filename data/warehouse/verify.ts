import type { Db, Records } from '../records/store.ts';
import { rowsOf } from './columns.ts';
import { createGiveWay } from './give-way.ts';
import { type Instruments, readInstruments } from './projection/instruments.ts';
import { type RecordedResponse, readResponsePage } from './projection/recorded-responses.ts';
import { compareAnswers } from './verify-answers.ts';
import type { Warehouse } from './warehouse.ts';

/** One table compared: how many rows each side has, and how many of the records' rows read otherwise in the warehouse. */
export interface Verification {
	table: string;
	in_records: number;
	in_warehouse: number;
	differing: number;
}

const PAGE = 2_000;

/** Tables compared by their number of rows: warehouse table and records table. */
const COUNTED = [
	['region', 'region'],
	['municipality', 'municipality'],
	['school', 'school'],
	['campaign', 'campaign'],
	['participant', 'participant'],
	['procedure', 'procedure'],
	['federal_marker', 'federal_marker'],
	['school_context', 'school_context'],
	['aggregate_row', 'aggregate_result'],
	['item_completion', 'item_completion'],
	['flag_reply', 'flag_reply'],
	['remarking', 'remarking'],
	['risk_rating', 'risk_rating'],
	['support_plan', 'support_plan'],
	['plan_measure', 'plan_measure'],
] as const;

/**
 * Compares the warehouse with the records it was made from: number of rows of every table, each response with its
 * scores reckoned anew by its key and its other answers read anew, and each pupil row cell by cell. Meant for a warehouse that has caught up.
 */
export async function verifyWarehouse(records: Records, warehouse: Warehouse): Promise<Verification[]> {
	const { db } = records;
	const found: Verification[] = [];
	for (const [table, source] of COUNTED) {
		found.push({
			table,
			in_records: await countRecords(db, source),
			in_warehouse: await countRows(warehouse, table),
			differing: 0,
		});
	}
	found.push(...(await verifyResponses(db, warehouse)), await verifyPupils(db, warehouse));
	return found;
}

/** True when both sides agree in every table. */
export function agrees(found: readonly Verification[]): boolean {
	return found.every(
		({ in_records, in_warehouse, differing }) => in_records === in_warehouse && differing === 0,
	);
}

async function countRecords(
	db: Db,
	table: (typeof COUNTED)[number][1] | 'recorded_response',
): Promise<number> {
	const { n } = await db
		.selectFrom(table)
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}

async function countRows(warehouse: Warehouse, table: string): Promise<number> {
	return Number((await warehouse.ask(`select count(*) as n from ${table}`)).columns[0]![0]);
}

async function verifyResponses(db: Db, warehouse: Warehouse): Promise<Verification[]> {
	const instruments = await readInstruments(db);
	const giveWay = createGiveWay();
	let differing = 0;
	let written = 0;
	let page = await readResponsePage(db, '', PAGE);
	while (page.length > 0) {
		const kept = await readScores(
			warehouse,
			page.map(({ id }) => id),
		);
		const answers = await compareAnswers(warehouse, instruments, page);
		written += answers.open;
		for (const response of page) {
			await giveWay();
			const isScored = kept.get(response.id) === reckonScores(instruments, response);
			if (!isScored || answers.differing.has(response.id)) differing += 1;
		}
		page = await readResponsePage(db, page.at(-1)!.id, PAGE);
	}
	return [
		{
			table: 'response',
			in_records: await countRecords(db, 'recorded_response'),
			in_warehouse: await countRows(warehouse, 'response'),
			differing,
		},
		{
			table: 'open_answer',
			in_records: written,
			in_warehouse: await countRows(warehouse, 'open_answer'),
			differing: 0,
		},
	];
}

/** One line per response: whose it is, and points and percent of its scales in their order. */
async function readScores(warehouse: Warehouse, ids: string[]): Promise<Map<string, string>> {
	const rows = await warehouse.ask(
		`select response_id, any_value(response.campaign_id) as campaign_id,
			any_value(response.participant_code) as participant_code,
			list(scale_score.points order by scale.position) filter (scale.position is not null) as points,
			list(scale_score.percent order by scale.position) filter (scale.position is not null) as percents
		from response
		left join scale_score using (response_key)
		left join instrument_scale as scale
			on scale.instrument = scale_score.instrument and scale.version = scale_score.version
			and scale.scale = scale_score.scale
		where list_contains($ids::varchar[], response_id)
		group by response_id`,
		{ ids },
	);
	return new Map(
		rowsOf<{ response_id: string }>(rows).map(({ response_id, ...rest }) => [
			response_id,
			JSON.stringify(rest),
		]),
	);
}

function reckonScores(instruments: Instruments, response: RecordedResponse): string {
	const { campaign_id, participant_code, instrument, version } = response;
	const head = { campaign_id, participant_code };
	try {
		const { scales } = instruments
			.get(`${instrument}@${version}`)!
			.score(JSON.parse(response.answers) as Record<string, unknown>);
		// a questionnaire scores nothing: no row stands for its responses
		if (scales.length === 0) return JSON.stringify({ ...head, points: null, percents: null });
		return JSON.stringify({
			...head,
			points: scales.map(({ points }) => points),
			percents: scales.map(({ percent }) => percent),
		});
	} catch {
		return JSON.stringify({ ...head, points: null, percents: null });
	}
}

async function verifyPupils(db: Db, warehouse: Warehouse): Promise<Verification> {
	const batches = await db
		.selectFrom('batch')
		.select('id')
		.where('kind', '=', 'results')
		.where('withdrawn_at', 'is', null)
		.where('stored_at', 'is not', null)
		.execute();
	const giveWay = createGiveWay();
	let inRecords = 0;
	let differing = 0;
	for (const { id } of batches) {
		let page = await readPupils(db, id, -1);
		while (page.length > 0) {
			inRecords += page.length;
			const last = page.at(-1)!.row_number;
			const kept = await warehouse.ask(
				`select row_number, procedure_id, school_id, class, variant, score, given_mark as mark, journal_mark, pupil, items
				from pupil_result where batch_id = $id and row_number between $first and $last order by row_number`,
				{ id, first: page[0]!.row_number, last },
			);
			const lines = new Map(
				rowsOf<{ row_number: number }>(kept).map((row) => [row.row_number, JSON.stringify(row)]),
			);
			for (const row of page) {
				await giveWay();
				const items = row.items === null ? null : (JSON.parse(row.items) as unknown);
				if (lines.get(row.row_number) !== JSON.stringify({ ...row, items })) differing += 1;
			}
			page = await readPupils(db, id, last);
		}
	}
	return {
		table: 'pupil_result',
		in_records: inRecords,
		in_warehouse: await countRows(warehouse, 'pupil_row'),
		differing,
	};
}

function readPupils(db: Db, batch: string, after: number) {
	return db
		.selectFrom('pupil_result')
		.select(['row_number', 'procedure_id', 'school_id', 'class', 'variant', 'score', 'mark', 'journal_mark'])
		.select(['pupil', 'items'])
		.where('batch_id', '=', batch)
		.where('row_number', '>', after)
		.orderBy('row_number')
		.limit(PAGE)
		.execute();
}
