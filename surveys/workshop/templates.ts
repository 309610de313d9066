import type { Text } from '../text.ts';
import { composeInstrument, type PlainInstrument } from './compose.ts';
import type { InstrumentContent } from './content.ts';
import type { PlainItem } from './new-item.ts';

const text = (ru: string, en: string): Text => ({ ru, en });

const MASTERY: readonly Text[] = [
	text('Пока не владею', 'Not yet'),
	text('Владею отчасти', 'In part'),
	text('Владею', 'Well'),
	text('Владею и могу помочь другим', 'Well enough to help others'),
];
const DIFFICULTY: readonly Text[] = [
	text('Не испытываю затруднений', 'No difficulty'),
	text('Редко', 'Seldom'),
	text('Часто', 'Often'),
	text('Постоянно', 'Always'),
];
const NEED: readonly Text[] = [
	text('Не нужна', 'Not needed'),
	text('Скорее не нужна', 'Rather not'),
	text('Скорее нужна', 'Rather needed'),
	text('Очень нужна', 'Much needed'),
];

const attitude = (name: string, competency: string, title: Text, isReversed = false): PlainItem => ({
	name,
	kind: 'likert',
	title,
	options: isReversed ? DIFFICULTY : MASTERY,
	competency,
	isReversed,
});
const need = (name: string, title: Text): PlainItem => ({ name, kind: 'likert', title, options: NEED });
const choices = (
	name: string,
	kind: 'choice' | 'multiple',
	title: Text,
	options: readonly Text[],
): PlainItem => ({ name, kind, title, options });
const words = (name: string, title: Text): PlainItem => ({ name, kind: 'comment', title, options: [] });

/** What a methodist may start from; every one passes the linter without an error. */
const TEMPLATES: Readonly<Record<string, { about: Text } & Omit<PlainInstrument, 'instrument'>>> = {
	'self-assessment': {
		about: text(
			'Утверждения «владею» и «испытываю затруднения» по выбранным компетенциям; уровень дефицита по каждой.',
			'Statements of mastery and of difficulty by competency; a level of deficit for each.',
		),
		channel: 'self_assessment',
		title: text('Самооценка: новая анкета', 'Self-assessment: a new questionnaire'),
		purpose: text(
			'Помогает увидеть, в чём ваша опора и где поддержка даст больше всего.',
			'Helps you to see your strengths and where support would help most.',
		),
		minutes: 5,
		pages: [
			{
				title: text('Урок', 'The lesson'),
				items: [
					attitude(
						'q1',
						'lesson_design',
						text(
							'Ставлю цель урока через результат ученика',
							'I set the aim of a lesson as what pupils achieve',
						),
					),
					attitude(
						'q2',
						'lesson_design',
						text('Бывает трудно уложить урок в отведённое время', 'It is hard to fit a lesson into its time'),
						true,
					),
					attitude(
						'q3',
						'assessment',
						text('Составляю критерии, понятные ученику', 'I write criteria that pupils understand'),
					),
					attitude(
						'q4',
						'assessment',
						text('Бывает трудно объяснить ученику отметку', 'It is hard to explain a mark to a pupil'),
						true,
					),
				],
			},
			{
				title: text('Ученики', 'Pupils'),
				items: [
					attitude(
						'q5',
						'differentiation',
						text('Подбираю задания под разный темп работы', 'I choose tasks for different paces of work'),
					),
					attitude(
						'q6',
						'differentiation',
						text(
							'Бывает трудно заметить, что ученик отстаёт',
							'It is hard to notice that a pupil falls behind',
						),
						true,
					),
					attitude(
						'q7',
						'motivation',
						text('Нахожу, чем заинтересовать класс', 'I find what interests the class'),
					),
					attitude(
						'q8',
						'motivation',
						text('Бывает трудно вернуть внимание класса', 'It is hard to win back attention'),
						true,
					),
				],
			},
		],
	},
	'keyed-test': {
		about: text(
			'Задания с правильными ответами: один верный, несколько верных, порядок, соответствие.',
			'Tasks with right answers: one right, several right, order, matching.',
		),
		channel: 'test',
		title: text('Тест с ключами: новый', 'A test with keys: new'),
		purpose: text(
			'Показывает, насколько уверенно вы владеете темой, и подсказывает, чему поучиться.',
			'Shows how well you know the subject and suggests what to learn.',
		),
		minutes: 10,
		pages: [
			{
				title: null,
				items: [
					{
						name: 't1',
						kind: 'choice',
						title: text(
							'Что делает контрольную работу содержательно валидной?',
							'What makes a test valid in content?',
						),
						options: [
							text('Задания из одного сборника', 'Tasks from one collection'),
							text('Соответствие заданий планируемым результатам', 'Tasks that match the learning outcomes'),
							text('Равное число заданий каждого вида', 'The same number of tasks of each kind'),
						],
						correct: [1],
						points: [2],
						competency: 'assessment',
						explanation: text(
							'Валидность — соответствие тому, что проверяем.',
							'Validity is a match with what is assessed.',
						),
					},
					{
						name: 't2',
						kind: 'multiple',
						title: text(
							'Какие признаки видны в работе ученика? Отметьте все',
							'Which features can be seen in a pupil’s work? Choose all',
						),
						options: [
							text('Приведены два довода', 'Two arguments are given'),
							text('Ученик старался', 'The pupil tried hard'),
							text('Записан ход решения', 'The steps are written down'),
							text('Ученик понял тему', 'The pupil understood'),
						],
						correct: [0, 2],
						points: [2],
						competency: 'assessment',
					},
					{
						name: 't3',
						kind: 'ordering',
						title: text(
							'Расставьте шаги подготовки контрольной работы',
							'Put the steps of preparing a test in order',
						),
						options: [
							text('Что проверяем', 'What is assessed'),
							text('План работы', 'The plan'),
							text('Задания', 'The tasks'),
							text('Критерии', 'The criteria'),
						],
						points: [3],
						competency: 'results_analysis',
					},
					{
						name: 't4',
						kind: 'matching',
						title: text('Соотнесите вид оценивания и его цель', 'Match each kind of assessment with its aim'),
						options: [
							text('Входное', 'Initial'),
							text('Формирующее', 'Formative'),
							text('Итоговое', 'Summative'),
						],
						rights: [
							text('Узнать, с чем ученик пришёл', 'To know what the pupil brings'),
							text('Поправить обучение по ходу', 'To adjust teaching on the way'),
							text('Подвести итог', 'To sum up'),
						],
						points: [3],
						competency: 'results_analysis',
					},
				],
			},
		],
	},
	'case-task': {
		about: text(
			'Ситуации из работы: варианты ответа лучше и хуже, у каждого объяснение.',
			'Situations from work whose answers are better and worse, each with its reason.',
		),
		channel: 'test',
		title: text('Кейс: новая ситуация', 'A case: a new situation'),
		purpose: text(
			'Показывает, как вы решаете рабочую ситуацию, и объясняет, чем один ход лучше другого.',
			'Shows how you handle a situation at work and explains why one move is better.',
		),
		minutes: 6,
		pages: [
			{
				title: null,
				items: [
					{
						name: 'c1',
						kind: 'case',
						title: text(
							'Ученик третий раз не сдал работу в срок и говорит, что «всё равно не получится». Ваш первый шаг?',
							'For the third time a pupil hands nothing in and says it will not work out anyway. Your first step?',
						),
						options: [
							text(
								'Поговорить наедине и выбрать посильную часть',
								'Talk alone and choose a part that can be done',
							),
							text('Напомнить о сроке при классе', 'Remind of the deadline before the class'),
							text('Поставить отметку за несданную работу', 'Give a mark for what was not handed in'),
						],
						points: [2, 1, 0],
						competency: 'motivation',
						explanation: text(
							'Уверенность возвращает посильный успех.',
							'A success within reach brings confidence back.',
						),
					},
					{
						name: 'c2',
						kind: 'case',
						title: text(
							'Мама просит пересмотреть отметку: «Он же учил всю ночь». Что вы ответите?',
							'A mother asks for another mark: he studied all night. What do you answer?',
						),
						options: [
							text('Отметка уже стоит, менять нельзя', 'The mark stands and cannot change'),
							text(
								'Показать работу и критерии, предложить пересдачу',
								'Show the work and the criteria, offer another try',
							),
							text('Поднять отметку за старание', 'Raise the mark for the effort'),
						],
						points: [1, 2, 0],
						competency: 'motivation',
						explanation: text(
							'Разговор о работе понятнее разговора о человеке.',
							'To talk about the work is clearer than about the person.',
						),
					},
				],
			},
		],
	},
	'needs-survey': {
		about: text(
			'В чём нужна поддержка и в каком виде. Ничего не оценивается.',
			'What support is needed and in which form. Nothing is scored.',
		),
		channel: 'needs_survey',
		title: text('Потребности: новый опрос', 'Needs: a new survey'),
		purpose: text(
			'По вашим ответам методическая служба спланирует помощь на год.',
			'From your answers the methodical service plans its help for the year.',
		),
		minutes: 4,
		pages: [
			{
				title: text('Нужна ли вам поддержка', 'Do you need support'),
				items: [
					need('n1', text('Критериальное оценивание', 'Assessment by criteria')),
					need('n2', text('Разговор с учеником об отметке', 'Talking with a pupil about a mark')),
					need('n3', text('Цифровые инструменты на уроке', 'Digital tools in the lesson')),
				],
			},
			{
				title: text('Как вам удобнее', 'What suits you'),
				items: [
					choices(
						'form',
						'multiple',
						text('Какой вид помощи вам подходит?', 'Which form of help suits you?'),
						[
							text('Наставник', 'A mentor'),
							text('Мастер-класс', 'A workshop'),
							text('Курс', 'A course'),
							text('Материалы для самостоятельной работы', 'Materials to study alone'),
						],
					),
					words('words', text('Что ещё нам стоит знать?', 'What else should we know?')),
				],
			},
		],
	},
	'event-feedback': {
		about: text(
			'Отзыв о семинаре или мастер-классе: что пригодилось и что изменить. Ничего не оценивается.',
			'Feedback on a seminar or a workshop: what was useful, what to change. Nothing is scored.',
		),
		channel: 'feedback',
		title: text('Отзыв о мероприятии: новый', 'Feedback on an event: new'),
		purpose: text(
			'Помогает сделать следующую встречу полезнее.',
			'Helps to make the next meeting more useful.',
		),
		minutes: 2,
		pages: [
			{
				title: null,
				items: [
					choices(
						'use',
						'choice',
						text('Пригодится ли вам то, о чём шла речь?', 'Will you use what it was about?'),
						[
							text('Да, уже знаю где', 'Yes, and I know where'),
							text('Скорее да', 'Rather yes'),
							text('Скорее нет', 'Rather not'),
							text('Затрудняюсь ответить', 'I cannot say'),
						],
					),
					words('best', text('Что было самым полезным?', 'What was most useful?')),
					words('change', text('Что стоит изменить?', 'What should change?')),
				],
			},
		],
	},
	questionnaire: {
		about: text(
			'Свободный опрос: любые вопросы, без баллов, шкал и уровней.',
			'A free questionnaire: any questions, without points, scales or levels.',
		),
		channel: 'questionnaire',
		title: text('Опрос: новый', 'A questionnaire: new'),
		purpose: text(
			'Ваши ответы помогут принять решение. Верных и неверных ответов нет.',
			'Your answers help to decide. There are no right or wrong answers.',
		),
		minutes: 2,
		pages: [
			{
				title: null,
				items: [
					choices('q1', 'choice', text('Когда вам удобнее встречаться?', 'When do you prefer to meet?'), [
						text('В будни после уроков', 'On weekdays after lessons'),
						text('В субботу', 'On Saturday'),
						text('В каникулы', 'In the holidays'),
						text('Затрудняюсь ответить', 'I cannot say'),
					]),
					words('q2', text('Что вы хотели бы обсудить?', 'What would you like to discuss?')),
				],
			},
		],
	},
};

/** What one may start from, with a word on each. */
export function listTemplates(): { template: string; title: Text; about: Text }[] {
	return Object.entries(TEMPLATES).map(([template, { title, about }]) => ({ template, title, about }));
}

/** A fresh instrument from a template; undefined when there is none of that name. */
export function startFromTemplate(template: string, instrument: string): InstrumentContent | undefined {
	const found = Object.hasOwn(TEMPLATES, template) ? TEMPLATES[template] : undefined;
	return found && composeInstrument({ ...found, instrument });
}
