import type { LocalText } from './module.ts';

/** The closed list of reasons why a number is missing or must be read with care. `{name}` is replaced by the note's values. */
export const noteTexts = {
	'too-few-respondents': {
		ru: 'Недостаточно данных: для вывода нужно больше участников.',
		en: 'Not enough data: more participants are needed for a conclusion.',
	},
	'few-for-scale': {
		ru: 'Ответов меньше {minimum}: по стольким судить об инструменте нельзя. Расчёт появится, когда их станет больше.',
		en: 'There are fewer than {minimum} responses: too few to judge an instrument by. The numbers appear with more of them.',
	},
	'few-for-groups': {
		ru: 'Сравнений, для которых мало данных: нужно по {minimum} человек в каждой группе, ответивших на все пункты.',
		en: 'Comparisons with too little data: each group needs {minimum} people who answered every item.',
	},
	'few-for-model': {
		ru: 'Модель трудностей не построена: для неё нужно {minimum} ответов.',
		en: 'There is no model of difficulties: it takes {minimum} responses.',
	},
	'model-holds': {
		ru: 'Трудности пунктов у участников с высокими и низкими баллами согласуются (критерий Андерсена: LR = {lr}, df = {df}, {p}).',
		en: 'The difficulties of items agree between people with high and low scores (Andersen’s test: LR = {lr}, df = {df}, {p}).',
	},
	'model-differs': {
		ru: 'Трудности пунктов у участников с высокими и низкими баллами различаются (критерий Андерсена: LR = {lr}, df = {df}, {p}): читайте их как приближение и посмотрите пункты с пометками.',
		en: 'The difficulties of items differ between people with high and low scores (Andersen’s test: LR = {lr}, df = {df}, {p}): read them as an approximation and look at the items with flags.',
	},
	'options-withheld': {
		ru: 'Доли вариантов ответа в тесте видят только те, кому доступны ключи (методист и руководитель): по ним угадывается верный ответ.',
		en: 'Shares of the options of a test are shown only to those who may read its key (methodist and leader): they would give the right answer away.',
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
	'doubtful-left-out': {
		ru: 'Есть признаки необъективности: результаты школы не входят в сравнение с другими (априорное распределение, центр и пределы воронки), а сама школа по нему показана.',
		en: 'Signs of non-objectivity: the results of the school have no part in what schools are compared with (prior, centre and limits of the funnel); the school itself is shown against it.',
	},
	'not-verified': {
		ru: 'Школа ещё не ответила на предложение службы: это предложение, а не вывод.',
		en: 'The school has not answered the proposal of the service: it is a proposal, not a finding.',
	},
	'no-priority': {
		ru: 'Очередь помощи не посчитана: нет результатов или их не с чем сравнить.',
		en: 'Priority of support is not reckoned: there are no results, or nothing to compare them with.',
	},
	'expected-by-thirds': {
		ru: 'Школ для линии ожидания меньше {schools}: ожидание — среднее других школ той же трети по социальному составу.',
		en: 'Fewer than {schools} schools fit a line: the expectation is the mean of the other schools in the same third by social make-up.',
	},
	'doubtful-need': {
		ru: 'Есть признаки необъективности: потребность в помощи может быть больше показанной.',
		en: 'Signs of non-objectivity: the need for support may be larger than shown.',
	},
	'mark-disagrees': {
		ru: 'Отметка в файле не соответствует шкале; оставлена отметка из файла.',
		en: 'The mark in the file disagrees with the scale; the mark of the file is kept.',
	},
	'codes-not-lasting': {
		ru: 'Коды учеников в разных годах, похоже, принадлежат разным детям (результаты под одним кодом почти не связаны): сравнивались потоки школ, а не ученики.',
		en: 'The codes of pupils seem to belong to different children in different years (results under one code are hardly related): cohorts of schools were compared, not pupils.',
	},
	'medals-without-exam': {
		ru: 'Результатов ЕГЭ под кодами претендентов нет: сравнить не с чем.',
		en: 'There are no results of the exam under the codes of the candidates: nothing to compare with.',
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
		ru: 'Согласие загруженного перечня с собственными признаками, {year} год: совпадает {same} %, κ = {kappa} (95 %: {low} … {high}) по школам: {schools}. Сообщается для сведения, расчёт под перечень не подгоняется.',
		en: 'Agreement of the imported list with the own signs, {year}: {same} % the same, κ = {kappa} (95 %: {low} … {high}) over {schools} schools. For information; nothing is tuned to the list.',
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
	'suppressed-few-flagged': {
		ru: 'Без отмеченных ответов не показано: отмеченных слишком мало, разность выдала бы ответы отдельных людей.',
		en: 'Not shown without the flagged responses: there are too few of them, the difference would reveal individual answers.',
	},
	'left-out-none': {
		ru: 'Ответов с признаками невнимательного заполнения в этом отборе нет: ничего не убрано.',
		en: 'No response of this selection carries a sign of inattentive answering: nothing is left out.',
	},
	'left-out-flagged': {
		ru: 'Не учтены ответы с признаками невнимательного заполнения: {left_out} из {total}. Причины (у одного ответа их может быть несколько): {reasons}. Сами ответы сохранены.',
		en: 'Responses with signs of inattentive answering are left out: {left_out} of {total}. Reasons (a response may have several): {reasons}. The responses themselves are kept.',
	},
	'left-out-hidden': {
		ru: 'Ответы с признаками невнимательного заполнения не учтены. Сколько их, не сказано: отмеченных или остальных так мало, что число выдало бы отдельных людей.',
		en: 'Responses with signs of inattentive answering are left out. How many is not told: so few are flagged, or so few remain, that the number would reveal individual people.',
	},
	'median-without-flagged': {
		ru: 'Медиана участников посчитана без ответов с признаками невнимательного заполнения (их до {left_out} на шкалу). Собственный результат не меняется.',
		en: 'The median of the participants leaves out responses with signs of inattentive answering (up to {left_out} per scale). The own result does not change.',
	},
	'own-results-stay': {
		ru: 'Из медианы участников убирать нечего; собственный результат показан всегда.',
		en: 'There is nothing to leave out of the median of the participants; the own result is always shown.',
	},
	'not-timed': {
		ru: 'Время заполнения не записано: так бывает в анонимной кампании. О спешке сказать нечего.',
		en: 'The time of answering is not recorded, as in an anonymous campaign: nothing can be said about haste.',
	},
	'few-attitude-items': {
		ru: 'В инструменте меньше {minimum} пунктов с одной шкалой ответов: одинаковые ответы подряд ни о чём не говорят.',
		en: 'The instrument has fewer than {minimum} items with one scale of answers: equal answers in a row tell nothing.',
	},
	'few-scales': {
		ru: 'Согласованность ответов не проверена: нужно {minimum} шкал с двумя пунктами, разные ответы и известное время заполнения.',
		en: 'Consistency of answers is not judged: it takes {minimum} scales of two items, answers that differ and a known time.',
	},
	'coded-share': {
		ru: 'Крайние доли показаны как «не больше» или «не меньше».',
		en: 'Extreme shares are shown as “at most” or “at least”.',
	},
	'no-expectation': {
		ru: 'Ожидаемого результата нет: для линии нужно не меньше {schools} школ с известным контекстом, достаточным числом работ и без признаков необъективности, а для сравнения внутри трети — социальный состав школ.',
		en: 'There is no expected result: a line takes {schools} schools at least, with a known context, papers enough and no signs of non-objectivity; a comparison within a third takes the social make-up of schools.',
	},
	'no-expectation-alike': {
		ru: 'Ожидаемого результата нет: признаки контекста у школ региона одинаковы или почти не известны, а социальный состав школ не загружен или известен слишком немногим.',
		en: 'There is no expected result: the contexts of the schools of the region are alike or hardly known, and their social make-up is not imported or known of too few.',
	},
	'no-expectation-context': {
		ru: 'Ожидаемого результата нет: о школе не известен признак контекста, который учитывает линия, или других таких школ в регионе нет.',
		en: 'There is no expected result: something of the context that the line takes is not known of the school, or the region has no other school like it.',
	},
	'no-expectation-result': {
		ru: 'Ожидаемого результата нет: сравнить можно только результаты по строкам учеников, а у школы их нет.',
		en: 'There is no expected result: only results with rows of pupils can be compared, and the school has none.',
	},
	'thirds-for-alike': {
		ru: 'Признаки контекста, кроме социального состава, у школ одинаковы или почти не известны, линии ожидания нет: ожидание — среднее других школ той же трети по социальному составу.',
		en: 'There is no line of expectation, as contexts are alike or hardly known: the expectation is the mean of the other schools in the same third by social make-up.',
	},
	'not-tested': {
		ru: 'Проверить нельзя: ни одного признака не удалось посчитать — не с чем сравнить или нет шкалы.',
		en: 'Cannot be tested: no sign could be computed, for want of others to compare with or of a scale.',
	},
	'spread-unknown': {
		ru: 'Обычные различия между школами оценить не по чему: школа одна. Где без них нельзя, признак не считается.',
		en: 'There is one school only, so the usual differences between schools are unknown. Signs that need them are left out.',
	},
	'no-reference': { ru: 'Нет данных для сравнения.', en: 'There is nothing to compare with.' },
	'not-converged': { ru: 'Расчёт не сошёлся.', en: 'The calculation did not converge.' },
	'nothing-scored': {
		ru: 'В этой диагностике ничего не оценивается: у её анкет нет ни баллов, ни шкал. Считать здесь нечего, ответы можно выгрузить.',
		en: 'Nothing is scored in this campaign: its questionnaires have neither points nor scales. There is nothing to compute; the answers can be exported.',
	},
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
	'reference-without-flagged': {
		ru: 'Школы, названные в перечне или выделенные при первой проверке, другим эталоном не служат; сами они сравниваются с остальными.',
		en: 'Schools that a list names or a first check singles out do not serve others as a reference; they are themselves compared with the rest.',
	},
	'reference-with-flagged': {
		ru: 'Без школ из перечня и выделенных сравнивать было бы почти не с кем: эталон — все другие школы, поэтому отличия от них могут казаться меньше, чем есть.',
		en: 'Without listed and singled-out schools there would be too few to compare with: the reference is all other schools, and differences may look smaller than they are.',
	},
	'reference-bunched': {
		ru: 'Работы скапливаются у границ отметок во всём регионе ({procedures}): сравнение школ между собой такую практику почти не покажет.',
		en: 'Papers gather at the borders of marks in the whole region ({procedures}): comparing schools with each other will hardly show such a practice.',
	},
	'difficulties-from-sample': {
		ru: 'Пропуски у людей слишком разные, чтобы учесть каждый набор: трудности, их ошибки, infit, outfit, разделяющая надёжность и критерий Андерсена посчитаны по случайной выборке: {persons} человек из {total}. Остальное посчитано по всем.',
		en: 'Gaps differ too much from person to person to take every pattern: difficulties, their errors, infit, outfit, separation and Andersen’s test are from a random sample of {persons} persons of {total}. The rest is from all.',
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
