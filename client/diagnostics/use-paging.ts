import { useEffect } from 'react';
import type { Model, Question } from 'survey-core';

const phone = '(max-width: 560px)';

/**
 * On a phone one question, or one block that belongs together, fills the screen; on a wider one the author's pages stand.
 * Only the showing changes: pages, conditions and what the server checks stay the same. Turning the device keeps the place.
 */
export function usePaging(survey: Model): void {
	useEffect(() => {
		const narrow = window.matchMedia(phone);
		// an author who asked for one question at a time gets it everywhere
		const written = survey.questionsOnPageMode;
		const arrange = () => {
			// a field hands its text over when it is left; as the questions are laid out anew it would be lost
			(document.activeElement as HTMLElement | null)?.blur();
			const page = survey.currentPageNo;
			const at = survey.currentSingleQuestion ?? firstOpen(survey);
			survey.questionsOnPageMode = narrow.matches ? 'questionPerPage' : written;
			survey.currentPageNo = page;
			if (narrow.matches && at) survey.currentSingleQuestion = at;
		};
		arrange();
		narrow.addEventListener('change', arrange);
		return () => narrow.removeEventListener('change', arrange);
	}, [survey]);
}

/** The first question of this page that has no answer yet, unless the page has not been begun. */
function firstOpen(survey: Model): Question | undefined {
	const questions = survey.currentPage?.questions.filter((question: Question) => question.isVisible) ?? [];
	if (questions.every((question: Question) => question.isEmpty())) return questions[0];
	return questions.find((question: Question) => question.hasInput && question.isEmpty()) ?? questions.at(-1);
}
