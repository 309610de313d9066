import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const folder = new URL('../../../../shared/data/vpr/', import.meta.url);

export type Exam = {
	file: string;
	records_with_total_and_variant: number;
	schools: number;
	region: { mean: number; sd: number; ci_low: number; ci_high: number };
	inflated: string[];
	negative_rho: string[];
	alpha_missing_as_zero: number;
	cutoffs: Record<'3' | '4' | '5' | 'max', number>;
};

export type Row = { school: string; journalMark: number | null; score: number; items: number[] };

/** The four real procedures with R's numbers; none when the data do not stand beside the project. */
export function listExams(): [string, Exam][] {
	const reference = new URL('reference.json', folder);
	if (!existsSync(reference)) return [];
	return Object.entries(JSON.parse(readFileSync(reference, 'utf8')).exams);
}

/** Rows with both a total and a variant; the files hold no quoted commas. */
export function readRows(file: string): Row[] {
	const lines = gunzipSync(readFileSync(new URL(file, folder)))
		.toString('utf8')
		.trimEnd()
		.split(/\r?\n/);
	const names = lines[0]!.split(',');
	const column = (name: string) => names.indexOf(name);
	const firstItem = column('i01');
	const rows: Row[] = [];
	for (const line of lines.slice(1)) {
		const cells = line.split(',');
		if (cells[column('total')] === '' || cells[column('variant')] === '') continue;
		const mark = cells[column('prev_mark')]!;
		rows.push({
			school: cells[column('school')]!,
			journalMark: mark === '' ? null : Number(mark),
			score: Number(cells[column('total')]),
			items: cells.slice(firstItem).map((cell) => (/^\d+$/.test(cell) ? Number(cell) : 0)),
		});
	}
	return rows;
}
