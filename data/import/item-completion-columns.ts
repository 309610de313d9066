import { column, keyColumns, participants, percent } from './aggregate-columns.ts';
import { type CellRule, number, text } from './cell-rules.ts';
import type { KnownProcedure } from './context.ts';
import type { ColumnRule } from './sheet.ts';
import type { Cell } from './workbook.ts';

/** Whose percents a row of a long table gives, by the field of their column. */
export const placeFields = {
	percent_school: 'school',
	percent_municipality: 'municipality',
	percent_region: 'region',
	percent_country: 'country',
} as const;

/** A spreadsheet makes the 5th of January of item 5.1: what it was cannot be told any more. */
const itemId: CellRule = (cell) => (cell instanceof Date ? { code: 'item-is-date' } : text(30)(cell));

/** The long table: a row per item, the percents of school, municipality, region and country side by side. */
export function itemRowColumns(procedures: readonly KnownProcedure[]): ColumnRule[] {
	const items = procedures.length === 1 ? procedures[0]!.items : [];
	const twice = (cells: Cell[]): Cell[] => [...cells, ...cells];
	const shares = (from: number): number[] =>
		items.map((_, index) => from - Math.round((50 * index) / items.length));
	const ofPlace = (
		field: keyof typeof placeFields,
		titles: [string, string, ...string[]],
		whose: [string, string],
		examples: Cell[],
	): ColumnRule =>
		column(field, titles, percent, {
			help: [
				`Процент выполнения задания: ${whose[0]}. Доля набранных баллов от возможных.`,
				`Completion of the item in percent: ${whose[1]}. Points earned of all possible.`,
			],
			examples,
		});
	return [
		...keyColumns(items.length),
		participants([...items.map(() => 40), ...items.map(() => 30)], false),
		column('item', ['№ задания', 'Item', 'номер задания', 'задание', 'item no', 'item number'], itemId, {
			required: true,
			help: [
				'Номер задания, как в шкале процедуры: 1, 5.1, 10(2). В Excel задайте столбцу текстовый формат, иначе 5.1 станет датой.',
				'The item as the scale of the procedure has it: 1, 5.1, 10(2). Give the column the text format, or a spreadsheet turns 5.1 into a date.',
			],
			examples: twice(items.map(({ id }) => id)),
		}),
		column(
			'max',
			['Макс. балл', 'Maximum', 'max', 'макс балл', 'максимальный балл', 'максимум', 'max score'],
			number({ min: 0 }),
			{
				help: [
					'Наибольший балл за задание; сверяется со шкалой процедуры.',
					'The most points of the item; checked against the scale of the procedure.',
				],
				examples: twice(items.map(({ max }) => max)),
			},
		),
		ofPlace(
			'percent_school',
			['% школа', 'School, %', '% школы', '% оо', 'по оо', '% выполнения', 'школа, %', 'school %'],
			['школа', 'the school'],
			[...shares(88), ...shares(79)],
		),
		ofPlace(
			'percent_municipality',
			[
				'% муниципалитет',
				'Municipality, %',
				'% муниципалитета',
				'% мо',
				'по муниципалитету',
				'муниципалитет, %',
				'municipality %',
			],
			['муниципалитет; одинаков у всех его школ', 'the municipality; the same for all its schools'],
			twice(shares(82)),
		),
		ofPlace(
			'percent_region',
			['% регион', 'Region, %', '% региона', 'по региону', 'регион, %', 'region %'],
			['регион; с ним сравнивается школа', 'the region; the school is compared with it'],
			twice(shares(80)),
		),
		ofPlace(
			'percent_country',
			['% РФ', 'Country, %', 'по рф', '% россия', 'по россии', 'рф, %', 'country %'],
			['страна', 'the country'],
			twice(shares(81)),
		),
	];
}

/** The wide table: a row per school or whole, a column per item. */
export function itemColumns(procedures: readonly KnownProcedure[]): ColumnRule[] {
	const ids = new Set(procedures.flatMap(({ items }) => items.map(({ id }) => id)));
	return [
		...keyColumns(1),
		participants([]),
		...[...ids].map((id) => {
			const spellings = [...spellingsOf(id)].filter((each) => each === id || !ids.has(each));
			const titles = spellings.flatMap((each) => [
				each,
				`№ ${each}`,
				`№${each}`,
				`задание ${each}`,
				`item ${each}`,
			]);
			return column(`item_${id}`, [`Задание ${id}`, `Item ${id}`, ...titles], percent, {
				help: [`Процент выполнения задания ${id}.`, `Completion of item ${id} in percent.`],
			});
		}),
	];
}

/** The ways in which tables write one item: 10(2) and 10.2, 5.1 and 5,1, 1К1 with either letter. */
export function spellingsOf(id: string): Set<string> {
	const found = new Set([id]);
	for (const each of [
		id.replace(/[.,](\d+)$/, '($1)'),
		id.replace(/\((\d+)\)$/, '.$1'),
		id.replace('.', ','),
		id.replace(',', '.'),
		id.replace(/[кk]/i, 'К'),
		id.replace(/[кk]/i, 'K'),
	])
		found.add(each);
	return found;
}
