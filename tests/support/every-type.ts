import { isEmptyAnswer } from '#surveys/answer-rules/rule.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import type { Key } from '#surveys/key.ts';
import { fc } from '#tests/support/property.ts';
import { shownOnly, specimens } from '../surveys/specimens.ts';

/** The name of a specimen's question. */
export const nameOf = (kind: string): string => kind.replaceAll(/[^a-z]+/g, '_');

/** One survey with every question type, a page for each specimen. */
export const everyType: SurveyJson = {
	title: { ru: 'Все виды вопросов', en: 'Every question type' },
	pages: Object.entries(specimens).map(([kind, { question }]) => ({
		name: `page_${nameOf(kind)}`,
		elements: [{ ...question, name: nameOf(kind), title: kind }],
	})),
};

/** Its key: two of its questions are scored, all others are answers that no key knows. */
export const everyTypeKey: Key = {
	instrument: 'every-type',
	version: 1,
	channel: 'test',
	title: { ru: 'Все виды вопросов', en: 'Every question type' },
	purpose: { ru: 'Проба всех видов вопросов', en: 'A trial of every question type' },
	languages: ['ru', 'en'],
	minutes: 5,
	teacher_result: 'at_release',
	minimum_share_answered: 0.5,
	minimum_items_answered: 1,
	cut_scores_name: { ru: 'базовая', en: 'basic' },
	cut_scores: [
		{ level: 'low', from: 80, to: 100 },
		{ level: 'medium', from: 60, to: 80 },
		{ level: 'high', from: 0, to: 60 },
	],
	scales: [{ scale: 'assessment', kind: 'competency', planned_sem: 10 }],
	items: [
		{
			item: 'rating',
			competency: 'assessment',
			rule: { kind: 'likert', min: 1, max: 4, direction: 'mastery' },
			max_points: 3,
		},
		{
			item: 'radiogroup',
			competency: 'assessment',
			rule: { kind: 'choice', points: { a: 0, b: 1, c: 0 } },
			max_points: 1,
		},
	],
};

export const everyTypeVersion = {
	instrument: 'every-type',
	version: 1,
	survey: JSON.stringify(everyType),
	key: JSON.stringify(everyTypeKey),
	sha256: 'e0e0',
	published_at: '2026-01-10T00:00:00.000Z',
};

const asked = Object.entries(specimens)
	.filter(([, { question }]) => !shownOnly.has(String(question.type)))
	.map(([kind, { question, values }]) => {
		const name = nameOf(kind);
		return { name, values, check: compileAnswerCheck({ elements: [{ ...question, name }] }) };
	});
const checked = compileAnswerCheck(everyType);

/** Complete answers to every question, as the server keeps them; other seeds give others. */
export function answersToEveryType(seed: number): Record<string, unknown> {
	const given = Object.fromEntries(
		asked.map(({ name, values, check }) => {
			const isWhole = (value: unknown): boolean => check.check({ [name]: value }).ok && !isEmptyAnswer(value);
			return [name, fc.sample(values, { seed, numRuns: 100 }).find(isWhole)];
		}),
	);
	const result = checked.check(structuredClone(given));
	if (!result.ok) throw new Error(`no valid answers: ${JSON.stringify(result.issues)}`);
	return result.answers;
}
