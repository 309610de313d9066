import { Model } from 'survey-core';
import { describe, expect, it } from 'vitest';
import { arrangePages } from '#client/diagnostics/arrange-pages.ts';
import { listSurveyItems } from '#client/diagnostics/progress.ts';

const json = {
	triggers: [{ type: 'complete', expression: '{enough} = true' }],
	pages: [
		{
			name: 'one',
			elements: [
				{ type: 'boolean', name: 'enough' },
				{ type: 'text', name: 'beside' },
			],
		},
		{ name: 'two', elements: [{ type: 'text', name: 'needed', isRequired: true }] },
	],
};

/** What is looked through before sending, after the way on was taken once. */
function reviewed(isNarrow: boolean, enough: boolean): string[] {
	const survey = new Model(json);
	let items: string[] = [];
	survey.onCompleting.add((_, options) => {
		options.allow = false;
		items = listSurveyItems(survey, options.isCompleteOnTrigger).map(({ question }) => question);
	});
	arrangePages(survey, isNarrow, 'standard');
	survey.setValue('enough', enough);
	survey.performNext();
	return items;
}

describe('what is looked through before sending', () => {
	it('ends on the page where a trigger ends the survey', () => {
		expect(reviewed(false, true)).toEqual(['enough', 'beside']);
	});
	it('ends with the question that ends it where one at a time is shown', () => {
		expect(reviewed(true, true)).toEqual(['enough']);
	});
	it('does not come before the last page otherwise', () => {
		expect(reviewed(false, false)).toEqual([]);
	});
});
