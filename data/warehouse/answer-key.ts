import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { rowsOf } from './columns.ts';
import { readTitles, rowsOfFile, textCell } from './delimited-file.ts';
import { FileError } from './file-error.ts';
import type { Warehouse } from './warehouse.ts';

const key = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

/** Reads the right answers of items: JSON `{ item: code }` or a delimited file `item,key`. Throws FileError. */
export async function readAnswerKey(scratch: Warehouse, path: string): Promise<Map<string, string>> {
	if (path.toLowerCase().endsWith('.json')) return new Map(Object.entries(readJson(path)));
	const file = await readTitles(path, (name) => name.toLowerCase());
	for (const column of ['item', 'key'])
		if (!file.titles.includes(column)) throw new FileError('column-missing', { file: path, row: 1, column });
	const cell = (title: string): string => textCell(`c${file.titles.indexOf(title)}`);
	const rows = rowsOf<{ item: string | null; key: string | null }>(
		await scratch.ask(`select ${cell('item')} as item, ${cell('key')} as key from ${rowsOfFile(file)}`),
	);
	return new Map(rows.flatMap((row) => (row.item === null || row.key === null ? [] : [[row.item, row.key]])));
}

function readJson(path: string): Record<string, string> {
	let value: unknown;
	try {
		value = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new FileError('not-json', { file: path, value: error instanceof Error ? error.message : '' });
	}
	const parsed = key.safeParse(value);
	if (!parsed.success) throw new FileError('wrong-shape', { file: path, value: '{ item: code }' });
	return parsed.data;
}
