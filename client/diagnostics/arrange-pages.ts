import type { Model, Question } from 'survey-core';

/**
 * Lays the survey out for a narrow screen, one question at a time, or as its author wrote it (`written`), and stays where
 * the reader is.
 */
export function arrangePages(survey: Model, isNarrow: boolean, written: Model['questionsOnPageMode']): void {
	// a field hands its text over when it is left; as the questions are laid out anew it would be lost
	if (typeof document !== 'undefined') (document.activeElement as HTMLElement | null)?.blur();
	const page = survey.currentPageNo;
	const at = survey.currentSingleQuestion ?? firstOpen(survey);
	survey.questionsOnPageMode = isNarrow ? 'questionPerPage' : written;
	survey.currentPageNo = page;
	if (isNarrow && at) survey.currentSingleQuestion = at;
	// the model keeps the buttons of the former layout until something else moves
	survey.updateNavigationElements();
}

/** The first question of this page that has no answer yet, unless the page has not been begun. */
function firstOpen(survey: Model): Question | undefined {
	const questions = survey.currentPage?.questions.filter((question: Question) => question.isVisible) ?? [];
	if (questions.every((question: Question) => question.isEmpty())) return questions[0];
	return questions.find((question: Question) => question.hasInput && question.isEmpty()) ?? questions.at(-1);
}
