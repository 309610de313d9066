import type { SheetData } from 'write-excel-file/node';
import { guardFormula } from './guard.ts';

export type TableValue = string | number | boolean | Date | null | undefined;

/** A table to hand out: what the columns are called for a reader, and rows by column name. */
export interface Table {
	columns: { name: string; label: string }[];
	rows: Record<string, TableValue>[];
	/** name of the sheet; at most 31 characters survive */
	sheet?: string;
}

/**
 * How separated text is written. `spreadsheet`: semicolons and the decimal comma, as a Russian spreadsheet opens it by a
 * double click; `machine`: commas and the decimal point, for programs. Both UTF-8 with a mark and lines ended by CRLF.
 */
export type TextStyle = 'spreadsheet' | 'machine';

/**
 * Writes rows as a file. It formats what it is given and reads nothing itself; text that a spreadsheet would run as a
 * formula is guarded by an apostrophe. An absent value is an empty cell.
 */
export async function writeTable(
	table: Table,
	format: 'csv' | 'xlsx',
	style: TextStyle = 'spreadsheet',
): Promise<Buffer> {
	return format === 'csv' ? Buffer.from(separatedText(table, style), 'utf8') : writeSheet(table);
}

function separatedText({ columns, rows }: Table, style: TextStyle): string {
	const delimiter = style === 'spreadsheet' ? ';' : ',';
	const lines = [columns.map(({ label }) => quote(guardFormula(label), delimiter)).join(delimiter)];
	for (const row of rows) {
		lines.push(columns.map(({ name }) => quote(written(row[name], style), delimiter)).join(delimiter));
	}
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

function written(value: TableValue, style: TextStyle): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString().slice(0, 10);
	if (typeof value === 'string') return guardFormula(value);
	const text = String(value);
	return typeof value === 'number' && style === 'spreadsheet' ? text.replace('.', ',') : text;
}

function quote(text: string, delimiter: string): string {
	return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Loaded with the first sheet: a server starts sooner without it. */
const loadWriter = async () => (await import('write-excel-file/node')).default;

async function writeSheet(table: Table): Promise<Buffer> {
	const { data, ...options } = sheetOf(table);
	const writeXlsx = await loadWriter();
	return writeXlsx(data, options).toBuffer();
}

/** Writes several tables as the sheets of one workbook. */
export async function writeWorkbook(tables: readonly Table[]): Promise<Buffer> {
	const writeXlsx = await loadWriter();
	return writeXlsx(tables.map(sheetOf)).toBuffer();
}

function sheetOf({ columns, rows, sheet }: Table) {
	const header = columns.map(({ label }) => ({ value: guardFormula(label), fontWeight: 'bold' as const }));
	const body = rows.map((row) =>
		columns.map(({ name }) => {
			const value = row[name];
			if (value instanceof Date) return { value, format: 'dd.mm.yyyy' };
			return typeof value === 'string' ? guardFormula(value) : (value ?? null);
		}),
	);
	const name = sheet?.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
	return {
		data: [header, ...body] as SheetData,
		columns: columns.map(({ name, label }) => ({ width: widthOf(name, label, rows) })),
		stickyRowsCount: 1,
		...(name ? { sheet: name } : {}),
	};
}

function widthOf(name: string, label: string, rows: Table['rows']): number {
	let longest = label.length;
	for (const row of rows.slice(0, 100)) longest = Math.max(longest, String(row[name] ?? '').length);
	return Math.min(60, Math.max(8, longest + 2));
}
