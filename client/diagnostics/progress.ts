import type { Model, Question } from 'survey-core';

interface Rowed {
	visibleRows: { value?: unknown; name?: string; rowName?: unknown; text?: string }[];
}

/** What a person counts as one question: a question, or a row of a matrix. */
export interface SurveyItem {
	question: string;
	/** of a matrix */
	row: string | null;
	title: string;
	isAnswered: boolean;
	isRequired: boolean;
}

const unasked = new Set(['html', 'image', 'expression', 'empty']);

/** Every visible item in reading order. */
export function listSurveyItems(survey: Model): SurveyItem[] {
	return survey.getAllQuestions(true).flatMap((question): SurveyItem[] => {
		const type = question.getType();
		if (unasked.has(type)) return [];
		const common = { question: question.name, isRequired: question.isRequired };
		if (type !== 'matrix')
			return [{ ...common, row: null, title: question.processedTitle, isAnswered: !question.isEmpty() }];
		const value = (question.value ?? {}) as Record<string, unknown>;
		return (question as Question & Rowed).visibleRows.map((row) => {
			const name = String(row.rowName ?? row.name ?? row.value);
			return { ...common, row: name, title: row.text ?? name, isAnswered: value[name] !== undefined };
		});
	});
}

/** Items as a person counts them: every row of a matrix is one. */
export function countAnswered(survey: Model): { answered: number; total: number } {
	const items = listSurveyItems(survey);
	return { answered: items.filter(({ isAnswered }) => isAnswered).length, total: items.length };
}
