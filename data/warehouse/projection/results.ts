import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { listComparedProcedures, loadSums, removeSums } from './aggregates.ts';
import { insertRows, type RowShape, rowsFromLines } from './rows.ts';
import { refreshStatistics } from './statistics.ts';

const PROCEDURE_SHAPE: RowShape = {
	procedure_id: 'VARCHAR',
	kind: 'VARCHAR',
	year: 'INTEGER',
	grade: 'INTEGER',
	subject: 'VARCHAR',
	title: 'VARCHAR',
	max_score: 'DOUBLE',
	cutoff_3: 'DOUBLE',
	cutoff_4: 'DOUBLE',
	cutoff_5: 'DOUBLE',
	fail_below: 'DOUBLE',
	item_ids: ['VARCHAR'],
	item_maxima: ['DOUBLE'],
};

/** A procedure as it enters the warehouse. */
export interface ProcedureRow {
	procedure_id: string;
	kind: string;
	year: number;
	grade: number | null;
	subject: string;
	title: string;
	max_score: number;
	cutoff_3: number | null;
	cutoff_4: number | null;
	cutoff_5: number | null;
	fail_below: number | null;
	item_ids: string[];
	item_maxima: number[];
}

/** Loads all procedures anew. Rows of a procedure whose scale changed are derived again. */
export async function loadProcedures(db: Db, writer: Writer): Promise<void> {
	const recorded = await db.selectFrom('procedure').selectAll().orderBy('id').execute();
	await replaceProcedures(
		writer,
		recorded.map((row) => {
			const cutoffs = (row.cutoffs ? JSON.parse(row.cutoffs) : {}) as Record<string, number | undefined>;
			const items = (row.items ? JSON.parse(row.items) : []) as { id: string; max: number }[];
			return {
				procedure_id: row.id,
				kind: row.kind,
				year: row.year,
				grade: row.grade,
				subject: row.subject,
				title: row.title,
				max_score: row.max_score,
				cutoff_3: cutoffs['3'] ?? null,
				cutoff_4: cutoffs['4'] ?? null,
				cutoff_5: cutoffs['5'] ?? null,
				fail_below: row.fail_below,
				item_ids: items.map(({ id }) => id),
				item_maxima: items.map(({ max }) => max),
			};
		}),
	);
	await deriveAgain(writer);
}

/** Replaces the list of procedures. */
export async function replaceProcedures(writer: Writer, rows: readonly ProcedureRow[]): Promise<void> {
	await writer.run('create or replace temp table former_procedure as select * from procedure');
	await writer.run('delete from procedure');
	await insertRows(writer, 'procedure', PROCEDURE_SHAPE, rows);
}

async function deriveAgain(writer: Writer): Promise<void> {
	await writer.run(`
		create or replace temp table changed_procedure as
		select procedure.* from procedure join former_procedure as former using (procedure_id)
		where procedure is distinct from former`);
	const changed = await writer.read('select procedure_id from changed_procedure');
	if (changed.length === 0) return;
	await writer.run(`
		update pupil_row set
			year = procedure.year,
			mark = coalesce(given_mark, derived_mark(score, cutoff_3, cutoff_4, cutoff_5)),
			mark_disagrees = coalesce(given_mark <> derived_mark(score, cutoff_3, cutoff_4, cutoff_5), false),
			fail = is_fail(score, coalesce(given_mark, derived_mark(score, cutoff_3, cutoff_4, cutoff_5)), fail_below),
			above_max = coalesce(score > max_score, false)
		from changed_procedure as procedure where procedure.procedure_id = pupil_row.procedure_id`);
	await refreshStatistics(writer, changed.columns[0] as string[]);
}

const PUPIL_SHAPE: RowShape = {
	row_number: 'INTEGER',
	procedure_id: 'VARCHAR',
	school_id: 'VARCHAR',
	class: 'VARCHAR',
	variant: 'VARCHAR',
	score: 'DOUBLE',
	given_mark: 'SMALLINT',
	journal_mark: 'SMALLINT',
	pupil: 'VARCHAR',
	items: ['DOUBLE'],
};

/**
 * The statement that turns rows of `incoming` (the columns of a batch's file) into rows of `pupil_row`, with the places of
 * the school and what the procedure makes of the score. Takes `$batch_id` and `$has_variants`. Sorted, rows of one school lie
 * together and are found by few blocks.
 */
export const addPupilRows = (incoming: string, sorted: boolean): string => `
	insert into pupil_row by name
	select
		$batch_id::varchar as batch_id, incoming.row_number, incoming.procedure_id, procedure.year,
		incoming.school_id, school.municipality_id, school.region_id, incoming.class, incoming.variant, incoming.score,
		incoming.given_mark, incoming.journal_mark, incoming.items, incoming.pupil,
		coalesce(given_mark, derived_mark(score, cutoff_3, cutoff_4, cutoff_5)) as mark,
		coalesce(given_mark <> derived_mark(score, cutoff_3, cutoff_4, cutoff_5), false) as mark_disagrees,
		is_fail(score, coalesce(given_mark, derived_mark(score, cutoff_3, cutoff_4, cutoff_5)), fail_below) as fail,
		coalesce(score > max_score, false) as above_max,
		score is not null and (variant is not null or not $has_variants::boolean) as counted
	from ${incoming} as incoming
	left join school using (school_id)
	left join procedure using (procedure_id)
	${sorted ? 'order by procedure_id, school.region_id, school.municipality_id, school_id, row_number' : ''}`;

const PAGE = 2_000;
const TAKE_IN = `create or replace temp table incoming_pupil as select * from ${rowsFromLines(PUPIL_SHAPE)}`;

/** Loads the pupil rows of one batch, replacing what was there of it; resolves to the procedures it touched. */
export async function loadBatch(db: Db, writer: Writer, batch: string): Promise<string[]> {
	const former = await removeBatch(writer, batch);
	const found = await db
		.selectFrom('batch')
		.select(['kind', 'imported_at', 'withdrawn_at'])
		.where('id', '=', batch)
		.where('stored_at', 'is not', null)
		.executeTakeFirst();
	if (!found || found.withdrawn_at !== null) return former;
	await loadSums(db, writer, batch, found.imported_at);
	const touched = [...former, ...(await listComparedProcedures(writer, batch))];
	if (found.kind !== 'results') return touched;
	const variant = await db
		.selectFrom('pupil_result')
		.select('row_number')
		.where('batch_id', '=', batch)
		.where('variant', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	const procedures = new Set(touched);
	const sql = addPupilRows('incoming_pupil', true);
	let after = Number.NEGATIVE_INFINITY;
	for (;;) {
		const page = await readPupilPage(db, batch, after);
		for (const row of page) procedures.add(row.procedure_id);
		if (page.length > 0) {
			await writer.run(TAKE_IN, { rows: pupilsAsLines(page) });
			await writer.run(sql, { batch_id: batch, has_variants: variant !== undefined });
		}
		if (page.length < PAGE) return [...procedures];
		after = page.at(-1)!.row_number;
	}
}

type PupilRow = Awaited<ReturnType<typeof readPupilPage>>[number];

function readPupilPage(db: Db, batch: string, after: number) {
	return db
		.selectFrom('pupil_result')
		.select([
			'row_number',
			'procedure_id',
			'school_id',
			'class',
			'variant',
			'score',
			'mark',
			'journal_mark',
			'pupil',
			'items',
		])
		.where('batch_id', '=', batch)
		.where('row_number', '>', Number.isFinite(after) ? after : -1)
		.orderBy('row_number')
		.limit(PAGE)
		.execute();
}

/** The item scores are JSON already, without line breaks, and pass through as text. */
function pupilsAsLines(rows: readonly PupilRow[]): string {
	const texts = rows.map(({ items, mark, ...row }) => {
		const head = JSON.stringify({ ...row, given_mark: mark });
		return items === null ? head : `${head.slice(0, -1)},"items":${items}}`;
	});
	return texts.join('\n');
}

/** Deletes the pupil rows of a batch; resolves to the procedures they were of. */
export async function removeBatch(writer: Writer, batch: string): Promise<string[]> {
	const procedures = await writer.read(
		'select distinct procedure_id from pupil_row where batch_id = $batch',
		{ batch },
	);
	if (procedures.length > 0) await writer.run('delete from pupil_row where batch_id = $batch', { batch });
	const completed = await listComparedProcedures(writer, batch);
	await removeSums(writer, batch);
	return [...(procedures.columns[0] as string[]), ...completed];
}
