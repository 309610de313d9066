import { Model, QuestionRatingModel, QuestionSelectBase, QuestionTextModel } from 'survey-core';
import { addressOf, type KeptAnswers, type SurveyInHand } from './answer-store.ts';
import { keepFilesApart, showFiles } from './survey-files.ts';
import { surveyTheme } from './survey-theme.ts';

// SurveyJS keeps a half-written address, telephone, colour or week only when its field is left, and empties the field when
// something else on the page is drawn anew before that. Here every kind of field is kept as it is being filled in.
Object.assign(QuestionTextModel.prototype, { isTextValue: () => true });
// Kept that way, a choice counts as a text that is still being written, and never turns the page of a form that turns itself.
Object.assign(QuestionSelectBase.prototype, { getDataLocNotification: () => false });

/** The survey as it is shown: in our theme and words, with the answers in hand, at the page where they stopped. */
export function makeSurvey(diagnostic: SurveyInHand, kept: KeptAnswers, language: string): Model {
	const survey = new Model(keepFilesApart(diagnostic.survey));
	survey.randomSeed = orderSeed(diagnostic.response_id);
	survey.applyTheme(surveyTheme);
	survey.locale = language;
	// what we show ourselves: the title once, the count of items instead of pages, our own thanks
	survey.showTitle = false;
	survey.showProgressBar = false;
	survey.showCompletePage = false;
	// a picture from its makers' site, and a link there
	survey.showBrandInfo = false;
	survey.focusFirstQuestionAutomatic = false;
	survey.focusOnFirstError = true;
	survey.questionErrorLocation = 'top';
	// what is being typed is kept like any other answer: a closed page or the end of the time takes nothing away
	survey.textUpdateMode = 'onTyping';
	// a short scale stays a row of buttons on a phone too: a closed list hides what it asks
	for (const question of survey.getAllQuestions()) {
		if (
			question instanceof QuestionRatingModel &&
			question.displayMode === 'auto' &&
			question.visibleRateValues.length <= 7
		)
			question.displayMode = 'buttons';
	}
	// conditions may ask who answers; a copy kept by an earlier release does not know it
	survey.setVariable('respondent', diagnostic.respondent ?? {});
	showFiles(survey, { ...kept, path: addressOf(kept) });
	survey.data = kept.answers;
	survey.currentPageNo = Math.min(kept.page, Math.max(0, survey.visiblePageCount - 1));
	return survey;
}

/** The seed of random orders: of the response, so that one meets the same order on every device and after every break. */
function orderSeed(responseId: string): number {
	return (Number.parseInt(responseId.replaceAll('-', '').slice(0, 8), 16) % 0x7fffffff) + 1;
}

/** Takes the limit of time out of the survey, in seconds (0 = none): it is counted here, not by SurveyJS. */
export function takeTimeLimit(survey: Model): number {
	const limit = survey.timeLimit;
	survey.timeLimit = 0;
	return limit;
}
