import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAudit } from '#data/records/audit.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { exportData } from '#server/commands/export.ts';
import { answersToEveryType, everyTypeVersion } from '../../support/every-type.ts';
import { campaign, participant, put, putTown, response } from '../../support/warehouse.ts';

const here = mkdtempSync(join(tmpdir(), 'opora-export-'));
const answers = Array.from({ length: 12 }, (_, index) => answersToEveryType(index + 1));
const code = (index: number): string => `AAAA${String(index).padStart(4, '0')}`;
let records: Records;

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
	const outcome = { code: 0, out: '', err: '' };
	const environment = { OPORA_DATA: here, INIT_CWD: here };
	const terminal = {
		words,
		environment,
		language: 'ru' as const,
		print: (text: string) => {
			outcome.out += text;
		},
		showProgress: () => undefined,
		tell: (text: string) => {
			outcome.err += `${text}\n`;
		},
	};
	outcome.code = await exportData.run(terminal);
	return outcome;
}

beforeAll(async () => {
	records = await openRecords({ folder: here });
	await putTown(records);
	const consent = (index: number, declined: boolean) => ({
		participant_code: code(index),
		purpose: 'diagnostic',
		version: '1',
		given_at: '2026-02-01T00:00:00.000Z',
		declined_at: declined ? '2026-02-20T00:00:00.000Z' : null,
	});
	await put(
		records,
		{
			instrument_version: [everyTypeVersion],
			campaign: [
				campaign('C1', 'M1', 'released'),
				{ ...campaign('C2', 'M1', 'released'), mode: 'anonymous' },
			],
			campaign_instrument: ['C1', 'C2'].map((campaign_id) => ({
				campaign_id,
				instrument: 'every-type',
				version: 1,
				position: 1,
			})),
			participant: answers.map((_, index) => participant(code(index), index < 11 ? 'C1' : 'C2', 'S1')),
			consent: answers.map((_, index) => consent(index, index === 0)),
			response: answers.map((given, index) =>
				response(
					`r${String(index).padStart(2, '0')}`,
					index < 11 ? 'C1' : 'C2',
					code(index),
					given,
					'every-type',
				),
			),
		},
		[],
	);
});
afterAll(async () => {
	await records.close();
	rmSync(here, { recursive: true, force: true });
});

it('writes text with a codebook: consent respected, codes only where there are any, an act in the log', async () => {
	const done = await run('responses', '--format', 'csv', '--to', 'out.csv', '--by', 'Иванова', '--json');
	expect(JSON.parse(done.out)).toMatchObject({ instrument: 'every-type', version: 1, responses: 11 });
	const rows = parse(readFileSync(join(here, 'out.csv')), { bom: true, columns: true }) as Record<
		string,
		string
	>[];
	expect(rows).toHaveLength(11);
	expect(rows.map(({ participant_code }) => participant_code)).not.toContain(code(0));
	const last = rows.find(({ campaign: id }) => id === 'C2');
	expect(last?.participant_code).toBe('');
	expect(Object.keys(rows[0] ?? {}).some((name) => /school/.test(name))).toBe(false);
	const second = rows.find(({ participant_code }) => participant_code === code(1));
	expect(Number(second?.slider)).toBe(answers[1]?.slider);
	expect(second?.checkbox__a).toBe(String(Number(JSON.stringify(answers[1]?.checkbox).includes('"a"'))));
	const codebook = parse(readFileSync(join(here, 'out.codebook.csv')), {
		bom: true,
		columns: true,
	}) as Record<string, string>[];
	expect(new Set(codebook.map(({ column }) => column))).toEqual(new Set(Object.keys(rows[0] ?? {})));
	expect(codebook.filter(({ column }) => column === 'boolean').map(({ label_ru }) => label_ru)).toEqual([
		'Да',
		'Нет',
	]);
	const [act] = await listAudit(records.db, { action: 'export-responses', limit: 1 });
	expect(act).toMatchObject({ who: 'Иванова', object: 'instrument/every-type@1' });
	expect(act?.purpose).toMatch(/participant codes; csv.*responses 11.*fields: participant_code/);
});

it('withholds texts that fewer than ten people wrote, and says so', async () => {
	const done = await run('responses', '--format', 'csv', '--to', 'few.csv', '--campaign', 'C2', '--json');
	expect(JSON.parse(done.out).withheld).toBeGreaterThan(5);
	const [row] = parse(readFileSync(join(here, 'few.csv')), { bom: true, columns: true }) as Record<
		string,
		string
	>[];
	expect(row).toMatchObject({ comment: '', text: '', matrixdynamic__0__title: '' });
	expect(row?.rating).not.toBe('');
	expect(done.err).toContain('comment');
});

it('writes a workbook of two sheets, and Parquet with types', async () => {
	await run('responses', '--format', 'xlsx', '--to', 'out.xlsx');
	const sheets = await readXlsx(join(here, 'out.xlsx'));
	expect(sheets.map(({ sheet }) => sheet)).toEqual(['responses', 'codebook']);
	expect(sheets[0]?.data).toHaveLength(12);
	await run('responses', '--format', 'parquet', '--to', 'out.parquet');
	const scratch = await openScratch();
	const read = await scratch.ask(`select rating, comment from '${join(here, 'out.parquet')}' order by all`);
	expect(read.types).toEqual(['double', 'varchar']);
	expect(rowsOf(read)).toHaveLength(11);
	await scratch.close();
});

it('refuses what it cannot do, in words', async () => {
	await expect(run('responses', '--format', 'sav', '--to', 'x.sav')).rejects.toThrow(/SPSS/);
	await expect(run('responses', '--format', 'doc', '--to', 'x')).rejects.toThrow('doc');
	await expect(run('people', '--format', 'csv', '--to', 'x')).rejects.toThrow('people');
	await expect(run('responses', '--format', 'csv')).rejects.toThrow('--to');
	await expect(run('responses', '--format', 'csv', '--to', 'x', '--instrument', 'other')).rejects.toThrow(
		'every-type@1',
	);
});
