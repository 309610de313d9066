import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { latestSeq } from '#data/records/changes.ts';
import { openRecords } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';

/** What a server's folder holds of the one response to a form: its record, its place in the warehouse, its export. */

const launcher = fileURLToPath(new URL('../../server/launch.ts', import.meta.url));

/** @throws when nobody has sent this form */
export async function storedAnswers(folder: string, form: string): Promise<Record<string, unknown>> {
	const records = await openRecords({ folder });
	try {
		const { answers } = await records.db
			.selectFrom('response')
			.select('answers')
			.where('instrument', '=', form)
			.executeTakeFirstOrThrow();
		return JSON.parse(answers);
	} finally {
		await records.close();
	}
}

/** Closed answers by item, as the form's wide table holds them, and open ones as rows of their own. */
export interface Landed {
	closed: Record<string, unknown>;
	open: readonly unknown[];
}

/** Builds a warehouse of the folder's records and reads each of these forms in it. */
export async function landedAnswers(
	folder: string,
	forms: readonly string[],
): Promise<Record<string, Landed>> {
	const records = await openRecords({ folder });
	const warehouse = await openWarehouse({ path: ':memory:' });
	const failures: unknown[] = [];
	const projector = startProjector(records, warehouse, { onError: (error) => failures.push(error) });
	try {
		await projector.waitFor(await latestSeq(records));
		const landed: Record<string, Landed> = {};
		for (const form of forms) {
			const ask = async (sql: string, values = {}) => rowsOf(await warehouse.ask(sql, values));
			const fields = await ask(
				'select item, value_column from instrument_field where instrument = $form and value_column is not null',
				{ form },
			);
			const [row] = await ask(`select * from answer_${form}_v1`);
			const open = await ask(
				`select item, value from open_answer where response_key = $key order by item, value`,
				{ key: row?.response_key },
			);
			landed[form] = {
				closed: Object.fromEntries(
					fields.map(({ item, value_column: column }) => [String(item), row?.[String(column)]]),
				),
				open: open.map(({ item, value }) => `${item}: ${value}`),
			};
		}
		if (failures.length > 0) throw failures[0];
		return landed;
	} finally {
		await projector.stop();
		await warehouse.close();
		await records.close();
	}
}

type Line = Record<string, string>;

/** The form's only line in the CSV that `export responses` writes, and the codebook that comes with it. */
export function exportOf(folder: string, form: string): { row: Line; codebook: Line[] } {
	const file = join(folder, `${form}.csv`);
	const words = ['export', 'responses', '--format', 'csv', '--to', file, '--instrument', form];
	const run = spawnSync(process.execPath, [launcher, ...words], {
		env: { ...process.env, OPORA_DATA: folder },
		encoding: 'utf8',
	});
	if (run.status !== 0) throw new Error(run.stderr);
	const read = (path: string): Line[] => parse(readFileSync(path, 'utf8'), { columns: true, bom: true });
	const rows = read(file);
	if (rows.length !== 1) throw new Error(`${rows.length} lines instead of one`);
	return { row: rows[0]!, codebook: read(file.replace('.csv', '.codebook.csv')) };
}
