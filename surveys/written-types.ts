import { CHECKED_TYPES } from './answer-rules/question.ts';
import { isRecord } from './answer-rules/rule.ts';
import type { SurveyJson } from './item-labels.ts';

/**
 * The same survey with its question types in small letters: SurveyJS reads `Paneldynamic` as it reads `paneldynamic`, and
 * everything else here knows the second alone.
 */
export function writeTypesSmall(survey: SurveyJson): SurveyJson {
	return rewrite(survey) as SurveyJson;
}

function rewrite(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(rewrite);
	if (!isRecord(value)) return value;
	const written = Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, rewrite(entry)]));
	// what has a name of its own is a question or a column; answers given beforehand are not touched
	for (const property of typeof written.name === 'string' ? ['type', 'cellType'] : []) {
		const small = String(written[property] ?? '').toLowerCase();
		if (CHECKED_TYPES.has(small)) written[property] = small;
	}
	return written;
}
