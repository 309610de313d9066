import { type JsonError, Model } from 'survey-core';
import type { SurveyJson } from './item-labels.ts';

export type PublicationCode = 'not-a-survey' | 'network-source' | 'json-error';

/** Why a survey cannot be published; `at` names the place in it. */
export interface PublicationIssue {
	code: PublicationCode;
	at: string;
	params: Readonly<Record<string, string | number>>;
}

/** Properties by which a survey fetches something while it is read; looked for before SurveyJS sees the survey. */
const NETWORK_PROPERTIES = new Set(['choicesByUrl', 'surveyId', 'surveyPostId', 'clientId']);

/** Lists everything that keeps a survey from being published; an empty list means it can be. */
export function publishable(survey: unknown): PublicationIssue[] {
	if (typeof survey !== 'object' || survey === null || Array.isArray(survey)) {
		return [{ code: 'not-a-survey', at: '', params: {} }];
	}
	const networked = [...findProperties(survey, NETWORK_PROPERTIES)];
	if (networked.length > 0) {
		return networked.map(({ at, name }) => ({ code: 'network-source', at, params: { property: name } }));
	}
	const model = new Model(survey as SurveyJson);
	const issues = (model.jsonErrors ?? []).map(describeJsonError);
	model.dispose();
	return issues;
}

function describeJsonError(error: JsonError): PublicationIssue {
	const element = error.element as { name?: string } | undefined;
	return {
		code: 'json-error',
		at: element?.name ?? '',
		params: { type: error.type, message: error.message },
	};
}

/** Every property of one of these names anywhere in a JSON value, with its path. */
export function* findProperties(
	value: unknown,
	names: ReadonlySet<string>,
	at = '',
): Generator<{ at: string; name: string }> {
	if (typeof value !== 'object' || value === null) return;
	for (const [name, entry] of Object.entries(value)) {
		const path = at === '' ? name : `${at}.${name}`;
		if (!Array.isArray(value) && names.has(name)) yield { at: path, name };
		yield* findProperties(entry, names, path);
	}
}
