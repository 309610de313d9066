import type { SurveyJson } from '#surveys/item-labels.ts';
import { keySchema } from '#surveys/key.ts';
import { publishable } from '#surveys/publishable.ts';
import { type DraftKey, dropEmptyExplanation, type InstrumentContent } from '#surveys/workshop/content.ts';
import { writeTypesSmall } from '#surveys/written-types.ts';
import { draftContent } from '../contract/workshop.ts';
import { Problem } from '../problem.ts';

/** Faults for which a survey is not even kept as a draft: it would reach out, run something, or is none. */
const DANGERS = new Set(['not-a-survey', 'network-source', 'unsafe-html', 'bad-name']);

/** Checks the shape of a draft's content. @throws {Problem} 422 */
export function readContent(given: unknown): InstrumentContent {
	const parsed = draftContent.safeParse(given);
	if (!parsed.success)
		throw new Problem(
			422,
			'instrument-unreadable',
			{},
			parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
				path: path.join('.'),
				code: 'unreadable',
				text: `${path.join('.')}: ${message}`,
			})),
		);
	const content = parsed.data as InstrumentContent;
	refuseDangers(content.survey);
	return { ...content, survey: writeTypesSmall(content.survey) };
}

/** @throws {Problem} 422 naming what a survey may not hold */
export function refuseDangers(survey: unknown): asserts survey is SurveyJson {
	const dangers = publishable(survey).filter(({ code, params }) =>
		code === 'bad-name' ? params.name === '__proto__' : DANGERS.has(code),
	);
	if (dangers.length === 0) return;
	throw new Problem(
		422,
		'instrument-dangerous',
		{},
		dangers.slice(0, 20).map(({ code, at }) => ({ path: at, code: `instrument-${code}`, values: { at } })),
	);
}

/** The key as it is published: empty explanations left out, its version set. @throws when the key is not complete */
export function finishKey(key: DraftKey, version: number): unknown {
	const items = key.items.map(dropEmptyExplanation);
	return keySchema.parse({ ...key, version, items });
}
