import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { findProperties, publishable } from '#surveys/publishable.ts';
import { listTypes } from './check-corpus.ts';

/** Properties by which a form goes another way than page after page, each once at least in a sample. */
const WAYS = new Set([
	'autoAdvanceEnabled',
	'calculatedValues',
	'choicesFromQuestion',
	'firstPageIsStartPage',
	'maskType',
	'questionsOnPageMode',
	'requiredIf',
	'showPreviewBeforeComplete',
	'showTOC',
	'state',
	'triggers',
	'validators',
	'visibleIf',
]);

/** A few definitions of a folder that hold, together, every question type and way that can be published; always the same. */
export function chooseSample(folder: string): string[] {
	const open = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((file) => ({ file, survey: JSON.parse(readFileSync(join(folder, file), 'utf8')) as SurveyJson }))
		.filter(({ survey }) => publishable(survey).length === 0)
		.map(({ file, survey }) => ({
			file,
			traits: new Set([...listTypes(survey), ...findProperties(survey, WAYS).map(({ name }) => name)]),
		}));
	const missing = new Set(open.flatMap(({ traits }) => [...traits]));
	const sample: string[] = [];
	while (missing.size > 0) {
		const gain = ({ traits }: { traits: Set<string> }): number =>
			[...traits].filter((trait) => missing.has(trait)).length;
		const best = open.reduce((left, right) => (gain(right) > gain(left) ? right : left));
		sample.push(best.file);
		for (const trait of best.traits) missing.delete(trait);
	}
	return sample;
}
