import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import type { MyProfile } from './contract/my.ts';
import { describeAnswers } from './own-answers.ts';

type Remark = MyProfile['campaigns'][number]['remarks'][number];

const typed = new Set(['text', 'comment', 'multipletext']);
/** Control characters other than a new line: they have no place in plain text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What an observer wrote in words, as plain text in the order of the form; what was left empty is left out. */
export function findRemarks(survey: SurveyJson, answers: string): Remark[] {
	const written = new Set(
		listItems(survey)
			.filter(({ type }) => typed.has(type))
			.map(({ item }) => item),
	);
	return describeAnswers(survey, JSON.parse(answers) as Record<string, unknown>).flatMap(
		({ item, question, answer }) => {
			const words = answer?.ru.replaceAll('\r\n', '\n').replace(unprintable, ' ').trim() ?? '';
			return written.has(item) && words !== '' ? [{ question, words }] : [];
		},
	);
}
