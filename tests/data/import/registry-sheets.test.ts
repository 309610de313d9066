import { describe, expect, test } from 'vitest';
import type { ImportContext, KnownPerson } from '#data/import/context.ts';
import type { Cell } from '#data/import/workbook.ts';
import { check, csv, faultOf, math, townContext } from './checking.ts';

describe('schools', () => {
	const header: Cell[] = [
		'Код школы',
		'Название школы',
		'Муниципалитет',
		'Вид школы',
		'Местность',
		'Число учеников',
		'Углублённые предметы',
	];

	test('new, changed and unchanged are told apart; an empty cell leaves what is known', async () => {
		const context = townContext();
		context.schools[0] = {
			...context.schools[0]!,
			pupils: 500,
			locality: 'urban',
			advanced_subjects: ['math'],
		};
		const { head, parts } = await check(
			'schools',
			csv([
				header,
				['101', 'МБОУ «СОШ № 1»', null, null, null, null, null],
				['102', 'МБОУ «Гимназия № 2»', 'Заречный район', 'гимназия', 'город', 800, 'математика; физика'],
				['103', 'МОУ «Лицей»', 'M1', 'лицей', 'село', '300', 'нет'],
				['sch105', 'Новая школа', null, null, null, null, null],
			]),
			{ context },
		);
		expect(head.counts).toEqual({ new: 1, changed: 2, skipped: 1, refused: 0 });
		expect(parts.rows).toEqual([
			{
				id: '102',
				municipality_id: 'M1',
				name: 'МБОУ «Гимназия № 2»',
				kind: 'gymnasium',
				locality: 'urban',
				pupils: 800,
				advanced_subjects: ['math', 'physics'],
				origin: 'registry',
			},
			{
				id: 'sch103',
				municipality_id: 'M1',
				name: 'МОУ «Лицей»',
				kind: 'lyceum',
				locality: 'rural',
				pupils: 300,
				advanced_subjects: [],
				origin: 'registry',
			},
			{
				id: '105',
				municipality_id: 'M1',
				name: 'Новая школа',
				kind: 'school',
				locality: null,
				pupils: null,
				advanced_subjects: null,
				origin: 'registry',
			},
		]);
		expect(parts.coerced).toEqual([
			{ row: 5, column: 'Код школы', code: 'login-prefix', from: 'sch105', to: '105' },
		]);
		expect(head.notes).toEqual([{ code: 'municipality-by-default', count: 1 }]);
	});

	test('faulty rows', async () => {
		const { parts } = await check(
			'schools',
			csv([
				header,
				['301', 'А', 'Неведомый район', null, null, null, null],
				['201', 'Чужая', null, null, null, null, null],
				['302', 'Б', null, 'интернат', null, 'много', null],
				['а/б', 'В', null, null, null, null, null],
				['303', 'Г', null, null, null, null, null],
				['303', 'Д', null, null, null, null, null],
				['304', null, null, null, null, null, null],
				['305', 'Е', 'M2', null, null, null, null],
			]),
		);
		expect(parts.issues.map(({ row, column, code }) => [row, column, code])).toEqual([
			[4, 'Вид школы', 'unknown-value'],
			[4, 'Число учеников', 'not-a-number'],
			[5, 'Код школы', 'invalid-code'],
			[8, 'Название школы', 'value-missing'],
			[2, 'Муниципалитет', 'unknown-municipality'],
			[3, 'Код школы', 'school-outside'],
			[7, 'Код школы', 'duplicate-id'],
			[9, 'Код школы', 'school-outside'],
		]);
	});
});

describe('procedures', () => {
	test('the JSON list of the contract and a sheet say the same', async () => {
		const list = [
			{
				id: 'p1',
				kind: 'vpr',
				year: 2026,
				grade: 4,
				subject: 'math',
				max_score: 4,
				cutoffs: { 3: 1, 4: 2, 5: 3 },
				fail_below: null,
				items: [
					{ id: '1', max: 1 },
					{ id: '5.1', max: 2 },
					{ id: '10(2)', max: 1 },
				],
			},
			{
				id: 'p2',
				kind: 'ege',
				year: 2026,
				grade: 11,
				subject: 'русский язык',
				max_score: 100,
				fail_below: 24,
			},
		];
		const json = await check('procedures', Buffer.from(JSON.stringify(list)));
		const sheet = await check(
			'procedures',
			csv([
				[
					'Код процедуры',
					'Вид',
					'Год',
					'Класс',
					'Предмет',
					'Максимальный балл',
					'Порог «3»',
					'Порог «4»',
					'Порог «5»',
					'Минимальный балл',
					'Задания',
				],
				['p1', 'ВПР', 2026, 4, 'Математика', 4, 1, 2, 3, null, '1: 1; 5.1: 2; 10(2): 1'],
				['p2', 'ЕГЭ', 2026, 11, 'Русский язык', 100, null, null, null, 24, null],
			]),
		);
		expect(json.parts.rows).toEqual(sheet.parts.rows);
		expect(json.parts.rows).toHaveLength(2);
		expect(json.parts.rows[0]).toEqual({
			...list[0],
			title: 'p1',
			document: '',
			valid_from: '2026-01-01',
		});
		expect(json.parts.rows[1]).toMatchObject({
			subject: 'russian',
			cutoffs: null,
			items: [],
			fail_below: 24,
		});
	});

	test('an unchanged procedure is skipped, a changed scale is a change', async () => {
		const same = await check('procedures', Buffer.from(JSON.stringify([math])));
		expect(same.head.counts).toEqual({ new: 0, changed: 0, skipped: 1, refused: 0 });
		const other = await check(
			'procedures',
			Buffer.from(JSON.stringify([{ ...math, cutoffs: { 3: 7, 4: 10, 5: 15 } }])),
		);
		expect(other.head.counts).toEqual({ new: 0, changed: 1, skipped: 0, refused: 0 });
	});

	test('faulty rows and files', async () => {
		const { parts } = await check(
			'procedures',
			Buffer.from(
				JSON.stringify([
					{ ...math, id: 'a', cutoffs: { 3: 10, 4: 6, 5: 15 } },
					{ ...math, id: 'b', cutoffs: { 3: 6, 4: 10, 5: 25 } },
					{ ...math, id: 'c', cutoffs: { 3: 6 } },
					{ ...math, id: 'd', items: [{ id: '1', max: 0 }] },
					{ ...math, id: 'e', kind: 'pisa' },
					{ ...math, id: 'f', year: 1900 },
					{ ...math, id: 'g', fail_below: 30 },
					{ ...math, id: 'h' },
					{ ...math, id: 'h' },
				]),
			),
		);
		expect(parts.issues.map(({ row, code }) => [row, code])).toEqual([
			[5, 'invalid-items'],
			[6, 'unknown-value'],
			[7, 'below-minimum'],
			[2, 'cutoffs-order'],
			[3, 'cutoffs-order'],
			[4, 'cutoffs-order'],
			[8, 'above-maximum'],
			[10, 'duplicate-id'],
		]);
		expect((await faultOf(check('procedures', Buffer.from('[{"id": ')))).code).toBe('invalid-json');
		expect((await faultOf(check('procedures', Buffer.from('{"id": "p"}')))).code).toBe('invalid-json');
	});
});

describe('staff', () => {
	const header: Cell[] = [
		'ФИО',
		'Дата рождения',
		'Школа',
		'Должность',
		'Предметы',
		'Категория',
		'Стаж',
		'Работает с',
		'Работает по',
	];
	const anna: KnownPerson = {
		id: 'P1',
		full_name: 'Примерова Анна Ивановна',
		birth_date: '1985-05-14',
		employments: [
			{
				school_id: '101',
				position: 'учитель',
				subjects: ['math'],
				category: 'first',
				teaching_since: 2008,
				started_on: '2015-09-01',
				ended_on: null,
			},
		],
	};
	const staff = (rows: Cell[][], people: KnownPerson[] = [], changes: Partial<ImportContext> = {}) =>
		check('staff', csv([header, ...rows]), { context: townContext({ staff: people, ...changes }) });
	const row = (name: Cell, born: Cell, school: Cell, ...rest: Cell[]): Cell[] => [
		name,
		born,
		school,
		...rest,
		...Array.from({ length: 6 - rest.length }, () => null),
	];

	test('a new teacher, with the words people use', async () => {
		const { head, parts } = await staff([
			row(
				'Примерова Анна Ивановна',
				'14.05.1985',
				'МОУ СОШ №1',
				null,
				'Математика; информатика',
				'высшая',
				'18,5',
			),
		]);
		expect(head.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 0 });
		expect(parts.rows).toEqual([
			{
				person_id: null,
				full_name: 'Примерова Анна Ивановна',
				birth_date: '1985-05-14',
				email: null,
				school_id: '101',
				position: 'учитель',
				subjects: ['math', 'informatics'],
				category: 'highest',
				teaching_since: 2008,
				started_on: '2026-09-01',
				ended_on: null,
			},
		]);
	});

	test('an address of mail is read from its own column, and a mistyped one is refused', async () => {
		const read = async (address: string) => {
			const sheet = csv([
				[...header, 'E-mail'],
				[...row('Примерова Анна Ивановна', '14.05.1985', '101', 'учитель', 'математика'), address],
			]);
			return check('staff', sheet, { context: townContext({ staff: [] }) });
		};
		const { head, parts } = await read(' Primerova@Example.org ');
		expect(head.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 0 });
		expect(parts.rows).toMatchObject([
			{ full_name: 'Примерова Анна Ивановна', email: 'primerova@example.org' },
		]);
		expect((await read('primerova@')).head.counts).toMatchObject({ new: 0, refused: 1 });
	});

	test('the same again changes nothing, whatever case, ё and blanks', async () => {
		const { head } = await staff(
			[row('примерова  АННА ивановна', '14.05.1985', '101', 'Учитель', 'математика', 'первая')],
			[anna],
		);
		expect(head.counts).toEqual({ new: 0, changed: 0, skipped: 1, refused: 0 });
	});

	test('another category begins today, so that the days before stay known', async () => {
		const { head, parts } = await staff(
			[
				row(
					'Примерова Анна Ивановна',
					'14.05.1985',
					'101',
					'учитель',
					'математика',
					'высшая',
					null,
					'01.09.2015',
				),
			],
			[anna],
		);
		expect(head.counts.changed).toBe(1);
		expect(parts.rows[0]).toMatchObject({ person_id: 'P1', category: 'highest', started_on: '2026-11-20' });
	});

	test('the end of work keeps its beginning', async () => {
		const { parts } = await staff(
			[row('Примерова Анна Ивановна', '14.05.1985', '101', null, null, null, null, null, '31.10.2026')],
			[anna],
		);
		expect(parts.rows[0]).toMatchObject({
			started_on: '2015-09-01',
			ended_on: '2026-10-31',
			category: 'first',
		});
	});

	test('the same person at a second school is one person', async () => {
		const { head, parts } = await staff([row('Примерова Анна Ивановна', '14.05.1985', '102')], [anna]);
		expect(head.counts).toEqual({ new: 0, changed: 1, skipped: 0, refused: 0 });
		expect(parts.rows[0]).toMatchObject({ person_id: 'P1', school_id: '102' });
	});

	test('another birth date is another person', async () => {
		const { head } = await staff([row('Примерова Анна Ивановна', '01.02.1990', '101')], [anna]);
		expect(head.counts.new).toBe(1);
	});

	test('without a birth date the school decides; where it cannot, the row is refused with the choice', async () => {
		const here = await staff([row('Примерова Анна Ивановна', null, '101')], [anna]);
		expect(here.head.counts).toEqual({ new: 0, changed: 0, skipped: 1, refused: 0 });
		const elsewhere = await staff([row('Примерова Анна Ивановна', null, '102')], [anna]);
		expect(elsewhere.parts.issues[0]).toMatchObject({
			row: 2,
			column: 'ФИО',
			code: 'namesake',
			params: { count: 1 },
		});
		const twoHere = await staff(
			[row('Примерова Анна Ивановна', null, '101')],
			[anna, { ...anna, id: 'P2', birth_date: '1990-01-01' }],
		);
		expect(twoHere.parts.issues[0]).toMatchObject({ code: 'namesake', params: { count: 2 } });
		const inFile = await staff([row('Новый Пётр Ильич', null, '101'), row('Новый Петр Ильич', null, '102')]);
		expect(inFile.parts.issues.map(({ row: number, code }) => [number, code])).toEqual([[3, 'namesake']]);
	});

	test('a birth date completes a person known without one', async () => {
		const { head } = await staff(
			[row('Примерова Анна Ивановна', '14.05.1985', '101')],
			[{ ...anna, birth_date: null }],
		);
		expect(head.counts.changed).toBe(1);
	});

	test('faulty rows', async () => {
		const good = row('Хороший Иван Ильич', '01.01.1980', '101');
		const { head, parts } = await staff([
			good,
			row('Будущий Иван Ильич', '05.06.2031', '101'),
			row('Древний Иван Ильич', '05.06.1901', '101'),
			row('Хороший Иван Ильич', '01.01.1980', '101'),
			row('Иванов И. И.', '01.01.1980', '101'),
			row('Иванов', '01.01.1980', '101'),
			row('Чужой Иван Ильич', '01.01.1980', '201'),
			row('Потерянный Иван Ильич', '01.01.1980', '777'),
			row('Обратный Иван Ильич', '01.01.1980', '101', null, null, null, null, '01.09.2020', '01.09.2019'),
			row('Ранний Иван Ильич', '01.01.1980', '101', null, null, null, null, '01.09.1985'),
			row('Категоричный Иван Ильич', '01.01.1980', '101', null, null, 'третья'),
			row('Вечный Иван Ильич', '01.01.1980', '101', null, null, null, 90),
		]);
		expect(head.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 11 });
		expect(parts.issues.map(({ row: number, column, code }) => [number, column, code])).toEqual([
			[3, 'Дата рождения', 'date-out-of-range'],
			[4, 'Дата рождения', 'date-out-of-range'],
			[6, 'ФИО', 'name-incomplete'],
			[7, 'ФИО', 'name-incomplete'],
			[12, 'Категория', 'unknown-value'],
			[13, 'Стаж', 'above-maximum'],
			[5, 'ФИО', 'duplicate-row'],
			[8, 'Школа', 'school-outside'],
			[9, 'Школа', 'unknown-school'],
			[10, 'Работает по', 'period-reversed'],
			[11, 'Работает с', 'began-before-birth'],
		]);
		expect(parts.issues.find(({ code }) => code === 'duplicate-row')?.params).toEqual({ first_row: 2 });
	});
});
