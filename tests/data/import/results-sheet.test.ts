import { describe, expect, test } from 'vitest';
import { looksLikeName } from '#data/import/personal-data.ts';
import type { ResultToStore } from '#data/import/results-sheet.ts';
import type { Cell } from '#data/import/workbook.ts';
import { check, csv, faultOf, math, townContext } from './checking.ts';

const header: Cell[] = [
	'Школа',
	'Класс',
	'Вариант',
	'Балл',
	'Отметка',
	'Отметка в журнале',
	'1',
	'Задание 2',
	'item_5.1',
];
const file = (...rows: Cell[][]) => csv([header, ...rows]);
const chosen = { procedure_id: math.id };

describe('an accepted row', () => {
	test('keeps codes, score, marks and items in the order of the procedure', async () => {
		const { head, parts } = await check('results', file(['101', '4А', '1', 12, 4, 5, 1, 2, 0]), chosen);
		expect(head.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 0 });
		expect(parts.rows).toEqual([
			{
				row_number: 2,
				procedure_id: math.id,
				school_id: '101',
				class: '4А',
				variant: '1',
				score: 12,
				mark: 4,
				journal_mark: 5,
				pupil: null,
				items: [1, 2, 0],
				notes: null,
			},
		]);
		expect(head.place).toBe('municipality/M1');
	});

	test('the lasting code of a pupil is kept; twice in one school it is noted; a name, a document or «код участника» is none', async () => {
		const bytes = csv([
			['Школа', 'Код ученика', 'Балл', 'Код участника'],
			['101', 'A-1', 10, 5001],
			['101', 'A-1', 11, 5001],
			['102', 'A-1', 12, 5001],
			['101', null, 9, 5001],
			['101', '112-233-445-95', 8, 5001],
			['101', '11223344595', 8, 5001],
			['101', '11223344596', 8, 5001],
		]);
		const { head, parts } = await check('results', bytes, chosen);
		const rows = parts.rows as ResultToStore[];
		expect(rows.map(({ school_id, pupil, notes }) => [school_id, pupil, notes])).toEqual([
			['101', 'A-1', null],
			['101', 'A-1', ['pupil-repeated']],
			['102', 'A-1', null],
			['101', null, null],
			['101', '11223344596', null],
		]);
		expect(head.notes).toContainEqual({ code: 'pupil-repeated', count: 1 });
		expect(parts.issues.map(({ row, code }) => [row, code])).toEqual([
			[6, 'document-like-value'],
			[7, 'document-like-value'],
		]);
	});

	test('schools are found by code, login and name; each way but the first is reported', async () => {
		const bytes = csv([
			['Школа', 'Балл'],
			['101', 1],
			['sch102', 1],
			['103', 1],
			['СОШ №1', 1],
		]);
		const { parts } = await check('results', bytes, chosen);
		expect(parts.rows.map((row) => (row as ResultToStore).school_id)).toEqual([
			'101',
			'102',
			'sch103',
			'101',
		]);
		expect(parts.coerced.map(({ row, code, from, to }) => [row, code, from, to])).toEqual([
			[3, 'login-prefix', 'sch102', '102'],
			[4, 'login-prefix', '103', 'sch103'],
			[5, 'matched-by-name', 'СОШ №1', '101'],
		]);
	});

	test('a missing mark follows from the cut-offs, at each border', async () => {
		const scores = [5, 6, 9, 10, 14, 15, 20];
		const bytes = csv([['Школа', 'Балл'], ...scores.map((score) => ['101', score])]);
		const { head, parts } = await check('results', bytes, chosen);
		expect(parts.rows.map((row) => (row as ResultToStore).mark)).toEqual([2, 3, 3, 4, 4, 5, 5]);
		expect(head.notes).toEqual([{ code: 'mark-derived', count: 7 }]);
	});

	test('without cut-offs no mark is derived', async () => {
		const context = townContext({ procedures: [{ ...math, cutoffs: null }] });
		const { parts } = await check(
			'results',
			csv([
				['Школа', 'Балл'],
				['101', 9],
			]),
			{ ...chosen, context },
		);
		expect((parts.rows[0] as ResultToStore).mark).toBeNull();
	});

	test('what is odd is kept and noted, or kept out and noted', async () => {
		const { head, parts } = await check(
			'results',
			file(
				['101', null, '1', 12, 5, 4, 1, 1, 1],
				['101', null, '1', 21, null, 'нет отметки', 'X', 'не пройд.', 1],
				['101', null, 'отсутствовал', 7, 3, 1, '-2', 3, 'N'],
				['101', null, 'отсутствовал', null, 'X', null, null, null, null],
				['101', null, null, 'н', null, null, 1, null, null],
				['101', null, '2', 8, 'X', 3, 1, 1, 1],
			),
			chosen,
		);
		const rows = parts.rows as ResultToStore[];
		expect(rows.map(({ score, mark, journal_mark }) => [score, mark, journal_mark])).toEqual([
			[12, 5, 4],
			[21, 5, null],
			[7, 3, null],
			[null, null, null],
			[null, null, null],
			[8, 3, 3],
		]);
		expect(rows.map(({ notes }) => notes)).toEqual([
			['mark-disagrees'],
			['above-max', 'journal-mark-not-read', 'item-not-read'],
			['absent-with-score', 'journal-mark-not-read', 'item-not-read', 'item-above-max'],
			null,
			['items-without-score'],
			['mark-not-read'],
		]);
		expect(rows.map(({ items }) => items)).toEqual([
			[1, 1, 1],
			[null, null, 1],
			[null, 3, null],
			null,
			[1, null, null],
			[1, 1, 1],
		]);
		expect(Object.fromEntries(head.notes.map(({ code, count }) => [code, count]))).toEqual({
			'mark-disagrees': 1,
			'above-max': 1,
			'journal-mark-not-read': 2,
			'item-not-read': 2,
			'item-above-max': 1,
			'absent-with-score': 1,
			absent: 2,
			'items-without-score': 1,
			'mark-derived': 2,
			'mark-not-read': 1,
		});
	});

	test('equal rows are pupils of their own', async () => {
		const { head } = await check(
			'results',
			csv([
				['Школа', 'Балл'],
				['101', 9],
				['101', 9],
			]),
			chosen,
		);
		expect(head.counts.new).toBe(2);
	});

	test('columns of items that the procedure does not have are told', async () => {
		const { head } = await check(
			'results',
			csv([
				['Школа', 'Балл', 'item_77'],
				['101', 9, 1],
			]),
			chosen,
		);
		expect(head.ignored_columns).toEqual(['item_77']);
		expect(head.notes).toContainEqual({ code: 'item-columns-ignored', count: 1 });
	});
});

describe('a faulty row is refused, its neighbours are not', () => {
	test.each<[string, Cell[], string, string]>([
		['a mark 6', ['101', '4А', '1', 12, 6, 5, 1, 1, 1], 'mark-off-scale', 'Отметка'],
		['a mark 1', ['101', '4А', '1', 12, 1, 5, 1, 1, 1], 'mark-off-scale', 'Отметка'],
		['a mark in words', ['101', '4А', '1', 12, 'зачёт', 5, 1, 1, 1], 'mark-off-scale', 'Отметка'],
		['a score in words', ['101', '4А', '1', 'двенадцать', 4, 5, 1, 1, 1], 'not-a-number', 'Балл'],
		['a negative score', ['101', '4А', '1', -3, 4, 5, 1, 1, 1], 'below-minimum', 'Балл'],
		['a mark without a score', ['101', '4А', '1', null, 4, 5, 1, 1, 1], 'mark-without-score', 'Отметка'],
		['no school', [null, '4А', '1', 12, 4, 5, 1, 1, 1], 'value-missing', 'Школа'],
		['a neighbour’s school', ['201', '4А', '1', 12, 4, 5, 1, 1, 1], 'school-outside', 'Школа'],
		['a pupil’s name', ['101', 'Иванова А. П.', '1', 12, 4, 5, 1, 1, 1], 'name-like-value', 'Класс'],
		['an endless class', ['101', 'x'.repeat(30), '1', 12, 4, 5, 1, 1, 1], 'text-too-long', 'Класс'],
	])('%s', async (_, row, code, column) => {
		const good: Cell[] = ['101', '4А', '1', 12, 4, 5, 1, 1, 1];
		const others = Array.from({ length: 30 }, () => good);
		const { head, parts } = await check('results', file(...others, row), chosen);
		expect(head.counts).toEqual({ new: 30, changed: 0, skipped: 0, refused: 1 });
		expect(parts.issues).toHaveLength(1);
		expect(parts.issues[0]).toMatchObject({ row: 32, column, code });
		expect(parts.refused[0]?.row).toBe(32);
	});

	test('schools of one name are told apart by the code only', async () => {
		const context = townContext();
		context.schools.push({ ...context.schools[0]!, id: '104', name: 'МОУ СОШ №1' });
		const { parts } = await check(
			'results',
			csv([
				['Школа', 'Балл'],
				['СОШ № 1', 9],
			]),
			{ ...chosen, context },
		);
		expect(parts.issues[0]).toMatchObject({ code: 'ambiguous-school', params: { codes: '101, 104' } });
	});
});

describe('schools that the registry does not know', () => {
	test('wait for the word to create them', async () => {
		const bytes = csv([
			['Школа', 'Балл'],
			['999', 9],
			['999', 8],
			['101', 7],
		]);
		const { head, parts } = await check('results', bytes, chosen);
		expect(head.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 2 });
		expect(head.waiting_rows).toBe(2);
		expect(head.unknown_schools).toEqual([{ id: '999', municipality_id: 'M1' }]);
		expect(parts.waiting_cells.map(({ row }) => row)).toEqual([2, 3]);
	});

	test('cannot be created from a name, or outside one’s places', async () => {
		const named = await check(
			'results',
			csv([
				['Школа', 'Балл'],
				['Новая школа', 9],
			]),
			chosen,
		);
		expect(named.parts.issues[0]).toMatchObject({ code: 'unknown-school', value: 'Новая школа' });
		const outside = await check(
			'results',
			csv([
				['Школа', 'Муниципалитет', 'Балл'],
				['999', 'M2', 9],
			]),
			chosen,
		);
		expect(outside.parts.issues[0]).toMatchObject({ code: 'unknown-school' });
	});

	test('with a region in hand their municipality may be new too', async () => {
		const context = townContext({ places: ['region/R1'] });
		const bytes = csv([
			['Школа', 'Муниципалитет', 'Балл'],
			['999', 'M7', 9],
			['998', 'Озерский район', 9],
		]);
		const { head } = await check('results', bytes, { ...chosen, context });
		expect(head.unknown_municipalities).toEqual([{ id: 'M7', region_id: 'R1', name: 'M7' }]);
		expect(head.unknown_schools).toEqual([
			{ id: '999', municipality_id: 'M7' },
			{ id: '998', municipality_id: 'M2' },
		]);
	});
});

describe('a fault of the file refuses the file', () => {
	const rows = (title: string, cells: string[]) =>
		csv([['Школа', 'Балл', title], ...cells.map((cell) => ['101', 9, cell])]);

	test.each([
		'ФИО',
		'Ф.И.О.',
		'ФИО ученика',
		'Фамилия',
		'Имя',
		'Name',
		'Student name',
		'СНИЛС',
		'Дата рождения',
	])('a column called «%s»', async (title) => {
		const fault = await faultOf(check('results', rows(title, ['x']), chosen));
		expect([fault.code, fault.params]).toEqual(['name-like-column', { column: title }]);
	});

	test.each([
		['«Иванов Иван»', 'Иванов Иван'],
		['«Иванова А. П.»', 'Иванова А. П.'],
		['capitals', 'ПЕТРОВА АННА СЕРГЕЕВНА'],
		['a rare first name with a patronymic', 'Кочкин Евлампий Пантелеевич'],
		['initials before', 'А. П. Иванова'],
		['Latin letters', 'Ivanov Ivan'],
	])('names under a harmless header: %s', async (_, name) => {
		const cells = Array.from({ length: 40 }, (__, index) => (index % 10 === 3 ? name : `к${index}`));
		const fault = await faultOf(check('results', rows('Примечание', cells), chosen));
		expect(fault.code).toBe('name-like-column');
		expect(JSON.stringify(fault.params)).not.toContain(name);
	});

	test('a column of names without any header', async () => {
		const bytes = csv([
			['Школа', 'Балл', null],
			['101', 9, 'Иванов Иван'],
			['101', 9, 'Петров Пётр'],
		]);
		expect((await faultOf(check('results', bytes, chosen))).params).toEqual({ column: 'C' });
	});

	test('names count more than missing columns', async () => {
		const bytes = csv([
			['ФИО', 'Результат'],
			['Иванов Иван', 9],
		]);
		expect((await faultOf(check('results', bytes, chosen))).code).toBe('name-like-column');
	});

	test('places, schools and words are not taken for people', () => {
		const harmless = [
			'Нижний Новгород',
			'Красный Яр',
			'СОШ № 5',
			'Гимназия «Альфа»',
			'Класс А',
			'Вариант Б',
			'г. Орёл',
			'отсутствовал',
			'не пройд.',
			'нет отметки',
			'Заречный район',
			'Лицей',
			'4А',
			'S0001',
			'Средняя школа',
			'русский язык',
			'New York',
		];
		expect(harmless.filter(looksLikeName)).toEqual([]);
	});

	test('unknown, missing or contradicting procedure', async () => {
		const unknown = await faultOf(
			check(
				'results',
				csv([
					['Школа', 'Балл'],
					['101', 1],
				]),
				{ procedure_id: 'nope' },
			),
		);
		expect([unknown.code, unknown.params.procedure]).toEqual(['unknown-procedure', 'nope']);
		const named = csv([
			['Школа', 'Процедура', 'Балл'],
			['101', math.id, 1],
			['101', 'vpr-1', 1],
		]);
		const inRow = await faultOf(check('results', named));
		expect([inRow.code, inRow.params]).toEqual(['unknown-procedure', { procedure: 'vpr-1', row: 3 }]);
		const none = await faultOf(
			check(
				'results',
				csv([
					['Школа', 'Балл'],
					['101', 1],
				]),
			),
		);
		expect(none.code).toBe('procedure-needed');
		const other = townContext({ procedures: [math, { ...math, id: 'vpr-1' }] });
		const differs = await faultOf(check('results', named, { ...chosen, context: other }));
		expect([differs.code, differs.params]).toEqual([
			'procedure-differs',
			{ procedure: 'vpr-1', chosen: math.id, row: 3 },
		]);
	});

	test('a missing column and a wrong sheet', async () => {
		expect(
			(
				await faultOf(
					check(
						'results',
						csv([
							['Школа', 'Класс'],
							['101', 'а'],
						]),
						chosen,
					),
				)
			).code,
		).toBe('missing-column');
		expect(
			(
				await faultOf(
					check(
						'results',
						csv([
							['a', 'b'],
							[1, 2],
						]),
						chosen,
					),
				)
			).code,
		).toBe('wrong-sheet');
	});
});

test('under vpr-2020 a score counts only with its variant', async () => {
	const bytes = csv([
		['school', 'variant', 'total', 'prev_mark', 'i01'],
		['101', null, 9, 4, 1],
		['101', '1', 9, 4, 1],
	]);
	const { head, parts } = await check('results', bytes, { ...chosen, profile: 'vpr-2020' });
	expect(head.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 1 });
	expect(parts.issues[0]).toMatchObject({ row: 2, column: 'variant', code: 'variant-missing' });
	expect((parts.rows[0] as ResultToStore).items).toEqual([1, null, null]);
});
