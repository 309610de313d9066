import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { appendChange, type ChangeKind, latestSeq } from '#data/records/changes.ts';
import type { RecordsSchema } from '#data/records/schema.ts';
import type { Records, Trx } from '#data/records/store.ts';
import { type Projector, startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';

/** A fresh file name for a warehouse; its folder goes with the test. */
export function freshWarehousePath(): string {
	const folder = mkdtempSync(join(tmpdir(), 'opora-warehouse-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return join(folder, 'warehouse.duckdb');
}

/** A warehouse that follows the records until the test ends; it has caught up when this resolves. */
export async function followedWarehouse(
	records: Records,
	path = ':memory:',
): Promise<{ warehouse: Warehouse; projector: Projector; close: () => Promise<void> }> {
	const warehouse = await openWarehouse({ path });
	const projector = startProjector(records, warehouse, {
		onError: (error) => {
			throw error;
		},
	});
	const close = async (): Promise<void> => {
		await projector.stop();
		await warehouse.close();
	};
	onTestFinished(close);
	await projector.waitFor(await latestSeq(records));
	return { warehouse, projector, close };
}

/** Everything a warehouse holds, without the keys it gives itself: equal for equal records whatever the way there. */
export async function contentOf(warehouse: Warehouse): Promise<Record<string, string[]>> {
	const tables = await warehouse.ask(`
		select table_name, string_agg(column_name, ' ' order by column_index) filter (column_name not in ('response_key', 'scale_key')) as columns
		from duckdb_columns() join duckdb_tables() using (table_name)
		where table_name not in ('warehouse_shape', 'watermark') and not temporary
		group by table_name order by table_name`);
	const content: Record<string, string[]> = {};
	for (const [index, table] of (tables.columns[0] as string[]).entries()) {
		const columns = String(tables.columns[1]![index])
			.split(' ')
			.map((name) => `"${name}"`);
		const keyed = table.startsWith('answer_') || table === 'scored_scale' || table === 'open_answer';
		const rows = await warehouse.ask(
			keyed
				? `select response_id || to_json(row(${columns.map((name) => `t.${name}`).join(', ')}))::varchar
					from "${table}" as t join response using (response_key) order by all`
				: `select to_json(row(${columns.join(', ')}))::varchar from "${table}" order by all`,
		);
		content[table] = rows.columns[0] as string[];
	}
	const scores = await warehouse.ask(
		'select response_id || scale || percent as line from scale_score join response using (response_key) order by all',
	);
	content.scale_score = scores.columns[0] as string[];
	return content;
}

/** Writes rows into the records as plain facts, with their changes. */
export async function put(
	records: Records,
	rows: { [Table in keyof RecordsSchema]?: object[] },
	changes: [ChangeKind, string][],
): Promise<number> {
	await records.transaction(async (trx) => {
		for (const [table, list] of Object.entries(rows)) await insert(trx, table, list ?? []);
		for (const [kind, subject] of changes) appendChange(trx, kind, subject);
	});
	return latestSeq(records);
}

async function insert(trx: Trx, table: string, rows: object[]): Promise<void> {
	for (let start = 0; start < rows.length; start += 500) {
		await trx
			.insertInto(table as 'region')
			.values(rows.slice(start, start + 500) as { id: string; name: string }[])
			.execute();
	}
}

/** A key with one attitude, one choice with partial credit and one multiple choice; two item names differ in case only. */
const key = {
	instrument: 'small-test',
	version: 1,
	channel: 'test',
	title: { ru: 'Малый тест', en: 'Small test' },
	purpose: { ru: 'Проба', en: 'Trial' },
	languages: ['ru', 'en'],
	minutes: 5,
	teacher_result: 'at_release',
	cut_scores_name: { ru: 'базовая', en: 'basic' },
	cut_scores: [
		{ level: 'low', from: 80, to: 100 },
		{ level: 'medium', from: 60, to: 80 },
		{ level: 'high', from: 0, to: 60 },
	],
	scales: [
		{ scale: 'assessment', kind: 'competency', planned_sem: 10 },
		{ scale: 'methodical', kind: 'group', planned_sem: 8 },
	],
	items: [
		{
			item: 'q1',
			competency: 'assessment',
			rule: { kind: 'likert', min: 1, max: 4, direction: 'mastery' },
			max_points: 3,
		},
		{
			item: 'Q1',
			competency: 'assessment',
			rule: { kind: 'choice', points: { a: 0, b: 1, c: 0.5 } },
			max_points: 1,
		},
		{
			item: "q'3",
			competency: 'lesson_design',
			rule: { kind: 'multiple', points: { x: 1, y: 1, z: -1 } },
			max_points: 2,
		},
	],
};

const survey = {
	elements: [
		{ type: 'rating', name: 'q1', rateValues: [1, 2, 3, 4] },
		{ type: 'radiogroup', name: 'Q1', choices: ['a', 'b', 'c'] },
		{ type: 'checkbox', name: "q'3", choices: ['x', 'y', 'z'] },
	],
};

export const smallTest = {
	instrument: 'small-test',
	version: 1,
	survey: JSON.stringify(survey),
	key: JSON.stringify(key),
	sha256: 'f00d',
	published_at: '2026-01-10T00:00:00.000Z',
};

/** The same instrument with results for the teacher at once. */
export const openTest = {
	...smallTest,
	instrument: 'open-test',
	key: JSON.stringify({ ...key, instrument: 'open-test', teacher_result: 'at_once' }),
};

export function campaign(id: string, municipality: string, state: string): RecordsSchema['campaign'] {
	return {
		id,
		municipality_id: municipality,
		title: `Кампания ${id}`,
		goal: '',
		basis_document: '',
		state,
		mode: 'confidential',
		population: '{}',
		opens_on: '2026-02-01',
		closes_on: '2026-02-20',
		retention_until: '2029-02-20',
		consent_version: '1',
		created_by: 'test',
		created_at: '2026-01-20T00:00:00.000Z',
		released_at: state === 'released' ? '2026-03-01T00:00:00.000Z' : null,
		release_stage: null,
		release_plan: null,
	};
}

export function participant(code: string, campaignId: string, school: string): RecordsSchema['participant'] {
	return {
		participant_code: code,
		campaign_id: campaignId,
		school_id: school,
		subject: 'математика',
		seniority_band: '4-10',
		category: 'first',
		position: null,
		link_hash: null,
		invited_at: '2026-01-31T00:00:00.000Z',
	};
}

export function response(
	id: string,
	campaignId: string,
	code: string,
	answers: object,
	instrument = 'small-test',
): RecordsSchema['response'] {
	return {
		id,
		campaign_id: campaignId,
		participant_code: code,
		instrument,
		version: 1,
		answers: JSON.stringify(answers),
		started_at: null,
		submitted_at: '2026-02-10T09:30:00.000Z',
		duration_seconds: 300,
	};
}

export const procedure = {
	id: 'vpr-2025-4-math',
	kind: 'vpr',
	year: 2025,
	grade: 4,
	subject: 'математика',
	title: 'ВПР, математика, 4 класс',
	max_score: 20,
	cutoffs: JSON.stringify({ 3: 6, 4: 10, 5: 15 }),
	fail_below: null,
	items: JSON.stringify([
		{ id: '1', max: 1 },
		{ id: '5.1', max: 2 },
	]),
	document: 'приказ',
	valid_from: '2025-01-01',
};

export function batch(id: string, kind = 'results'): RecordsSchema['batch'] {
	return {
		id,
		kind,
		file_name: `${id}.csv`,
		sha256: id,
		procedure_id: null,
		place: 'region/R1',
		rows_new: 0,
		rows_changed: 0,
		rows_skipped: 0,
		rows_refused: 0,
		imported_by: 'test',
		imported_at: '2026-01-05T00:00:00.000Z',
		withdrawn_at: null,
		withdrawn_by: null,
		stored_at: '2026-01-01T00:00:00.000Z',
	};
}

export function pupil(
	batchId: string,
	row: number,
	school: string,
	cells: Partial<RecordsSchema['pupil_result']> = {},
): RecordsSchema['pupil_result'] {
	return {
		batch_id: batchId,
		row_number: row,
		procedure_id: procedure.id,
		school_id: school,
		class: '4а',
		variant: '1',
		score: null,
		mark: null,
		journal_mark: null,
		items: null,
		notes: null,
		pupil: null,
		...cells,
	};
}

/** Two municipalities of one region with two schools each: S1 and S2 in M1, S3 and S4 in M2; two published instruments. */
export async function putTown(records: Records): Promise<number> {
	const school = (id: string, municipality: string, advanced: string | null = null) => ({
		id,
		municipality_id: municipality,
		name: `Школа ${id}`,
		kind: 'school',
		locality: 'urban',
		pupils: 500,
		advanced_subjects: advanced,
		origin: 'registry',
	});
	return put(
		records,
		{
			region: [{ id: 'R1', name: 'Регион' }],
			municipality: [
				{ id: 'M1', region_id: 'R1', name: 'Первый' },
				{ id: 'M2', region_id: 'R1', name: 'Второй' },
			],
			school: [
				school('S1', 'M1', '["математика"]'),
				school('S2', 'M1'),
				school('S3', 'M2'),
				school('S4', 'M2'),
			],
			instrument_version: [smallTest, openTest],
			procedure: [procedure],
		},
		[
			['registry', ''],
			['instrument', 'small-test@1'],
			['instrument', 'open-test@1'],
			['procedure', procedure.id],
		],
	);
}

/** A campaign with both instruments, one participant per school and count: codes `C1-S1-01` shortened to eight signs. */
export async function putCampaign(
	records: Records,
	id: string,
	municipality: string,
	state: string,
	participants: RecordsSchema['participant'][],
): Promise<number> {
	return put(
		records,
		{
			campaign: [campaign(id, municipality, state)],
			campaign_instrument: [
				{ campaign_id: id, instrument: 'small-test', version: 1, position: 1 },
				{ campaign_id: id, instrument: 'open-test', version: 1, position: 2 },
			],
			participant: participants,
		},
		[
			['campaign', id],
			['participants', id],
		],
	);
}
