import readXlsx from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { guardFormula } from '#data/export/guard.ts';
import { type Table, writeTable } from '#data/export/table.ts';

const table: Table = {
	sheet: 'Доли: 2026/27',
	columns: [
		{ name: 'school', label: 'Школа; код' },
		{ name: 'share', label: 'Доля' },
		{ name: 'on', label: 'День' },
	],
	rows: [
		{ school: '=HYPERLINK("http://x")', share: 0.25, on: new Date('2026-05-01T00:00:00Z') },
		{ school: 'Гимназия "А"', share: null, on: undefined },
		{ school: '-3,5', share: -2 },
	],
};

describe('separated text', () => {
	test('for a spreadsheet: mark, semicolons, decimal comma, CRLF, quotes', async () => {
		const text = (await writeTable(table, 'csv')).toString('utf8');
		expect(text).toBe(
			'\ufeff"Школа; код";Доля;День\r\n"\'=HYPERLINK(""http://x"")";0,25;2026-05-01\r\n"Гимназия ""А""";;\r\n-3,5;-2;\r\n',
		);
	});

	test('for a program: commas and the decimal point', async () => {
		const [, first] = (await writeTable(table, 'csv', 'machine')).toString('utf8').split('\r\n');
		expect(first).toBe('"\'=HYPERLINK(""http://x"")",0.25,2026-05-01');
	});
});

test('a workbook keeps numbers and dates as such', async () => {
	const [sheet] = await readXlsx(await writeTable(table, 'xlsx'));
	expect(sheet?.sheet).toBe('Доли  2026 27');
	expect(sheet?.data).toEqual([
		['Школа; код', 'Доля', 'День'],
		['\'=HYPERLINK("http://x")', 0.25, new Date('2026-05-01T00:00:00Z')],
		['Гимназия "А"', null, null],
		['-3,5', -2, null],
	]);
});

test('what a spreadsheet would run is guarded, plain numbers are not touched', () => {
	expect(['=1+1', '+7 (900)', '-cmd', '@SUM(A1)', '\t=1', '-1+1'].map(guardFormula)).toEqual([
		"'=1+1",
		"'+7 (900)",
		"'-cmd",
		"'@SUM(A1)",
		"'\t=1",
		"'-1+1",
	]);
	expect(['-3', '+4', '-3,5', 'a=b', '5', ''].map(guardFormula)).toEqual([
		'-3',
		'+4',
		'-3,5',
		'a=b',
		'5',
		'',
	]);
});
