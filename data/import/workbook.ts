import { gunzipSync } from 'node:zlib';
import { ImportError } from './codes.ts';
import { readDelimited } from './delimited.ts';
import { guardArchive } from './zip-guard.ts';

export type Cell = string | number | boolean | Date | null;

/** A sheet as it stands in the file: rows of cells, the first row of the array being row 1 of the sheet. */
export interface Sheet {
	name: string;
	rows: Cell[][];
}

/** What a file may measure: bytes as sent, bytes of unpacked text, rows and columns of a sheet. */
export const limits = {
	bytes: 30 * 1024 * 1024,
	text: 150 * 1024 * 1024,
	rows: 300_000,
	columns: 500,
};

/**
 * Reads an XLSX workbook, or separated text (CSV, TSV, also packed as .gz), into sheets of cells. What the bytes are is
 * told by the bytes, not by the file's name.
 * @throws ImportError `file-too-large`, `archive-too-large`, `old-excel-file`, `unreadable-file`, `empty-file`,
 * `too-many-rows`, `too-many-columns`, `formula-error`
 */
export async function readWorkbook(input: Uint8Array, fileName: string): Promise<Sheet[]> {
	let bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
	if (bytes.length > limits.bytes) {
		throw new ImportError('file-too-large', { limit_mb: limits.bytes / 1024 / 1024 });
	}
	if (bytes.length === 0) throw new ImportError('empty-file', { file: fileName });
	if (startsWith(bytes, [0x1f, 0x8b])) bytes = unpackGzip(bytes, fileName);
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
		throw new ImportError('old-excel-file', { file: fileName });
	const sheets = startsWith(bytes, [0x50, 0x4b])
		? await readSpreadsheet(bytes, fileName)
		: readText(bytes, fileName);
	for (const sheet of sheets) refuseLarge(sheet);
	if (sheets.every((sheet) => sheet.rows.length === 0))
		throw new ImportError('empty-file', { file: fileName });
	return sheets;
}

async function readSpreadsheet(bytes: Buffer, fileName: string): Promise<Sheet[]> {
	guardArchive(bytes, fileName);
	// Loaded with the first sheet: a server starts sooner without it.
	const { default: readXlsx } = await import('read-excel-file/node');
	try {
		const sheets = await readXlsx(bytes, { trim: false });
		return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data as Cell[][] }));
	} catch {
		throw new ImportError('unreadable-file', { file: fileName });
	}
}

function readText(bytes: Buffer, fileName: string): Sheet[] {
	const start = bytes.toString('latin1', 0, 8).toLowerCase();
	if (['%pdf', '{\\rtf', '\x89png', '<html', '<!doc', '<?xml'].some((mark) => start.startsWith(mark)))
		throw new ImportError('unreadable-file', { file: fileName });
	return [{ name: fileName, rows: readDelimited(bytes, fileName) }];
}

function unpackGzip(bytes: Buffer, fileName: string): Buffer<ArrayBuffer> {
	try {
		return gunzipSync(bytes, { maxOutputLength: limits.text });
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
			throw new ImportError('archive-too-large', { limit_mb: limits.text / 1024 / 1024 });
		}
		throw new ImportError('unreadable-file', { file: fileName });
	}
}

function refuseLarge(sheet: Sheet): void {
	if (sheet.rows.length > limits.rows + 1) {
		throw new ImportError('too-many-rows', { sheet: sheet.name, limit: limits.rows });
	}
	let columns = 0;
	for (const row of sheet.rows) if (row.length > columns) columns = row.length;
	if (columns > limits.columns) {
		throw new ImportError('too-many-columns', { sheet: sheet.name, limit: limits.columns });
	}
}

function startsWith(bytes: Buffer, mark: number[]): boolean {
	return mark.every((byte, index) => bytes[index] === byte);
}
