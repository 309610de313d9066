import type { AnswerIssue } from '#surveys/answers.ts';
import { Problem } from './problem.ts';

/** So many faults are named; whoever has more begins with these. */
const MOST_NAMED = 100;

/** Answers that the check did not let through: 422 with each fault at its item. */
export function refuseAnswers(issues: readonly AnswerIssue[]): Problem {
	return new Problem(
		422,
		'invalid-answers',
		{},
		issues.slice(0, MOST_NAMED).map(({ item, code, params }) => ({
			path: item,
			code: `answer-${code}`,
			values: { item, ...params },
		})),
	);
}
