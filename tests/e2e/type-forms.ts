import type { SurveyJson } from '#surveys/item-labels.ts';

/** Forms that together ask every question type of survey-core, and the logic between questions. */

const letters = ['a', 'b', 'c'];
const named = (...words: string[]) => words.map((text, index) => ({ value: letters[index], text }));
const picture = (colour: string) =>
	`data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="${colour}"/></svg>`).toString('base64')}`;

/** Everything that is written: each input type, masks, limits, several fields in one. */
export const written: SurveyJson = {
	title: 'Письменные ответы',
	elements: [
		{ type: 'radiogroup', name: 'choice', title: 'С чего начнём?', choices: ['a', 'b'] },
		{ type: 'text', name: 'text', title: 'Тема урока', placeholder: 'Например, дроби', maxLength: 40 },
		{ type: 'text', name: 'number', title: 'Сколько уроков?', inputType: 'number', min: 0, max: 5 },
		{ type: 'text', name: 'range', title: 'Насколько готовы?', inputType: 'range', min: 0, max: 5 },
		{ type: 'text', name: 'date', title: 'День урока', inputType: 'date' },
		{ type: 'text', name: 'moment', title: 'Начало урока', inputType: 'datetime-local' },
		{ type: 'text', name: 'time', title: 'Время звонка', inputType: 'time' },
		{ type: 'text', name: 'month', title: 'Месяц', inputType: 'month' },
		{ type: 'text', name: 'week', title: 'Неделя', inputType: 'week' },
		{ type: 'text', name: 'color', title: 'Цвет обложки', inputType: 'color' },
		{ type: 'text', name: 'email', title: 'Почта', inputType: 'email' },
		{ type: 'text', name: 'tel', title: 'Телефон', inputType: 'tel' },
		{ type: 'text', name: 'url', title: 'Страница', inputType: 'url' },
		{ type: 'text', name: 'password', title: 'Слово для входа', inputType: 'password' },
		{
			type: 'text',
			name: 'masked',
			title: 'Код предмета',
			maskType: 'pattern',
			maskSettings: { pattern: '99-99' },
		},
		{ type: 'text', name: 'listed', title: 'Предмет', dataList: ['Физика', 'Химия'] },
		{ type: 'comment', name: 'comment', title: 'Что получилось?', maxLength: 200 },
		{
			type: 'multipletext',
			name: 'multipletext',
			title: 'Класс',
			items: [
				{ name: 'total', title: 'Всего учеников', inputType: 'number', isRequired: true },
				{ name: 'here', title: 'Кто не пришёл' },
			],
		},
	],
};

/** Everything that is chosen. */
export const chosen: SurveyJson = {
	title: 'Выбор из предложенного',
	elements: [
		{ type: 'radiogroup', name: 'choice', title: 'С чего начнём?', choices: ['a', 'b'] },
		{
			type: 'radiogroup',
			name: 'radiogroup',
			title: 'Форма урока',
			choices: named('Беседа', 'Опыт', 'Игра'),
			showOtherItem: true,
		},
		{
			type: 'radiogroup',
			name: 'remarked',
			title: 'Кому показать урок?',
			choices: named('Коллегам', 'Методисту', 'Всем'),
			showNoneItem: true,
			showCommentArea: true,
		},
		{ type: 'buttongroup', name: 'buttongroup', title: 'Размер группы', choices: named('2', '4', '8') },
		{
			type: 'checkbox',
			name: 'checkbox',
			title: 'Что помогло?',
			choices: named('Книга', 'Коллега', 'Курс'),
			maxSelectedChoices: 2,
		},
		{
			type: 'checkbox',
			name: 'all',
			title: 'Что было на уроке?',
			choices: named('Доска', 'Опыт', 'Запись'),
			showSelectAllItem: true,
			showNoneItem: true,
		},
		{ type: 'dropdown', name: 'dropdown', title: 'Предмет', choices: named('Физика', 'Химия', 'История') },
		{
			type: 'dropdown',
			name: 'select',
			title: 'Класс',
			renderAs: 'select',
			choices: named('Пятый', 'Шестой', 'Седьмой'),
		},
		{ type: 'dropdown', name: 'numbered', title: 'Номер урока', choicesMin: 1, choicesMax: 7 },
		{ type: 'tagbox', name: 'tagbox', title: 'Темы', choices: named('Дроби', 'Степени', 'Корни') },
		{ type: 'ranking', name: 'ranking', title: 'Что важнее?', choices: named('Вопрос', 'Ответ', 'Пауза') },
		{
			type: 'ranking',
			name: 'ranked',
			title: 'Что из этого важно?',
			choices: named('Тишина', 'Спор', 'Смех'),
			selectToRankEnabled: true,
		},
		{ type: 'rating', name: 'rating', title: 'Как прошёл урок?', rateMax: 4 },
		{ type: 'rating', name: 'stars', title: 'Оцените пособие', rateType: 'stars' },
		{ type: 'rating', name: 'smileys', title: 'Настроение класса', rateType: 'smileys' },
		{ type: 'rating', name: 'long', title: 'Посоветуете ли курс?', rateMin: 0, rateMax: 10 },
		{ type: 'boolean', name: 'boolean', title: 'Был ли опыт?' },
		{ type: 'boolean', name: 'ticked', title: 'Нужна лаборатория', renderAs: 'checkbox' },
		{ type: 'boolean', name: 'yesno', title: 'Повторите ли урок?', renderAs: 'radio' },
		{
			type: 'imagepicker',
			name: 'imagepicker',
			title: 'Какая доска нагляднее?',
			showLabel: true,
			choices: [
				{ value: 'a', text: 'Зелёная', imageLink: picture('#2f6f4f') },
				{ value: 'b', text: 'Белая', imageLink: picture('#dddddd') },
			],
		},
		{
			type: 'imagepicker',
			name: 'pictures',
			title: 'Какие доски есть в школе?',
			multiSelect: true,
			choices: [
				{ value: 'a', text: 'Зелёная', imageLink: picture('#2f6f4f') },
				{ value: 'b', text: 'Белая', imageLink: picture('#dddddd') },
			],
		},
		{ type: 'slider', name: 'slider', title: 'Сколько говорили ученики, %?', min: 0, max: 100, step: 10 },
		{
			type: 'slider',
			name: 'span',
			title: 'С какого по какой класс?',
			sliderType: 'range',
			min: 1,
			max: 11,
			step: 1,
		},
	],
};

/** Tables, panels that are added, files, and what is only shown. */
export const tables: SurveyJson = {
	title: 'Таблицы и материалы',
	elements: [
		{ type: 'radiogroup', name: 'choice', title: 'С чего начнём?', choices: ['a', 'b'] },
		{ type: 'html', name: 'html', html: '<p>Вспомните <b>последний</b> урок.</p>' },
		{ type: 'image', name: 'image', altText: 'Доска', imageLink: picture('#2f6f4f') },
		{
			type: 'matrix',
			name: 'matrix',
			title: 'Что удалось?',
			columns: named('Да', 'Отчасти', 'Нет'),
			rows: [
				{ value: 'r', text: 'Начало' },
				{ value: 's', text: 'Итог' },
			],
		},
		{
			type: 'matrix',
			name: 'lists',
			title: 'Что было?',
			cellType: 'checkbox',
			columns: named('Речь', 'Письмо', 'Опыт'),
			rows: [
				{ value: 'r', text: 'На первом уроке' },
				{ value: 's', text: 'На втором уроке' },
			],
		},
		{
			type: 'matrixdropdown',
			name: 'matrixdropdown',
			title: 'Нагрузка',
			choices: named('Мало', 'В меру', 'Много'),
			rows: [
				{ value: 'r', text: 'Пятый класс' },
				{ value: 's', text: 'Шестой класс' },
			],
			columns: [
				{ name: 'kind', title: 'Как по силам?', cellType: 'dropdown' },
				{ name: 'hours', title: 'Часов', cellType: 'text', inputType: 'number', max: 40 },
				{ name: 'done', title: 'Есть план', cellType: 'boolean' },
			],
		},
		{
			type: 'matrixdynamic',
			name: 'matrixdynamic',
			title: 'Курсы за три года',
			rowCount: 0,
			maxRowCount: 3,
			columns: [
				{ name: 'title', title: 'Название', cellType: 'text', isRequired: true },
				{ name: 'level', title: 'Польза', cellType: 'rating', rateMax: 3 },
			],
			detailPanelMode: 'underRow',
			detailElements: [{ type: 'comment', name: 'more', title: 'Подробнее' }],
		},
		{
			type: 'paneldynamic',
			name: 'paneldynamic',
			title: 'Открытые уроки',
			maxPanelCount: 3,
			templateElements: [
				{
					type: 'radiogroup',
					name: 'form',
					title: 'Где?',
					choices: [
						{ value: 'x', text: 'В школе' },
						{ value: 'y', text: 'В другом месте' },
					],
					isRequired: true,
				},
				{ type: 'text', name: 'which', title: 'Где именно?', visibleIf: "{panel.form} = 'y'" },
			],
		},
		{
			type: 'paneldynamic',
			name: 'tabs',
			title: 'Классы',
			displayMode: 'tab',
			panelCount: 2,
			templateTitle: 'Класс',
			templateElements: [{ type: 'text', name: 'name', title: 'Какой класс?' }],
		},
		{ type: 'file', name: 'file', title: 'Фотография доски' },
		{ type: 'signaturepad', name: 'sign', title: 'Подпись' },
		{
			type: 'expression',
			name: 'sum',
			title: 'Всего часов',
			expression: "sumInArray({matrixdropdown}, 'hours')",
		},
	],
};

/** What questions do to each other: conditions, validators, triggers, calculated values, a random order that stays. */
export const logic: SurveyJson = {
	title: 'Связи между вопросами',
	calculatedValues: [{ name: 'points', expression: "iif({start} = 'b', 10, 0)", includeIntoResult: true }],
	triggers: [
		{ type: 'setvalue', expression: "{start} = 'b'", setToName: 'put', setValue: 'само' },
		{ type: 'copyvalue', expression: '{code} notempty', fromName: 'code', setToName: 'copied' },
		{ type: 'runexpression', expression: "{start} = 'b'", runExpression: '{points} + 1', setToName: 'ran' },
		{ type: 'complete', expression: '{enough} = true' },
	],
	pages: [
		{
			name: 'first',
			elements: [
				{
					type: 'radiogroup',
					name: 'start',
					title: 'Что выберете?',
					choices: ['a', 'b', 'd', 'e', 'f', 'g', 'h', 'i'],
					choicesOrder: 'random',
				},
				{ type: 'text', name: 'shown', title: 'Почему?', visibleIf: "{start} = 'b'" },
				{ type: 'text', name: 'needed', title: 'Подробнее', requiredIf: "{start} = 'b'" },
				{ type: 'text', name: 'enabled', title: 'Ещё подробнее', enableIf: "{start} = 'b'" },
				{
					type: 'panel',
					name: 'block',
					title: 'Для тех, кто выбрал',
					visibleIf: "{start} = 'b'",
					elements: [
						{ type: 'html', name: 'piped', html: '<p>Баллов: {points}</p>' },
						{ type: 'expression', name: 'twice', title: 'Вдвое больше', expression: '{points} * 2' },
					],
				},
			],
		},
		{
			name: 'second',
			elements: [
				{
					type: 'checkbox',
					name: 'known',
					title: 'Что знакомо?',
					choices: named('Дроби', 'Корни', 'Степени'),
				},
				{
					type: 'radiogroup',
					name: 'best',
					title: 'Что из этого ближе?',
					choicesFromQuestion: 'known',
					choicesFromQuestionMode: 'selected',
				},
				{
					type: 'radiogroup',
					name: 'rest',
					title: 'С чем познакомитесь?',
					choicesFromQuestion: 'known',
					choicesFromQuestionMode: 'unselected',
				},
				{
					type: 'radiogroup',
					name: 'taught',
					title: 'Что уже вели?',
					choices: named('Дроби', 'Корни', 'Степени'),
					choicesVisibleIf: '{known} contains {item}',
				},
				{
					type: 'radiogroup',
					name: 'limited',
					title: 'Что дальше?',
					choices: [
						{ value: 'x', text: 'Вперёд', visibleIf: "{start} = 'b'" },
						{ value: 'y', text: 'Назад' },
						{ value: 'z', text: 'В сторону', visibleIf: "{start} = 'a'" },
					],
				},
			],
		},
		{
			name: 'third',
			elements: [
				{
					type: 'text',
					name: 'code',
					title: 'Код из трёх цифр',
					validators: [{ type: 'regex', regex: '^\\d{3}$', text: 'Нужны три цифры' }],
				},
				{
					type: 'text',
					name: 'even',
					title: 'Чётное число',
					inputType: 'number',
					validators: [{ type: 'expression', expression: '{even} % 2 = 0', text: 'Нужно чётное' }],
				},
				{
					type: 'text',
					name: 'hours',
					title: 'Сколько часов?',
					validators: [{ type: 'numeric', minValue: 1, maxValue: 40, text: 'От одного до сорока' }],
				},
				{
					type: 'text',
					name: 'address',
					title: 'Куда написать?',
					validators: [{ type: 'email', text: 'Нужен адрес почты' }],
				},
				{
					type: 'comment',
					name: 'words',
					title: 'Расскажите',
					validators: [{ type: 'text', minLength: 10, text: 'Хотя бы десять знаков' }],
				},
				{
					type: 'checkbox',
					name: 'several',
					title: 'Что возьмёте?',
					choices: named('Мел', 'Книгу', 'Доску'),
					validators: [{ type: 'answercount', minCount: 2, text: 'Отметьте хотя бы два' }],
				},
				{ type: 'text', name: 'copied', title: 'Код ещё раз', readOnly: true },
				{ type: 'text', name: 'put', title: 'Отметка', readOnly: true },
				{ type: 'text', name: 'ran', title: 'Итог', readOnly: true },
				{ type: 'boolean', name: 'enough', title: 'На этом всё?' },
			],
		},
		{
			name: 'fourth',
			elements: [{ type: 'text', name: 'never', title: 'Последнее', isRequired: true }],
		},
	],
};

/** A quiz that turns its pages itself. */
export const quiz: SurveyJson = {
	title: 'Короткий тест',
	autoAdvanceEnabled: true,
	autoAdvanceAllowComplete: true,
	pages: ['choice', 'other'].map((name) => ({
		name: `page_${name}`,
		elements: [{ type: 'radiogroup', name, title: `Вопрос ${name}`, choices: ['a', 'b'], isRequired: true }],
	})),
};
