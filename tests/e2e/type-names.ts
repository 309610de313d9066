import type { Locator } from '@playwright/test';

/** What a screen reader says of each control: its role and its name, after the question has been answered. */
type Role = Parameters<Locator['getByRole']>[0];

const texts = {
	text: 'Тема урока',
	date: 'День урока',
	moment: 'Начало урока',
	time: 'Время звонка',
	month: 'Месяц',
	week: 'Неделя',
	color: 'Цвет обложки',
	email: 'Почта',
	tel: 'Телефон',
	url: 'Страница',
	password: 'Слово для входа',
	masked: 'Код предмета',
	comment: 'Что получилось?',
};

const radios = (group: string, ...choices: string[]): [Role, string][] => [
	['radiogroup', group],
	...choices.map((choice): [Role, string] => ['radio', choice]),
];

const boxes = (group: string, ...choices: string[]): [Role, string][] => [
	['group', group],
	...choices.map((choice): [Role, string] => ['checkbox', choice]),
];

const list = (name: string): [Role, string][] => [
	['combobox', name],
	['button', 'Очистить'],
];

export const namesOf: Readonly<Record<string, [Role, string][]>> = {
	...Object.fromEntries(Object.entries(texts).map(([name, title]) => [name, [['textbox', title]]])),
	choice: radios('С чего начнём?', 'a', 'b'),
	number: [['spinbutton', 'Сколько уроков?']],
	range: [['slider', 'Насколько готовы?']],
	listed: [['combobox', 'Предмет']],
	multipletext: [
		['group', 'Класс'],
		['spinbutton', 'Всего учеников'],
		['textbox', 'Кто не пришёл'],
	],
	radiogroup: [
		...radios('Форма урока', 'Беседа', 'Опыт', 'Игра', 'Другое (пожалуйста, опишите)'),
		['textbox', 'Форма урока'],
	],
	remarked: [
		...radios('Кому показать урок?', 'Коллегам', 'Методисту', 'Всем', 'Нет'),
		['textbox', 'Пожалуйста, оставьте комментарий'],
	],
	buttongroup: radios('Размер группы', '2', '4', '8'),
	checkbox: boxes('Что помогло?', 'Книга', 'Коллега', 'Курс'),
	all: boxes('Что было на уроке?', 'Выбрать всё', 'Доска', 'Опыт', 'Запись', 'Нет'),
	dropdown: list('Предмет'),
	select: [['combobox', 'Класс']],
	numbered: list('Номер урока'),
	tagbox: list('Темы'),
	ranking: [
		['listbox', 'Что важнее?'],
		['option', '1 Пауза'],
		['option', '2 Вопрос'],
		['option', '3 Ответ'],
	],
	ranked: [
		['listbox', 'Что из этого важно?'],
		['option', 'Тишина'],
		['option', '1 Спор'],
	],
	rating: radios('Как прошёл урок?', '1', '2', '3', '4'),
	stars: radios('Оцените пособие', '1', '5'),
	smileys: radios('Настроение класса', '1', '5'),
	long: radios('Посоветуете ли курс?', '0', '10'),
	boolean: [['switch', 'Был ли опыт?']],
	ticked: [['checkbox', 'Нужна лаборатория']],
	yesno: radios('Повторите ли урок?', 'Нет', 'Да'),
	imagepicker: radios('Какая доска нагляднее?', 'Зелёная', 'Белая'),
	pictures: boxes('Какие доски есть в школе?', 'Зелёная', 'Белая'),
	slider: [
		['group', 'Сколько говорили ученики, %?'],
		['slider', 'Сколько говорили ученики, %?'],
	],
	span: [
		['group', 'С какого по какой класс?'],
		['slider', 'С какого по какой класс?'],
	],
	image: [['img', 'Доска']],
	matrix: radios('Что удалось?', 'строка Начало, колонка Да', 'строка Итог, колонка Нет'),
	lists: boxes('Что было?', 'строка На первом уроке, колонка Речь', 'строка На втором уроке, колонка Опыт'),
	matrixdropdown: [
		['combobox', 'строка Пятый класс, колонка Как по силам?'],
		['spinbutton', 'строка Пятый класс, колонка Часов'],
		['switch', 'строка Шестой класс, колонка Есть план'],
	],
	matrixdynamic: [
		['textbox', 'строка 1, колонка Название'],
		['radiogroup', 'строка 1, колонка Польза'],
		['radio', '3'],
		['textbox', 'Подробнее'],
		['button', 'Удалить'],
		['button', 'Добавить строку'],
	],
	paneldynamic: [
		['group', 'Открытые уроки'],
		...radios('Где?', 'В школе', 'В другом месте'),
		['textbox', 'Где именно?'],
		['button', 'Добавить новую'],
	],
	tabs: [
		['group', 'Классы'],
		['button', 'Панель 1'],
		['textbox', 'Какой класс?'],
	],
	file: [
		['group', 'Фотография доски'],
		['button', 'Заменить файл'],
		['button', 'Очистить'],
		['link', 'доска.png'],
	],
	sign: [
		['group', 'Подпись'],
		['button', 'Очистить'],
	],
};
