import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FileError } from './file-error.ts';
import { literal } from './sql-text.ts';

/** A delimited text file with a header row, as its first line shows it. */
export interface DelimitedFile {
	path: string;
	delimiter: ',' | ';' | '\t';
	/** titles in the order of the columns, trimmed */
	titles: string[];
}

const HEADER_BYTES = 256 * 1024;

/** Reads the header row of a UTF-8 file (`.gz` is unpacked; a byte order mark is skipped). Throws FileError. */
export function readHeader(path: string): Promise<DelimitedFile> {
	return readTitles(path, (name) => (/^item_/i.test(name) ? `item_${name.slice(5)}` : name.toLowerCase()));
}

/** The same with the titles as they are written, for files whose columns the person names. */
export async function readTitles(
	path: string,
	rename: (name: string) => string = (name) => name,
): Promise<DelimitedFile> {
	const line = await readFirstLine(path);
	if (line.trim() === '') throw new FileError('empty-file', { file: path });
	const delimiter = findDelimiter(line);
	const titles = splitLine(line, delimiter).map((title) => rename(title.trim()));
	const twice = titles.find((title, index) => title !== '' && titles.indexOf(title) !== index);
	if (twice !== undefined) throw new FileError('column-twice', { file: path, row: 1, column: twice });
	return { path, delimiter, titles };
}

/** A relation over the rows of the file: `file_row` (2 = the first after the header) and the texts of `cellsOfFile`. */
export const rowsOfFile = (file: DelimitedFile): string =>
	`(select (row_number() over () + 1)::integer as file_row, * from ${cellsOfFile(file)})`;

/** A relation over the texts `c0`, `c1`, … of the file, in its order; empty and `NA` are null. Without numbers of rows all threads read it. */
export function cellsOfFile({ path, delimiter, titles }: DelimitedFile): string {
	const columns = titles.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
	const compression = path.toLowerCase().endsWith('.gz') ? 'gzip' : 'none';
	// Small buffers let the engine read one file with all its threads.
	return `read_csv(${literal(path)}, auto_detect = false, header = true, columns = {${columns}},
		delim = ${literal(delimiter)}, quote = '"', escape = '"', compression = ${literal(compression)},
		nullstr = ['', 'NA'], max_line_size = 131072, buffer_size = 1048576)`;
}

/** A text cell without the space around it; null when nothing else is there. */
export const textCell = (column: string): string => `nullif(nullif(trim(${column}), ''), 'NA')`;

/** What the engine says about a line that does not fit the columns, as a FileError; undefined for any other failure. */
export function asFileError(error: unknown, file: DelimitedFile): FileError | undefined {
	const message = error instanceof Error ? error.message : String(error);
	const line = /(?:Error on Line|Line): (\d+)/i.exec(message)?.[1];
	if (/invalid unicode|not utf-?8|Invalid.*encod/i.test(message)) {
		return new FileError('not-utf8', { file: file.path, row: line ? Number(line) : null });
	}
	if (/csv error/i.test(message)) {
		return new FileError('wrong-columns', { file: file.path, row: line ? Number(line) : null });
	}
	return undefined;
}

async function readFirstLine(path: string): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	const enough = new AbortController();
	const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
		for await (const chunk of source) {
			chunks.push(chunk);
			size += chunk.length;
			if (size >= HEADER_BYTES || chunk.includes(10)) return enough.abort();
		}
	};
	const file = createReadStream(path);
	try {
		if (path.toLowerCase().endsWith('.gz'))
			await pipeline(file, createGunzip(), collect, { signal: enough.signal });
		else await pipeline(file, collect, { signal: enough.signal });
	} catch (error) {
		if (!enough.signal.aborted) throw new FileError('unreadable', { file: path, value: String(error) });
	}
	const text = new TextDecoder('utf-8').decode(Buffer.concat(chunks));
	return text.split(/\r\n|\n|\r/, 1)[0] ?? '';
}

function findDelimiter(line: string): DelimitedFile['delimiter'] {
	const outside = line.replaceAll(/"[^"]*"/g, '');
	const count = (sign: string): number => outside.split(sign).length;
	const [best] = ([',', ';', '\t'] as const).toSorted((left, right) => count(right) - count(left));
	return best!;
}

function splitLine(line: string, delimiter: string): string[] {
	const cells: string[] = [];
	let cell = '';
	let quoted = false;
	for (let index = 0; index < line.length; index += 1) {
		const sign = line[index]!;
		if (sign === '"' && quoted && line[index + 1] === '"') {
			cell += sign;
			index += 1;
		} else if (sign === '"') quoted = !quoted;
		else if (sign === delimiter && !quoted) {
			cells.push(cell);
			cell = '';
		} else cell += sign;
	}
	return [...cells, cell];
}
