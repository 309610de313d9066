import type { ResultRow } from '../api.ts';
import { shareBars } from './share-bars.ts';
import type { Specification } from './specification.ts';

/** Shares of the answers to closed questions, one bar each, under the words of question and answer. */
export function answersPicture(rows: ResultRow[], isNarrow: boolean): Specification {
	return shareBars(rows, isNarrow, {
		line: (row) => `${row.question} — ${row.answer_title}`,
		lineExpression: "datum.question + ' — ' + datum.answer_title",
	});
}
