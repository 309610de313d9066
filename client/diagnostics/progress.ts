import type { Model, Question } from 'survey-core';

interface Rowed {
	visibleRows: { value?: unknown }[];
}

/** Items as a person counts them: every row of a matrix is one. */
export function countAnswered(survey: Model): { answered: number; total: number } {
	let answered = 0;
	let total = 0;
	for (const question of survey.getAllQuestions(true)) {
		const type = question.getType();
		if (type === 'html' || type === 'image' || type === 'expression' || type === 'empty') continue;
		if (type === 'matrix') {
			const rows = (question as Question & Rowed).visibleRows;
			const value = (question.value ?? {}) as Record<string, unknown>;
			total += rows.length;
			answered += Math.min(rows.length, Object.keys(value).length);
		} else {
			total += 1;
			if (!question.isEmpty()) answered += 1;
		}
	}
	return { answered, total };
}
