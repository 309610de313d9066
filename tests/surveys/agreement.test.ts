import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Model } from 'survey-core';
import { describe, expect, it } from 'vitest';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { publishable } from '#surveys/publishable.ts';
import { type Act, actsOn, surveys, valuesOf } from './survey-arbitrary.ts';

/** What a browser sends after these acts: only visible, enabled questions can be touched. */
async function answerInBrowser(survey: SurveyJson, acts: readonly Act[]) {
	const model = new Model(survey);
	for (const { name, value } of acts) {
		const question = model.getQuestionByName(name);
		if (question?.isVisible && question.isParentVisible && !question.isReadOnly) question.value = value;
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

async function validateInModel(survey: SurveyJson, answers: Record<string, unknown>): Promise<boolean> {
	const model = new Model(survey);
	model.data = structuredClone(answers);
	const isValid = model.validate();
	model.dispose();
	await setImmediate();
	return isValid;
}

/** Agreement on one run: the same verdict, and the same answers kept. */
async function expectAgreement(survey: SurveyJson, acts: readonly Act[]): Promise<void> {
	const { isValid, sent, isComplete, completed } = await answerInBrowser(survey, acts);
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
		const values: Record<string, fc.Arbitrary<unknown>> = {
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
			.chain((name) => fc.record({ name: fc.constant(name), value: values[name] as fc.Arbitrary<unknown> }));
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
		],
	};
	const { check } = compileAnswerCheck(survey);
	const honest = fc.record({ rate: valuesOf({ type: 'rating', rateMax: 5 }) });

	it.each([
		['a rating out of range', { rate: 9 }, 'out-of-range'],
		['a rating as text', { rate: 'five' }, 'wrong-type'],
		['an unlisted option of a list', { list: ['a', 'z'] }, 'not-listed'],
		['an option twice', { list: ['a', 'a'] }, 'duplicate-value'],
		['an unknown name', { intruder: 1 }, 'unknown-name'],
		['an unknown row', { rows: { x: 1 } }, 'unknown-name'],
		['an unknown column', { rows: { r: 9 } }, 'not-listed'],
		['a text above its length', { short: 'слово' }, 'too-long'],
	])('%s', async (_what, fault, code) => {
		expect(await validateInModel(survey, fault)).toBe(true);
		fc.assert(
			fc.property(honest, (answers) => {
				expect(check({ ...answers, ...fault })).toMatchObject({ ok: false, issues: [{ code }] });
				expect(check(answers).ok).toBe(true);
			}),
		);
	});
});

it('known difference: a text of white space is no answer and is not kept', () => {
	const { check } = compileAnswerCheck({ elements: [{ type: 'comment', name: 'remark' }] });
	expect(check({ remark: ' \n' })).toEqual({ ok: true, answers: {} });
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
