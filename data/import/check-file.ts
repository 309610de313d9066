import { aggregateFormOf } from './aggregate-form.ts';
import type { Checked, NewMunicipality, NewSchool } from './checked.ts';
import { type Coerced, type CoercedCode, ImportError, type Issue, type NoteCode } from './codes.ts';
import { type ImportContext, type ImportKind, isOfPupils } from './context.ts';
import { sheetKinds } from './kinds.ts';
import { refuseNameLikeColumns } from './personal-data.ts';
import { sheetOfProcedures } from './procedures-sheet.ts';
import { getProfile, type Profile } from './profiles.ts';
import { resultSheets } from './result-forms.ts';
import { type ColumnRule, type FoundSheet, findSheet, type ReadSheet, readRows, shown } from './sheet.ts';
import { limits, readWorkbook, type Sheet } from './workbook.ts';

/** A file to check, and all that the check may know. */
export interface CheckRequest {
	kind: ImportKind;
	bytes: Uint8Array;
	file_name: string;
	procedure_id: string | null;
	/** a shipped profile's name, or columns → fields */
	profile: string | Record<string, string> | null;
	context: ImportContext;
}

/** A row that will not be stored, as it stood in the file. */
export interface RefusedRow {
	row: number;
	cells: string[];
}

/** The long parts of an answer, handed over in pieces. */
export interface CheckedParts {
	rows: unknown[];
	waiting: unknown[];
	refused: RefusedRow[];
	waiting_cells: RefusedRow[];
	issues: Issue[];
	coerced: Coerced[];
}

export interface ResultsOf {
	procedure_id: string;
	/** null where a row stands for more than a school */
	school_id: string | null;
	rows: number;
}

/** The short part of an answer. */
export interface CheckedHead {
	sheet: string;
	header_row: number;
	titles: string[];
	/** field → title in the file */
	columns: Record<string, string>;
	ignored_columns: string[];
	counts: { new: number; changed: number; skipped: number; refused: number };
	waiting_rows: number;
	/** the place under which the batch is listed: the narrowest of the importing person's that holds every row */
	place: string;
	/** of a table of sums, whose rows are stored otherwise than they stand: the first accepted rows by field */
	written: Record<string, string | number | null>[] | null;
	/** of results: of which schools and procedures the accepted rows and the waiting ones are */
	results_of: { rows: ResultsOf[]; waiting: ResultsOf[] };
	unknown_schools: NewSchool[];
	unknown_municipalities: NewMunicipality[];
	coerced_counts: Partial<Record<CoercedCode, number>>;
	notes: { code: NoteCode; count: number }[];
}

export type Phase = 'reading' | 'checking' | 'storing';
export type Progress = (phase: Phase, done: number, total: number) => void;

/**
 * Reads and checks one file: bytes and what the records know → rows to store, faults, notes and counts. Touches no store.
 * @throws ImportError for a fault of the file as a whole
 */
export async function checkFile(
	request: CheckRequest,
	progress: Progress,
): Promise<{ head: CheckedHead; parts: CheckedParts }> {
	const { kind, context } = request;
	progress('reading', 0, 1);
	const sheets = await readSheets(request);
	progress('reading', 1, 1);
	const profile = request.profile === null ? undefined : getProfile(request.profile);
	const options = { procedure_id: request.procedure_id, score_requires: profile?.score_requires ?? [] };
	const isKnown = context.procedures.some((each) => each.id === options.procedure_id);
	if (options.procedure_id !== null && !isKnown) {
		throw new ImportError('unknown-procedure', { procedure: options.procedure_id, row: '—' });
	}
	const form = kind === 'results' && !profile ? aggregateFormOf(sheets) : undefined;
	const sheetKind = form ? resultSheets[form] : sheetKinds[kind];
	const rules = sheetKind.columns(context, options);
	const found = findFitting(kind, rules, sheets, profile);
	if (isOfPupils(kind)) refuseNameLikeColumns(found.sheet.rows, found.header);
	progress('checking', 0, found.sheet.rows.length);
	const read = readRows(rules, found);
	const checked = sheetKind.check(read, context, options);
	progress('checking', found.sheet.rows.length, found.sheet.rows.length);
	const rowsOf = checked.waiting as { row_number: number }[];
	const notes = Object.entries(checked.notes).map(([code, count]) => ({ code: code as NoteCode, count }));
	return {
		head: {
			sheet: read.name,
			header_row: read.header_row,
			titles: read.titles,
			columns: Object.fromEntries(read.columns),
			ignored_columns: read.ignored,
			counts: {
				new: checked.rows.length - checked.changed,
				changed: checked.changed,
				skipped: checked.skipped,
				refused: read.refused.size + checked.waiting.length,
			},
			waiting_rows: checked.waiting.length,
			place: placeOf(checked, context),
			written: form ? firstRows(read) : null,
			results_of:
				kind === 'results'
					? { rows: resultsOf(checked.rows), waiting: resultsOf(checked.waiting) }
					: { rows: [], waiting: [] },
			unknown_schools: checked.unknown_schools,
			unknown_municipalities: checked.unknown_municipalities,
			coerced_counts: read.coerced_counts,
			notes,
		},
		parts: {
			rows: checked.rows,
			waiting: checked.waiting,
			refused: cellsOf(
				read,
				[...read.refused].sort((a, b) => a - b),
			),
			waiting_cells: cellsOf(
				read,
				rowsOf.map((each) => each.row_number),
			),
			issues: read.issues,
			coerced: read.coerced,
		},
	};
}

const rowsWritten = 20;

/** The first accepted rows of a sheet: numbers as they were read, words as they were written. */
function firstRows(read: ReadSheet): Record<string, string | number | null>[] {
	const indexes = new Map([...read.columns].map(([field, title]) => [field, read.titles.indexOf(title)]));
	return read.rows
		.filter(({ row }) => !read.refused.has(row))
		.slice(0, rowsWritten)
		.map(({ row, values }) =>
			Object.fromEntries(
				[...indexes].map(([field, index]) => {
					const cell = read.cells[row - 1]?.[index] ?? null;
					const isWord = typeof cell === 'string' && !/^[-+\d]/.test(cell.trim());
					const value = isWord || values[field] === null ? cell : values[field];
					return [field, typeof value === 'number' ? value : value === null ? null : shown(value)];
				}),
			),
		);
}

async function readSheets({ kind, bytes, file_name }: CheckRequest): Promise<Sheet[]> {
	if (kind === 'procedures' && bytes.length <= limits.bytes) {
		const start = Buffer.from(bytes.subarray(0, 100))
			.toString('utf8')
			.replace(/^\ufeff/, '')
			.trimStart();
		if (start.startsWith('[') || start.startsWith('{')) {
			return [sheetOfProcedures(Buffer.from(bytes).toString('utf8'), file_name)];
		}
	}
	return readWorkbook(bytes, file_name);
}

/** The fitting sheet. Where none fits a sheet of pupils, names of people in it are the graver fault and told first. */
function findFitting(kind: ImportKind, rules: ColumnRule[], sheets: Sheet[], profile?: Profile): FoundSheet {
	try {
		return findSheet(rules, sheets, profile);
	} catch (cause) {
		for (const { rows } of isOfPupils(kind) ? sheets : []) {
			const header = rows.findIndex((row) => row.filter((cell) => cell !== null && cell !== '').length > 1);
			if (header >= 0) refuseNameLikeColumns(rows, header);
		}
		throw cause;
	}
}

function resultsOf(rows: readonly unknown[]): ResultsOf[] {
	const found = new Map<string, ResultsOf>();
	for (const { procedure_id, school_id } of rows as Omit<ResultsOf, 'rows'>[]) {
		const key = `${procedure_id} ${school_id}`;
		const known = found.get(key);
		if (known) known.rows += 1;
		else found.set(key, { procedure_id, school_id, rows: 1 });
	}
	return [...found.values()];
}

function placeOf(checked: Checked, context: ImportContext): string {
	const municipalityOf = new Map(context.schools.map((school) => [school.id, school.municipality_id]));
	for (const school of checked.unknown_schools) municipalityOf.set(school.id, school.municipality_id);
	const touched = new Set<string>();
	for (const row of [...checked.rows, ...checked.waiting] as {
		municipality_id?: string;
		school_id?: string;
	}[]) {
		const municipality = row.municipality_id ?? municipalityOf.get(row.school_id ?? '');
		if (municipality !== undefined) touched.add(municipality);
	}
	const [only] = touched.size === 1 ? touched : [];
	const narrow = context.places.find((place) => place === `municipality/${only}`);
	const regions = context.places.find((place) => place.startsWith('region/'));
	return narrow ?? regions ?? context.places[0] ?? '';
}

function cellsOf(read: ReadSheet, rows: number[]): RefusedRow[] {
	return rows.map((row) => ({
		row,
		cells: read.titles.map((_, index) => shown(read.cells[row - 1]?.[index])),
	}));
}
