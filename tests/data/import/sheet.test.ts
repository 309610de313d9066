import { describe, expect, test } from 'vitest';
import { day, list, number, oneOf, text } from '#data/import/cell-rules.ts';
import { parseDate } from '#data/import/date-cell.ts';
import { getProfile, profileField } from '#data/import/profiles.ts';
import { schoolNameKey } from '#data/import/school-name.ts';
import { type ColumnRule, findSheet, readRows } from '#data/import/sheet.ts';
import type { Cell } from '#data/import/workbook.ts';
import { faultOf } from './checking.ts';

const rule = (field: string, ru: string, parse: ColumnRule['parse'], isRequired = true): ColumnRule => ({
	field,
	titles: { ru, en: field, aliases: [`${ru} (любой)`] },
	required: isRequired,
	filled: isRequired,
	parse,
	help: { ru: '', en: '' },
	examples: [],
});
const rules = [
	rule('code', 'Код', text(10)),
	rule('score', 'Балл', number({ min: 0, max: 100 }), false),
	rule('born', 'Дата рождения', day('1926-01-01', '2010-12-31'), false),
];
const read = (rows: Cell[][]) => readRows(rules, findSheet(rules, [{ name: 'Лист1', rows }]));

describe('the header', () => {
	test('may stand below a title, in any order, in either language, with odd case, ё and signs', () => {
		const sheet = read([
			['Сведения о чём-то', null, null],
			[null, null, null],
			['  БАЛЛ: ', 'Что-то ещё', 'code'],
			[5, 'x', 'A'],
		]);
		expect(sheet.header_row).toBe(3);
		expect(sheet.rows).toEqual([{ row: 4, values: { code: 'A', score: 5, born: null } }]);
		expect(sheet.ignored).toEqual(['Что-то ещё']);
	});

	test('faults of the file: wrong sheet, missing column, the same twice, two fitting sheets', async () => {
		const find = async (...sheets: Cell[][][]) =>
			findSheet(
				rules,
				sheets.map((rows, index) => ({ name: `Л${index + 1}`, rows })),
			);
		const wrong = await faultOf(
			find([
				['a', 'b'],
				[1, 2],
			]),
		);
		expect([wrong.code, wrong.params]).toEqual(['wrong-sheet', { sheets: 'Л1', expected: 'Код' }]);
		const more = [...rules, rule('name', 'Название', text(10))];
		const part = [
			{
				name: 'Л1',
				rows: [
					['Балл', 'Код'],
					[1, 'A'],
				] as Cell[][],
			},
		];
		const missing = await faultOf((async () => findSheet(more, part))());
		expect([missing.code, missing.params]).toEqual([
			'missing-column',
			{ sheet: 'Л1', row: 1, columns: 'Название' },
		]);
		const twice = await faultOf(
			find([
				['Код', 'Код (любой)'],
				[1, 2],
			]),
		);
		expect([twice.code, twice.params]).toEqual([
			'duplicate-column',
			{ sheet: 'Л1', column: 'Код', other: 'Код (любой)' },
		]);
		const several = await faultOf(find([['Код'], [1]], [['Код'], [2]]));
		expect([several.code, several.params]).toEqual(['several-sheets', { sheets: 'Л1, Л2' }]);
	});

	test('a sheet of explanations beside the data does not matter', () => {
		const found = findSheet(rules, [
			{ name: 'Пояснения', rows: [['Столбец'], ['Код'], ['Балл']] },
			{
				name: 'Данные',
				rows: [
					['Код', 'Балл'],
					['A', 1],
				],
			},
		]);
		expect(found.sheet.name).toBe('Данные');
	});
});

describe('cells', () => {
	test('every cell read otherwise than written is reported', () => {
		const sheet = read([
			['Код', 'Балл', 'Дата рождения'],
			[' A ', '7,5', '01.02.1985'],
			['B\u00a01', ' 3', 31_079],
			['C', '4', '1985-02-01'],
			["'=D", 4.5, new Date('1985-02-01T00:00:00Z')],
			[5.25, null, null],
		]);
		expect(sheet.issues).toEqual([]);
		expect(sheet.rows.map((each) => Object.values(each.values))).toEqual([
			['A', 7.5, '1985-02-01'],
			['B 1', 3, '1985-02-01'],
			['C', 4, '1985-02-01'],
			['=D', 4.5, '1985-02-01'],
			['5.25', null, null],
		]);
		expect(sheet.coerced).toEqual([
			{ row: 2, column: 'Код', code: 'trimmed', from: ' A ', to: 'A' },
			{ row: 2, column: 'Балл', code: 'decimal-comma', from: '7,5', to: '7.5' },
			{ row: 2, column: 'Дата рождения', code: 'date-text', from: '01.02.1985', to: '1985-02-01' },
			{ row: 3, column: 'Код', code: 'space-replaced', from: 'B\u00a01', to: 'B 1' },
			{ row: 3, column: 'Балл', code: 'trimmed', from: ' 3', to: '3' },
			{ row: 3, column: 'Дата рождения', code: 'date-serial', from: '31079', to: '1985-02-01' },
			{ row: 5, column: 'Код', code: 'apostrophe-removed', from: "'=D", to: '=D' },
			{ row: 6, column: 'Код', code: 'number-to-text', from: '5.25', to: '5.25' },
		]);
		expect(sheet.coerced_counts.trimmed).toBe(2);
	});

	test('a faulty cell refuses its row and no other, and all its faults are told', () => {
		const sheet = read([
			['Код', 'Балл', 'Дата рождения'],
			[null, 'abc', '31.02.1985'],
			[null, null, null],
			['A', -1, null],
			['B', 101, null],
			['слишком длинный код', 1, null],
			['C', 1, '05.06.2031'],
			['D', 1, null],
		]);
		expect(sheet.rows.map((each) => each.row)).toEqual([8]);
		expect(sheet.issues.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
			[2, 'Код', 'value-missing', ''],
			[2, 'Балл', 'not-a-number', 'abc'],
			[2, 'Дата рождения', 'not-a-date', '31.02.1985'],
			[4, 'Балл', 'below-minimum', '-1'],
			[5, 'Балл', 'above-maximum', '101'],
			[6, 'Код', 'text-too-long', 'слишком длинный код'],
			[7, 'Дата рождения', 'date-out-of-range', '05.06.2031'],
		]);
		expect([...sheet.refused]).toEqual([2, 4, 5, 6, 7]);
	});

	test('dates', () => {
		expect(parseDate('1.9.2024')?.value).toBe('2024-09-01');
		expect(parseDate('01/09/2024')?.value).toBe('2024-09-01');
		expect(parseDate('01.09.2024 г.')?.value).toBe('2024-09-01');
		expect(parseDate(45_536)?.value).toBe('2024-09-01');
		expect(parseDate('45536')?.value).toBe('2024-09-01');
		for (const wrong of ['01.09.24', '32.01.2024', '2024-13-01', 'сентябрь', 0, 500_000, true]) {
			expect(parseDate(wrong)).toBeUndefined();
		}
	});

	test('lists and closed lists', () => {
		expect(list()('a; b,c; a;')).toEqual({ value: ['a', 'b', 'c'] });
		const category = oneOf({ none: ['без категории'], highest: ['высшая'] });
		expect(category('Высшая')).toEqual({ value: 'highest' });
		expect(category('none')).toEqual({ value: 'none' });
		expect(category('средняя')).toEqual({
			code: 'unknown-value',
			params: { allowed: 'без категории, высшая' },
		});
		expect(number({ integer: true })('4,5')).toEqual({ code: 'not-an-integer' });
	});
});

describe('profiles', () => {
	test('vpr-2020 names its columns, items by number', () => {
		const profile = getProfile('vpr-2020');
		expect(
			['total', 'prev_mark', 'i01', 'I12', 'variant', 'i1x'].map((title) => profileField(profile, title)),
		).toEqual(['score', 'journal_mark', 'item_1', 'item_12', undefined, undefined]);
	});

	test('a saved profile is plain data; a wrong one is refused', async () => {
		const profile = getProfile({ 'Ключ ОО': 'code', Очки: 'score' });
		const sheet = readRows(
			rules,
			findSheet(
				rules,
				[
					{
						name: 'x',
						rows: [
							['ключ оо', 'Очки'],
							['A', 4],
						],
					},
				],
				profile,
			),
		);
		expect(sheet.rows[0]?.values).toEqual({ code: 'A', score: 4, born: null });
		const wrong = getProfile({ Очки: 'points' });
		const fault = await faultOf(
			(async () =>
				findSheet(
					rules,
					[
						{
							name: 'x',
							rows: [
								['Код', 'Очки'],
								['A', 4],
							],
						},
					],
					wrong,
				))(),
		);
		expect([fault.code, fault.params]).toEqual(['unknown-field', { column: 'Очки', field: 'points' }]);
		expect((await faultOf((async () => getProfile('vpr-1999'))())).code).toBe('unknown-profile');
	});
});

test('school names agree without case, quotes, legal form and ё', () => {
	const same = [
		'МБОУ «СОШ № 5»',
		'сош №5',
		'МОУ СОШ №5',
		'Муниципальное бюджетное общеобразовательное учреждение "Средняя общеобразовательная школа № 5"',
		'МАОУ Средняя общеобразовательная школа 5',
	];
	expect(new Set(same.map(schoolNameKey)).size).toBe(1);
	expect(schoolNameKey('Гимназия «Зелёная»')).toBe(schoolNameKey('ГИМНАЗИЯ ЗЕЛЕНАЯ'));
	expect(schoolNameKey('СОШ № 5')).not.toBe(schoolNameKey('СОШ № 15'));
});
