import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { recordMunicipalities } from '#data/records/registry/municipalities.ts';
import { recordStaff, type StaffEntry } from '#data/records/registry/record-staff.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import {
	abandonBatch,
	addResults,
	beginBatch,
	finishBatch,
	recordBatch,
} from '#data/records/results/batches.ts';
import { recordItemCompletion } from '#data/records/results/item-completion.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { recordSchoolContext } from '#data/records/results/school-context.ts';
import { recordAggregates, recordFederalMarkers, recordMedalCandidates } from '#data/records/results/sums.ts';
import type { Records, Trx } from '#data/records/store.ts';
import type { AggregateToStore } from './aggregate-sheets.ts';
import { isList } from './context.ts';
import type { ListedSchoolToStore } from './federal-list-sheet.ts';
import type { ImportPlan, StoredImport } from './import-plan.ts';
import type { ItemCompletionToStore } from './item-gathering.ts';
import type { MedalCandidateToStore } from './medal-candidates-sheet.ts';
import type { PackedRows } from './packed-rows.ts';
import type { ProcedureToStore } from './procedures-sheet.ts';
import type { ResultToStore } from './results-sheet.ts';
import type { SchoolContextToStore } from './school-context-sheet.ts';
import type { SchoolToStore } from './schools-sheet.ts';
import type { EmploymentToStore } from './staff-sheet.ts';

interface StoreOptions {
	importedBy: string;
	createSchools: boolean;
	/** the accepted rows, then those of schools to be created */
	parts: readonly PackedRows[];
	/** how many all of them are */
	count: number;
	progress: (done: number, total: number) => void;
}

type Counts = StoredImport['counts'];

/**
 * Stores accepted rows and their batch; nothing stays when any part fails. Results, which may be many, come in parts that
 * nobody reads before the last is there; everything else is one transaction.
 */
export async function storeRows(
	records: Records,
	plan: ImportPlan,
	options: StoreOptions,
): Promise<StoredImport> {
	const { count, progress } = options;
	progress(0, count);
	const stored =
		plan.kind === 'results'
			? await storeResults(records, plan, options)
			: await records.transaction((trx) => storeRegister(trx, plan, options));
	progress(count, count);
	return stored;
}

async function storeRegister(trx: Trx, plan: ImportPlan, options: StoreOptions): Promise<StoredImport> {
	const batch_id = randomUUID();
	const rows = options.parts.flatMap((part) => [...part]);
	const { refused, ...recorded } = await recordRegister(trx, plan, rows, batch_id);
	const counts: Counts = {
		...recorded,
		skipped: recorded.skipped + plan.counts.skipped,
		refused: plan.counts.refused + refused,
	};
	await recordBatch(trx, { ...batchOf(plan, options, counts, null), id: batch_id });
	if (plan.kind === 'federal-list') {
		await recordFederalMarkers(trx, batch_id, rows as ListedSchoolToStore[]);
	}
	if (plan.kind === 'medal-candidates') {
		await recordMedalCandidates(trx, batch_id, rows as MedalCandidateToStore[]);
	}
	if (plan.kind === 'school-context') {
		await recordSchoolContext(trx, batch_id, rows as SchoolContextToStore[]);
	}
	return { batch_id, batch_ids: [batch_id], counts };
}

async function recordRegister(trx: Trx, plan: ImportPlan, rows: unknown[], batchId: string): Promise<Counts> {
	if (plan.kind === 'schools') {
		await recordMunicipalities(trx, plan.new_municipalities);
		const schools = (rows as SchoolToStore[]).map((school) => ({
			...school,
			advanced_subjects: school.advanced_subjects && JSON.stringify(school.advanced_subjects),
		}));
		return { ...(await recordSchools(trx, schools)), refused: 0 };
	}
	if (plan.kind === 'procedures') {
		return { ...(await recordProcedures(trx, rows as ProcedureToStore[])), refused: 0 };
	}
	if (isList(plan.kind)) {
		return { new: rows.length, changed: 0, skipped: 0, refused: 0 };
	}
	const entries = (rows as EmploymentToStore[]).map(({ person_id, ...employment }): StaffEntry => {
		const entry = { ...employment, batch_id: batchId };
		return person_id === null ? entry : { ...entry, person_id };
	});
	const { refused, ...counts } = await recordStaff(trx, entries);
	return { ...counts, refused: refused.length };
}

type ResultRow = ResultToStore | AggregateToStore | ItemCompletionToStore;

/** What a file holds of one procedure, but for its pupils' rows. */
interface Tables {
	/** rows of every kind */
	count: number;
	sums: AggregateToStore[];
	items: ItemCompletionToStore[];
}

async function storeResults(
	records: Records,
	plan: ImportPlan,
	options: StoreOptions,
): Promise<StoredImport> {
	const unstored = options.createSchools ? plan.counts.refused - plan.waiting_rows : plan.counts.refused;
	const tables = await gatherTables(options.parts);
	const batches = await records.transaction((trx) => beginResults(trx, plan, options, tables, unstored));
	try {
		let done = 0;
		for (const piece of piecesOf(options.parts)) {
			await records.transaction(async (trx) => {
				for (const [procedure_id, pupils] of Map.groupBy(piece.filter(isPupil), (row) => row.procedure_id))
					await addResults(trx, batches.get(procedure_id)!, procedure_id, pupils);
			});
			done += piece.length;
			options.progress(done, options.count);
		}
		await records.transaction(async (trx) => {
			for (const id of batches.values()) await finishBatch(trx, id);
		});
	} catch (error) {
		// Where even this fails (a full disk), the next start takes it away.
		await records
			.transaction(async (trx) => {
				for (const id of batches.values()) await abandonBatch(trx, id);
			})
			.catch(() => undefined);
		throw error;
	}
	const batch_ids = [...batches.values()];
	const counts: Counts = { new: options.count, changed: 0, skipped: plan.counts.skipped, refused: unstored };
	return { batch_id: batch_ids[0]!, batch_ids, counts };
}

function* piecesOf(parts: readonly PackedRows[]): Generator<ResultRow[]> {
	for (const part of parts) yield* part.pieces<ResultRow>();
}

const isPupil = (row: ResultRow): row is ResultToStore => !('form' in row || 'place' in row);

/** The tables of each procedure; the rows of pupils, which may be many, are only counted. One piece per turn of the loop. */
async function gatherTables(parts: readonly PackedRows[]): Promise<Map<string, Tables>> {
	const tables = new Map<string, Tables>();
	for (const piece of piecesOf(parts)) {
		for (const row of piece) {
			const table = tables.get(row.procedure_id) ?? { count: 0, sums: [], items: [] };
			tables.set(row.procedure_id, table);
			table.count += 1;
			if ('form' in row) table.sums.push(row);
			else if ('place' in row) table.items.push(row);
		}
		await setImmediate();
	}
	return tables;
}

/**
 * Begins one batch per procedure, each withdrawable alone, with its tables; the counts of refused rows stand with the
 * first. The pupils' rows are left to be added. Resolves to the batch of each procedure.
 */
async function beginResults(
	trx: Trx,
	plan: ImportPlan,
	options: StoreOptions,
	tables: ReadonlyMap<string, Tables>,
	unstored: number,
): Promise<Map<string, string>> {
	if (options.createSchools) await createSchools(trx, plan);
	const batches = new Map<string, string>();
	for (const [procedure_id, { count, sums, items }] of tables) {
		const refused = batches.size === 0 ? unstored : 0;
		const counts: Counts = { new: count, changed: 0, skipped: 0, refused };
		const batch_id = await beginBatch(trx, batchOf(plan, options, counts, procedure_id));
		await recordAggregates(trx, batch_id, sums);
		await recordItemCompletion(trx, batch_id, items);
		batches.set(procedure_id, batch_id);
	}
	return batches;
}

/** Schools that the registry did not know, by the code alone; the registry will say the rest. */
async function createSchools(trx: Trx, plan: ImportPlan): Promise<void> {
	await recordMunicipalities(trx, plan.new_municipalities);
	await recordSchools(
		trx,
		plan.new_schools.map(({ id, municipality_id }) => ({
			id,
			municipality_id,
			name: id,
			kind: 'school',
			locality: null,
			pupils: null,
			advanced_subjects: null,
			origin: 'results',
		})),
	);
}

function batchOf(plan: ImportPlan, options: StoreOptions, counts: Counts, procedureId: string | null) {
	return {
		kind: plan.kind,
		file_name: plan.file_name,
		sha256: plan.sha256,
		procedure_id: procedureId,
		place: plan.place,
		rows_new: counts.new,
		rows_changed: counts.changed,
		rows_skipped: counts.skipped,
		rows_refused: counts.refused,
		imported_by: options.importedBy,
	};
}
