import { type Arbitrary, fc } from '#tests/support/property.ts';

const LETTERS = ['a', 'b', 'c'];
const PICTURE =
	'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const optional: { requiredKeys: []; noNullPrototype: boolean } = { requiredKeys: [], noNullPrototype: true };

const letter = fc.constantFrom(...LETTERS);
const word = fc.constantFrom('слово', 'x y', '7');
const reference = fc.uuid().map((id) => `file/${id}`);
const two = { min: 1, max: 5 };

/** A question of one kind as an author would write it, what a browser can give to it, and conditions on it. */
export interface Specimen {
	question: Record<string, unknown>;
	values: Arbitrary<unknown>;
	/** conditions on its answer; `{}` stands for its name */
	conditions?: readonly string[];
}

const chosen = ["{} = 'a'", "{} <> 'b'", "{} anyof ['b', 'c']"];
const listed = ["{} contains 'a'", "{} anyof ['b', 'c']"];

/** One specimen at least of every question type that can be published, and of every input type of a text. */
export const specimens: Readonly<Record<string, Specimen>> = {
	text: { question: { type: 'text' }, values: word },
	number: {
		question: { type: 'text', inputType: 'number', min: 0, max: 5 },
		values: fc.integer({ min: 0, max: 5 }),
		conditions: ['{} >= 3'],
	},
	range: {
		question: { type: 'text', inputType: 'range', min: 0, max: 5 },
		values: fc.integer({ min: 0, max: 5 }),
		conditions: ['{} >= 3'],
	},
	date: {
		question: { type: 'text', inputType: 'date' },
		values: fc.constantFrom('2026-02-28', '1999-12-31'),
		conditions: ["{} > '2020-01-01'"],
	},
	'datetime-local': {
		question: { type: 'text', inputType: 'datetime-local' },
		values: fc.constantFrom('2026-02-28T10:30', '1999-12-31T00:00'),
	},
	time: { question: { type: 'text', inputType: 'time' }, values: fc.constantFrom('08:05', '23:59') },
	month: { question: { type: 'text', inputType: 'month' }, values: fc.constantFrom('2026-02', '1999-12') },
	week: { question: { type: 'text', inputType: 'week' }, values: fc.constantFrom('2026-W05', '2020-W53') },
	color: { question: { type: 'text', inputType: 'color' }, values: fc.constantFrom('#00ff7f', '#A0B1C2') },
	email: {
		question: { type: 'text', inputType: 'email' },
		values: fc.constantFrom('a@example.org', 'учитель@школа.рф'),
	},
	tel: { question: { type: 'text', inputType: 'tel' }, values: fc.constantFrom('+7 900 000-00-00') },
	url: { question: { type: 'text', inputType: 'url' }, values: fc.constantFrom('https://example.org/a') },
	password: { question: { type: 'text', inputType: 'password' }, values: word },
	comment: { question: { type: 'comment', maxLength: 20 }, values: word },
	rating: {
		question: { type: 'rating', rateMax: 4 },
		values: fc.integer({ min: 1, max: 4 }),
		conditions: ['{} > 2', '{} = 1 or {} = 4'],
	},
	boolean: {
		question: { type: 'boolean' },
		values: fc.boolean(),
		conditions: ['{} = true', '!{}'],
	},
	radiogroup: { question: { type: 'radiogroup', choices: LETTERS }, values: letter, conditions: chosen },
	dropdown: { question: { type: 'dropdown', choices: LETTERS }, values: letter, conditions: chosen },
	buttongroup: { question: { type: 'buttongroup', choices: LETTERS }, values: letter, conditions: chosen },
	checkbox: {
		question: { type: 'checkbox', choices: LETTERS, maxSelectedChoices: 2 },
		values: fc.subarray(LETTERS, { maxLength: 2 }),
		conditions: listed,
	},
	tagbox: {
		question: { type: 'tagbox', choices: LETTERS, minSelectedChoices: 1 },
		values: fc.subarray(LETTERS),
		conditions: listed,
	},
	ranking: {
		question: { type: 'ranking', choices: LETTERS },
		values: fc.shuffledSubarray(LETTERS, { minLength: 3 }),
		conditions: listed,
	},
	'ranking of some': {
		question: { type: 'ranking', choices: LETTERS, selectToRankEnabled: true },
		values: fc.shuffledSubarray(LETTERS, { minLength: 1 }),
		conditions: listed,
	},
	imagepicker: {
		question: { type: 'imagepicker', choices: LETTERS.map((value) => ({ value, imageLink: PICTURE })) },
		values: letter,
		conditions: chosen,
	},
	'imagepicker of several': {
		question: {
			type: 'imagepicker',
			multiSelect: true,
			choices: LETTERS.map((value) => ({ value, imageLink: PICTURE })),
		},
		values: fc.subarray(LETTERS),
		conditions: listed,
	},
	matrix: {
		question: { type: 'matrix', columns: LETTERS, rows: ['r', 's'], eachRowRequired: true },
		values: fc.record({ r: letter, s: letter }, optional),
		conditions: ["{.r} = 'a'"],
	},
	'matrix of lists': {
		question: { type: 'matrix', cellType: 'checkbox', columns: LETTERS, rows: ['r', 's'] },
		values: fc.record({ r: fc.subarray(LETTERS, { minLength: 1 }), s: fc.constant(['b']) }, optional),
	},
	matrixdropdown: {
		question: {
			type: 'matrixdropdown',
			rows: ['r', 's'],
			choices: LETTERS,
			columns: [
				{ name: 'kind', cellType: 'dropdown', isRequired: true },
				{ name: 'hours', cellType: 'text', inputType: 'number', max: 40 },
				{ name: 'done', cellType: 'boolean' },
			],
		},
		values: fc.record(
			{
				r: fc.record({ kind: letter, hours: fc.nat(40), done: fc.boolean() }, optional),
				s: fc.record({ kind: letter, done: fc.boolean() }, { noNullPrototype: true }),
			},
			{ noNullPrototype: true },
		),
	},
	matrixdynamic: {
		question: {
			type: 'matrixdynamic',
			rowCount: 0,
			maxRowCount: 3,
			columns: [
				{ name: 'title', cellType: 'text', isRequired: true },
				{ name: 'level', cellType: 'rating', rateMax: 3 },
			],
			detailPanelMode: 'underRow',
			detailElements: [{ type: 'comment', name: 'more' }],
		},
		values: fc.array(
			fc.record({ title: fc.constant('a'), level: fc.integer({ min: 1, max: 3 }), more: word }, optional),
			{ maxLength: 3 },
		),
		conditions: ['{.length} > 1'],
	},
	paneldynamic: {
		question: {
			type: 'paneldynamic',
			maxPanelCount: 3,
			templateElements: [
				{ type: 'radiogroup', name: 'form', choices: ['x', 'y'], isRequired: true },
				{ type: 'text', name: 'which', visibleIf: "{panel.form} = 'y'", isRequired: true },
			],
		},
		values: fc.array(fc.record({ form: fc.constantFrom('x', 'y'), which: word }, optional), { maxLength: 3 }),
	},
	multipletext: {
		question: {
			type: 'multipletext',
			items: [{ name: 'total', inputType: 'number', isRequired: true }, { name: 'here' }],
		},
		values: fc.record({ total: fc.nat({ max: 40 }), here: word }, optional),
		conditions: ['{.total} > 3'],
	},
	slider: {
		question: { type: 'slider', min: 0, max: 10, step: 2 },
		values: fc.integer({ min: 0, max: 5 }).map((step) => step * 2),
		conditions: ['{} > 4'],
	},
	'slider of a range': {
		question: { type: 'slider', sliderType: 'range', min: 0, max: 10 },
		values: fc.tuple(fc.integer(two), fc.integer({ min: 6, max: 10 })).map((pair) => [...pair]),
	},
	file: {
		question: { type: 'file', allowMultiple: true, maxFiles: 3 },
		values: fc.array(
			fc.record(
				{ name: fc.constant('план.pdf'), type: fc.constant('application/pdf'), content: reference },
				{ noNullPrototype: true },
			),
			{ minLength: 1, maxLength: 3 },
		),
	},
	signaturepad: { question: { type: 'signaturepad' }, values: reference },
	expression: { question: { type: 'expression', expression: '1 + 1' }, values: fc.constant(undefined) },
	html: { question: { type: 'html', html: '<p>Подумайте.</p>' }, values: fc.constant(undefined) },
	image: { question: { type: 'image', imageLink: PICTURE }, values: fc.constant(undefined) },
	'one with a remark': {
		question: { type: 'radiogroup', choices: LETTERS, showCommentArea: true, showNoneItem: true },
		values: fc.constantFrom(...LETTERS, 'none'),
		conditions: chosen,
	},
	'numbered choices': {
		question: { type: 'dropdown', choicesMin: 1, choicesMax: 3 },
		values: fc.constantFrom(1, 2, 3),
		conditions: ['{} > 1'],
	},
};

/** What SurveyJS refuses of itself to make: a survey of these is still a survey. */
export const shownOnly: ReadonlySet<string> = new Set(['html', 'image', 'expression']);
