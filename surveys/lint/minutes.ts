import { listQuestions, type SurveyJson } from '../item-labels.ts';
import { readText } from '../text.ts';
import { advice, type LintContext, type LintRule } from './finding.ts';
import { countWords } from './wording.ts';

/** Careful reading of an instruction or a statement, words per minute. */
const WORDS_PER_MINUTE = 180;
/** Seconds to decide and to mark one item, reading apart. */
const SECONDS: Readonly<Record<string, number>> = {
	matrix: 5,
	rating: 5,
	boolean: 4,
	radiogroup: 10,
	dropdown: 10,
	checkbox: 18,
	tagbox: 18,
	ranking: 30,
	text: 20,
	multipletext: 20,
	comment: 60,
	matrixdropdown: 8,
};
const OTHER_SECONDS = 20;
/** A situation is weighed longer than a question. */
const CASE_SECONDS = 45;
/** Half as long again as stated is too long. */
const TOLERANCE = 1.5;

/**
 * Minutes to answer: words ÷ 180 per minute, plus seconds of each item by its type (`SECONDS`), 45 for a case. A wording
 * of options that several rows share is read once. The formula is a planning rule of this program, not a norm.
 */
export function estimateMinutes({ survey, key, items }: LintContext): number {
	const cases = new Set(key.items.filter(({ rule }) => rule.kind === 'case').map(({ item }) => item));
	let words = countWords(readText(survey.description, '').ru);
	let seconds = 0;
	const read = new Set<string>();
	for (const { item, question, title, type, values } of items) {
		words += countWords(title.ru);
		seconds += cases.has(item) ? CASE_SECONDS : (SECONDS[type] ?? OTHER_SECONDS);
		if (read.has(question)) continue;
		read.add(question);
		for (const value of values) words += countWords(value.title.ru);
	}
	words += countShownWords(survey);
	return Math.max(1, Math.round(words / WORDS_PER_MINUTE + seconds / 60));
}

function countShownWords(survey: SurveyJson): number {
	const matrices = listQuestions(survey).filter(({ type }) => type === 'matrix');
	const shown = listQuestions(survey).filter(({ type }) => type === 'html');
	const texts = [...matrices.map(({ title }) => title), ...shown.map(({ html }) => html)];
	return texts.reduce<number>((sum, text) => sum + countWords(readText(text, '').ru), 0);
}

/** An instrument that takes much longer than it says. */
export const findTooLong: LintRule = (context) => {
	const estimated = estimateMinutes(context);
	const stated = context.key.minutes;
	return estimated > stated * TOLERANCE ? [advice('too-long', '', { estimated, stated })] : [];
};
