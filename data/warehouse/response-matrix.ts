import { readAnswerKey } from './answer-key.ts';
import { asFileError, type DelimitedFile, readTitles, rowsOfFile, textCell } from './delimited-file.ts';
import { type CellIssue, FileError } from './file-error.ts';
import { literal } from './sql-text.ts';
import { rowsOf, type Warehouse } from './warehouse.ts';

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

/** Answers by distinct pattern; shaped as the statistics of scales take them. */
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
const FIRST_CHARACTER = 33;
const LISTED_ISSUES = 20;

/**
 * Reads a matrix of responses. The engine reads the file, turns each row into a text of one character per item and counts
 * equal ones, so that neither the file nor its persons ever stand in this process one by one.
 * Throws FileError: `column-missing`, `bad-cells` (a code that is no whole number), `too-many-values` (a column of names or amounts).
 */
export async function readResponseMatrix(scratch: Warehouse, choice: MatrixChoice): Promise<ResponseMatrix> {
	const file = await readTitles(choice.data);
	const key = choice.key === undefined ? undefined : await readAnswerKey(scratch, choice.key);
	const titles = chooseTitles(file, choice, key && [...key.keys()]);
	const column = (title: string): string => textCell(`c${file.titles.indexOf(title)}`);
	try {
		const ranges = key ? titles.map(() => ({ low: 0, high: 1 })) : await readRanges(scratch, file, titles);
		const characters = titles.map((title, index) => {
			const { low, high } = ranges[index]!;
			const code = key
				? `(upper(${column(title)}) = upper(${literal(key.get(title)!.trim())}))::integer`
				: wholeNumber(column(title));
			const turned = choice.reverse?.includes(title) ? `${high} - ${code}` : `${code} - ${low}`;
			return `chr(coalesce(${FIRST_CHARACTER + 1} + ${turned}, ${FIRST_CHARACTER})::integer)`;
		});
		const found = await scratch.ask(`
			select pattern, group_value, count(*) as persons
			from (
				select ${characters.length > 0 ? characters.join(' || ') : "''"} as pattern,
					${choice.group === undefined ? 'null::varchar' : column(choice.group)} as group_value
				from ${rowsOfFile(file)}
			)
			group by all order by all`);
		const [patterns, groups, persons] = found.columns as [string[], (string | null)[], number[]];
		return {
			titles,
			items: titles.length,
			codes: decode(patterns, titles.length),
			counts: Float64Array.from(persons),
			groups,
		};
	} catch (error) {
		throw asFileError(error, file) ?? error;
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

/** A text as a whole number; null for anything else, `1.5` too, which the engine would round. */
const wholeNumber = (cell: string): string =>
	`case when try_cast(${cell} as double) = try_cast(${cell} as integer) then try_cast(${cell} as integer) end`;

async function readRanges(
	scratch: Warehouse,
	file: DelimitedFile,
	titles: readonly string[],
): Promise<{ low: number; high: number }[]> {
	if (titles.length === 0) return [];
	const columns = titles.map((title) => `c${file.titles.indexOf(title)}`);
	const found = await scratch.ask(`
		select ${columns
			.map((c) => {
				const code = wholeNumber(textCell(c));
				return `min(${code}), max(${code}), count(${textCell(c)}) - count(${code})`;
			})
			.join(', ')}
		from ${rowsOfFile(file)}`);
	const value = (index: number): number => Number(found.columns[index]?.[0] ?? 0);
	const bad = columns.filter((_, j) => value(3 * j + 2) > 0);
	if (bad.length > 0) throw await badCells(scratch, file, bad);
	return columns.map((_, j) => {
		const [low, high] = [value(3 * j), value(3 * j + 1)];
		if (high - low > SPAN)
			throw new FileError('too-many-values', {
				file: file.path,
				column: titles[j]!,
				value: `${low}…${high}`,
			});
		return { low, high };
	});
}

async function badCells(
	scratch: Warehouse,
	file: DelimitedFile,
	columns: readonly string[],
): Promise<FileError> {
	const issues: CellIssue[] = [];
	for (const column of columns.slice(0, LISTED_ISSUES)) {
		const cell = textCell(column);
		const [first] = rowsOf<{ file_row: number; value: string }>(
			await scratch.ask(`
				select file_row, ${cell} as value from ${rowsOfFile(file)}
				where ${cell} is not null and ${wholeNumber(cell)} is null order by file_row limit 1`),
		);
		if (!first) continue;
		const title = file.titles[Number(column.slice(1))]!;
		issues.push({
			file: file.path,
			row: first.file_row,
			column: title,
			code: 'not-a-number',
			value: first.value,
		});
	}
	return new FileError('bad-cells', { file: file.path }, issues);
}

function decode(patterns: readonly string[], width: number): Uint8Array {
	const codes = new Uint8Array(patterns.length * width);
	let at = 0;
	// A missing answer is one below code 0: in eight bits that is 255, the statistics' sign for it.
	for (const pattern of patterns)
		for (let j = 0; j < width; j++) codes[at++] = pattern.charCodeAt(j) - FIRST_CHARACTER - 1;
	return codes;
}
