import { expect, test } from 'vitest';
import { respondentVariables as offered } from '#client/workshop/respondent-words.ts';
import { respondentValues } from '#server/contract/respondent-values.ts';
import { respondentVariables } from '#surveys/respondent.ts';

test('the editor offers what the check of conditions knows about who answers, value for value', () => {
	expect([...offered].toSorted()).toEqual(Object.keys(respondentVariables).toSorted());
	for (const [variable, values] of Object.entries(respondentValues))
		expect(respondentVariables[variable as keyof typeof respondentVariables], variable).toEqual(values);
});
