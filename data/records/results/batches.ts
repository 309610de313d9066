import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { insertRows, isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import { placeIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import type { BatchRow, PupilResultRow } from './tables.ts';

export type NewBatch = Omit<
	BatchRow,
	'id' | 'imported_at' | 'withdrawn_at' | 'withdrawn_by' | 'stored_at'
> & {
	id?: string;
	imported_at?: string;
};

/** A pupil's row as imported: items and notes as lists. */
export type NewPupilResult = Omit<
	PupilResultRow,
	'batch_id' | 'procedure_id' | 'items' | 'notes' | 'pupil'
> & {
	items: (number | null)[] | null;
	notes: string[] | null;
	/** left out where nothing links the rows of a pupil */
	pupil?: string | null;
};

/** Kinds whose rows stand apart from the registry, so that all of a batch can go again. */
const WITHDRAWABLE: readonly string[] = ['results', 'federal-list', 'medal-candidates', 'school-context'];

export type WithdrawalProblem = 'unknown-batch' | 'already-withdrawn' | 'not-withdrawable';

const RESULT_COLUMNS = [
	'batch_id',
	'row_number',
	'procedure_id',
	'school_id',
	'class',
	'variant',
	'score',
	'mark',
	'journal_mark',
	'items',
	'notes',
	'pupil',
] as const;

/**
 * Records an import with the pupils' rows it brought (none for other kinds), all in the running transaction. Returns the
 * batch's id. A large file is better begun, added to and finished in transactions of its own.
 */
export async function recordBatch(
	trx: Trx,
	batch: NewBatch,
	results: readonly NewPupilResult[] = [],
): Promise<string> {
	const id = await beginBatch(trx, batch);
	await addResults(trx, id, batch.procedure_id, results);
	await finishBatch(trx, id);
	return id;
}

/** Begins a batch that nobody reads before it is finished. Returns its id. */
export async function beginBatch(trx: Trx, batch: NewBatch): Promise<string> {
	const id = batch.id ?? randomUUID();
	const imported_at = batch.imported_at ?? new Date().toISOString();
	await trx
		.insertInto('batch')
		.values({ ...batch, id, imported_at, withdrawn_at: null, withdrawn_by: null, stored_at: null })
		.execute();
	return id;
}

/**
 * Adds pupils' rows to a batch that is arriving: some hundreds at a time, for the one writer of SQLite is held meanwhile, and
 * somebody may be handing in answers.
 */
export async function addResults(
	trx: Trx,
	batch_id: string,
	procedure_id: string | null,
	results: readonly NewPupilResult[],
): Promise<void> {
	const rows = results.map((result) => ({
		...result,
		pupil: result.pupil ?? null,
		batch_id,
		procedure_id,
		items: result.items && JSON.stringify(result.items),
		notes: result.notes && JSON.stringify(result.notes),
	}));
	await insertRows(trx, 'pupil_result', [...RESULT_COLUMNS], rows);
}

/** Lets a batch be read that has arrived. */
export async function finishBatch(trx: Trx, id: string): Promise<void> {
	const stored_at = new Date().toISOString();
	await trx.updateTable('batch').set({ stored_at }).where('id', '=', id).execute();
	appendChange(trx, 'batch', id);
}

/** Takes away a batch whose arrival broke off, with all that it had brought: as if it had never begun. */
export async function abandonBatch(trx: Trx, id: string): Promise<void> {
	await removeBrought(trx, id);
	await trx.deleteFrom('batch').where('id', '=', id).where('stored_at', 'is', null).execute();
}

/** The batches whose arrival began before a moment and has not ended. */
export async function listUnfinishedBatches(db: Db, begunBefore: string): Promise<string[]> {
	const rows = await db
		.selectFrom('batch')
		.select('id')
		.where('stored_at', 'is', null)
		.where('imported_at', '<', begunBefore)
		.execute();
	return rows.map(({ id }) => id);
}

/** A standing batch of the same kind, content and procedure: the same file twice changes nothing. */
export async function findBatchByHash(
	db: Db,
	kind: string,
	sha256: string,
	procedureId: string | null = null,
): Promise<BatchRow | undefined> {
	return db
		.selectFrom('batch')
		.selectAll()
		.where('kind', '=', kind)
		.where('sha256', '=', sha256)
		.where('procedure_id', procedureId === null ? 'is' : '=', procedureId)
		.where('withdrawn_at', 'is', null)
		.where('stored_at', 'is not', null)
		.orderBy('imported_at', 'desc')
		.executeTakeFirst();
}

export async function findBatch(db: Db, id: string): Promise<BatchRow | undefined> {
	return db
		.selectFrom('batch')
		.selectAll()
		.where('id', '=', id)
		.where('stored_at', 'is not', null)
		.executeTakeFirst();
}

/** Imports made for places inside the given ones, newest first, the withdrawn among them. */
export async function listBatches(db: Db, places: readonly string[]): Promise<BatchRow[]> {
	return db
		.selectFrom('batch')
		.selectAll()
		.where(placeIsWithin(db, 'batch.place', places))
		.where('stored_at', 'is not', null)
		.orderBy('imported_at', 'desc')
		.orderBy('id')
		.execute();
}

/** Rows of a batch by number, after `afterRow`, at most `limit`. */
export async function listPupilResults(
	db: Db,
	batchId: string,
	afterRow: number,
	limit: number,
): Promise<PupilResultRow[]> {
	return db
		.selectFrom('pupil_result')
		.selectAll()
		.where('batch_id', '=', batchId)
		.where('row_number', '>', afterRow)
		.orderBy('row_number')
		.limit(limit)
		.execute();
}

/**
 * Takes a batch of results, a list of the authority, of candidates for medals or of the social make-up of schools back: its rows
 * go, and so do schools that only it had brought. The batch itself stays listed as withdrawn, with who did it.
 */
export async function withdrawBatch(
	trx: Trx,
	id: string,
	withdrawnBy: string,
	at = new Date().toISOString(),
): Promise<WithdrawalProblem | undefined> {
	const batch = await findBatch(trx, id);
	if (!batch) return 'unknown-batch';
	if (batch.withdrawn_at !== null) return 'already-withdrawn';
	if (!WITHDRAWABLE.includes(batch.kind)) return 'not-withdrawable';
	await trx
		.updateTable('batch')
		.set({ withdrawn_at: at, withdrawn_by: withdrawnBy })
		.where('id', '=', id)
		.execute();
	await removeBrought(trx, id);
	appendChange(trx, 'batch-withdrawn', id);
	return undefined;
}

const BROUGHT = [
	'pupil_result',
	'aggregate_result',
	'item_completion',
	'federal_marker',
	'medal_candidate',
	'school_context',
] as const;

/** Deletes the rows of a batch, and the schools that only it had brought. */
async function removeBrought(trx: Trx, id: string): Promise<void> {
	const brought: { school_id: string | null }[] = [];
	for (const table of BROUGHT) {
		brought.push(
			...(await trx.selectFrom(table).select('school_id').where('batch_id', '=', id).distinct().execute()),
		);
		await trx.deleteFrom(table).where('batch_id', '=', id).execute();
	}
	await removeUnknownSchools(
		trx,
		brought.flatMap(({ school_id }) => school_id ?? []),
	);
}

/** Papers with a score or a mark that a school handed in for a procedure, in standing imports. */
export async function countSchoolPapers(db: Db, schoolId: string, procedureId: string): Promise<number> {
	const { papers } = await db
		.selectFrom('pupil_result')
		.innerJoin('batch', 'batch.id', 'pupil_result.batch_id')
		.select(({ fn }) => fn.countAll<number>().as('papers'))
		.where('school_id', '=', schoolId)
		.where('pupil_result.procedure_id', '=', procedureId)
		.where('stored_at', 'is not', null)
		.where(({ eb, or }) => or([eb('score', 'is not', null), eb('mark', 'is not', null)]))
		.executeTakeFirstOrThrow();
	return Number(papers);
}

/** Schools known from results only, when nothing refers to them any more. */
async function removeUnknownSchools(trx: Trx, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const referring = [
		...BROUGHT,
		'employment',
		'participant',
		'flag_reply',
		'remarking',
		'risk_rating',
		'support_plan',
	];
	const unused = sql.join(
		referring.map(
			(table) => sql`not exists (select 1 from ${sql.table(table)} as used where used.school_id = school.id)`,
		),
		sql` and `,
	);
	const result = await trx
		.deleteFrom('school')
		.where('origin', '=', 'results')
		.where(isAmong(trx, 'id', ids))
		.where(sql<boolean>`${unused}`)
		.executeTakeFirst();
	if (result.numDeletedRows > 0n) appendChange(trx, 'registry', '');
}
