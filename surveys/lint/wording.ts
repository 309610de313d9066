import type { Text } from '../text.ts';
import { advice, type LintRule } from './finding.ts';

const MOST_WORDS = 45;

/** Two things in one statement: whoever agrees with one only cannot answer. */
const DOUBLE: Readonly<Record<keyof Text, readonly RegExp[]>> = {
	ru: [
		/(?<!\p{L})и\s*\/\s*или(?!\p{L})/iu,
		/(?<!\p{L})а также(?!\p{L})/iu,
		/(?<!\p{L})\p{L}{2,}(?:ть|ться|ти|чь)\s+и\s+(?:\p{L}+\s+)?\p{L}{2,}(?:ать|ять|ить|еть|ться|ти|чь)(?!\p{L})/iu,
		/(?<!\p{L})\p{L}{3,}(?:аю|яю|ую|юсь)\s+и\s+\p{L}{3,}(?:аю|яю|ую|жу|юсь)(?!\p{L})/iu,
	],
	en: [/\band\s*\/\s*or\b/i, /\bas well as\b/i],
};

/** Attitude items that seem to ask about two things at once; a heuristic, so advice only. */
export const findDoubleBarrelled: LintRule = ({ key, items }) => {
	const attitudes = new Set(key.items.filter(({ rule }) => rule.kind === 'likert').map(({ item }) => item));
	return items
		.filter(({ item }) => attitudes.has(item))
		.flatMap(({ item, title }) => {
			const found =
				DOUBLE.ru.map((pattern) => pattern.exec(title.ru)?.[0]).find(Boolean) ??
				DOUBLE.en.map((pattern) => pattern.exec(title.en)?.[0]).find(Boolean);
			return found ? [advice('double-barrelled', item, { words: found })] : [];
		});
};

/** Questions too long to be held in mind; situations of a case may be long. */
export const findLongQuestions: LintRule = ({ key, items }) => {
	const cases = new Set(key.items.filter(({ rule }) => rule.kind === 'case').map(({ item }) => item));
	return items
		.filter(({ item }) => !cases.has(item))
		.flatMap(({ item, title }) => {
			const words = countWords(title.ru);
			return words > MOST_WORDS ? [advice('long-question', item, { words, most: MOST_WORDS })] : [];
		});
};

/** Words of a text; tags do not count. */
export function countWords(text: string): number {
	return text.replace(/<[^>]*>/g, ' ').match(/[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
