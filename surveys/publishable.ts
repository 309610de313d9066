import {
	type JsonError,
	Model,
	type Question,
	type QuestionDropdownModel,
	type QuestionSelectBase,
} from 'survey-core';
import { CAN_BE_SOURCE, findSource } from './answer-rules/choices.ts';
import { findExpressionFault } from './answer-rules/expression.ts';
import { findPatternFault } from './answer-rules/pattern.ts';
import { CHECKED_TYPES } from './answer-rules/question.ts';
import { isEmptyAnswer, isRecord } from './answer-rules/rule.ts';
import { compileAnswerCheck } from './answers.ts';
import { findHtmlFault, isOwnImage } from './html.ts';
import { listItems, type SurveyJson } from './item-labels.ts';

export type PublicationCode =
	| 'not-a-survey'
	| 'no-questions'
	| 'network-source'
	| 'unsafe-html'
	| 'remote-image'
	| 'unknown-source'
	| 'unlisted-default'
	| 'read-only'
	| 'json-error'
	| 'unsupported-type'
	| 'unsupported-property'
	| 'bad-expression'
	| 'bad-pattern'
	| 'unbounded-pattern'
	| 'large-pattern'
	| 'not-checkable'
	| 'bad-name'
	| 'duplicate-name';

/** Why a survey cannot be published; `at` names the place in it. */
export interface PublicationIssue {
	code: PublicationCode;
	at: string;
	params: Readonly<Record<string, string | number>>;
}

/** Properties by which a survey fetches something while it is read; looked for before SurveyJS sees the survey. */
const NETWORK_PROPERTIES = new Set([
	'choicesByUrl',
	'surveyId',
	'surveyPostId',
	'clientId',
	'navigateToUrl',
	'navigateToUrlOnCondition',
]);

/** Properties that hold the address of a picture. */
const IMAGE_PROPERTIES = new Set(['imageLink', 'logo', 'backgroundImage']);

/** Expressions that decide what an answer may be; all must run on the server. */
const EXPRESSION_PROPERTIES = new Set([
	'visibleIf',
	'enableIf',
	'requiredIf',
	'choicesVisibleIf',
	'rowsVisibleIf',
	'columnsVisibleIf',
	'expression',
	'minValueExpression',
	'maxValueExpression',
]);

/** Properties whose answers the check does not know, with the values that are harmless. */
const UNSUPPORTED_PROPERTIES: Readonly<Record<string, readonly unknown[]>> = {
	valuePropertyName: [],
	templateVisibleIf: [],
	storeOthersAsComment: [true, 'default'],
	// Choices hold questions and remarks of their own only in new surveys; elements elsewhere are pages and panels.
	isCommentRequired: [false],
};

/** Triggers of old that hide and show; `visibleIf` says the same where the server can read it. */
const UNSUPPORTED_TRIGGERS = new Set(['visible']);

/** Lists everything that keeps a survey from being published; an empty list means it can be. */
export function publishable(survey: unknown): PublicationIssue[] {
	if (!isRecord(survey)) return [{ code: 'not-a-survey', at: '', params: {} }];
	const entries = [...listEntries(survey)];
	// A survey that fetches or names something dangerous is not even read.
	const dangers = entries.flatMap(findDanger);
	if (dangers.length > 0) return dangers;

	const model = new Model(survey);
	const questions = model.getAllQuestions(false, false, true);
	const issues = [
		...(model.jsonErrors ?? []).map(describeJsonError),
		...entries.flatMap(findUnsupported),
		...entries.flatMap((entry) => findBadPattern(entry, survey)),
		...findReadOnly(model, survey),
		...questions.flatMap(findTypeFault),
		...questions.flatMap(findSourceFault),
		...model.getAllQuestions(false, false, false).flatMap(findDefaultFault),
		...findNameFaults(survey, model.getAllQuestions(false, false, false)),
	];
	model.dispose();
	return issues.length > 0 ? issues : findUncheckable(survey);
}

/** The last look: what was published must compile, or the lists and campaigns that hold it break. */
function findUncheckable(survey: SurveyJson): PublicationIssue[] {
	try {
		compileAnswerCheck(survey);
		return [];
	} catch (error) {
		return [
			{ code: 'not-checkable', at: '', params: { message: error instanceof Error ? error.message : '' } },
		];
	}
}

function describeJsonError(error: JsonError): PublicationIssue {
	const element = error.element as { name?: string } | undefined;
	return {
		code: 'json-error',
		at: element?.name ?? '',
		params: { type: error.type, message: error.message },
	};
}

interface Entry {
	at: string;
	name: string;
	value: unknown;
	owner: Readonly<Record<string, unknown>>;
}

/** Every property of every object in a JSON value, with its path. */
function* listEntries(value: unknown, at = ''): Generator<Entry> {
	if (typeof value !== 'object' || value === null) return;
	for (const [name, entry] of Object.entries(value)) {
		const path = at === '' ? name : `${at}.${name}`;
		if (!Array.isArray(value)) yield { at: path, name, value: entry, owner: value as Entry['owner'] };
		else if (typeof entry === 'string') yield { at: path, name: '', value: entry, owner: {} };
		yield* listEntries(entry, path);
	}
}

/** Every property of one of these names anywhere in a survey. */
export function findProperties(
	survey: SurveyJson,
	names: ReadonlySet<string>,
): { at: string; name: string }[] {
	return [...listEntries(survey)].filter(({ name }) => names.has(name)).map(({ at, name }) => ({ at, name }));
}

function findDanger({ at, name, value }: Entry): PublicationIssue[] {
	if (NETWORK_PROPERTIES.has(name)) return [{ code: 'network-source', at, params: { property: name } }];
	if (name === '__proto__') return [{ code: 'bad-name', at, params: { name } }];
	if (typeof value !== 'string') return [];
	if (IMAGE_PROPERTIES.has(name) && value !== '' && !isOwnImage(value))
		return [{ code: 'remote-image', at, params: { property: name } }];
	const fault = findHtmlFault(value);
	if (!fault) return [];
	const code = fault.code === 'remote-image' ? 'remote-image' : 'unsafe-html';
	return [{ code, at, params: { what: fault.what, property: name } }];
}

function findUnsupported({ at, name, value, owner }: Entry): PublicationIssue[] {
	const harmless = Object.hasOwn(UNSUPPORTED_PROPERTIES, name) ? UNSUPPORTED_PROPERTIES[name] : undefined;
	if (harmless && !harmless.includes(value)) {
		return [{ code: 'unsupported-property', at, params: { property: name } }];
	}
	if (name === 'triggers' && Array.isArray(value)) {
		return value
			.filter((trigger) => isRecord(trigger) && UNSUPPORTED_TRIGGERS.has(String(trigger.type)))
			.map(({ type }) => ({ code: 'unsupported-property', at, params: { property: `triggers: ${type}` } }));
	}
	if (name === 'choices' && Array.isArray(value)) {
		return value
			.filter(
				(choice) => isRecord(choice) && (choice.elements !== undefined || choice.showCommentArea === true),
			)
			.map(() => ({ code: 'unsupported-property', at, params: { property: 'choices: elements' } }));
	}
	// The expression of a trigger runs in the browser alone.
	if (!EXPRESSION_PROPERTIES.has(name) || typeof value !== 'string' || 'setToName' in owner) return [];
	const fault = value === '' ? undefined : findExpressionFault(value);
	return fault ? [{ code: 'bad-expression', at, params: { fault: fault.code, name: fault.name } }] : [];
}

const PATTERN_VALIDATORS: ReadonlySet<unknown> = new Set(['regex', 'regexvalidator']);

function findBadPattern({ at, name, value, owner }: Entry, survey: SurveyJson): PublicationIssue[] {
	if (name !== 'regex' || !PATTERN_VALIDATORS.has(owner.type)) return [];
	const question = findEnclosingName(survey, at);
	if (typeof value !== 'string')
		return [{ code: 'bad-pattern', at: question, params: { pattern: String(value), message: '' } }];
	const fault = findPatternFault(value, owner.caseInsensitive === true);
	return fault
		? [{ code: fault.code, at: question, params: { pattern: value, message: fault.message } }]
		: [];
}

/** The name of the innermost question or column in which a path lies; the path itself where nothing has a name. */
function findEnclosingName(survey: SurveyJson, at: string): string {
	let found = at;
	let value: unknown = survey;
	for (const step of at.split('.')) {
		value = (value as Record<string, unknown>)[step];
		if (isRecord(value) && typeof value.name === 'string') found = value.name;
	}
	return found;
}

/** A form that is only to be read has no button to hand it in. */
function findReadOnly({ readOnly }: Model, survey: SurveyJson): PublicationIssue[] {
	const property = survey.readOnly === true ? 'readOnly' : 'mode';
	return readOnly ? [{ code: 'read-only', at: property, params: { property } }] : [];
}

function findTypeFault(question: Question): PublicationIssue[] {
	const type = question.getType();
	if (CHECKED_TYPES.has(type)) return [];
	return [{ code: 'unsupported-type', at: question.name, params: { type } }];
}

/** Choices are carried forward from choices, or from rows and panels that participants add. */
function findSourceFault(question: Question): PublicationIssue[] {
	const { choicesFromQuestion: source, name } = question as QuestionSelectBase;
	if (!source) return [];
	const found = findSource(question as QuestionSelectBase);
	if (found && CAN_BE_SOURCE.has(found.getType())) return [];
	return [{ code: 'unknown-source', at: name, params: { source } }];
}

/** What is chosen beforehand must be among the choices, or the form's own answer would be refused. */
function findDefaultFault(question: Question): PublicationIssue[] {
	const { choices, choicesFromQuestion, choicesMax } = question as Partial<QuestionDropdownModel>;
	const given: unknown[] = [question.defaultValue].flat().filter((value) => !isEmptyAnswer(value));
	if (!choices || choicesFromQuestion || choicesMax || given.length === 0) return [];
	const special = ['other', 'none', 'refused', 'dontknow'];
	const known = new Set<unknown>([...choices.map(({ value }) => value as unknown), ...special]);
	const unlisted = given.find((value) => !known.has(value));
	return unlisted === undefined
		? []
		: [{ code: 'unlisted-default', at: question.name, params: { value: String(unlisted) } }];
}

function findNameFaults(survey: SurveyJson, questions: readonly Question[]): PublicationIssue[] {
	if (questions.length === 0) return [{ code: 'no-questions', at: '', params: {} }];
	const names = questions.map((question) => question.name);
	const keys = questions.map((question) => question.getValueName());
	const items = listItems(survey).map(({ item }) => item);
	const repeated = new Set(
		[names, keys, items].flatMap((list) => list.filter((name, at) => list.indexOf(name) !== at)),
	);
	return [
		...names
			.filter((name) => name.trim() === '' || name.length > 100 || name === '__proto__')
			.map((name): PublicationIssue => ({ code: 'bad-name', at: name, params: { name } })),
		...[...repeated].map(
			(name): PublicationIssue => ({ code: 'duplicate-name', at: name, params: { name } }),
		),
	];
}
