import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rowsOf } from '#data/warehouse/columns.ts';
import { FileError, type LoadedResults, loadResults } from '#data/warehouse/scratch.ts';
import { openScratch, type Warehouse } from '#data/warehouse/warehouse.ts';
import { sharedData } from '../../support/shared-data.ts';

const procedures = [
	{
		...{ id: 'm4', kind: 'vpr', year: 2025, grade: 4, subject: 'математика', max_score: 20 },
		...{ cutoffs: { '3': 6, '4': 10, '5': 15 }, fail_below: null },
		items: [
			{ id: '1', max: 1 },
			{ id: '5.1', max: 2 },
		],
	},
	{
		...{ id: 'e11', kind: 'ege', year: 2025, grade: 11, subject: 'русский язык', max_score: 100 },
		...{ cutoffs: null, fail_below: 24, items: [] },
	},
];

interface Contents {
	results: string | Buffer;
	name?: string;
	procedures?: unknown;
	schools?: string;
}

async function load(
	contents: Contents,
): Promise<{ scratch: Warehouse; loaded: LoadedResults; folder: string }> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-scratch-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const files = {
		results: join(folder, contents.name ?? 'results.csv'),
		procedures: join(folder, 'procedures.json'),
	};
	writeFileSync(files.results, contents.results);
	writeFileSync(files.procedures, JSON.stringify(contents.procedures ?? procedures));
	const schools = contents.schools === undefined ? undefined : join(folder, 'schools.csv');
	if (schools) writeFileSync(schools, contents.schools!);
	const scratch = await openScratch();
	onTestFinished(() => scratch.close());
	return {
		scratch,
		loaded: await loadResults(scratch, { ...files, ...(schools ? { schools } : {}) }),
		folder,
	};
}

async function rows(scratch: Warehouse, columns: string) {
	return rowsOf(
		await scratch.ask(`select ${columns} from results_visible_to(['region/files']) order by row_number`),
	);
}

async function refusal(contents: Contents): Promise<FileError> {
	const error = await load(contents).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(FileError);
	return error as FileError;
}

const TABLE = [
	[
		'school',
		'municipality',
		'procedure',
		'class',
		'score',
		'mark',
		'journal_mark',
		'variant',
		'item_1',
		'item_5.1',
	],
	['S1', 'M1', 'm4', '4а', '5', '', '3', '1', '1', '2'],
	['S1', 'M1', 'm4', '4а', '15', '4', 'нет отметки', '2', 'X', '0'],
	['S1', 'M1', 'm4', '4а', '21', '', '', '1', 'NA', '1'],
	['S2', 'M1', 'm4', '4б', '', '', '', 'отсутствовал', '', ''],
	['S2', 'M1', 'e11', '', '23', '', '', '', '', ''],
	['S2', 'M1', 'e11', '', '23', '', '', '', '', ''],
];
const asText = (delimiter: string, end = '\n'): string =>
	TABLE.map((cells) => cells.join(delimiter)).join(end) + end;

describe('files of results', () => {
	it('become the rows that modules read: absent, derived, disagreeing, above the maximum, doubled', async () => {
		const { scratch, loaded } = await load({ results: asText(',') });
		expect(loaded).toEqual({
			rows: 6,
			schools: 2,
			notes: [
				{ code: 'above-max', count: 1 },
				{ code: 'mark-disagrees', count: 1 },
				{ code: 'item-not-a-number', count: 1 },
				{ code: 'journal-mark-unknown', count: 1 },
			],
			places: ['region/files'],
		});
		expect(
			await rows(
				scratch,
				'row_number, school_id, score, mark, given_mark, journal_mark, fail, above_max, counted, items',
			),
		).toEqual([
			{
				...{
					row_number: 2,
					school_id: 'S1',
					score: 5,
					mark: 2,
					given_mark: null,
					journal_mark: 3,
					fail: true,
				},
				...{ above_max: false, counted: true, items: [1, 2] },
			},
			{
				...{
					row_number: 3,
					school_id: 'S1',
					score: 15,
					mark: 4,
					given_mark: 4,
					journal_mark: null,
					fail: false,
				},
				...{ above_max: false, counted: true, items: [null, 0] },
			},
			{
				...{
					row_number: 4,
					school_id: 'S1',
					score: 21,
					mark: 5,
					given_mark: null,
					journal_mark: null,
					fail: false,
				},
				...{ above_max: true, counted: true, items: [null, 1] },
			},
			{
				...{
					row_number: 5,
					school_id: 'S2',
					score: null,
					mark: null,
					given_mark: null,
					journal_mark: null,
					fail: null,
				},
				...{ above_max: false, counted: false, items: [null, null] },
			},
			...[6, 7].map((row_number) => ({
				...{
					row_number,
					school_id: 'S2',
					score: 23,
					mark: null,
					given_mark: null,
					journal_mark: null,
					fail: true,
				},
				...{ above_max: false, counted: false, items: null },
			})),
		]);
	});

	it.each([
		['semicolons', 'results.csv', asText(';')],
		['tabs', 'results.tsv', asText('\t')],
		['a byte order mark', 'results.csv', `\uFEFF${asText(',')}`],
		['line ends of Windows', 'results.csv', asText(',', '\r\n')],
		['quotes', 'results.csv', asText(',').replaceAll('S1', '"S1"').replace('4б', '"4,""б"')],
		['gzip', 'results.csv.gz', gzipSync(asText(';'))],
	])('are read with %s', async (_, name, results) => {
		const { scratch, loaded } = await load({ results, name });
		expect(loaded).toMatchObject({ rows: 6, schools: 2 });
		expect(await rows(scratch, 'score')).toEqual([5, 15, 21, null, 23, 23].map((score) => ({ score })));
	});

	it('may leave out every optional column; without variants each score counts', async () => {
		const { scratch } = await load({ results: 'School;procedure;SCORE\nS1;m4;7,5\nS1;m4;NA\n' });
		expect(await rows(scratch, 'score, counted, variant, items')).toEqual([
			{ score: 7.5, counted: true, variant: null, items: null },
			{ score: null, counted: false, variant: null, items: null },
		]);
	});

	it('tell which subjects a school teaches in depth only when a file says so', async () => {
		const results = 'school,procedure,score\nS1,m4,7\nS2,m4,8\nS3,m4,9\n';
		const type = `select school_id, advanced_subjects from schools_visible_to(['region/files']) order by school_id`;
		const without = await load({ results });
		expect(rowsOf(await without.scratch.ask(type)).map(({ advanced_subjects }) => advanced_subjects)).toEqual(
			[null, null, null],
		);
		const known = await load({ results, schools: 'school,advanced_subjects\nS1,математика; физика\nS2,\n' });
		expect(rowsOf(await known.scratch.ask(type))).toEqual([
			{ school_id: 'S1', advanced_subjects: ['математика', 'физика'] },
			{ school_id: 'S2', advanced_subjects: [] },
			{ school_id: 'S3', advanced_subjects: null },
		]);
	});

	it('are refused with file, row and column of the cells that cannot be taken', async () => {
		const error = await refusal({
			results: 'school,procedure,score,mark\nS1,m4,7,\n,m4,x,\nS1,unknown,-1,6\nS1,m4,nan,\n',
		});
		expect(error).toMatchObject({ code: 'bad-cells', total: 6 });
		expect(error.issues.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
			[3, 'school', 'required', null],
			[3, 'score', 'not-a-number', 'x'],
			[4, 'mark', 'not-a-mark', '6'],
			[4, 'procedure', 'unknown-procedure', 'unknown'],
			[4, 'score', 'negative', '-1'],
			[5, 'score', 'not-a-number', 'nan'],
		]);
		expect(error.message).toMatch(/results\.csv, row 3, column school: required, 6 in all$/);
	});

	it.each<[string, string, Contents]>([
		['a missing column', 'column-missing', { results: 'school,score\nS1,5\n' }],
		['a column that stands twice', 'column-twice', { results: 'school,procedure,score,Score\nS1,m4,5,6\n' }],
		['a row of another length', 'wrong-columns', { results: 'school,procedure,score\nS1,m4,5\nS1,m4\n' }],
		['an empty file', 'empty-file', { results: '' }],
		[
			'bytes that are not UTF-8',
			'not-utf8',
			{ results: Buffer.from('school,procedure,score\n\xd8\xea,m4,5\n', 'latin1') },
		],
		['procedures of another shape', 'wrong-shape', { results: asText(','), procedures: [{ id: 'm4' }] }],
		[
			'a procedure that stands twice',
			'bad-cells',
			{ results: asText(','), procedures: [...procedures, procedures[0]] },
		],
		[
			'a school that stands twice',
			'bad-cells',
			{ results: asText(','), schools: 'school,advanced_subjects\nS1,\nS1,x\n' },
		],
	])('are refused for %s', async (_, code, contents) => {
		expect((await refusal(contents)).code).toBe(code);
	});

	it('of 100,000 rows keep their order and load quickly', async () => {
		const lines = Array.from({ length: 100_000 }, (_, index) => `S${index % 400},M1,m4,${index % 21},1,2`);
		const results = `school,municipality,procedure,score,item_1,item_5.1\n${lines.join('\n')}\n`;
		const began = performance.now();
		const { scratch, loaded } = await load({ results });
		expect(performance.now() - began).toBeLessThan(10_000);
		expect(loaded.rows).toBe(100_000);
		const misplaced = await scratch.ask(
			`select row_number from pupil_result where score <> (row_number - 2) % 21 or school_id <> 'S' || ((row_number - 2) % 400)`,
		);
		expect(misplaced.length).toBe(0);
	});
});

const vpr = sharedData('vpr/vpr2020_g4_math.csv.gz');

describe.skipIf(!vpr)('the results of a whole region', () => {
	it('give the counted rows, mean and spread of the reference', async () => {
		const reference = JSON.parse(readFileSync(join(vpr!, '../reference.json'), 'utf8')) as {
			exams: Record<
				string,
				{ records_with_total_and_variant: number; schools: number; region: { mean: number; sd: number } }
			>;
		};
		const expected = reference.exams.vpr2020_g4_math!;
		const [header, ...lines] = gunzipSync(readFileSync(vpr!)).toString('utf8').trimEnd().split('\n');
		const titles = `procedure,${header!
			.replace('total', 'score')
			.replace('prev_mark', 'journal_mark')
			.replaceAll(/,i(\d\d)/g, ',item_$1')}`;
		const { scratch } = await load({ results: [titles, ...lines.map((line) => `m4,${line}`)].join('\n') });
		const [region] = rowsOf<{ n: number; schools: number; mean: number; sd: number }>(
			await scratch.ask(`
				select count(*)::integer as n, count(distinct school_id)::integer as schools, avg(score) as mean, stddev_samp(score) as sd
				from results_visible_to(['region/files']) where counted`),
		);
		expect(region!.n).toBe(expected.records_with_total_and_variant);
		expect(region!.schools).toBe(expected.schools);
		expect(region!.mean).toBeCloseTo(expected.region.mean, 8);
		expect(region!.sd).toBeCloseTo(expected.region.sd, 8);
	});
});
