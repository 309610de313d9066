import { listCompetencies } from '#surveys/competencies.ts';
import { type CellRule, oneOf, text } from './cell-rules.ts';
import type { ColumnRule } from './sheet.ts';

/** A list of options: `|` between them, or `;` where no `|` stands. */
const options: CellRule = (cell) => {
	const words = String(cell);
	return {
		value: words
			.split(words.includes('|') ? '|' : ';')
			.map((option) => option.trim())
			.filter((option) => option !== ''),
	};
};

const competency = oneOf(
	Object.fromEntries(listCompetencies().map(({ id, title }) => [id, [title.ru, title.en]])),
);

const KINDS: Record<string, string[]> = {
	likert: ['шкала', 'scale', 'rating'],
	choice: ['один ответ', 'один верный', 'one answer', 'radio'],
	multiple: ['несколько ответов', 'several answers', 'checkbox'],
	ordering: ['порядок', 'order', 'ranking'],
	matching: ['соответствие', 'matching'],
	case: ['ситуация', 'кейс', 'situation'],
	boolean: ['да или нет', 'да/нет', 'yes or no'],
	text: ['строка', 'короткий ответ', 'line'],
	comment: ['текст', 'развёрнутый ответ', 'paragraph'],
};

const YES: Record<string, string[]> = { yes: ['да', '+', 'true', '1'], no: ['нет', '-', 'false', '0'] };

const column = (
	field: string,
	ru: string,
	en: string,
	parse: CellRule,
	help: ColumnRule['help'],
	examples: ColumnRule['examples'],
	required = false,
): ColumnRule => ({
	field,
	titles: { ru, en, aliases: [] },
	required,
	filled: required,
	parse,
	help,
	examples,
});

/** Columns of a sheet in which each row is one question of an instrument. */
export const instrumentColumns: readonly ColumnRule[] = [
	column(
		'page',
		'Страница',
		'Page',
		text(200),
		{
			ru: 'Название страницы; строки подряд с одним названием стоят на одной странице.',
			en: 'Title of the page; rows in a row with one title stand on one page.',
		},
		['Урок', 'Урок', 'Ученики', 'Ученики', 'Ученики'],
	),
	column(
		'question_ru',
		'Вопрос',
		'Question (ru)',
		text(2000),
		{ ru: 'Текст вопроса или утверждения.', en: 'The question or statement in Russian.' },
		[
			'Ставлю цель урока через результат ученика',
			'Бывает трудно уложить урок в отведённое время',
			'Что поможет ученику, который боится ошибиться?',
			'Какие действия поддерживают интерес? Отметьте все',
			'Что ещё важно сказать об этой теме?',
		],
		true,
	),
	column(
		'question_en',
		'Вопрос (en)',
		'Question (en)',
		text(2000),
		{ ru: 'Перевод; без него анкета не пройдёт проверку, если выбран английский.', en: 'The translation.' },
		[
			'I set the aim of a lesson as what pupils achieve',
			'It is hard to fit a lesson into its time',
			'What helps a pupil who is afraid of mistakes?',
			'Which actions keep up interest? Choose all',
			'What else matters in this subject?',
		],
	),
	column(
		'type',
		'Вид',
		'Type',
		oneOf(KINDS),
		{
			ru: 'Шкала, один ответ, несколько ответов, порядок, соответствие, ситуация, да или нет, строка, текст.',
			en: 'Scale, one answer, several answers, order, matching, situation, yes or no, line, paragraph.',
		},
		['шкала', 'шкала', 'один ответ', 'несколько ответов', 'текст'],
		true,
	),
	column(
		'options_ru',
		'Варианты',
		'Options (ru)',
		options,
		{
			ru: 'Через «|». Для шкалы — от меньшего к большему, для порядка — сразу в верном порядке, для соответствия — «левое = правое».',
			en: 'With “|” between. A scale from least to most, an order in its right order, a matching as “left = right”.',
		},
		[
			'Пока не владею | Отчасти | Владею | Могу помочь другим',
			'Никогда | Редко | Часто | Постоянно',
			'Разобрать ошибку вместе | Не замечать ошибку | Снизить отметку',
			'Выбор задания | Общий темп для всех | Связь с жизнью',
			null,
		],
	),
	column(
		'options_en',
		'Варианты (en)',
		'Options (en)',
		options,
		{ ru: 'Столько же и в том же порядке.', en: 'As many, in the same order.' },
		[
			'Not yet | In part | Well | I can help others',
			'Never | Seldom | Often | Always',
			'To look at the mistake together | To pass over it | To lower the mark',
			'A choice of tasks | One pace for all | A link to life',
			null,
		],
	),
	column(
		'correct',
		'Верно',
		'Correct',
		text(200),
		{
			ru: 'Номер верного варианта, нескольких — через запятую. Не нужен шкале, порядку, соответствию, ситуации.',
			en: 'The number of the right option, several with commas. Not for a scale, an order, a matching, a situation.',
		},
		[null, null, 1, '1, 3', null],
	),
	column(
		'points',
		'Баллы',
		'Points',
		text(200),
		{
			ru: 'Сколько баллов даёт верный ответ (1, если пусто). Для ситуации — баллы каждого варианта: 2|1|0.',
			en: 'What the right answer gives (1 if empty). For a situation the points of each option: 2|1|0.',
		},
		[null, null, 1, 2, null],
	),
	column(
		'competency',
		'Компетенция',
		'Competency',
		competency,
		{
			ru: `Без неё вопрос не оценивается. Одна из: ${listCompetencies()
				.map(({ title }) => title.ru)
				.join('; ')}.`,
			en: `Without it the question is not scored. One of: ${listCompetencies()
				.map(({ title }) => title.en)
				.join('; ')}.`,
		},
		[
			'Проектирование урока и программы',
			'Проектирование урока и программы',
			'Учебная мотивация и уверенность',
			'Учебная мотивация и уверенность',
			null,
		],
	),
	column(
		'reversed',
		'Обратный',
		'Reversed',
		oneOf(YES),
		{
			ru: '«да», если большее значение шкалы говорит о затруднении.',
			en: '“yes” when more on the scale means difficulty.',
		},
		[null, 'да', null, null, null],
	),
	column(
		'required',
		'Обязательный',
		'Required',
		oneOf(YES),
		{ ru: '«да», если вопрос нельзя пропустить.', en: '“yes” when the question cannot be skipped.' },
		[null, null, null, null, null],
	),
	column(
		'explanation_ru',
		'Пояснение',
		'Explanation (ru)',
		text(2000),
		{
			ru: 'Почему верный ответ верен: педагог увидит это вместе с результатом.',
			en: 'Why the right answer is right: shown with the result.',
		},
		[null, null, 'Разбор без отметки снимает страх.', null, null],
	),
	column(
		'explanation_en',
		'Пояснение (en)',
		'Explanation (en)',
		text(2000),
		{ ru: 'Перевод пояснения.', en: 'The translation of the explanation.' },
		[null, null, 'Looking at it without a mark takes the fear away.', null, null],
	),
	column(
		'name',
		'Код',
		'Code',
		(cell) => {
			const value = String(cell).trim();
			return /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(value) ? { value } : { code: 'invalid-code' };
		},
		{
			ru: 'Короткий код вопроса латиницей; пустой будет назначен сам: q1, q2…',
			en: 'A short code in Latin letters; an empty one is given: q1, q2…',
		},
		['q1', 'q2', 'q3', 'q4', 'q5'],
	),
];
