import { expect, test } from 'vitest';
import { check, csv, faultOf, math } from './checking.ts';

const keys = ['Год', 'Класс', 'Предмет', 'Муниципалитет', 'Логин', 'ОО', 'Кол-во участников'];
const of = (login: string | null, name: string | null) => [
	2026,
	'4 класс',
	'Математика',
	'Заречный район',
	login,
	name,
];
const marks = (...rows: (string | number | null)[][]): Uint8Array =>
	csv([['Статистика по отметкам'], [...keys, '2', '3', '4', '5'], ...rows]);

test('a table of marks is read: procedure by year, grade and subject, percents with commas, totals passed over', async () => {
	const { head, parts } = await check(
		'results',
		marks(
			[...of(null, 'Вся выборка'), 1_300_000, 3.1, 20, 45, 31.9],
			[...of(null, 'Новосибирская обл.'), 30_000, 3.1, 20, 45, 31.9],
			[...of(null, 'Заречный район'), 300, 3.1, 20, 45, 31.9],
			[...of('sch101', 'СОШ\u00a0№ 1'), 40, '7,5', '30', '40 %', '22,6'],
			[...of(null, 'Гимназия № 2'), 30, 0, 33.33, 33.33, 33.33],
			[...of('sch103', 'Лицей'), 30, 10, 20, 30, 39],
			[...of('sch101', 'СОШ № 1'), 40, 10, 20, 30, 40],
			[...of('sch999', 'СОШ № 99'), 40, 10, 20, 30, 40],
			[...of('201', 'СОШ № 9'), 40, 10, 20, 30, 40],
			[...of('sch103', 'Лицей'), 'много', 10, 20, 30, 40],
		),
	);
	expect(parts.rows).toEqual([
		expect.objectContaining({
			procedure_id: math.id,
			school_id: '101',
			form: 'marks',
			n: 40,
			counts: [3, 12, 16, 9],
			percents: [7.5, 30, 40, 22.6],
		}),
		expect.objectContaining({ school_id: '102', counts: [0, 10, 10, 10] }),
	]);
	expect(parts.issues.map(({ row, code }) => [row, code])).toEqual([
		[12, 'not-a-number'],
		[8, 'percents-not-100'],
		[9, 'school-repeated'],
		[10, 'unlisted-school'],
		[11, 'school-outside'],
	]);
	expect(head.coerced_counts).toMatchObject({ 'decimal-comma': 2, 'percent-sign': 1, 'space-replaced': 1 });
	expect(head.notes).toContainEqual({ code: 'total-row-skipped', count: 3 });
});

test('the procedure must be clear, and must not differ from the one chosen', async () => {
	const row = [2025, 4, 'Математика', null, '101', null, 10, 10, 20, 30, 40];
	const unclear = await faultOf(check('results', marks(row)));
	expect([unclear.code, unclear.params]).toEqual(['procedure-unclear', { found: 0, row: 3 }]);
	const differs = await faultOf(check('results', marks(row), { procedure_id: math.id }));
	expect(differs.code).toBe('procedure-differs');
});

test('a distribution of primary scores: missing columns are nought, points beyond the scale are refused', async () => {
	const { parts } = await check(
		'results',
		csv([
			['Логин', 'Кол-во участников', 0, 1, 6, 7, 20],
			['101', 20, 5, 5, 40, 25, 25],
		]),
		{ procedure_id: math.id },
	);
	const counts = Array<number>(21).fill(0);
	Object.assign(counts, { 0: 1, 1: 1, 6: 8, 7: 5, 20: 5 });
	expect(parts.rows).toMatchObject([{ form: 'scores', n: 20, counts }]);
	const beyond = await faultOf(
		check(
			'results',
			csv([
				['Логин', 'Кол-во участников', 0, 1, 21],
				['101', 20, 50, 25, 25],
			]),
			{
				procedure_id: math.id,
			},
		),
	);
	expect([beyond.code, beyond.params]).toEqual(['score-columns-beyond', { columns: '21' }]);
});

test('groups against the journal: merged cells name the school once, a missing group refuses the school', async () => {
	const { parts } = await check(
		'results',
		csv([
			['Логин', 'ОО', 'Группы участников', 'Кол-во', '%'],
			['sch101', 'СОШ № 1', 'Понизили (Отметка < Отметка по журналу) %', 12, 30],
			[null, null, 'Подтвердили (Отметка = Отметке по журналу) %', 26, 65],
			[null, null, 'Повысили (Отметка > Отметка по журналу) %', 2, 5],
			[null, null, 'Всего', 40, 100],
			['102', 'Гимназия № 2', 'Понизили', 1, 50],
			[null, null, 'Повысили', 1, 50],
		]),
		{ procedure_id: math.id },
	);
	expect(parts.rows).toMatchObject([
		{ school_id: '101', form: 'journal', n: 40, counts: [12, 26, 2], percents: [30, 65, 5] },
	]);
	expect(parts.issues.map(({ row, code }) => [row, code])).toEqual([[6, 'journal-incomplete']]);
});
