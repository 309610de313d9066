import { isDeepStrictEqual } from 'node:util';
import { Model, type Question } from 'survey-core';
import { isEmptyAnswer } from '#surveys/answer-rules/rule.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { type Answers, withoutDrawings } from './form-oracle.ts';

/** Ways in which the records hold other than what the page handed in, each by what survey-core's model says of it. */
export const STORED_DIFFERENCES = {
	'hidden-left-out': 'An answer to a question that is not shown is handed in by the page and not kept.',
	'empty-left-out': 'An empty value is handed in by the page and not kept.',
	'calculated-anew': 'A value that the form calculates is reckoned by the server, not taken from the page.',
} as const;
export type StoredDifference = keyof typeof STORED_DIFFERENCES;

/** What the records hold beside what the page handed in: named differences, and faults that have no name. */
export function compareStored(
	survey: SurveyJson,
	sent: Answers,
	stored: Answers,
): { differences: StoredDifference[]; faults: string[] } {
	const model = new Model(structuredClone(survey));
	model.locale = 'ru';
	model.data = withoutDrawings(model, sent);
	const shown = new Set<string>();
	for (const question of model.getAllQuestions(false, false, false) as Question[])
		if (question.isVisible && question.isParentVisible)
			for (const name of [question.getValueName(), question.getValueName() + model.commentSuffix])
				shown.add(name);
	const calculated = new Set(model.calculatedValues.map(({ name }) => name));
	for (const question of model.getAllQuestions(false, false, false))
		if (question.getType() === 'expression') calculated.add(question.getValueName());
	model.dispose();

	const differences = new Set<StoredDifference>();
	const faults: string[] = [];
	for (const name of new Set([...Object.keys(sent), ...Object.keys(stored)])) {
		const [was, is] = [sent[name], stored[name]];
		if (isDeepStrictEqual(was, is)) continue;
		if (calculated.has(name)) differences.add('calculated-anew');
		else if (is === undefined && isEmptyAnswer(was)) differences.add('empty-left-out');
		else if (is === undefined && !shown.has(name)) differences.add('hidden-left-out');
		else faults.push(`${name}: handed in ${JSON.stringify(was)}, kept ${JSON.stringify(is)}`);
	}
	return { differences: [...differences], faults };
}
