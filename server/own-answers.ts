import { readFileReference } from '#surveys/answer-rules/file.ts';
import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import type { MyData } from './contract/my-data.ts';
import type { LocalText } from './contract/text.ts';

type OwnAnswer = NonNullable<MyData['invitations'][number]['instruments'][number]['answers']>[number];

/** Answers in the words of the survey: what was asked, and what was chosen or typed. What is no known item is listed as it is kept. */
export function describeAnswers(survey: SurveyJson, answers: Record<string, unknown>): OwnAnswer[] {
	const items = listItems(survey);
	const known = new Set(items.map(({ path }) => path[0]));
	const others = Object.keys(answers)
		.filter((name) => !known.has(name))
		.map((name) => ({ item: name, question: sameText(name), answer: inWords(answers[name], []) }));
	return [
		...items.map(({ item, path, title, values }) => ({
			item,
			question: { ru: title.ru, en: title.en },
			answer: inWords(valueAt(answers, path), values),
		})),
		...others,
	];
}

const sameText = (text: string): LocalText => ({ ru: text, en: text });

function valueAt(answers: unknown, path: readonly string[]): unknown {
	return path.reduce<unknown>(
		(value, step) =>
			typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined,
		answers,
	);
}

function inWords(
	value: unknown,
	values: readonly { value: string | number | boolean; title: LocalText }[],
): LocalText | null {
	if (value === undefined || value === null || value === '') return null;
	if (Array.isArray(value)) {
		const words = value.flatMap((each) => inWords(each, values) ?? []);
		return words.length === 0
			? null
			: { ru: words.map(({ ru }) => ru).join('; '), en: words.map(({ en }) => en).join('; ') };
	}
	if (readFileReference(value) !== undefined) return { ru: 'подпись', en: 'signature' };
	const file = value as { name?: unknown; content?: unknown };
	if (readFileReference(file.content) !== undefined) return sameText(String(file.name));
	const choice = values.find((each) => each.value === value);
	if (choice) return { ru: choice.title.ru, en: choice.title.en };
	return sameText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
