import { setImmediate } from 'node:timers/promises';
import { Model, type QuestionSelectBase } from 'survey-core';
import { describe, expect, it } from 'vitest';
import { CHECKED_TYPES } from '#surveys/answer-rules/question.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { KNOWN_DIFFERENCES, type KnownDifference } from '#surveys/known-differences.ts';
import { publishable } from '#surveys/publishable.ts';
import { type Arbitrary, fc } from '#tests/support/property.ts';
import { specimens } from './specimens.ts';
import { type Act, actsOn, surveys, valuesOf } from './survey-arbitrary.ts';

/** What a browser sends after these acts: only visible, enabled questions can be touched. */
async function answerInBrowser(survey: SurveyJson, acts: readonly Act[], onlyOffered: boolean) {
	const model = new Model(survey);
	for (const { name, value } of acts) {
		const question = model.getQuestionByName(name);
		if (!question?.isVisible || !question.isParentVisible || question.isReadOnly) continue;
		if (onlyOffered && !isOffered(question as QuestionSelectBase, value)) continue;
		question.value = value;
	}
	// An answer that is cleared because it is hidden does not always wake the conditions on its parts; a reload would.
	model.runExpressions();
	const isValid = model.validate();
	const sent = structuredClone(model.data) as Record<string, unknown>;
	const isComplete = model.tryComplete();
	const completed = structuredClone(model.data) as Record<string, unknown>;
	model.dispose();
	// A model frees what it scheduled only in a later turn; without this the heap grows with every run.
	await setImmediate();
	return { isValid, sent, isComplete, completed };
}

/** Whether every chosen value stands on the screen. */
function isOffered({ visibleChoices }: QuestionSelectBase, value: unknown): boolean {
	return [value].flat().every((each) => visibleChoices.some((choice) => choice.value === each));
}

async function validateInModel(survey: SurveyJson, answers: Record<string, unknown>): Promise<boolean> {
	const model = new Model(survey);
	model.data = structuredClone(answers);
	const isValid = model.validate();
	model.dispose();
	await setImmediate();
	return isValid;
}

/** Agreement on one run: the same verdict, and the same answers kept. */
async function expectAgreement(survey: SurveyJson, acts: readonly Act[], onlyOffered = false): Promise<void> {
	const { isValid, sent, isComplete, completed } = await answerInBrowser(survey, acts, onlyOffered);
	const { check } = compileAnswerCheck(survey);
	const result = check(isComplete ? completed : sent);
	expect(result.ok, JSON.stringify(result)).toBe(isValid);
	if (result.ok) {
		expect(result.answers).toEqual(completed);
		expect(check(result.answers)).toEqual(result);
	}
	expect(check(sent, 'partial').ok).toBe(true);
}

const RUNS = 40;

describe('agreement with the SurveyJS model', () => {
	for (const { key, survey } of listShippedInstruments()) {
		it(`on ${key.instrument}`, { timeout: 60_000 }, async () => {
			await fc.assert(
				fc.asyncProperty(actsOn(survey), (acts) => expectAgreement(survey, acts)),
				{ numRuns: 15 },
			);
		});
	}

	it('on made surveys with conditions', { timeout: 60_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(
				surveys.chain((survey) => fc.tuple(fc.constant(survey), actsOn(survey))),
				async ([survey, acts]) => {
					expect(publishable(survey)).toEqual([]);
					await expectAgreement(survey, acts);
				},
			),
			{ numRuns: RUNS * 3 },
		);
	});

	for (const [kind, { question, values }] of Object.entries(specimens)) {
		it(`on ${kind}, alone and required`, { timeout: 60_000 }, async () => {
			const survey: SurveyJson = {
				clearInvisibleValues: 'onHiddenContainer',
				elements: [
					{ type: 'boolean', name: 'gate' },
					{ ...question, name: 'q', isRequired: true, visibleIf: '{gate} = true' },
					{ ...question, name: 'free' },
				],
			};
			expect(publishable(survey)).toEqual([]);
			const act = fc.oneof(
				fc.record({ name: fc.constant('gate'), value: fc.boolean() }),
				fc.record({ name: fc.constantFrom('q', 'free'), value: values }),
			);
			await fc.assert(
				fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), (acts) =>
					expectAgreement(survey, acts),
				),
				{ numRuns: 12 },
			);
		});
	}

	it('on choices carried forward and choices that come and go', { timeout: 60_000 }, async () => {
		const survey: SurveyJson = {
			elements: [
				{ type: 'checkbox', name: 'all', choices: ['a', 'b', 'c'] },
				{ type: 'radiogroup', name: 'best', choicesFromQuestion: 'all', choicesFromQuestionMode: 'selected' },
				{ type: 'tagbox', name: 'rest', choicesFromQuestion: 'all', choicesFromQuestionMode: 'unselected' },
				{
					type: 'dropdown',
					name: 'some',
					choices: ['a', 'b', 'c'],
					choicesVisibleIf: '{all} contains {item}',
				},
			],
		};
		expect(publishable(survey)).toEqual([]);
		const letters = ['a', 'b', 'c'];
		const act = fc.oneof(
			fc.record({ name: fc.constant('all'), value: fc.subarray(letters) }),
			fc.record({ name: fc.constantFrom('best', 'some'), value: fc.constantFrom(...letters) }),
			fc.record({ name: fc.constant('rest'), value: fc.subarray(letters) }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(act, { maxLength: 6 }), (acts) => expectAgreement(survey, acts, true)),
			{ numRuns: RUNS },
		);
	});

	it('on conditions of options, where a question bears the name of what they call the option itself', {
		timeout: 60_000,
	}, async () => {
		const own = ['item', 'choice', 'self'];
		const survey: SurveyJson = {
			elements: [
				...own.map((name) => ({ type: 'radiogroup', name, choices: ['a', 'b'] })),
				...own.map((name) => ({
					type: 'radiogroup',
					name: `by_${name}`,
					choices: [
						'a',
						{ value: 'b', visibleIf: `{${name}} = 'b'` },
						{ value: 'c', visibleIf: `{${name}} = 'a'` },
					],
				})),
				{ type: 'radiogroup', name: 'listed', choices: ['a', 'b'], choicesVisibleIf: "{choice} = 'a'" },
			],
		};
		expect(publishable(survey)).toEqual([]);
		const act = fc.oneof(
			fc.record({ name: fc.constantFrom(...own), value: fc.constantFrom('a', 'b') }),
			fc.record({
				name: fc.constantFrom(...own.map((name) => `by_${name}`), 'listed'),
				value: fc.constantFrom('a', 'b', 'c'),
			}),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(act, { maxLength: 6 }), (acts) => expectAgreement(survey, acts, true)),
			{ numRuns: RUNS },
		);
	});

	it('has a specimen of every type that can be published', () => {
		const types = new Set(Object.values(specimens).map(({ question }) => question.type));
		expect([...CHECKED_TYPES].filter((type) => type !== 'empty' && !types.has(type))).toEqual([]);
	});

	it('on tables, repeated panels and groups of texts', { timeout: 60_000 }, async () => {
		const survey: SurveyJson = {
			clearInvisibleValues: 'onHiddenContainer',
			elements: [
				{ type: 'boolean', name: 'teaches' },
				{
					type: 'matrixdropdown',
					name: 'load',
					visibleIf: '{teaches} = true',
					rows: ['r', 's'],
					choices: ['x', 'y'],
					columns: [
						{ name: 'kind', cellType: 'dropdown', isRequired: true },
						{ name: 'hours', cellType: 'text', inputType: 'number', max: 40 },
					],
				},
				{
					type: 'matrixdynamic',
					name: 'courses',
					rowCount: 0,
					columns: [
						{ name: 'title', cellType: 'text', isRequired: true },
						{ name: 'level', cellType: 'rating', rateMax: 3 },
					],
				},
				{
					type: 'paneldynamic',
					name: 'plans',
					templateElements: [
						{ type: 'radiogroup', name: 'form', choices: ['x', 'other'], isRequired: true },
						{ type: 'text', name: 'which', visibleIf: "{panel.form} = 'other'", isRequired: true },
					],
				},
				{
					type: 'multipletext',
					name: 'years',
					items: [{ name: 'total', inputType: 'number', isRequired: true }, { name: 'here' }],
				},
			],
		};
		const optional: { requiredKeys: []; noNullPrototype: boolean } = {
			requiredKeys: [],
			noNullPrototype: true,
		};
		const cells = fc.record(
			{ kind: fc.constantFrom('x', 'y'), hours: fc.integer({ min: 0, max: 40 }) },
			optional,
		);
		const values: Record<string, Arbitrary<unknown>> = {
			teaches: fc.boolean(),
			load: fc.record({ r: cells, s: cells }, { noNullPrototype: true }),
			courses: fc.array(
				fc.record({ title: fc.constant('a'), level: fc.integer({ min: 1, max: 3 }) }, optional),
				{ maxLength: 3 },
			),
			plans: fc.array(fc.record({ form: fc.constantFrom('x', 'other'), which: fc.constant('b') }, optional), {
				maxLength: 3,
			}),
			years: fc.record({ total: fc.nat({ max: 40 }), here: fc.constant('c') }, optional),
		};
		const act = fc
			.constantFrom(...Object.keys(values))
			.chain((name) => fc.record({ name: fc.constant(name), value: values[name] as Arbitrary<unknown> }));
		expect(publishable(survey)).toEqual([]);
		await fc.assert(
			fc.asyncProperty(fc.array(act, { maxLength: 8 }), (acts) => expectAgreement(survey, acts)),
			{ numRuns: RUNS },
		);
	});

	it('keeps nothing that the model would refuse, whatever was sent', { timeout: 60_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(
				surveys.chain((survey) => fc.tuple(fc.constant(survey), actsOn(survey))),
				async ([survey, acts]) => {
					// Sent past the browser: hidden and disabled questions are answered too.
					const sent = Object.fromEntries(acts.map(({ name, value }) => [name, value]));
					const result = compileAnswerCheck(survey).check(sent);
					if (result.ok) expect(await validateInModel(survey, result.answers)).toBe(true);
				},
			),
			{ numRuns: RUNS },
		);
	});
});

describe('known differences: what the model lets pass and the check refuses', () => {
	const survey: SurveyJson = {
		elements: [
			{ type: 'rating', name: 'rate', rateMax: 5 },
			{ type: 'checkbox', name: 'list', choices: ['a', 'b'] },
			{ type: 'matrix', name: 'rows', columns: [1, 2], rows: ['r'] },
			{ type: 'text', name: 'short', maxLength: 3 },
			{ type: 'file', name: 'scan' },
			{ type: 'signaturepad', name: 'sign' },
		],
	};
	const { check } = compileAnswerCheck(survey);
	const honest = fc.record({ rate: valuesOf({ type: 'rating', rateMax: 5 }) });
	const dataUrl = 'data:image/png;base64,AA==';

	const refused: [KnownDifference, Record<string, unknown>, string][] = [
		['rating-out-of-range', { rate: 9 }, 'out-of-range'],
		['rating-as-text', { rate: 'five' }, 'wrong-type'],
		['unlisted-option', { list: ['a', 'z'] }, 'not-listed'],
		['repeated-option', { list: ['a', 'a'] }, 'duplicate-value'],
		['unknown-name', { intruder: 1 }, 'unknown-name'],
		['unknown-row', { rows: { x: 1 } }, 'unknown-name'],
		['unknown-column', { rows: { r: 9 } }, 'not-listed'],
		['text-too-long', { short: 'слово' }, 'too-long'],
		['file-not-stored', { scan: [{ name: 'a.png', type: 'image/png', content: dataUrl }] }, 'bad-file'],
		['file-not-stored', { sign: dataUrl }, 'bad-file'],
	];

	it.each(refused)('%s', async (_difference, fault, code) => {
		expect(await validateInModel(survey, fault)).toBe(true);
		fc.assert(
			fc.property(honest, (answers) => {
				expect(check({ ...answers, ...fault })).toMatchObject({ ok: false, issues: [{ code }] });
				expect(check(answers).ok).toBe(true);
			}),
		);
	});

	it('white-space: no answer, and not kept', () => {
		const { check } = compileAnswerCheck({ elements: [{ type: 'comment', name: 'remark' }] });
		expect(check({ remark: ' \n' })).toEqual({ ok: true, answers: {} });
	});

	it('survey-cut-short: nothing more is asked, wherever the trigger stands', async () => {
		const cut: SurveyJson = {
			elements: [
				{ type: 'boolean', name: 'agrees' },
				{ type: 'text', name: 'why', isRequired: true },
			],
			triggers: [{ type: 'complete', expression: '{agrees} = false' }],
		};
		expect(await validateInModel(cut, { agrees: false })).toBe(false);
		expect(compileAnswerCheck(cut).check({ agrees: false }).ok).toBe(true);
	});

	it('calculated-anew: what was sent gives way', () => {
		const { check } = compileAnswerCheck({
			elements: [
				{ type: 'text', inputType: 'number', name: 'n' },
				{ type: 'expression', name: 'twice', expression: '{n} * 2' },
			],
		});
		expect(check({ n: 2, twice: 100 })).toEqual({ ok: true, answers: { n: 2, twice: 4 } });
	});

	it('has a test for every one that is named', () => {
		const tested = [...refused.map(([name]) => name), 'white-space', 'survey-cut-short', 'calculated-anew'];
		expect(new Set(tested)).toEqual(new Set(Object.keys(KNOWN_DIFFERENCES)));
	});
});

it('checks an answer in microseconds, for it runs once per submission', () => {
	const survey = listShippedInstruments()[0]?.survey as SurveyJson;
	const { check } = compileAnswerCheck(survey);
	const [answers] = fc.sample(
		actsOn(survey).map((acts) => Object.fromEntries(acts.map(({ name, value }) => [name, value]))),
		1,
	);
	const started = performance.now();
	for (let run = 0; run < 2000; run++) check(answers, 'partial');
	expect((performance.now() - started) / 2000).toBeLessThan(0.5);
});
