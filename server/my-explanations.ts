import { type ItemLabel, listItems, listQuestions, type SurveyJson } from '#surveys/item-labels.ts';
import type { Key, KeyItem } from '#surveys/key.ts';
import { compileScoring } from '#surveys/scoring.ts';
import { readText } from '#surveys/text.ts';
import type { MyExplanations } from './contract/my-explanations.ts';
import type { LocalText } from './contract/text.ts';
import { describeAnswers } from './own-answers.ts';

type Task = MyExplanations['tasks'][number];

/** True when the key says why answers are right or better. */
export function hasExplanations({ channel, items }: Key): boolean {
	return channel === 'test' && items.some(isExplained);
}

function isExplained({ explanation, rule }: KeyItem): boolean {
	return explanation !== undefined || rule.kind === 'case';
}

/**
 * The tasks that the key explains, in its order, beside the answers given and their points. It holds parts of the key:
 * only for one whose answers are handed in and whose result may be read.
 */
export function explainAnswers(survey: SurveyJson, key: Key, answers: Record<string, unknown>): Task[] {
	const labels = listItems(survey);
	const words = new Map(describeAnswers(survey, answers).map((each) => [each.item, each]));
	const scored = new Map(compileScoring(key, survey)(answers).items.map((each) => [each.item, each]));
	return key.items.filter(isExplained).map(({ item, rule, max_points, explanation }) => {
		const parts = labels.filter((each) => each.item === item || each.item.startsWith(`${item}.`));
		const own = parts.map((label) => ({ label, answer: words.get(label.item)?.answer ?? null }));
		return {
			item,
			question: findQuestion(survey, item, parts),
			answer: parts.length > 1 ? joinRows(own) : (own[0]?.answer ?? null),
			points: scored.get(item)?.points ?? 0,
			max_points,
			why: explanation ?? null,
			decisions:
				rule.kind === 'case'
					? rule.options
							.toSorted((a, b) => b.points - a.points)
							.map(({ value, points, rationale }) => ({
								title: findTitle(parts[0], value),
								points,
								why: rationale,
								is_mine: scored.get(item)?.value === value,
							}))
					: [],
		};
	});
}

function findQuestion(survey: SurveyJson, item: string, parts: readonly ItemLabel[]): LocalText {
	const [only, ...others] = parts;
	if (only && others.length === 0) return pick(only.title);
	const whole = listQuestions(survey).find(({ name }) => name === item);
	return pick(readText(whole?.title, item));
}

/** Rows of a matrix that is one task: what was put beside what. */
function joinRows(rows: readonly { label: ItemLabel; answer: LocalText | null }[]): LocalText | null {
	const given = rows.flatMap(({ label, answer }) => (answer ? [{ title: label.title, answer }] : []));
	if (given.length === 0) return null;
	const join = (language: 'ru' | 'en') =>
		given.map(({ title, answer }) => `${title[language]} — ${answer[language]}`).join('; ');
	return { ru: join('ru'), en: join('en') };
}

function findTitle(label: ItemLabel | undefined, value: string): LocalText {
	const choice = label?.values.find((each) => String(each.value) === value);
	return choice ? pick(choice.title) : { ru: value, en: value };
}

const pick = ({ ru, en }: LocalText): LocalText => ({ ru, en });
