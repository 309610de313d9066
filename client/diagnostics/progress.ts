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

/** Every visible item in reading order; of a survey that a trigger has ended here, nothing that would have come later. */
export function listSurveyItems(survey: Model, isEndedHere = false): SurveyItem[] {
	const questions = survey.getAllQuestions(true);
	const last = isEndedHere ? lastOnScreen(survey) : undefined;
	const asked = last ? questions.slice(0, questions.indexOf(last) + 1) : questions;
	return asked.flatMap((question): SurveyItem[] => {
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

function lastOnScreen(survey: Model): Question | undefined {
	const shown: Question[] =
		survey.currentPage?.questions.filter((question: Question) => question.isVisible) ?? [];
	return survey.currentSingleQuestion ?? shown.at(-1);
}

/** Items as a person counts them: every row of a matrix is one. */
export function countAnswered(survey: Model): { answered: number; total: number } {
	const items = listSurveyItems(survey);
	return { answered: items.filter(({ isAnswered }) => isAnswered).length, total: items.length };
}
