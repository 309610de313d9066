import { type Progress, stageTexts, type Tell } from '#analytics/progress.ts';
import type { AnswerProgress } from './contract/analytics.ts';
import type { Language } from './language.ts';

/** How far the answers are that are being worked out, by question: for whoever waits for one of them. */
export function createProgressBoard() {
	const shown = new Map<string, { progress: Progress }>();
	return {
		/** Runs the work with a way to tell how far it is; what it told goes with its end. */
		async follow<Result>(question: string, work: (tell: Tell) => Promise<Result>): Promise<Result> {
			const mine: { progress: Progress } = { progress: { stage: 'reading', share: 0 } };
			shown.set(question, mine);
			try {
				return await work((progress) => {
					mine.progress = progress;
				});
			} finally {
				// Another may have begun anew when this one was stopped.
				if (shown.get(question) === mine) shown.delete(question);
			}
		},
		find(question: string, language: Language): AnswerProgress {
			const found = shown.get(question);
			if (!found) return { is_waiting: false, stage: null, share: null, text: null };
			const { stage, share } = found.progress;
			return { is_waiting: true, stage, share, text: stageTexts[stage][language] };
		},
	};
}
