import type { LocalText } from './module.ts';

/** The closed list of reasons why a number is missing or must be read with care. `{name}` is replaced by the note's values. */
export const noteTexts = {
	'too-few-respondents': {
		ru: 'Недостаточно данных: для вывода нужно больше участников.',
		en: 'Not enough data: more participants are needed for a conclusion.',
	},
	'no-variance': {
		ru: 'Все значения одинаковы: разброс оценить нельзя.',
		en: 'All values are equal: spread cannot be estimated.',
	},
	'all-missing': { ru: 'Ни одного ответа.', en: 'No answers at all.' },
	'empty-category': {
		ru: 'Одна из категорий никем не выбрана.',
		en: 'One of the categories was chosen by nobody.',
	},
	'single-item': {
		ru: 'Шкала из одного пункта: надёжность оценить нельзя.',
		en: 'A scale of one item: reliability cannot be estimated.',
	},
	extreme: {
		ru: 'Крайний балл: оценка неустойчива.',
		en: 'Extreme score: the estimate is unstable.',
	},
	'above-max': {
		ru: 'Балл выше максимума: официальные признаки считают его буквально, остальные расчёты его не учитывают.',
		en: 'Score above the maximum: the official signs count it literally, every other calculation leaves it out.',
	},
	'mark-disagrees': {
		ru: 'Отметка в файле не соответствует шкале; оставлена отметка из файла.',
		en: 'The mark in the file disagrees with the scale; the mark of the file is kept.',
	},
	'type-unknown': {
		ru: 'Неизвестно, изучает ли школа предмет углублённо: признак «средний балл выше ожидаемого» читайте с этой оговоркой.',
		en: 'It is unknown whether the school teaches the subject in depth: read the sign “mean too high” with this in mind.',
	},
	'advanced-subject': {
		ru: 'Предмет изучается углублённо: признак высокого среднего балла не применяется.',
		en: 'The subject is taught in depth: the sign of a high mean is not applied.',
	},
	'list-agreement': {
		ru: 'Согласие загруженного перечня с собственными признаками, {year} год: κ = {kappa} по школам: {schools}. Сообщается для сведения, расчёт под перечень не подгоняется.',
		en: 'Agreement of the imported list with the own signs, {year}: κ = {kappa} over {schools} schools. For information; nothing is tuned to the list.',
	},
	'from-aggregate': {
		ru: 'Часть результатов — из сводной таблицы, а не из строк учеников: числа восстановлены из процентов с округлением.',
		en: 'Some results come from a table of sums and not from rows of pupils: numbers are worked out from percents, rounded.',
	},
	'n-unknown': {
		ru: 'Число участников в таблице не указано: насколько надёжны проценты, сказать нельзя.',
		en: 'The table does not give the number of participants: how sure the percents are cannot be said.',
	},
	'without-pupils': {
		ru: 'Посчитано по таблице выполнения заданий: без строк учеников случайность не оценить, поэтому признак описательный.',
		en: 'Worked out from a table of item completion: without rows of pupils chance cannot be judged, so the sign only describes.',
	},
	suppressed: {
		ru: 'Скрыто: меньше {minimum} человек.',
		en: 'Hidden: fewer than {minimum} people.',
	},
	'suppressed-complement': {
		ru: 'Скрыто: иначе можно вычислить соседнюю малую группу.',
		en: 'Hidden: otherwise a small neighbouring group could be worked out.',
	},
	'suppressed-differencing': {
		ru: 'Скрыто: сравнение с более широким отбором выдало бы ответы отдельных людей. Уберите одно из условий.',
		en: 'Hidden: comparing with a wider selection would reveal individual answers. Remove one of the conditions.',
	},
	'suppressed-dominance': {
		ru: 'Скрыто: больше 80 % участников из одной школы.',
		en: 'Hidden: more than 80 % of the participants come from one school.',
	},
	'suppressed-few-schools': {
		ru: 'Скрыто: меньше {minimum} школ.',
		en: 'Hidden: fewer than {minimum} schools.',
	},
	'coded-share': {
		ru: 'Крайние доли показаны как «не больше» или «не меньше».',
		en: 'Extreme shares are shown as “at most” or “at least”.',
	},
	'no-reference': { ru: 'Нет данных для сравнения.', en: 'There is nothing to compare with.' },
	'not-converged': { ru: 'Расчёт не сошёлся.', en: 'The calculation did not converge.' },
	'not-released': {
		ru: 'Итоги появятся после выпуска результатов; пока видно только число ответивших.',
		en: 'Results appear after release; until then only the number of respondents is shown.',
	},
	'low-coverage': {
		ru: 'Охват ниже {threshold} %: переносить долю на всех педагогов нельзя, показаны границы возможного.',
		en: 'Coverage is below {threshold} %: the share must not be extended to all teachers; bounds are shown.',
	},
	'planned-error': {
		ru: 'Погрешность взята из паспорта инструмента: ответов пока меньше 30.',
		en: 'The error is the one planned on the instrument’s card: there are fewer than 30 responses so far.',
	},
	'no-cutoffs': {
		ru: 'У процедуры нет шкалы отметок: границы проверить нельзя.',
		en: 'The procedure has no scale of marks: its borders cannot be tested.',
	},
	'below-reference': {
		ru: 'Средний балл не выше, чем в других школах: признак не рассматривается.',
		en: 'The mean is not above that of the other schools: the sign is not looked at.',
	},
	'reference-bunched': {
		ru: 'Работы скапливаются у границ отметок во всём регионе ({procedures}): сравнение школ между собой такую практику почти не покажет.',
		en: 'Papers gather at the borders of marks in the whole region ({procedures}): comparing schools with each other will hardly show such a practice.',
	},
	'few-complete': {
		ru: 'Полных наборов ответов слишком мало: погрешность посчитана по парам пунктов.',
		en: 'There are too few complete answers: the error is taken from pairs of items.',
	},
	'left-out': {
		ru: 'Не учтены ответы {count} участников: нет группы или ответов на все пункты.',
		en: 'The answers of {count} persons are left out: they have no group or did not answer every item.',
	},
	'item-too-hard': {
		ru: 'Очень трудный пункт: решают меньше 10 %.',
		en: 'A very hard item: fewer than 10 % solve it.',
	},
	'item-too-easy': {
		ru: 'Очень лёгкий пункт: решают больше 95 %.',
		en: 'A very easy item: more than 95 % solve it.',
	},
	'low-item-rest': {
		ru: 'Пункт слабо связан с остальными (r меньше 0,15): проверьте ключ и формулировку.',
		en: 'The item hardly goes with the others (r below .15): check its key and wording.',
	},
	'official-index': {
		ru: 'Официальный индекс объективности территории за {year} год: {value} % ({flagged} из {schools} школ имеют хотя бы один официальный признак).',
		en: 'Official index of objectivity of the territory for {year}: {value} % ({flagged} of {schools} schools have at least one official sign).',
	},
} as const satisfies Record<string, LocalText>;

export type NoteCode = keyof typeof noteTexts;

/** The words of a note in one language; an unknown code is a fault of the caller. */
export function noteText(
	code: string,
	language: 'ru' | 'en',
	values: Record<string, string | number> = {},
): string {
	const text = noteTexts[code as NoteCode];
	if (!text) throw new Error(`unknown note code: ${code}`);
	return text[language].replace(/\{(\w+)\}/g, (whole, name: string) =>
		name in values ? String(values[name]) : whole,
	);
}
