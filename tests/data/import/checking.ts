import { writeTable } from '#data/export/table.ts';
import { type CheckRequest, checkFile } from '#data/import/check-file.ts';
import { ImportError } from '#data/import/codes.ts';
import type { ImportContext, KnownProcedure } from '#data/import/context.ts';
import type { Cell } from '#data/import/workbook.ts';

export const school = (id: string, name: string, municipality_id = 'M1') => ({
	id,
	municipality_id,
	name,
	kind: 'school',
	locality: null,
	pupils: null,
	advanced_subjects: null,
	origin: 'registry',
});

export const math: KnownProcedure = {
	id: 'vpr-2026-4-math',
	kind: 'vpr',
	year: 2026,
	grade: 4,
	subject: 'math',
	title: 'vpr-2026-4-math',
	max_score: 20,
	cutoffs: { 3: 6, 4: 10, 5: 15 },
	fail_below: null,
	items: [
		{ id: '1', max: 1 },
		{ id: '2', max: 2 },
		{ id: '5.1', max: 1 },
	],
	document: '',
	valid_from: '2026-01-01',
};

/** One municipality with three schools, a neighbour with one, one procedure, nobody employed. */
export function townContext(changes: Partial<ImportContext> = {}): ImportContext {
	return {
		today: '2026-11-20',
		places: ['municipality/M1'],
		municipalities: [
			{ id: 'M1', region_id: 'R1', name: 'Заречный район' },
			{ id: 'M2', region_id: 'R1', name: 'Озёрский район' },
		],
		schools: [
			school('101', 'МБОУ «СОШ № 1»'),
			school('102', 'МБОУ «Гимназия № 2»'),
			school('sch103', 'МОУ «Лицей»'),
			school('201', 'МБОУ «СОШ № 9»', 'M2'),
		],
		procedures: [math],
		staff: [],
		...changes,
	};
}

/** Rows as a CSV file's bytes. */
export function csv(rows: Cell[][], delimiter = ';'): Uint8Array {
	const quote = (cell: Cell) => {
		const text = cell === null ? '' : String(cell);
		return /[";,\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return Buffer.from(rows.map((row) => row.map(quote).join(delimiter)).join('\n'));
}

/** Rows as a workbook's bytes, the first row being the header. */
export async function xlsx(rows: (string | number | Date | null)[][]): Promise<Uint8Array> {
	const [titles = [], ...body] = rows;
	return writeTable(
		{
			columns: titles.map((title, index) => ({ name: String(index), label: String(title) })),
			rows: body.map((row) => Object.fromEntries(row.map((cell, index) => [String(index), cell]))),
		},
		'xlsx',
	);
}

export function check(
	kind: CheckRequest['kind'],
	bytes: Uint8Array,
	changes: Partial<CheckRequest> = {},
): ReturnType<typeof checkFile> {
	return checkFile(
		{
			kind,
			bytes,
			file_name: 'list.csv',
			procedure_id: null,
			profile: null,
			context: townContext(),
			...changes,
		},
		() => {},
	);
}

/** The file-level fault of a check that must fail. */
export async function faultOf(attempt: Promise<unknown>): Promise<ImportError> {
	try {
		await attempt;
	} catch (error) {
		if (error instanceof ImportError) return error;
		throw error;
	}
	throw new Error('the file was accepted');
}
