import { findBatchByHash } from '#data/records/results/batches.ts';
import type { Records } from '#data/records/store.ts';
import type { CheckedHead, Progress, ResultsOf } from './check-file.ts';

import { ImportError } from './codes.ts';
import { type ImportKind, isList } from './context.ts';
import type { ImportPlan, StoredImport } from './import-plan.ts';
import type { PackedRows } from './packed-rows.ts';
import { readContext, readSchoolsWithResults } from './read-context.ts';
import { runCheck } from './run-check.ts';
import { storeRows } from './store-rows.ts';

/** How a file is to be read and for whom. */
export interface ImportOptions {
	fileName: string;
	/** for results that name no procedure themselves */
	procedureId?: string | null;
	/** a shipped profile's name, or a saved one: title in the file → field */
	profile?: string | Record<string, string> | null;
	/** places the importing person may write to */
	places: string[];
	/** the day of the import, `YYYY-MM-DD`; today when not given */
	today?: string;
	progress?: Progress;
}

const previewRows = 20;

/**
 * Reads and checks a file against the records in a thread of its own, and says what storing it would do.
 * @throws ImportError for a fault of the whole file, `already-imported` among them
 */
export async function planImport(
	records: Records,
	kind: ImportKind,
	bytes: Uint8Array,
	options: ImportOptions,
): Promise<ImportPlan> {
	const { fileName, procedureId = null, profile = null, places, progress = () => {} } = options;
	const today = options.today ?? new Date().toISOString().slice(0, 10);
	const sha256 = await hashOf(bytes);
	if (kind === 'results' && procedureId !== null) await refuseRepetition(records, kind, sha256, procedureId);
	if (isList(kind)) await refuseRepetition(records, kind, sha256, null);
	const context = await readContext(records, kind, places, today);
	const request = { kind, bytes, file_name: fileName, procedure_id: procedureId, profile, context };
	const { head, parts } = await runCheck(request, progress);
	if (kind === 'results') {
		await refuseRepeatedResults(records, sha256, [...head.results_of.rows, ...head.results_of.waiting]);
		await noteSchoolsWithResults(records, head);
	} else if (head.counts.new + head.counts.changed + head.waiting_rows === 0) {
		await refuseRepetition(records, kind, sha256, null);
	}
	const { unknown_schools, unknown_municipalities, written, ...rest } = head;
	return {
		...rest,
		...parts,
		kind,
		file_name: fileName,
		sha256,
		procedure_id: procedureId,
		places,
		unknown_schools: unknown_schools.map(({ id }) => id),
		unknown_municipalities: unknown_municipalities.map(({ id }) => id),
		new_schools: unknown_schools,
		new_municipalities: unknown_municipalities,
		preview: previewOf(head, written ?? [...firstOf(parts.rows), ...firstOf(parts.waiting)]),
	};
}

/**
 * Stores the accepted rows of a plan as one batch, all or nothing.
 * @throws ImportError `already-imported` when the same file was stored since the dry run, `nothing-to-store`
 */
export async function storeImport(
	records: Records,
	plan: ImportPlan,
	options: { importedBy: string; createSchools?: boolean; progress?: Progress },
): Promise<StoredImport> {
	const { importedBy, createSchools = false, progress = () => {} } = options;
	const parts = createSchools ? [plan.rows, plan.waiting] : [plan.rows];
	const count = parts.reduce((sum, { length }) => sum + length, 0);
	if (count === 0) {
		const { refused, skipped } = plan.counts;
		throw new ImportError('nothing-to-store', { refused, skipped });
	}
	if (isList(plan.kind)) await refuseRepetition(records, plan.kind, plan.sha256, null);
	if (plan.kind === 'results') {
		const { rows, waiting } = plan.results_of;
		await refuseRepeatedResults(records, plan.sha256, createSchools ? [...rows, ...waiting] : rows);
	}
	return storeRows(records, plan, {
		importedBy,
		createSchools,
		parts,
		count,
		progress: (done, total) => progress('storing', done, total),
	});
}

async function hashOf(bytes: Uint8Array): Promise<string> {
	return Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');
}

async function refuseRepetition(
	{ db }: Records,
	kind: ImportKind,
	sha256: string,
	procedureId: string | null,
): Promise<void> {
	const batch = await findBatchByHash(db, kind, sha256, procedureId);
	if (!batch) return;
	const date = batch.imported_at.slice(0, 10);
	throw new ImportError('already-imported', { date, file: batch.file_name, batch: batch.id });
}

async function refuseRepeatedResults(
	records: Records,
	sha256: string,
	found: readonly ResultsOf[],
): Promise<void> {
	for (const id of proceduresIn(found)) await refuseRepetition(records, 'results', sha256, id);
}

/** The procedures that a file of results turned out to hold. */
const proceduresIn = (found: readonly ResultsOf[]): string[] => [
	...new Set(found.map(({ procedure_id }) => procedure_id)),
];

async function noteSchoolsWithResults(records: Records, head: CheckedHead): Promise<void> {
	const { rows: accepted, waiting } = head.results_of;
	const known = await readSchoolsWithResults(records, proceduresIn([...accepted, ...waiting]));
	const count = accepted
		.filter(({ procedure_id, school_id }) => known.has(`${procedure_id} ${school_id}`))
		.reduce((sum, { rows }) => sum + rows, 0);
	if (count > 0) head.notes.push({ code: 'school-has-results', count });
}

function firstOf(rows: PackedRows): unknown[] {
	const [first = []] = rows.pieces();
	return first.slice(0, previewRows);
}

function previewOf(head: CheckedHead, rows: unknown[]): ImportPlan['preview'] {
	const fields = Object.entries(head.columns);
	return {
		columns: fields.map(([name, label]) => ({ name, label })),
		rows: rows
			.slice(0, previewRows)
			.map((row) => Object.fromEntries(fields.map(([field]) => [field, cellOf(row, field)]))),
	};
}

/** A field of a row to store under the name its column has in the sheet. */
function cellOf(row: unknown, field: string): string | number | null {
	const record = row as Record<string, unknown>;
	const stored = { school: record.school_id ?? record.id, procedure: record.procedure_id }[field];
	const value = stored ?? record[field] ?? null;
	if (value === null || typeof value === 'number' || typeof value === 'string') return value;
	return Array.isArray(value) ? value.join('; ') : JSON.stringify(value);
}
