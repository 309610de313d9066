import { readAnswerKey } from './answer-key.ts';
import { asFileError, readTitles, rowsOfFile, textCell } from './delimited-file.ts';
import { FileError } from './file-error.ts';
import type { Warehouse } from './warehouse.ts';

/** Raw answers of a test as options, item by item. */
export interface OptionTable {
	items: string[];
	/** `[item][person]` = option, −1 = none */
	answers: Int8Array[];
	/** options of each item: the right one, and all that were chosen */
	options: number[];
	right: number[];
	/** a name for each person: the cell of the column, or the row of the file */
	persons: string[];
	groups: (string | null)[];
}

/** A column with more different answers holds something else than options. */
const MOST_OPTIONS = 12;

/**
 * Reads raw answers (a person per row, an item per column, a letter or digit per cell, empty = no answer) by the key, whose
 * items are the columns read. «а» and «А» are one answer. Throws FileError: `column-missing`, `too-many-values`.
 */
export async function readOptionTable(
	scratch: Warehouse,
	choice: { data: string; key: string; person?: string; group?: string },
): Promise<OptionTable> {
	const file = await readTitles(choice.data);
	const key = await readAnswerKey(scratch, choice.key);
	const named = [choice.person, choice.group].filter((title) => title !== undefined);
	for (const column of [...key.keys(), ...named])
		if (!file.titles.includes(column))
			throw new FileError('column-missing', { file: file.path, row: 1, column });
	const cell = (title: string | undefined): string =>
		title === undefined ? 'null::varchar' : textCell(`c${file.titles.indexOf(title)}`);
	const items = [...key.keys()];
	const sql = `select file_row, ${cell(choice.person)} as person, ${cell(choice.group)} as grouping,
		[${items.map((item) => `upper(${cell(item)})`).join(', ')}] as cells from ${rowsOfFile(file)} order by file_row`;
	const { columns } = await scratch.write(async (writer) => {
		try {
			return await writer.read(sql);
		} catch (error) {
			throw asFileError(error, file) ?? error;
		}
	});
	const cells = columns[3] as (string | null)[][];
	const table: OptionTable = {
		...{ items, answers: [], options: [], right: [] },
		persons: (columns[1] as (string | null)[]).map(
			(name, index) => name ?? String((columns[0] as number[])[index]),
		),
		groups: (columns[2] as (string | null)[]).map((name) => (choice.group === undefined ? '' : name)),
	};
	for (const [place, item] of items.entries()) {
		const options = new Map([[key.get(item)!.trim().toUpperCase(), 0]]);
		const answers = new Int8Array(cells.length).fill(-1);
		for (const [person, row] of cells.entries()) {
			const answer = row[place];
			if (answer === null || answer === undefined) continue;
			const option = options.get(answer) ?? options.size;
			options.set(answer, option);
			if (options.size > MOST_OPTIONS)
				throw new FileError('too-many-values', { file: file.path, column: item, value: answer });
			answers[person] = option;
		}
		table.answers.push(answers);
		table.options.push(options.size);
		table.right.push(0);
	}
	return table;
}
