import { readAnswerKey } from './answer-key.ts';
import {
	asFileError,
	cellsOfFile,
	type DelimitedFile,
	readTitles,
	rowsOfFile,
	textCell,
} from './delimited-file.ts';
import { type CellIssue, FileError } from './file-error.ts';
import { literal } from './sql-text.ts';
import type { Warehouse } from './warehouse.ts';

export interface MatrixChoice {
	/** a person per row, an item per column */
	data: string;
	/** right answers: then only its items count, scored 0/1 */
	key?: string;
	/** columns that are no items: names of persons, groups */
	person?: string;
	group?: string;
	items?: readonly string[];
	skip?: readonly string[];
	/** items to be turned round */
	reverse?: readonly string[];
}

/** Answers as the statistics of scales take them: rows of codes, and the persons behind each. */
export interface ResponseMatrix {
	titles: string[];
	items: number;
	/** row by row; the lowest observed code of an item is 0, `255` = no answer */
	codes: Uint8Array;
	/** persons behind each row */
	counts: Float64Array;
	/** value of the group column behind each row; null = none */
	groups: (string | null)[];
}

/** Codes of one item may span this much: more is a number or a name, not a code. */
const SPAN = 200;
const NO_ANSWER = 255;
/** Stands for a cell whose code does not fit a byte from the column's lowest code on, or that is no code at all. */
const BEYOND = 254;

/**
 * Reads a matrix of responses. The engine reads the file and turns cells into codes on all its threads, a byte per cell; most
 * files hold nothing but codes from 0 on, and only where one holds others are they looked at a second time. Throws
 * FileError: `column-missing`, `bad-cells` (a code that is no whole number), `too-many-values` (a column of names or amounts).
 */
export async function readResponseMatrix(scratch: Warehouse, choice: MatrixChoice): Promise<ResponseMatrix> {
	const file = await readTitles(choice.data);
	const key = choice.key === undefined ? undefined : await readAnswerKey(scratch, choice.key);
	const titles = chooseTitles(file, choice, key && [...key.keys()]);
	const columnOf = (title: string): string => `c${file.titles.indexOf(title)}`;
	const group = choice.group === undefined ? undefined : columnOf(choice.group);
	const items = titles.map((title) => ({
		title,
		column: columnOf(title),
		right: key?.get(title),
		lowest: 0,
	}));
	try {
		let read = await readCodes(scratch, file, items, group);
		const unread = items.filter((_, item) => read.beyond[item]);
		if (unread.length > 0) {
			const lowest = await lowestCodes(scratch, file, unread);
			for (const [place, item] of unread.entries()) item.lowest = lowest[place]!;
			read = await readCodes(scratch, file, items, group);
		}
		const { codes, groups, rows } = read;
		fromLowest(codes, items, choice.reverse ?? []);
		return { titles, items: titles.length, codes, counts: new Float64Array(rows).fill(1), groups };
	} catch (error) {
		throw asFileError(error, file) ?? error;
	}
}

interface MatrixItem {
	title: string;
	column: string;
	/** the right answer under a key */
	right: string | undefined;
	/** the code that becomes 0 in the byte */
	lowest: number;
}

interface ReadCodes {
	codes: Uint8Array;
	groups: (string | null)[];
	rows: number;
	/** per item: some cell is `BEYOND` */
	beyond: boolean[];
}

async function readCodes(
	scratch: Warehouse,
	file: DelimitedFile,
	items: readonly MatrixItem[],
	group: string | undefined,
): Promise<ReadCodes> {
	const width = items.length;
	const groups: (string | null)[] = [];
	const beyond = items.map(() => false);
	const pieces: Uint8Array[] = [];
	let rows = 0;
	await scratch.scan(
		`select ${[...items.map(byteOf), ...(group === undefined ? [] : [textCell(group)])].join(', ')}
		from (select ${[...items.map(cellValue), '*'].join(', ')} from ${cellsOfFile(file)})`,
		(vectors, count) => {
			const piece = new Uint8Array(count * width);
			for (let item = 0; item < width; item++) {
				const { items: values, validity } = vectors[item]!;
				if (!(values instanceof Uint8Array) || !validity) throw new Error('the engine gave no bytes');
				for (let row = 0, at = item; row < count; row++, at += width) {
					const code = validity.itemValid(row) ? values[row]! : NO_ANSWER;
					if (code === BEYOND) beyond[item] = true;
					piece[at] = code;
				}
			}
			for (let row = 0; row < count; row++)
				groups.push(group === undefined ? null : (vectors[width]!.getItem(row) as string | null));
			pieces.push(piece);
			rows += count;
		},
		file.path,
	);
	const codes = new Uint8Array(rows * width);
	let at = 0;
	for (const piece of pieces) {
		codes.set(piece, at);
		at += piece.length;
	}
	return { codes, groups, rows, beyond };
}

/** The cell as a number, null for what is none; a column of its own, so that each is read once. */
const cellValue = ({ column, right }: MatrixItem): string =>
	right === undefined ? `try_cast(${column} as double) as v${column}` : `${textCell(column)} as v${column}`;

/** The number as a byte from the lowest code on; under a key 1 for the right answer. */
function byteOf({ column, right, lowest }: MatrixItem): string {
	const value = `v${column}`;
	if (right !== undefined) return `(upper(${value}) = ${literal(right.trim().toUpperCase())})::utinyint`;
	return `case when ${value} between ${lowest} and ${lowest + SPAN} and ${value} = trunc(${value})
		then (${value} - ${lowest})::utinyint when ${textCell(column)} is not null then ${BEYOND}::utinyint end`;
}

/** The lowest code of each of these columns. Throws FileError for the first cell that is no code, or codes too far apart. */
async function lowestCodes(
	scratch: Warehouse,
	file: DelimitedFile,
	items: readonly MatrixItem[],
): Promise<number[]> {
	const wanted = items.map(({ column }) => {
		const cell = textCell(column);
		const value = `try_cast(${column} as double)`;
		const isBad = `filter (${cell} is not null and coalesce(${value} <> trunc(${value}) or abs(${value}) >= 2147483648, true))`;
		return `min(${value}), max(${value}), min(file_row) ${isBad}, arg_min(${column}, file_row) ${isBad}`;
	});
	const { columns } = await scratch.ask(`select ${wanted.join(', ')} from ${rowsOfFile(file)}`);
	const found = items.map(({ title }, item) => {
		const [low, high, row, value] = columns.slice(item * 4, item * 4 + 4).map(([cell]) => cell);
		return { title, low: Number(low), high: Number(high), row: row as number | null, value: String(value) };
	});
	const [bad] = found.filter(({ row }) => row !== null).toSorted((a, b) => a.row! - b.row!);
	if (bad) {
		const issue: CellIssue = {
			file: file.path,
			row: bad.row!,
			column: bad.title,
			code: 'not-a-number',
			value: bad.value,
		};
		throw new FileError('bad-cells', { file: file.path }, [issue]);
	}
	for (const { title, low, high } of found)
		if (high - low > SPAN)
			throw new FileError('too-many-values', { file: file.path, column: title, value: `${low}…${high}` });
	return found.map(({ low }) => low);
}

/** Codes from the lowest observed one of each item on, or turned round from the highest one on; 0 and 1 under a key. */
function fromLowest(codes: Uint8Array, items: readonly MatrixItem[], reverse: readonly string[]): void {
	const width = items.length;
	const low = new Uint8Array(width).fill(NO_ANSWER);
	const high = new Uint8Array(width);
	for (let start = 0; start < codes.length; start += width)
		for (let item = 0; item < width; item++) {
			const code = codes[start + item]!;
			if (code === NO_ANSWER) continue;
			if (code < low[item]!) low[item] = code;
			if (code > high[item]!) high[item] = code;
		}
	for (const [item, { title, right }] of items.entries()) {
		const [from, to] = right === undefined ? [low[item]!, high[item]!] : [0, 1];
		const turned = reverse.includes(title);
		if (from === 0 && !turned) continue;
		for (let at = item; at < codes.length; at += width)
			if (codes[at] !== NO_ANSWER) codes[at] = turned ? to - codes[at]! : codes[at]! - from;
	}
}

function chooseTitles(file: DelimitedFile, choice: MatrixChoice, keyed: string[] | undefined): string[] {
	const { person, group, items, skip = [], reverse = [] } = choice;
	const named = [...(keyed ?? []), ...(items ?? []), ...skip, ...reverse, person ?? [], group ?? []].flat();
	for (const column of named)
		if (!file.titles.includes(column))
			throw new FileError('column-missing', { file: file.path, row: 1, column });
	const left = new Set([
		...skip,
		...(person === undefined ? [] : [person]),
		...(group === undefined ? [] : [group]),
	]);
	return file.titles.filter(
		(title) =>
			title !== '' &&
			!left.has(title) &&
			(!items || items.includes(title)) &&
			(!keyed || keyed.includes(title)),
	);
}
