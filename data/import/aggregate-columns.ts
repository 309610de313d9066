import { type CellRule, identifier, number, type Parsed, readNumber, text } from './cell-rules.ts';
import type { CheckOptions } from './checked.ts';
import type { ImportContext, KnownProcedure } from './context.ts';
import { schoolColumns } from './listed-schools.ts';
import type { ColumnRule } from './sheet.ts';
import type { Cell } from './workbook.ts';

/** Percents of one whole may miss 100 by their own rounding, and by no more. */
export const tolerance = 0.5;
/** No procedure known to us has more points. */
const mostPoints = 200;

/** A share in percent, with or without its sign. */
export const percent: CellRule = (cell): Parsed => {
	const bare = typeof cell === 'string' ? cell.replace(/\s*%$/, '') : cell;
	const read = readNumber(bare);
	if (read === undefined) return { code: 'not-a-number' };
	if (read.value < 0) return { code: 'below-minimum', params: { min: 0 } };
	if (read.value > 100 + tolerance) return { code: 'above-maximum', params: { max: 100 } };
	return bare === cell ? read : { value: read.value, coerced: 'percent-sign' };
};

/** «4», «4 класс», «4А» → 4. */
const grade: CellRule = (cell) => {
	const digits = /^\d{1,2}/.exec(String(cell));
	return digits ? { value: Number(digits[0]) } : { code: 'not-a-number' };
};

/** The place of a group in `journalGroups`; a word that names none of them stays itself. */
const group: CellRule = (cell) => {
	const word = String(cell).toLowerCase();
	const index = [/пониз|lowered/, /подтверд|confirmed/, /повыс|raised/].findIndex((sign) => sign.test(word));
	return { value: index < 0 ? word : index };
};

/** A column of a table of sums: title in both languages, further spellings, help and examples. */
export function column(
	field: string,
	titles: [ru: string, en: string, ...aliases: string[]],
	parse: CellRule,
	rest: { required?: boolean; help: [ru: string, en: string]; examples?: Cell[] },
): ColumnRule {
	const [ru, en, ...aliases] = titles;
	return {
		field,
		titles: { ru, en, aliases },
		required: rest.required ?? false,
		filled: false,
		parse,
		help: { ru: rest.help[0], en: rest.help[1] },
		examples: rest.examples ?? [],
	};
}

const unlessCoded: [string, string] = [
	'Нужен, только если процедура не названа кодом и не выбрана при загрузке.',
	'Needed only when the procedure is neither named by its code nor chosen at import.',
];

/** The procedure that a template is about when none is chosen. */
export const exampleProcedure = 'vpr-2026-4-math';

/** Columns that say which procedure and which school a row is about; `rows` example rows for each of two schools. */
export function keyColumns(rows: number): ColumnRule[] {
	const perSchool = (cells: Cell[]): Cell[] =>
		cells.flatMap((cell) => Array.from({ length: rows }, () => cell));
	return [
		column('procedure', ['Процедура', 'Procedure', 'код процедуры'], identifier(), {
			help: [
				'Код процедуры. Можно не заполнять, если процедура выбрана при загрузке.',
				'The code of the procedure; may be left out when it is chosen at import.',
			],
			examples: perSchool([exampleProcedure, exampleProcedure]),
		}),
		column('year', ['Год', 'Year'], number({ min: 2000, max: 2100, integer: true }), { help: unlessCoded }),
		column('grade', ['Класс', 'Grade', 'параллель'], grade, { help: unlessCoded }),
		column('subject', ['Предмет', 'Subject'], text(100), { help: unlessCoded }),
		...schoolColumns.map((each) => ({
			...each,
			titles: {
				...each.titles,
				aliases: [
					...each.titles.aliases,
					...(each.field === 'name' ? ['группы участников (оо)', 'группы участников'] : []),
				],
			},
			examples: perSchool(each.examples),
		})),
	];
}

/** How many took part; `examples` for the rows of a template. */
export function participants(examples: Cell[], required = true): ColumnRule {
	const titles: [string, string, ...string[]] = [
		'Кол-во участников',
		'Participants',
		'количество участников',
		'участников',
		'число участников',
		'кол-во уч.',
	];
	return column('n', titles, number({ min: 0, integer: true }), {
		required,
		help: ['Сколько учеников писали работу.', 'How many pupils sat the test.'],
		examples,
	});
}

/** Percents by mark. */
export function markColumns(): ColumnRule[] {
	const examples = [
		[5, 0],
		[27.5, 20],
		[42.5, 50],
		[25, 30],
	];
	return [
		participants([40, 30]),
		...[2, 3, 4, 5].map((mark, index) =>
			column(`share_${mark}`, [`${mark}`, `Mark ${mark}`], percent, {
				required: true,
				help: [
					`Доля получивших «${mark}», в процентах; четыре доли вместе — 100 (допуск 0,5).`,
					`Share of mark ${mark} in percent; the four shares make 100 (0.5 either way).`,
				],
				examples: examples[index]!,
			}),
		),
	];
}

/** Percents by primary score, from nought to the highest maximum of the procedures that a file may be about. */
export function scoreColumns(procedures: readonly KnownProcedure[]): ColumnRule[] {
	const maxima = procedures.map(({ max_score }) => Math.floor(max_score));
	const top = Math.min(mostPoints, Math.max(0, ...maxima));
	return [
		participants([40, 30]),
		...Array.from({ length: top + 1 }, (_, score) =>
			column(`share_${score}`, [`${score}`, `Score ${score}`, `балл ${score}`], percent, {
				help: [
					`Доля набравших ${score}, в процентах; пусто или нет столбца — 0. Все доли строки вместе — 100.`,
					`Share of pupils with score ${score} in percent; empty or missing is 0. The shares of a row make 100.`,
				],
				examples: [bellShare(score, top, 0.5), bellShare(score, top, 0.6)],
			}),
		),
	];
}

/** Example percents of a bell over the scale that make 100 exactly: shares of a binomial, the top taking what rounding left. */
function bellShare(score: number, top: number, ease: number): number {
	const shares: number[] = [];
	let share = (1 - ease) ** top;
	for (let each = 0; each <= top; each += 1) {
		shares.push(Math.round(1000 * share) / 10);
		share *= ((top - each) * ease) / ((each + 1) * (1 - ease));
	}
	const rest = 100 - shares.reduce((sum, each) => sum + each, 0);
	const middle = Math.round(top * ease);
	return Math.round(10 * (shares[score]! + (score === middle ? rest : 0))) / 10;
}

/** A row per group of pupils: marks below, at and above those of the journal. */
export function journalColumns(): ColumnRule[] {
	const ofSchools = participants([6, 30, 4, 3, 24, 3]);
	return [
		column('group', ['Группы участников', 'Group'], group, {
			required: true,
			help: [
				'«Понизили» — отметка за работу ниже журнальной, «Подтвердили» — та же, «Повысили» — выше. У школы нужны все три строки.',
				'"Lowered": the mark is below the one in the journal; "Confirmed": the same; "Raised": above. A school needs all three rows.',
			],
			examples: ['Понизили', 'Подтвердили', 'Повысили', 'Понизили', 'Подтвердили', 'Повысили'],
		}),
		{
			...ofSchools,
			titles: { ...ofSchools.titles, aliases: [...ofSchools.titles.aliases, 'кол-во', 'количество'] },
			help: { ru: 'Сколько учеников в группе.', en: 'How many pupils are in the group.' },
		},
		column('share', ['%', 'Percent', 'процент', 'доля'], percent, {
			help: [
				'Доля группы в процентах; можно не заполнять.',
				'Share of the group in percent; may be left out.',
			],
			examples: [15, 75, 10, 10, 80, 10],
		}),
	];
}

/** The procedures that a file may be about: the one chosen, or all. */
export function proceduresAsked(context: ImportContext, options: CheckOptions): KnownProcedure[] {
	return context.procedures.filter((each) => [null, each.id].includes(options.procedure_id));
}
