import { expect } from '@playwright/test';
import { type Act, choose, click, each, fill, look, pick, press, sign, type, upload } from './type-acts.ts';

/** What one teacher answers to each question of the forms, and what must be stored of it. */
type Answers = Readonly<Record<string, Act>>;

export const toWritten: Answers = {
	choice: pick(['b'], 'b'),
	text: type('Дроби'),
	number: type('3', 3),
	range: press('input', ['Home', 'ArrowRight', 'ArrowRight'], 2),
	date: fill('2026-03-04'),
	moment: fill('2026-03-04T10:30'),
	time: fill('08:05'),
	month: fill('2026-03'),
	week: fill('2026-W10'),
	color: fill('#1a2b3c'),
	email: type('teacher@example.org'),
	tel: fill('+7 900 000-00-00'),
	url: fill('https://example.org/a'),
	password: fill('слово'),
	masked: type('1234'),
	listed: fill('Химия'),
	comment: fill('Урок удался.\nДети спорили.'),
	multipletext: each(
		{ 'input[type=number]': on(fill('25')), 'input:not([type=number])': on(fill('Двое')) },
		{ total: 25, here: 'Двое' },
	),
};

/** The act itself already stands at its field. */
function on({ stored }: Act): Act {
	return { stored, act: (field) => field.fill(String(stored)) };
}

export const toChosen: Answers = {
	choice: pick(['b'], 'b'),
	radiogroup: {
		stored: 'other',
		async act(question) {
			await question.locator('label:has(input[value=other])').click();
			await question.locator('textarea').fill('Прогулка');
		},
	},
	remarked: {
		stored: 'b',
		async act(question) {
			await question.locator('label:has(input[value=b])').click();
			await question.locator('textarea').fill('И родителям');
		},
	},
	buttongroup: pick(['c'], 'c'),
	checkbox: pick(['a', 'c'], ['a', 'c']),
	all: click(['label:has-text("Выбрать")'], ['a', 'b', 'c']),
	dropdown: choose(['Химия'], 'b'),
	select: {
		stored: 'c',
		act: (question) =>
			question
				.locator('select')
				.selectOption('c')
				.then(() => undefined),
	},
	numbered: choose(['4'], 4),
	tagbox: choose(['Дроби', 'Корни'], ['a', 'c']),
	ranking: press('.sv-ranking-item >> nth=2', ['ArrowUp', 'ArrowUp'], ['c', 'a', 'b']),
	ranked: press('.sv-ranking-item >> nth=1', ['Space'], ['b']),
	rating: pick([3], 3),
	stars: pick([4], 4),
	smileys: pick([5], 5),
	long: pick([0], 0),
	boolean: click(['text="Да"'], true),
	ticked: click(['label'], true),
	yesno: pick([false], false),
	imagepicker: pick(['b'], 'b'),
	pictures: pick(['a', 'b'], ['a', 'b']),
	slider: press('input[type=range]', ['ArrowRight', 'ArrowRight', 'ArrowRight'], 30),
	span: press(
		'input[id$="slider-input-0"]',
		['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'],
		[5, 11],
	),
};

export const toTables: Answers = {
	choice: pick(['a'], 'a'),
	html: look,
	image: look,
	matrix: click(['tr:has-text("Начало") label >> nth=0', 'tr:has-text("Итог") label >> nth=1'], {
		r: 'a',
		s: 'b',
	}),
	lists: click(['tr:has-text("первом") label >> nth=0', 'tr:has-text("первом") label >> nth=2'], {
		r: ['a', 'c'],
	}),
	matrixdropdown: each(
		{
			'tr:has-text("Пятый")': choose(['В меру'], 'b'),
			'tr:has-text("Пятый") input[type=number]': on(fill('12')),
			'tr:has-text("Шестой")': choose(['Много'], 'c'),
			'tr:has-text("Шестой") input[type=number]': on(fill('5')),
			'tr:has-text("Шестой") .sd-boolean': click(['text="Да"'], true),
		},
		{ r: { kind: 'b', hours: 12 }, s: { kind: 'c', hours: 5, done: true } },
	),
	matrixdynamic: {
		stored: [{ title: 'Курс по дробям', level: 3, more: 'Два дня' }],
		async act(question) {
			await question.getByRole('button', { name: 'Добавить строку' }).click();
			await question.locator('input[type=text]').first().fill('Курс по дробям');
			await question.locator('label:has(input[value="3"])').click();
			await question.getByRole('button', { name: /Показать|подробн/i }).click();
			await question.locator('textarea').fill('Два дня');
		},
	},
	paneldynamic: {
		stored: [{ form: 'y', which: 'В музее' }],
		async act(question) {
			await question.getByRole('button', { name: 'Добавить новую' }).click();
			await question.locator('label:has(input[value=y])').click();
			await question.locator('input[type=text]').fill('В музее');
		},
	},
	tabs: {
		stored: [{ name: '5 А' }, { name: '5 Б' }],
		async act(question) {
			await question.locator('input[type=text]').fill('5 А');
			await question.getByRole('button', { name: 'Панель 2' }).click();
			// one panel goes as the other comes
			await expect(question.locator('input[type=text]')).toHaveCount(1);
			await question.locator('input[type=text]').fill('5 Б');
		},
	},
	file: upload,
	sign,
	sum: look,
};
