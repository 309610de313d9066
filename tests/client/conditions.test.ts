import { ConditionRunner } from 'survey-core';
import { describe, expect, it } from 'vitest';
import {
	type Condition,
	operators,
	readCondition,
	takesList,
	takesNothing,
	writeCondition,
} from '../../client/workshop/condition.ts';

const answers = [
	{},
	{ a: 'x' },
	{ a: 'y', b: 3 },
	{ a: 'x', b: 4 },
	{ a: ['x', 'z'], b: 5 },
	{ a: "it's", b: 0, respondent: { seniority: '0-3', young_specialist: true } },
];

describe('conditions in words', () => {
	it.each(operators)('writes «%s» as SurveyJS reads it, and reads it back', (operator) => {
		for (const values of [['x'], [3], ["it's"], [true]] as const) {
			const given = takesNothing(operator) ? [] : takesList(operator) ? [...values, 'y'] : [...values];
			const condition: Condition = {
				join: 'or',
				clauses: [
					{ name: 'a', operator, values: given },
					{ name: 'm.r1', operator: 'answered', values: [] },
				],
			};
			const text = writeCondition(condition);
			expect(new ConditionRunner(text).canRun(), text).toBe(true);
			expect(readCondition(text)).toEqual(condition);
		}
	});

	it.each([
		"{a} = 'x'",
		'{a} == "x" and {b} > 2',
		"{a} anyof ['x', 'y'] or {b} notempty",
		"{a} contains 'x' AND {b} >= 5",
		"{respondent.seniority} = '0-3' and {respondent.young_specialist} = true",
		'{a} = x',
		"{a} = 'it\\'s'",
		'{b} <> -1',
		'{b} notempty and {a} noneof ["y"]',
	])('means the same as %s', (text) => {
		const read = readCondition(text);
		// an unquoted word is beyond the lines, and stays the text it is
		if (text === '{a} = x') return expect(read).toBeNull();
		const written = new ConditionRunner(writeCondition(read!));
		const original = new ConditionRunner(text);
		for (const each of answers)
			expect(written.runValues(each), JSON.stringify(each)).toBe(original.runValues(each));
		expect(answers.some((each) => original.runValues(each))).toBe(true);
	});

	it.each([
		"({a} = 'x' or {a} = 'y') and {b} > 1",
		"{a} = 'x' or {a} = 'y' and {b} > 1",
		'{a} = {b}',
		'{a} + {b} > 3',
		'age({a}) > 18',
		"!({a} = 'x')",
		"{a} = 'x' and",
		'',
		'{a}',
		"{a} anyof 'x'",
		'{a} anyof []',
		"'x' = {a}",
	])('leaves «%s» alone', (text) => {
		expect(readCondition(text)).toBeNull();
	});
});
