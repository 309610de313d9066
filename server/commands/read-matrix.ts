import { FileError } from '#data/warehouse/file-error.ts';
import {
	type MatrixChoice,
	type ResponseMatrix,
	readResponseMatrix,
} from '#data/warehouse/response-matrix.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';

/** What the person typed about a matrix of responses. */
export interface MatrixOptions {
	data?: string;
	key?: string;
	person?: string;
	group?: string;
	items?: string;
	skip?: string;
	reverse?: string;
	json?: boolean;
}

/** Reads the matrix of `--data` without a data folder. Throws UsageError, FileError, or Refusal with the remedy. */
export async function readMatrix(terminal: Terminal, options: MatrixOptions): Promise<ResponseMatrix> {
	const { data, key, person, group, items, skip, reverse } = options;
	if (!data) throw new UsageError(say(terminal, 'matrix-needed'));
	if (items !== undefined && skip !== undefined) throw new UsageError(say(terminal, 'items-or-skip'));
	const choice: MatrixChoice = {
		data: pathFrom(terminal, data),
		...(key !== undefined && { key: pathFrom(terminal, key) }),
		...(person !== undefined && { person }),
		...(group !== undefined && { group }),
		...(items !== undefined && { items: listOf(items) }),
		...(skip !== undefined && { skip: listOf(skip) }),
		...(reverse !== undefined && { reverse: listOf(reverse) }),
	};
	terminal.showProgress({ stage: 'reading', share: 0 });
	const scratch = await openScratch();
	try {
		return await readResponseMatrix(scratch, choice);
	} catch (error) {
		terminal.showProgress(null);
		if (!(error instanceof FileError) || !['bad-cells', 'too-many-values'].includes(error.code)) throw error;
		throw new Refusal(`${error.message}\n${say(terminal, 'matrix-remedy')}`);
	} finally {
		await scratch.close();
	}
}

const listOf = (text: string): string[] =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
