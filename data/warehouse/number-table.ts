import { asFileError, readHeader, rowsOfFile, textCell } from './delimited-file.ts';
import { type CellIssue, FileError } from './file-error.ts';
import type { Warehouse } from './warehouse.ts';

export interface NumberColumns {
	/** columns that every row must fill with a number */
	numbers: readonly string[];
	/** columns of numbers that the file may do without */
	optional?: readonly string[];
	/** columns taken as text */
	texts?: readonly string[];
}

export interface NumberRow {
	/** row of the file, the header being 1 */
	row: number;
	numbers: Record<string, number>;
	texts: Record<string, string>;
}

const LISTED_ISSUES = 50;

/**
 * Reads columns of numbers of a delimited file by their titles (small letters; the decimal comma is read where the comma does
 * not separate). Throws FileError: `column-missing`, or `bad-cells` for what is empty, no number, or negative.
 */
export async function readNumberTable(
	scratch: Warehouse,
	path: string,
	{ numbers, optional = [], texts = [] }: NumberColumns,
): Promise<NumberRow[]> {
	const file = await readHeader(path);
	for (const column of [...numbers, ...texts])
		if (!file.titles.includes(column)) throw new FileError('column-missing', { file: path, row: 1, column });
	const titles = [...numbers, ...optional.filter((title) => file.titles.includes(title))];
	const cell = (title: string): string => textCell(`c${file.titles.indexOf(title)}`);
	const list = [...titles, ...texts].map(cell).join(', ');
	const sql = `select file_row, [${list}] as cells from ${rowsOfFile(file)} order by file_row`;
	const { columns } = await scratch.write(async (writer) => {
		try {
			return await writer.read(sql);
		} catch (error) {
			throw asFileError(error, file) ?? error;
		}
	});
	const issues: CellIssue[] = [];
	const [rows, cells] = [columns[0] as number[], columns[1] as (string | null)[][]];
	const found = rows.map((row, index): NumberRow => {
		const read: NumberRow = { row, numbers: {}, texts: {} };
		for (const [position, title] of titles.entries()) {
			const text = cells[index]![position] ?? null;
			const value = Number((file.delimiter === ',' ? text : text?.replace(',', '.')) ?? Number.NaN);
			if (Number.isFinite(value) && value >= 0) read.numbers[title] = value;
			else {
				const code = text === null ? 'required' : Number.isFinite(value) ? 'negative' : 'not-a-number';
				issues.push({ file: path, row, column: title, code, value: text });
			}
		}
		for (const [position, title] of texts.entries())
			read.texts[title] = cells[index]![titles.length + position] ?? '';
		return read;
	});
	if (issues.length > 0)
		throw new FileError('bad-cells', { file: path }, issues.slice(0, LISTED_ISSUES), issues.length);
	return found;
}
