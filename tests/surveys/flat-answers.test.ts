import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listAnswerFields } from '#surveys/answer-fields.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { layOutFlat } from '#surveys/flat-answers.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { publishable } from '#surveys/publishable.ts';
import { sharedData } from '../support/shared-data.ts';

/** Flat rows by another SurveyJS server; see the data's own README. */
const folder = sharedData('surveyjs/flatten');

/** Cases in which the other server reads what survey-core does not know; here they are refused with a reason. */
const REFUSED = new Set(['radiogroup-with-checkbox']);

function readCase(name: string, part: string): unknown {
	try {
		return JSON.parse(readFileSync(`${folder}/${name}-${part}.json`, 'utf8'));
	} catch {
		return undefined;
	}
}

describe.skipIf(!folder)('flat rows of another server (skipped only without the real data)', () => {
	const names = folder
		? readdirSync(folder)
				.filter((file) => file.endsWith('-definition.json'))
				.map((file) => file.replace('-definition.json', ''))
		: [];

	it.each(names)('%s: the same number of columns and the same values', (name) => {
		const survey = readCase(name, 'definition') as SurveyJson;
		if (REFUSED.has(name)) {
			expect(publishable(survey).map(({ code }) => code)).toContain('json-error');
			return;
		}
		const keys = readCase(name, 'expected-keys') as string[];
		const submission = (readCase(name, 'submission') ?? {}) as Record<string, unknown>;
		const expected = readCase(name, 'expected-flat') as Record<string, unknown> | undefined;
		// What was stored stands; only what the survey does not keep is reckoned.
		const answers = { ...compileAnswerCheck(survey).calculate(submission), ...submission };
		const columns = layOutFlat(listAnswerFields(survey, true), [answers]);
		expect(columns.map(({ name: column }) => column)).toHaveLength(keys.length);
		if (!expected) return;
		const values = columns.map(({ read }) => read(answers));
		const wanted = Object.values(expected).map((value) =>
			typeof value === 'object' ? JSON.stringify(value) : value,
		);
		expect(values.map(String).sort()).toEqual(wanted.map(String).sort());
	});
});

it('gives columns to the rows that some response has, and none to the rest', () => {
	const survey = {
		elements: [
			{
				type: 'paneldynamic',
				name: 'courses',
				templateElements: [
					{ type: 'text', name: 'title' },
					{ type: 'checkbox', name: 'form', choices: ['online', 'here'] },
				],
			},
		],
	};
	const responses = [{ courses: [{ title: 'a', form: ['here'] }, { title: 'b' }] }, {}];
	const columns = layOutFlat(listAnswerFields(survey), responses);
	expect(columns.map(({ name }) => name)).toEqual([
		'courses__0__title',
		'courses__0__form__online',
		'courses__0__form__here',
		'courses__1__title',
		'courses__1__form__online',
		'courses__1__form__here',
	]);
	expect(columns.map(({ read }) => read(responses[0]!))).toEqual(['a', 0, 1, 'b', null, null]);
	expect(columns.map(({ read }) => read(responses[1]!))).toEqual([null, null, null, null, null, null]);
});
