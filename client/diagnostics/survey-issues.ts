import { type Model, SurveyError } from 'survey-core';
import type { ApiProblem } from '../api.ts';

/** The server's issues at their questions; the first one is brought into sight. */
export function showIssues(survey: Model, refusal: ApiProblem): void {
	let first: string | undefined;
	for (const issue of refusal.issues) {
		const path = (issue.path ?? '').replace(/^answers[./]/, '');
		const name = path.split(/[./[\]]/).find((part) => survey.getQuestionByName(part));
		const question = name
			? survey.getQuestionByName(name)
			: survey.getAllQuestions().find((each) => path.endsWith(each.name) || hasRow(each.toJSON(), path));
		if (!question) continue;
		question.addError(new SurveyError(issue.text, question));
		first ??= question.name;
	}
	if (first) survey.focusQuestion(first);
}

/** Whether a matrix has a row of this name: items of a matrix are its rows. */
function hasRow(question: { rows?: unknown[] }, path: string): boolean {
	return (question.rows ?? []).some((row) => {
		const value = typeof row === 'object' && row !== null ? (row as { value?: unknown }).value : row;
		return value !== undefined && path.split(/[./]/).includes(String(value));
	});
}
