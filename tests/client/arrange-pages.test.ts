import { Model } from 'survey-core';
import { expect, test } from 'vitest';
import { arrangePages } from '#client/diagnostics/arrange-pages.ts';

const form = () =>
	new Model({
		showPreviewBeforeComplete: true,
		pages: [{ elements: ['first', 'second', 'third'].map((name) => ({ type: 'text', name })) }],
	});

test('a phone that is turned keeps the place, and the last page keeps its way to the end', () => {
	const survey = form();
	const written = survey.questionsOnPageMode;
	expect(survey.isPreviewButtonVisible).toBe(true);
	survey.setValue('first', 'answered');
	arrangePages(survey, true, written);
	expect(survey.currentSingleQuestion?.name).toBe('second');
	expect([survey.isShowNextButton, survey.isPreviewButtonVisible]).toEqual([true, false]);
	arrangePages(survey, false, written);
	expect(survey.currentSingleQuestion).toBeUndefined();
	expect([survey.isShowNextButton, survey.isPreviewButtonVisible]).toEqual([false, true]);
	arrangePages(survey, true, written);
	expect(survey.currentSingleQuestion?.name).toBe('second');
});
