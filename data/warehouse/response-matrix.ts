import { readAnswerKey } from './answer-key.ts';
import { asFileError, type DelimitedFile, readTitles, rowsOfFile, textCell } from './delimited-file.ts';
import { type CellIssue, FileError } from './file-error.ts';
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
/** Stands between cells where no text of a file does. */
const SEPARATOR = 31;
const SEPARATOR_TEXT = String.fromCharCode(SEPARATOR);

/**
 * Reads a matrix of responses. The engine reads the file and joins the cells of each person into one text, in the order of
 * the file; the texts become codes in one array of bytes. Throws FileError: `column-missing`, `bad-cells` (a code that
 * is no whole number), `too-many-values` (a column of names or amounts).
 */
export async function readResponseMatrix(scratch: Warehouse, choice: MatrixChoice): Promise<ResponseMatrix> {
	const file = await readTitles(choice.data);
	const key = choice.key === undefined ? undefined : await readAnswerKey(scratch, choice.key);
	const titles = chooseTitles(file, choice, key && [...key.keys()]);
	const column = (title: string): string => `c${file.titles.indexOf(title)}`;
	const cells = titles.map((title) => `, coalesce(${column(title)}, '')`);
	const group = choice.group === undefined ? 'null::varchar' : textCell(column(choice.group));
	let texts: string[];
	let groups: (string | null)[];
	try {
		const found = await scratch.ask(`
			select concat_ws(chr(${SEPARATOR})${cells.join('')}, '') as answers, ${group} as group_value
			from ${rowsOfFile(file)}`);
		[texts, groups] = found.columns as [string[], (string | null)[]];
	} catch (error) {
		throw asFileError(error, file) ?? error;
	}
	const readers = titles.map((title) => codesOf(key?.get(title)));
	const raw = decode(texts, readers, (row, item, value) => {
		const issue: CellIssue = {
			file: file.path,
			row: row + 2,
			column: titles[item]!,
			code: 'not-a-number',
			value,
		};
		return new FileError('bad-cells', { file: file.path }, [issue]);
	});
	const codes = fromLowest(raw, titles, choice, key !== undefined);
	return { titles, items: titles.length, codes, counts: new Float64Array(texts.length).fill(1), groups };
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

/** A reader of one item's cells: null for no answer, undefined for what is no code. Each text is read once. */
function codesOf(right: string | undefined): (text: string) => number | null | undefined {
	const known = new Map<string, number | null>();
	const wanted = right?.trim().toUpperCase();
	return (text) => {
		const before = known.get(text);
		if (before !== undefined) return before;
		const cell = text.trim();
		const code =
			cell === '' || cell === 'NA'
				? null
				: wanted === undefined
					? Number(cell)
					: Number(cell.toUpperCase() === wanted);
		if (code !== null && !(Number.isInteger(code) && Math.abs(code) < 2 ** 31)) return undefined;
		// A column of names or amounts would fill the memory with texts that are never met again.
		if (known.size < 1000) known.set(text, code);
		return code;
	};
}

const NO_ANSWER = -(2 ** 31);

function decode(
	texts: readonly string[],
	readers: readonly ReturnType<typeof codesOf>[],
	fault: (row: number, item: number, value: string) => FileError,
): Int32Array {
	const raw = new Int32Array(texts.length * readers.length);
	let at = 0;
	for (const [row, text] of texts.entries()) {
		let start = 0;
		for (const [item, read] of readers.entries()) {
			const end = text.indexOf(SEPARATOR_TEXT, start);
			const cell = text.slice(start, end);
			const code = read(cell);
			if (code === undefined) throw fault(row, item, cell);
			raw[at++] = code ?? NO_ANSWER;
			start = end + 1;
		}
	}
	return raw;
}

/** Codes from the lowest observed one of each item on; turned round from the highest one on. */
function fromLowest(
	raw: Int32Array,
	titles: readonly string[],
	{ data, reverse = [] }: MatrixChoice,
	scored: boolean,
): Uint8Array {
	const width = titles.length;
	const codes = new Uint8Array(raw.length).fill(255);
	for (const [item, title] of titles.entries()) {
		let [low, high] = scored ? [0, 1] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
		if (!scored)
			for (let at = item; at < raw.length; at += width) {
				if (raw[at] === NO_ANSWER) continue;
				low = Math.min(low, raw[at]!);
				high = Math.max(high, raw[at]!);
			}
		if (high - low > SPAN)
			throw new FileError('too-many-values', { file: data, column: title, value: `${low}…${high}` });
		const turned = reverse.includes(title);
		for (let at = item; at < raw.length; at += width)
			if (raw[at] !== NO_ANSWER) codes[at] = turned ? high - raw[at]! : raw[at]! - low;
	}
	return codes;
}
