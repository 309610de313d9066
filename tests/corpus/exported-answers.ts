import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { exportData } from '#server/commands/export.ts';
import type { Answers } from './form-oracle.ts';

/** One exported response with its codebook, as another program reads the files. */
export interface Exported {
	row: Record<string, string>;
	/** what kind of value a column holds, and whether its words are withheld */
	columns: Map<string, { kind: string; isWithheld: boolean }>;
}

/** Runs the command that hands responses out, beside the running server, and reads what it wrote. @throws with its words */
export async function exportResponse(folder: string, instrument: string): Promise<Exported> {
	const place = mkdtempSync(join(tmpdir(), 'opora-export-'));
	const said: string[] = [];
	try {
		const to = join(place, 'responses.csv');
		const code = await exportData.run({
			words: ['responses', '--format', 'csv', '--to', to, '--instrument', instrument],
			environment: { ...process.env, OPORA_DATA: folder, INIT_CWD: undefined },
			language: 'en',
			print: (text) => said.push(text),
			tell: (text) => said.push(text),
			showProgress: () => undefined,
		});
		const rows = read(to);
		if (code !== 0 || rows.length !== 1) throw new Error(`${rows.length} responses: ${said.join(' ')}`);
		const columns = new Map<string, { kind: string; isWithheld: boolean }>();
		for (const { column = '', kind = '', missing_en = '' } of read(join(place, 'responses.codebook.csv')))
			columns.set(column, { kind, isWithheld: missing_en.startsWith('withheld') });
		return { row: rows[0]!, columns };
	} finally {
		rmSync(place, { recursive: true, force: true });
	}
}

const read = (path: string): Record<string, string>[] =>
	parse(readFileSync(path, 'utf8'), { columns: true, bom: true });

/** Every value of the kept answers that the export does not hold under its column; words of few people are withheld. */
export function compareExported(
	stored: Answers,
	{ row, columns }: Exported,
): { withheld: number; faults: string[] } {
	const faults: string[] = [];
	let withheld = 0;
	for (const [name, value] of Object.entries(stored).flatMap(([key, each]) =>
		flatten([key], each, columns),
	)) {
		const column = columns.get(name);
		if (!column) faults.push(`no column ${name}`);
		else if (column.isWithheld && row[name] === '') withheld += 1;
		else if (row[name] !== value) faults.push(`${name}: kept ${value}, exported ${row[name]}`);
	}
	return { withheld, faults };
}

/** Cells that a value must fill: its own, one for each choice of several, each place of an order, each field of each row. */
function flatten(path: readonly string[], value: unknown, columns: Exported['columns']): [string, string][] {
	const name = path.join('__');
	if (Array.isArray(value)) {
		if (value.some((each) => typeof each === 'object' && each !== null)) {
			const names = value.map((each) => String((each as { name?: unknown }).name ?? ''));
			if (columns.get(name)?.kind === 'files') return [[name, names.join('; ')]];
			return value.flatMap((each, index) => flatten([...path, String(index)], each, columns));
		}
		if (columns.has(name)) return [[name, JSON.stringify(value)]];
		return value.map((each, index) => {
			const cell = `${name}__${each}`;
			return [cell, columns.get(cell)?.kind === 'order' ? String(index + 1) : '1'];
		});
	}
	// a value that a form reckons may come out as none
	if (typeof value !== 'object' || value === null) return [[name, String(value ?? '')]];
	return Object.entries(value).flatMap(([key, each]) => flatten([...path, key], each, columns));
}
