import { describe, expect, it } from 'vitest';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { deficitLevel } from '#surveys/deficit-level.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { type Key, keySchema } from '#surveys/key.ts';
import { compileScoring, expandKey } from '#surveys/scoring.ts';
import { fc } from '#tests/support/property.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const CUTS = [
	{ level: 'low', from: 80, to: 100 },
	{ level: 'medium', from: 60, to: 80 },
	{ level: 'high', from: 0, to: 60 },
];

function makeKey(channel: Key['channel'], items: unknown[], more: object = {}): Key {
	return keySchema.parse({
		instrument: 'made',
		version: 1,
		channel,
		title: { ru: 'Тест', en: 'Test' },
		purpose: { ru: 'Проба', en: 'Trial' },
		languages: ['ru', 'en'],
		minutes: 5,
		teacher_result: 'at_once',
		cut_scores_name: { ru: 'базовая', en: 'basic' },
		cut_scores: CUTS,
		scales: [
			{ scale: 'assessment', kind: 'competency', planned_sem: 10 },
			{ scale: 'methodical', kind: 'group', planned_sem: 8 },
		],
		items,
		...more,
	});
}

const likert = (item: string, direction: 'mastery' | 'difficulty') => ({
	item,
	competency: 'assessment',
	max_points: 3,
	rule: { kind: 'likert', min: 1, max: 4, direction },
});

const attitudes: SurveyJson = {
	elements: [
		{ type: 'matrix', name: 'm', columns: [1, 2, 3, 4], rows: ['x', 'y'] },
		{ type: 'rating', name: 'z', rateMax: 4 },
	],
};

function scoreAttitudes(direction: 'mastery' | 'difficulty', answers: Record<string, unknown>) {
	const key = makeKey(
		'self_assessment',
		['m.x', 'm.y', 'z'].map((item) => likert(item, direction)),
	);
	return compileScoring(key, attitudes)(answers);
}

describe('self-assessment', () => {
	it('turns mastery and difficulty into a deficit index (methods D3, D4, D5)', () => {
		const answers = { m: { x: 2, y: 3 }, z: 1 };
		expect(scoreAttitudes('mastery', answers).scales[0]?.deficit_index).toBeCloseTo(66.667, 3);
		expect(scoreAttitudes('difficulty', answers).scales[0]?.deficit_index).toBeCloseTo(33.333, 3);
	});

	it('gives a single item its points by direction', () => {
		expect(scoreAttitudes('mastery', { z: 2 }).items[2]).toEqual({
			item: 'z',
			competency: 'assessment',
			value: 2,
			points: 1,
			max: 3,
		});
		expect(scoreAttitudes('difficulty', { z: 2 }).items[2]?.points).toBe(2);
	});

	it('leaves out what was not answered, and says nothing below 70 % or two items', () => {
		const [scale] = scoreAttitudes('mastery', { m: { x: 4 }, z: 4 }).scales;
		expect(scale).toMatchObject({
			n_items: 3,
			n_answered: 2,
			answered_enough: false,
			percent: null,
			points: 6,
		});

		const key = makeKey(
			'self_assessment',
			['m.x', 'm.y', 'z'].map((item) => likert(item, 'mastery')),
			{ minimum_share_answered: 0.6 },
		);
		const score = compileScoring(key, attitudes);
		expect(score({ m: { x: 4 }, z: 1 }).scales[0]).toMatchObject({ answered_enough: true, percent: 50 });
		expect(score({ z: 1 }).scales[0]).toMatchObject({ answered_enough: false, deficit_index: null });
	});

	it('averages items and not points where their scales differ', () => {
		const survey = {
			elements: [
				{ type: 'rating', name: 'p', rateMax: 3 },
				{ type: 'rating', name: 'q', rateMax: 11 },
			],
		};
		const key = makeKey('self_assessment', [
			{
				item: 'p',
				competency: 'assessment',
				max_points: 2,
				rule: { kind: 'likert', min: 1, max: 3, direction: 'mastery' },
			},
			{
				item: 'q',
				competency: 'assessment',
				max_points: 10,
				rule: { kind: 'likert', min: 1, max: 11, direction: 'mastery' },
			},
		]);
		expect(compileScoring(key, survey)({ p: 3, q: 1 }).scales[0]?.percent).toBe(50);
	});
});

describe('needs, marks and levels of an instrument’s own', () => {
	const find = (name: string) => listShippedInstruments().find(({ key }) => key.instrument === name)!;

	it('knows a theme as chosen or not for everybody who answered its question, and as no deficit', () => {
		const { key, survey } = find('needs-survey');
		const { items, scales } = compileScoring(
			key,
			survey,
		)({
			professional_themes: ['data_use', 'parents'],
		});
		const percents = new Map(scales.map(({ scale, percent }) => [scale, percent]));
		expect(items.map(({ points }) => points)).toEqual([2, null]);
		expect(percents.get('data_use')).toBe(100);
		expect(percents.get('lesson_planning')).toBe(0);
		expect(percents.get('info_law')).toBeNull();
		expect(scales.every(({ deficit_index }) => deficit_index === null)).toBe(true);
		const none = compileScoring(key, survey)({ information_themes: ['none'] }).scales;
		expect(none.filter(({ answered_enough }) => answered_enough)).toHaveLength(9);
		expect(none.every(({ percent }) => percent === null || percent === 0)).toBe(true);
	});

	it('gives each mark of a feedback by itself', () => {
		const { key, survey } = find('event-feedback');
		const { scales } = compileScoring(key, survey)({ usefulness: 5, clarity: 2 });
		expect(scales.map(({ percent }) => percent)).toEqual([100, null, 25, null]);
	});

	it('finds the step of six by the borders between steps', () => {
		const { key, survey } = find('ict-competence');
		const steps = (a: number, b: number, c: number) => {
			const { scales } = compileScoring(key, survey)({ digital_resources: { s1: a, s2: b, s3: c } });
			const percent = scales.find(({ scale }) => scale === 'digital_resources')?.percent as number;
			return deficitLevel(percent, key.cut_scores);
		};
		expect([steps(1, 1, 1), steps(2, 2, 2), steps(3, 3, 4), steps(6, 6, 5), steps(5, 5, 6)]).toEqual([
			'knows',
			'tries',
			'uses',
			'leads',
			'improves',
		]);
	});

	it('refuses levels that are named nowhere, cuts where nobody is measured, and themes outside a survey of needs', () => {
		const ict = find('ict-competence').key;
		const needs = find('needs-survey').key;
		expect(keySchema.safeParse({ ...ict, levels: ict.levels?.slice(1) }).success).toBe(false);
		expect(keySchema.safeParse({ ...ict, levels: undefined }).success).toBe(false);
		expect(keySchema.safeParse({ ...needs, cut_scores: CUTS }).success).toBe(false);
		expect(keySchema.safeParse({ ...needs, channel: 'feedback' }).success).toBe(false);
		expect(keySchema.safeParse({ ...ict, scales: [{ ...ict.scales[0], title: undefined }] }).success).toBe(
			false,
		);
	});
});

describe('test', () => {
	const choices = LETTERS;
	const survey: SurveyJson = {
		elements: [
			{ type: 'radiogroup', name: 'one', choices },
			{ type: 'checkbox', name: 'many', choices },
			{ type: 'ranking', name: 'order', choices },
			{ type: 'matrix', name: 'pairs', columns: ['k', 'l'], rows: ['r', 's', 't'] },
			{ type: 'radiogroup', name: 'case', choices: ['a', 'b'] },
		],
	};
	const rationale = { ru: 'потому что', en: 'because' };
	const item = (name: string, max: number, rule: object) => ({
		item: name,
		competency: 'assessment',
		max_points: max,
		rule,
	});
	const items = [
		item('one', 5, { kind: 'choice', points: { a: 0, b: 5, c: 0, d: 0, e: 0 } }),
		item('many', 4, { kind: 'multiple', points: { a: 2, b: 2, c: -2, d: -2, e: -2 } }),
		item('order', 5, { kind: 'ordering', strategy: 'inversions', order: LETTERS }),
		item('pairs', 6, { kind: 'matching', strategy: 'pairs', pairs: { r: 'k', s: 'l', t: 'k' } }),
		item('case', 5, {
			kind: 'case',
			options: [
				{ value: 'a', points: 5, rationale },
				{ value: 'b', points: 2, rationale },
			],
		}),
	];
	const key = makeKey('test', items);
	const score = compileScoring(key, survey);
	const points = (answers: Record<string, unknown>) => score(answers).items.map((scored) => scored.points);

	it('gives 64 % and a deficit of 36 for 16 of 25 points (methods D1, D2)', () => {
		const { scales } = score({
			one: 'b',
			many: ['a', 'b'],
			order: ['b', 'a', 'c', 'e', 'd'],
			pairs: { r: 'k', s: 'k' },
			case: 'b',
		});
		expect(scales[0]).toMatchObject({ points: 16, max: 25, percent: 64, deficit_index: 36 });
		expect(scales[1]).toMatchObject({ scale: 'methodical', kind: 'group', percent: 64 });
	});

	it('counts what was left open as 0', () => {
		const { items: scored, scales } = score({ one: 'b' });
		expect(scored.map(({ value }) => value)).toEqual(['b', null, null, null, null]);
		expect(scored.map((entry) => entry.points)).toEqual([5, 0, 0, 0, 0]);
		expect(scales[0]).toMatchObject({ percent: 20, n_items: 5, n_answered: 1, answered_enough: true });
	});

	it('gives partial credit that never falls below 0', () => {
		expect(points({ many: ['a'] })[1]).toBe(2);
		expect(points({ many: ['a', 'b', 'c'] })[1]).toBe(2);
		expect(points({ many: ['c', 'd'] })[1]).toBe(0);
		expect(points({ many: LETTERS })[1]).toBe(0);
		expect(points({ many: ['a', 'a', 'a'] })[1]).toBe(2);
	});

	it('counts inversions of an order', () => {
		expect(points({ order: LETTERS })[2]).toBe(5);
		expect(points({ order: ['b', 'a', 'c', 'd', 'e'] })[2]).toBe(4);
		expect(points({ order: LETTERS.toReversed() })[2]).toBe(0);
		expect(points({ order: ['e', 'a', 'b', 'c', 'd'] })[2]).toBeCloseTo(1, 12);
	});

	it.each([
		['exact', LETTERS, 5],
		['exact', ['b', 'a', 'c', 'd', 'e'], 0],
		['positions', ['b', 'a', 'c', 'd', 'e'], 3],
	])('knows the strategy %s: %s gives %s', (strategy, order, expected) => {
		const other = makeKey('test', [
			item('order', 5, { kind: 'ordering', strategy, order: LETTERS }),
			item('one', 5, items[0]?.rule as object),
		]);
		expect(compileScoring(other, survey)({ order }).items[0]?.points).toBe(expected);
	});

	it('counts right pairs, in a matrix of dropdowns too', () => {
		expect(points({ pairs: { r: 'k', s: 'l', t: 'l' } })[3]).toBe(4);
		const cells: SurveyJson = {
			elements: [
				{
					type: 'matrixdropdown',
					name: 'pairs',
					choices: ['k', 'l'],
					columns: [{ name: 'kind', cellType: 'dropdown' }],
					rows: ['r', 's', 't'],
				},
				{ type: 'radiogroup', name: 'one', choices },
			],
		};
		const exact = makeKey('test', [
			item('pairs', 6, { kind: 'matching', strategy: 'exact', pairs: { r: 'k', s: 'l', t: 'k' } }),
			items[0],
		]);
		const pairs = { r: { kind: 'k' }, s: { kind: 'l' }, t: { kind: 'k' } };
		expect(compileScoring(exact, cells)({ pairs }).items[0]?.points).toBe(6);
		expect(compileScoring(exact, cells)({ pairs: { r: { kind: 'k' } } }).items[0]?.points).toBe(0);
	});

	it('expands into rows that say the same', () => {
		const rows = expandKey(key, survey);
		expect(rows).toContainEqual({
			instrument: 'made',
			version: 1,
			item: 'one',
			value: 'b',
			competency: 'assessment',
			points: 5,
			max_points: 5,
			strategy: 'value',
		});
		expect(rows.filter((row) => row.item === 'order').map((row) => row.value)).toEqual([
			'1=a',
			'2=b',
			'3=c',
			'4=d',
			'5=e',
		]);
		expect(rows.filter((row) => row.item === 'many').every((row) => row.strategy === 'sum')).toBe(true);
		expect(new Set(rows.map((row) => `${row.item}/${row.value}`)).size).toBe(rows.length);
	});
});

describe('a key', () => {
	const one = likert('z', 'mastery');
	it.each([
		['points that do not reach the maximum', { items: [{ ...one, max_points: 4 }] }, /at most 3, not 4/],
		['an item twice', { items: [one, one] }, /item z stands twice/],
		['cut scores with a gap', { cut_scores: [CUTS[0], { level: 'high', from: 0, to: 70 }] }, /without gap/],
	])('is refused with %s', (_what, fault, message) => {
		const key = { ...makeKey('self_assessment', [one]), ...fault };
		expect(() => keySchema.parse(key)).toThrow(message);
	});
});

describe.each(listShippedInstruments().map(({ key, survey }) => [key.instrument, key, survey] as const))(
	'%s',
	(_name, key, survey) => {
		const score = compileScoring(key, survey);

		it('scores nothing without an error', () => {
			const { items, scales } = score({});
			expect(items).toHaveLength(key.items.length);
			expect(scales.map(({ scale }) => scale)).toEqual(key.scales.map(({ scale }) => scale));
		});

		it('agrees with its own expanded rows wherever a row is a value', () => {
			const rules = new Map(
				expandKey(key, survey)
					.filter(({ strategy }) => strategy === 'value')
					.map((row) => [`${row.item}/${row.value}`, row.points]),
			);
			fc.assert(
				fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }), (values) => {
					const answers: Record<string, unknown> = {};
					key.items.forEach(({ item, rule }, index) => {
						const value = rule.kind === 'likert' ? values[index] : LETTERS[(values[index] ?? 1) - 1];
						const [question = '', row] = item.split('.');
						if (row === undefined) answers[question] = value;
						else answers[question] = { ...(answers[question] as object), [row]: value };
					});
					for (const { item, value, points } of score(answers).items) {
						const known = rules.get(`${item}/${value}`);
						if (known !== undefined) expect(points).toBe(known);
					}
				}),
			);
			const valued = key.items.filter(({ rule }) => ['likert', 'choice', 'case'].includes(rule.kind));
			expect(rules.size).toBeGreaterThanOrEqual(4 * valued.length);
		});
	},
);

it('gives 100 points for the best answers to the test and 0 % deficit in every scale', () => {
	const shipped = listShippedInstruments().find(({ key }) => key.instrument === 'assessment-literacy');
	const { key, survey } = shipped as NonNullable<typeof shipped>;
	const answers = Object.fromEntries(key.items.map(({ item, rule }) => [item, bestAnswer(rule)]));
	const { items, scales } = compileScoring(key, survey)(answers);
	expect(items.reduce((sum, { points }) => sum + (points ?? 0), 0)).toBe(100);
	expect(scales.every(({ deficit_index }) => deficit_index === 0)).toBe(true);
});

function bestAnswer(rule: Key['items'][number]['rule']): unknown {
	switch (rule.kind) {
		case 'choice':
			return Object.entries(rule.points).find(([, points]) => points > 0)?.[0];
		case 'multiple':
			return Object.keys(rule.points).filter((value) => (rule.points[value] ?? 0) > 0);
		case 'ordering':
			return rule.order;
		case 'case':
			return rule.options.toSorted((left, right) => right.points - left.points)[0]?.value;
		case 'matching':
			return rule.pairs;
		case 'likert':
			throw new Error('a test has no attitudes');
	}
}

describe('a choice that the key does not know', () => {
	const survey: SurveyJson = {
		elements: [
			{ type: 'radiogroup', name: 'one', choices: ['a', 'b'], showOtherItem: true },
			{ type: 'radiogroup', name: 'two', choices: ['a', 'b'] },
			{ type: 'radiogroup', name: 'three', choices: ['a', 'b'] },
		],
	};
	const items = ['one', 'two', 'three'].map((item) => ({
		item,
		competency: 'assessment',
		max_points: 1,
		rule: { kind: 'choice', points: { a: 0, b: 1 } },
	}));
	const answers = { one: 'other', 'one-Comment': 'по-своему', two: 'b', three: 'b' };

	it('is an answer of a test that earns nothing', () => {
		const { items: scored, scales } = compileScoring(makeKey('test', items), survey)(answers);
		expect(scored[0]).toMatchObject({ value: 'other', points: 0 });
		expect(scales[0]).toMatchObject({ points: 2, max: 3, n_answered: 3 });
	});

	it('is an answer of a self-assessment that says nothing of the competency', () => {
		const { items: scored, scales } = compileScoring(makeKey('self_assessment', items), survey)(answers);
		expect(scored[0]).toMatchObject({ value: 'other', points: null });
		expect(scales[0]).toMatchObject({ points: 2, max: 2, n_answered: 2, n_items: 3 });
	});
});
