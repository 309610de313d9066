import { useEffect } from 'react';
import type { Model } from 'survey-core';
import { arrangePages } from './arrange-pages.ts';

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
		const arrange = () => arrangePages(survey, narrow.matches, written);
		arrange();
		narrow.addEventListener('change', arrange);
		return () => narrow.removeEventListener('change', arrange);
	}, [survey]);
}
