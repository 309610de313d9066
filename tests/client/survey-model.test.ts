import type { QuestionRadiogroupModel } from 'survey-core';
import { expect, test } from 'vitest';
import type { SurveyInHand } from '#client/diagnostics/answer-store.ts';
import { makeSurvey } from '#client/diagnostics/survey-model.ts';

const shown = (survey: object) =>
	makeSurvey(
		{ survey, response_id: '01234567-89ab-cdef-0123-456789abcdef' } as unknown as SurveyInHand,
		{ answers: {}, page: 0 } as never,
		'ru',
	);

test.each(['text', 'email', 'tel', 'url', 'color', 'week', 'month', 'range', 'date'])(
	'a field for %s is kept as it is being filled in, not only when it is left',
	(inputType) => {
		const survey = shown({ elements: [{ type: 'text', name: 'a', inputType }] });
		expect(survey.getQuestionByName('a')!.isInputTextUpdate).toBe(true);
	},
);

test('a form that turns its pages itself goes on at a choice', async () => {
	const page = (name: string) => ({ elements: [{ type: 'radiogroup', name, choices: ['x', 'y'] }] });
	const survey = shown({
		autoAdvanceEnabled: true,
		autoAdvanceAllowComplete: false,
		pages: [page('a'), page('b')],
	});
	const choice = survey.getQuestionByName('a') as QuestionRadiogroupModel;
	// SurveyJS goes on for a hand alone, not for keys that walk through the choices
	choice.onMouseDown();
	choice.renderedValue = 'x';
	await expect.poll(() => survey.currentPageNo).toBe(1);
});

test('a form never sends for the picture of SurveyJS, whatever its file says', () => {
	expect(shown({ showBrandInfo: true, elements: [{ type: 'text', name: 'a' }] }).showBrandInfo).toBe(false);
});
