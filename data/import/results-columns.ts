import { type CellRule, identifier, readNumber, text } from './cell-rules.ts';
import type { CheckOptions } from './checked.ts';
import type { ImportContext } from './context.ts';
import { looksLikeName } from './personal-data.ts';
import { pupilColumn } from './pupil-code.ts';
import type { ColumnRule } from './sheet.ts';

/** How a form says that a pupil was not there, or did not get to an item. */
const absentWord =
	/^(?:[xхnн]|na|n\/a|нет|-|—|неявка|не явил\S*|отсутств\S*|не писал\S*|absent|б|болен|болел\S*)$/i;

/** The score as a number; a word for absence is an empty score, anything else a fault. */
const score: CellRule = (cell) => {
	const read = readNumber(cell);
	if (read === undefined) return absentWord.test(String(cell)) ? { value: null } : { code: 'not-a-number' };
	return read.value < 0 ? { code: 'below-minimum', params: { min: 0 } } : read;
};

/** A mark of the procedure, 2 to 5; 6 is a fault, a word for absence is kept apart as text. */
const mark: CellRule = (cell) => {
	const value = readNumber(cell)?.value;
	if (value === undefined) {
		return absentWord.test(String(cell)) ? { value: 'absent' } : { code: 'mark-off-scale' };
	}
	return isMark(value) ? { value } : { code: 'mark-off-scale' };
};

/** A journal mark is another document's: what is not 2 to 5 there («нет отметки») is kept out and noted, not refused. */
const journalMark: CellRule = (cell) => {
	const value = readNumber(cell)?.value;
	return { value: value !== undefined && isMark(value) ? value : 'not-read' };
};

/** An item's points: whole digits count, whatever else stands there (X, N, «не пройд.») is missing and noted. */
const item: CellRule = (cell) => {
	const digits = typeof cell === 'number' ? Number.isInteger(cell) && cell >= 0 : /^\d+$/.test(String(cell));
	return { value: digits ? Number(cell) : 'not-read' };
};

const shortCode = (max: number): CellRule => {
	const short = text(max);
	return (cell) => (looksLikeName(String(cell)) ? { code: 'name-like-value' } : short(cell));
};

/** The columns of pupils' results; the items are those of the procedure chosen, or of all that a file may name. */
export function resultColumns(context: ImportContext, options: CheckOptions): ColumnRule[] {
	return [
		{
			field: 'school',
			titles: {
				ru: 'Школа',
				en: 'School',
				aliases: [
					'код школы',
					'логин',
					'логин оо',
					'код оо',
					'оо',
					'school code',
					'наименование оо',
					'название школы',
					'login',
				],
			},
			required: true,
			filled: true,
			parse: shortCode(300),
			help: {
				ru: 'Код, логин или название школы из реестра.',
				en: 'Code, login or name of a school in the registry.',
			},
			examples: ['101', '101', '101'],
		},
		{
			field: 'municipality',
			titles: {
				ru: 'Муниципалитет',
				en: 'Municipality',
				aliases: ['код муниципалитета', 'район', 'мо', 'ате'],
			},
			required: false,
			filled: false,
			parse: shortCode(200),
			help: {
				ru: 'Нужен, только если в файле есть школы, которых ещё нет в реестре.',
				en: 'Needed only when the file brings schools that the registry does not know yet.',
			},
			examples: [null, null, null],
		},
		{
			field: 'procedure',
			titles: { ru: 'Процедура', en: 'Procedure', aliases: ['код процедуры', 'procedure code'] },
			required: false,
			filled: options.procedure_id === null,
			parse: identifier(),
			help: {
				ru: 'Код процедуры. Можно не заполнять, если процедура выбрана при загрузке.',
				en: 'The code of the procedure; may be left out when it is chosen at import.',
			},
			examples: ['vpr-2026-4-math', 'vpr-2026-4-math', 'vpr-2026-4-math'],
		},
		{
			field: 'class',
			titles: { ru: 'Класс', en: 'Class', aliases: ['литера', 'буква', 'буква класса', 'литера класса'] },
			required: false,
			filled: false,
			parse: shortCode(20),
			help: { ru: 'Класс, например 4А.', en: 'The class, such as 4A.' },
			examples: ['4А', '4А', '4Б'],
		},
		pupilColumn(
			false,
			{
				ru: 'Можно не заполнять. Код, один и тот же у ученика во всех процедурах и годах: по нему сравниваются те же ученики. Не код участника одной процедуры, не имя и не номер документа.',
				en: 'May be left empty. A code that a pupil keeps in all procedures and years: by it the same pupils are compared. Not the code for one procedure, nor a name or the number of a document.',
			},
			[null, null, null],
		),
		{
			field: 'variant',
			titles: { ru: 'Вариант', en: 'Variant', aliases: ['№ варианта', 'номер варианта', 'form'] },
			required: false,
			filled: false,
			parse: shortCode(40),
			help: {
				ru: 'Номер варианта или «отсутствовал».',
				en: 'The number of the variant, or "absent".',
			},
			examples: ['1', '2', 'отсутствовал'],
		},
		{
			field: 'score',
			titles: {
				ru: 'Первичный балл',
				en: 'Score',
				aliases: [
					'балл',
					'баллы',
					'сумма баллов',
					'итог',
					'итоговый балл',
					'всего баллов',
					'primary score',
					'total',
					'тестовый балл',
				],
			},
			required: true,
			filled: false,
			parse: score,
			help: {
				ru: 'Сумма баллов; пусто — ученик отсутствовал.',
				en: 'The sum of points; empty when the pupil was absent.',
			},
			examples: [12, 17, null],
		},
		{
			field: 'mark',
			titles: {
				ru: 'Отметка',
				en: 'Mark',
				aliases: ['оценка', 'отметка за работу', 'отметка впр', 'отметка за впр'],
			},
			required: false,
			filled: false,
			parse: mark,
			help: {
				ru: 'Отметка от 2 до 5; пусто — выводится по порогам процедуры.',
				en: 'The mark, 2 to 5; when empty, it follows from the cut-offs of the procedure.',
			},
			examples: [4, 5, null],
		},
		{
			field: 'journal_mark',
			titles: {
				ru: 'Отметка в журнале',
				en: 'Journal mark',
				aliases: [
					'отметка по журналу',
					'журнал',
					'предыдущая отметка',
					'отметка за предыдущую четверть',
					'четвертная отметка',
				],
			},
			required: false,
			filled: false,
			parse: journalMark,
			help: {
				ru: 'Отметка ученика за предыдущий период, от 2 до 5.',
				en: "The pupil's mark of the preceding term, 2 to 5.",
			},
			examples: [4, 4, 3],
		},
		...itemIds(context, options).map((id) => ({
			field: `item_${id}`,
			titles: {
				ru: `Задание ${id}`,
				en: `Item ${id}`,
				aliases: [
					`item_${id}`,
					id,
					`№ ${id}`,
					`№${id}`,
					`№ задания ${id}`,
					`з${id}`,
					`з ${id}`,
					`зад. ${id}`,
				],
			},
			required: false,
			filled: false,
			parse: item,
			help: { ru: `Баллы за задание ${id}.`, en: `Points for item ${id}.` },
			examples: [1, 1, null],
		})),
	];
}

function isMark(value: number): boolean {
	return value === 2 || value === 3 || value === 4 || value === 5;
}

function itemIds(context: ImportContext, options: CheckOptions): string[] {
	const asked = context.procedures.filter(
		(each) => options.procedure_id === null || each.id === options.procedure_id,
	);
	return [...new Set(asked.flatMap((each) => each.items.map(({ id }) => id)))];
}
