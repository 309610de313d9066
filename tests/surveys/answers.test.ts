import { describe, expect, it } from 'vitest';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { publishable } from '#surveys/publishable.ts';

/** The codes that an answer to one question gets. */
function codesOf(element: object, value: unknown, mode?: 'complete' | 'partial'): string[] {
	const result = compileAnswerCheck({ elements: [{ name: 'q', ...element }] }).check({ q: value }, mode);
	return result.ok ? [] : result.issues.map(({ item, code }) => (item === 'q' ? code : `${item} ${code}`));
}

const matrix = { type: 'matrix', columns: [1, 2, 3], rows: ['a', 'b'] };
const table = {
	type: 'matrixdropdown',
	choices: ['x', 'y'],
	rows: ['r', 's'],
	columns: [
		{ name: 'kind', cellType: 'dropdown' },
		{ name: 'hours', cellType: 'text', inputType: 'number', min: 0, max: 40, visibleIf: "{row.kind} = 'x'" },
	],
};
const growing = {
	type: 'matrixdynamic',
	maxRowCount: 2,
	keyName: 'code',
	columns: [
		{ name: 'code', cellType: 'text', isRequired: true },
		{ name: 'level', cellType: 'rating' },
	],
};
const panels = {
	type: 'paneldynamic',
	maxPanelCount: 2,
	templateElements: [
		{ type: 'text', name: 'course', isRequired: true },
		{ type: 'comment', name: 'why', visibleIf: "{panel.course} = 'other'" },
	],
};

const FILE = 'file/0b8f8f0a-6a8e-4d0e-9b1a-2f6f0c1d2e3f';
const scan = { name: 'план.pdf', type: 'application/pdf', content: FILE };

describe('one answer', () => {
	it.each([
		['rating', { type: 'rating', rateMax: 4 }, 4, []],
		['file', { type: 'file' }, [scan], []],
		['two files where one is asked', { type: 'file' }, [scan, scan], ['too-many']],
		['the same file twice', { type: 'file', allowMultiple: true }, [scan, scan], ['duplicate-value']],
		[
			'a file as a data URL',
			{ type: 'file' },
			[{ ...scan, content: 'data:image/png;base64,AA==' }],
			['bad-file'],
		],
		[
			'a file from elsewhere',
			{ type: 'file' },
			[{ ...scan, content: 'https://example.org/x' }],
			['bad-file'],
		],
		['a file that says more', { type: 'file' }, [{ ...scan, path: '/etc' }], ['bad-file']],
		['signature', { type: 'signaturepad' }, FILE, []],
		['a signature as a data URL', { type: 'signaturepad' }, 'data:image/png;base64,AA==', ['bad-file']],
		['rating above the scale', { type: 'rating', rateMax: 5 }, 9, ['out-of-range']],
		['rating between rates', { type: 'rating' }, 2.5, ['out-of-range']],
		['rating as text', { type: 'rating' }, '3', ['wrong-type']],
		['rating of words', { type: 'rating', rateValues: ['low', 'high'] }, 'middle', ['not-listed']],
		['choice', { type: 'radiogroup', choices: ['a', 'b'] }, 'a', []],
		['unlisted choice', { type: 'dropdown', choices: ['a', 'b'] }, 'c', ['not-listed']],
		['choice as an object', { type: 'buttongroup', choices: ['a'] }, { a: 1 }, ['wrong-type']],
		['number given as text', { type: 'radiogroup', choices: [1, 2] }, '1', ['not-listed']],
		['list', { type: 'checkbox', choices: ['a', 'b'] }, ['b', 'a'], []],
		['unlisted in a list', { type: 'tagbox', choices: ['a', 'b'] }, ['a', 'z'], ['not-listed']],
		['one value for a list', { type: 'checkbox', choices: ['a', 'b'] }, 'a', ['wrong-type']],
		['the same twice', { type: 'checkbox', choices: ['a', 'b'] }, ['a', 'a'], ['duplicate-value']],
		['too many', { type: 'checkbox', choices: ['a', 'b'], maxSelectedChoices: 1 }, ['a', 'b'], ['too-many']],
		['too few', { type: 'checkbox', choices: ['a', 'b'], minSelectedChoices: 2 }, ['a'], ['too-few']],
		[
			'nothing where some must be',
			{ type: 'checkbox', choices: ['a'], minSelectedChoices: 1 },
			[],
			['too-few'],
		],
		[
			'none is enough',
			{ type: 'checkbox', choices: ['a', 'b'], minSelectedChoices: 2, showNoneItem: true },
			['none'],
			[],
		],
		[
			'none and more',
			{ type: 'checkbox', choices: ['a'], showNoneItem: true },
			['a', 'none'],
			['exclusive-value'],
		],
		['ranking', { type: 'ranking', choices: ['a', 'b'] }, ['b', 'a'], []],
		['half a ranking', { type: 'ranking', choices: ['a', 'b'] }, ['b'], ['incomplete-ranking']],
		['picked ranking', { type: 'ranking', choices: ['a', 'b'], selectToRankEnabled: true }, ['b'], []],
		['picture', { type: 'imagepicker', choices: [{ value: 'cat' }] }, 'cat', []],
		[
			'pictures',
			{ type: 'imagepicker', multiSelect: true, choices: [{ value: 'cat' }] },
			['dog'],
			['not-listed'],
		],
		['yes', { type: 'boolean' }, true, []],
		['yes in words', { type: 'boolean' }, 'true', ['wrong-type']],
		['yes in its own words', { type: 'boolean', valueTrue: 'да', valueFalse: 'нет' }, 'да', []],
		['slider', { type: 'slider', min: 0, max: 10, step: 5 }, 10, []],
		['slider off its step', { type: 'slider', min: 0, max: 10, step: 5 }, 4, ['off-step']],
		['slider beyond', { type: 'slider', min: 0, max: 10 }, 11, ['out-of-range']],
		['slider of two', { type: 'slider', sliderType: 'range', min: 0, max: 10 }, [8, 2], ['out-of-range']],
		['text', { type: 'text' }, 'слово', []],
		['number as text', { type: 'text' }, 5, ['wrong-type']],
		['a number that the survey reckoned', { type: 'text', setValueExpression: '2 + 3' }, 5, []],
		['long text', { type: 'text', maxLength: 3 }, 'слово', ['too-long']],
		['endless comment', { type: 'comment' }, 'я'.repeat(20_001), ['too-long']],
		['number', { type: 'text', inputType: 'number', min: 1, max: 9 }, 9, []],
		['number beyond', { type: 'text', inputType: 'number', min: 1, max: 9 }, 10, ['out-of-range']],
		['infinite number', { type: 'text', inputType: 'number' }, Number.POSITIVE_INFINITY, ['wrong-type']],
		['number off its step', { type: 'text', inputType: 'number', step: 0.1 }, 0.25, ['off-step']],
		['number on its step', { type: 'text', inputType: 'number', step: 0.1 }, 0.3, []],
		['date', { type: 'text', inputType: 'date', max: '2026-01-01' }, '2025-12-31', []],
		['late date', { type: 'text', inputType: 'date', max: '2026-01-01' }, '2026-01-02', ['out-of-range']],
		['no date', { type: 'text', inputType: 'date' }, '31.12.2025', ['bad-format']],
		[
			'date in the future',
			{ type: 'text', inputType: 'date', maxValueExpression: 'today()' },
			'2999-01-01',
			['out-of-range'],
		],
		['month', { type: 'text', inputType: 'month' }, '2026-13', ['bad-format']],
		['mail', { type: 'text', inputType: 'email' }, 'a@b', ['bad-format']],
		['pattern', { type: 'text', validators: [{ type: 'regex', regex: '^\\d+$' }] }, 'x', ['bad-format']],
		[
			'number validated in text',
			{ type: 'text', validators: [{ type: 'numeric', maxValue: 5 }] },
			6,
			['out-of-range'],
		],
		[
			'a warning only',
			{ type: 'text', validators: [{ type: 'numeric', maxValue: 5, notificationType: 'warning' }] },
			6,
			[],
		],
		['short text', { type: 'comment', validators: [{ type: 'text', minLength: 5 }] }, 'да', ['too-short']],
		[
			'expression',
			{ type: 'text', validators: [{ type: 'expression', expression: "{q} = 'a'" }] },
			'b',
			['expression-failed'],
		],
		['matrix', matrix, { a: 1, b: 3 }, []],
		['unknown row', matrix, { c: 1 }, ['q.c unknown-name']],
		['unknown column', matrix, { a: 4 }, ['q.a not-listed']],
		['matrix as a list', matrix, [1, 2], ['wrong-type']],
		['every row asked', { ...matrix, eachRowRequired: true }, { a: 1 }, ['q.b required']],
		['rows alike', { ...matrix, eachRowUnique: true }, { a: 1, b: 1 }, ['q.b not-unique']],
		['several per row', { ...matrix, cellType: 'checkbox' }, { a: [1, 2] }, []],
		['a table', table, { r: { kind: 'x', hours: 40 }, s: { kind: 'y' } }, []],
		['a bad cell', table, { r: { kind: 'z' } }, ['q.r.kind not-listed']],
		['hours beyond', table, { r: { kind: 'x', hours: 41 } }, ['q.r.hours out-of-range']],
		['an unknown cell', table, { r: { colour: 'x' } }, ['q.r.colour unknown-name']],
		['added rows', growing, [{ code: 'a', level: 2 }, { code: 'b' }], []],
		['too many rows', growing, [{ code: 'a' }, { code: 'b' }, { code: 'c' }], ['too-many']],
		['rows with one key', growing, [{ code: 'a' }, { code: 'a' }], ['q.1.code not-unique']],
		['a row without its key', growing, [{ level: 2 }], ['q[0].code required']],
		['a rating in a row', growing, [{ code: 'a', level: 6 }], ['q[0].level out-of-range']],
		['panels', panels, [{ course: 'other', why: 'a' }], []],
		['a panel without its answer', panels, [{ why: 'a' }], ['q[0].course required']],
		['a panel that is none', panels, ['a'], ['q[0] wrong-type']],
		[
			'texts',
			{ type: 'multipletext', items: [{ name: 'a' }, { name: 'n', inputType: 'number' }] },
			{ a: 'x', n: 1 },
			[],
		],
		[
			'a wrong text',
			{ type: 'multipletext', items: [{ name: 'n', inputType: 'number' }] },
			{ n: 'x' },
			['q.n wrong-type'],
		],
	])('%s', (_what, element, value, expected) => {
		expect(publishable({ elements: [{ name: 'q', ...element }] })).toEqual([]);
		expect(codesOf(element, value)).toEqual(expected);
	});

	it.each([
		['a number', { type: 'text', inputType: 'number', min: 100 }, 1],
		['a number in text', { type: 'text', validators: [{ type: 'numeric', minValue: 100 }] }, 'a'],
		['an address', { type: 'text', inputType: 'email' }, 'anna@'],
		['a ranking', { type: 'ranking', choices: ['a', 'b'] }, ['a']],
	])('keeps %s half written in a draft', (_what, element, value) => {
		expect(codesOf(element, value, 'partial')).toEqual([]);
		expect(codesOf(element, value)).toHaveLength(1);
	});

	it('keeps nothing impossible in a draft', () => {
		expect(codesOf({ type: 'rating' }, 9, 'partial')).toEqual(['out-of-range']);
		expect(codesOf({ type: 'text', inputType: 'number' }, 'x', 'partial')).toEqual(['wrong-type']);
	});

	it('says where and what in its parameters', () => {
		const { check } = compileAnswerCheck({ elements: [{ type: 'rating', name: 'DC07' }] });
		expect(check({ DC07: 9 })).toEqual({
			ok: false,
			issues: [{ item: 'DC07', code: 'out-of-range', params: { min: 1, max: 5 } }],
		});
	});
});

describe('a whole response', () => {
	const survey = {
		pages: [
			{
				elements: [
					{ type: 'radiogroup', name: 'role', choices: ['teacher', 'other'], isRequired: true },
					{ type: 'text', name: 'which', visibleIf: "{role} = 'other'", isRequired: true },
					{ type: 'text', name: 'more', visibleIf: '{which} notempty' },
					{ type: 'html', name: 'note', html: '<p>…</p>' },
				],
			},
			{
				visibleIf: "{role} = 'teacher'",
				elements: [
					{
						type: 'panel',
						name: 'load',
						elements: [
							{ type: 'text', inputType: 'number', name: 'hours' },
							{ type: 'expression', name: 'rate', expression: '{hours} / 18' },
							{ type: 'comment', name: 'overload', requiredIf: '{rate} > 1' },
						],
					},
				],
			},
		],
	};
	const { check } = compileAnswerCheck(survey);

	it('keeps what was asked', () => {
		expect(check({ role: 'teacher', hours: 18 })).toEqual({
			ok: true,
			answers: { role: 'teacher', hours: 18, rate: 1 },
		});
	});

	it('drops answers of hidden questions, and what stood open because of them', () => {
		expect(check({ role: 'teacher', which: 'x', more: 'y', hours: 9 })).toEqual({
			ok: true,
			answers: { role: 'teacher', hours: 9, rate: 0.5 },
		});
		expect(check({ role: 'other', which: 'x', more: 'y', hours: 99, overload: 'z' })).toEqual({
			ok: true,
			answers: { role: 'other', which: 'x', more: 'y' },
		});
	});

	it('asks for what is required and visible, and calculates for itself', () => {
		expect(check({})).toMatchObject({ issues: [{ item: 'role', code: 'required' }] });
		expect(check({ role: 'other', which: '  ' })).toMatchObject({
			issues: [{ item: 'which', code: 'required' }],
		});
		expect(check({ role: 'teacher', hours: 27, rate: 0 })).toMatchObject({
			issues: [{ item: 'overload', code: 'required' }],
		});
	});

	it('asks for nothing in a draft, but still refuses what cannot be', () => {
		expect(check({}, 'partial')).toEqual({ ok: true, answers: {} });
		expect(check({ role: 'teacher', hours: 27 }, 'partial').ok).toBe(true);
		expect(check({ role: 'pilot' }, 'partial')).toMatchObject({ issues: [{ code: 'not-listed' }] });
	});

	it('drops empty answers and refuses unknown names', () => {
		expect(check({ role: 'other', which: 'x', more: null })).toEqual({
			ok: true,
			answers: { role: 'other', which: 'x' },
		});
		expect(check({ role: 'teacher', note: 'x', rates: 1 })).toMatchObject({
			issues: [
				{ item: 'note', code: 'unknown-name' },
				{ item: 'rates', code: 'unknown-name' },
			],
		});
		expect(check(JSON.parse('{ "role": "teacher", "__proto__": { "hours": 1 } }')).ok).toBe(false);
	});

	it.each([[null], [[]], ['x'], [5]])('refuses %j', (body) => {
		expect(check(body)).toMatchObject({ issues: [{ code: 'not-an-object' }] });
	});

	it('reports every fault at once', () => {
		const result = check({ role: 'x', hours: 'y', extra: 1 });
		expect(result.ok ? [] : result.issues.map(({ code }) => code).sort()).toEqual([
			'not-listed',
			'unknown-name',
		]);
	});

	it('knows remarks, options that come and go, and panels with a demand', () => {
		const other = compileAnswerCheck({
			calculatedValues: [{ name: 'twice', expression: '{n} * 2', includeIntoResult: true }],
			elements: [
				{
					type: 'radiogroup',
					name: 'a',
					choices: ['x', { value: 'y', visibleIf: '{n} > 1' }],
					showOtherItem: true,
				},
				{
					type: 'panel',
					name: 'p',
					isRequired: true,
					elements: [
						{ type: 'text', inputType: 'number', name: 'n' },
						{ type: 'text', name: 'locked', isRequired: true, enableIf: '{n} > 5' },
					],
				},
			],
		});
		expect(other.check({ a: 'other', n: 1 })).toMatchObject({
			issues: [{ item: 'a', code: 'comment-required' }],
		});
		expect(other.check({ a: 'other', 'a-Comment': 'я', n: 1, twice: 7 })).toEqual({
			ok: true,
			answers: { a: 'other', 'a-Comment': 'я', n: 1, twice: 2 },
		});
		expect(other.check({ a: 'y', n: 1 })).toMatchObject({ issues: [{ item: 'a', code: 'not-listed' }] });
		expect(other.check({ a: 'y', n: 2 }).ok).toBe(true);
		expect(other.check({ a: 'x' })).toMatchObject({ issues: [{ item: 'p', code: 'required' }] });
		expect(other.check({ n: 6 })).toMatchObject({ issues: [{ item: 'locked', code: 'required' }] });
	});

	it.each([['singlePage'], ['questionPerPage'], ['inputPerPage']])(
		'keeps the conditions of pages with %s',
		(mode) => {
			const spread = compileAnswerCheck({ ...survey, questionsOnPageMode: mode });
			expect(spread.check({ role: 'other', which: 'x', hours: 99 })).toEqual({
				ok: true,
				answers: { role: 'other', which: 'x' },
			});
		},
	);

	it('drops cells that the row itself hides', () => {
		const { check: checkTable } = compileAnswerCheck({ elements: [{ name: 'q', ...table }] });
		expect(checkTable({ q: { r: { kind: 'y', hours: 5 }, s: {} } })).toEqual({
			ok: true,
			answers: { q: { r: { kind: 'y' } } },
		});
	});
});

describe('choices carried forward', () => {
	const { check } = compileAnswerCheck({
		elements: [
			{ type: 'checkbox', name: 'all', choices: ['a', 'b', 'c'] },
			{ type: 'radiogroup', name: 'best', choicesFromQuestion: 'all', choicesFromQuestionMode: 'selected' },
			{ type: 'checkbox', name: 'rest', choicesFromQuestion: 'all', choicesFromQuestionMode: 'unselected' },
			{ type: 'matrixdynamic', name: 'rows', columns: [{ name: 'title', cellType: 'text' }] },
			{ type: 'dropdown', name: 'row', choicesFromQuestion: 'rows', choiceValuesFromQuestion: 'title' },
		],
	});

	it('takes what was chosen, and what was left', () => {
		expect(check({ all: ['a', 'b'], best: 'b', rest: ['c'] }).ok).toBe(true);
		expect(check({ all: ['a', 'b'], best: 'c' })).toMatchObject({ issues: [{ code: 'not-listed' }] });
		expect(check({ all: ['a', 'b'], rest: ['a'] })).toMatchObject({ issues: [{ code: 'not-listed' }] });
	});

	it('takes what was entered in rows', () => {
		expect(check({ rows: [{ title: 'x' }], row: 'x' }).ok).toBe(true);
		expect(check({ rows: [{ title: 'x' }], row: 'y' })).toMatchObject({ issues: [{ code: 'not-listed' }] });
	});
});

it('names the files on which answers stand', () => {
	const { check } = compileAnswerCheck({
		elements: [
			{ type: 'file', name: 'scan' },
			{ type: 'paneldynamic', name: 'works', templateElements: [{ type: 'file', name: 'work' }] },
		],
	});
	const id = FILE.slice('file/'.length);
	expect(check({ scan: [scan], works: [{ work: [scan] }] })).toMatchObject({
		files: [
			{ item: 'scan', file: id },
			{ item: 'works[0].work', file: id },
		],
	});
});

it('demands nothing more of a survey that its trigger ended, and still refuses what cannot be', () => {
	const { check } = compileAnswerCheck({
		pages: [
			{ elements: [{ type: 'boolean', name: 'agrees', isRequired: true }] },
			{ elements: [{ type: 'rating', name: 'rate', isRequired: true }] },
		],
		triggers: [{ type: 'complete', expression: '{agrees} = false' }],
	});
	expect(check({ agrees: true })).toMatchObject({ issues: [{ item: 'rate', code: 'required' }] });
	expect(check({ agrees: false }).ok).toBe(true);
	expect(check({ agrees: false, rate: 9 })).toMatchObject({ issues: [{ code: 'out-of-range' }] });
});
