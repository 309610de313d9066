import { ConditionRunner } from 'survey-core';
import type { ItemLabel, SurveyJson } from '../item-labels.ts';
import { findRespondentVariable, RESPONDENT, respondentVariables } from '../respondent.ts';
import { findComparisons } from './comparisons.ts';
import { type Dependent, listDependents } from './dependents.ts';
import { advice, error, type Finding, type LintRule } from './finding.ts';

/** Above this many combinations of answers a condition is believed. */
const MOST_COMBINATIONS = 5_000;
/** Above this many options named in conditions, answers of several are not tried in every combination. */
const MOST_OPTIONS = 8;
const SEVERAL = new Set(['checkbox', 'tagbox']);
const ONE = new Set(['radiogroup', 'dropdown', 'boolean', 'rating', 'matrix', 'buttongroup']);
const TYPED = new Set(['text', 'comment']);

/**
 * Conditions that name what is not there or can never hold: items nobody can see or answer, and demands that nobody
 * meets. Every combination of the listed answers is tried, and of typed ones the values that conditions compare with;
 * what reckons with typed answers, or has very many combinations, is believed.
 */
export const findUnreachable: LintRule = ({ survey, items }) => {
	const findings: Finding[] = [];
	const hidden = new Set<string>();
	const isKnown = knownNames(survey, items);
	if (items.some(({ question, path }) => question === RESPONDENT || path[0] === RESPONDENT))
		findings.push(error('reserved-name', RESPONDENT));
	for (const { name, kind, own, around } of listDependents(survey)) {
		const conditions = own === false ? around : [...around, own];
		const foreign = conditions.flatMap(listNames).find((each) => !isKnown(each));
		if (foreign !== undefined) {
			findings.push(error('condition-unknown', name, { question: foreign }));
			continue;
		}
		const isItself = kind === 'visibleIf' && conditions.some((each) => listNames(each).includes(name));
		const unanswered = isItself ? new Set([...hidden, name]) : hidden;
		if (own !== false && canHold(conditions, items, unanswered)) continue;
		findings.push(...describe(kind, name));
		if (kind === 'visibleIf') hidden.add(name);
	}
	for (const page of asArray(survey.pages))
		if (asArray(page.elements).length === 0 && asArray(survey.pages).length > 1)
			findings.push(advice('empty-page', String(page.name)));
	return findings;
};

const describe = (kind: Dependent['kind'], name: string): Finding[] => {
	if (kind === 'visibleIf') return [error('unreachable', name)];
	return kind === 'enableIf' ? [error('never-enabled', name)] : [advice('never-required', name)];
};

/** Whether a name in a condition is a question, a row of one, its remark, a calculated value or a known variable. */
function knownNames(survey: SurveyJson, items: readonly ItemLabel[]): (name: string) => boolean {
	const roots = new Set(items.flatMap(({ question, path }) => [question, path[0] ?? '']));
	for (const value of asArray(survey.calculatedValues)) roots.add(String(value.name));
	const rows = Map.groupBy(
		items.filter(({ type, path }) => type === 'matrix' && path.length === 2),
		({ path }) => path[0] ?? '',
	);
	return (name) => {
		const root = rootOf(name);
		const own = rows.get(root);
		if (own && name.startsWith(`${root}.`)) return own.some(({ path }) => path.join('.') === name);
		if (roots.has(root) || roots.has(root.replace(/-Comment$/, ''))) return true;
		return root === RESPONDENT && findRespondentVariable(name) !== undefined;
	};
}

function canHold(
	conditions: readonly string[],
	items: readonly ItemLabel[],
	unanswered: ReadonlySet<string>,
): boolean {
	const names = [...new Set(conditions.flatMap(listNames))];
	const compared = findComparisons(conditions);
	const choices = names.map((name) => ({ name, values: listValues(name, items, unanswered, compared) }));
	let combinations = 1;
	for (const { values } of choices) combinations *= values?.length ?? Number.POSITIVE_INFINITY;
	if (combinations > MOST_COMBINATIONS) return true;
	const runners = conditions.map((condition) => new ConditionRunner(condition));
	if (!runners.every((runner) => runner.canRun())) return true;
	for (let number = 0; number < combinations; number += 1) {
		const answers: Record<string, unknown> = {};
		let rest = number;
		for (const { name, values = [] } of choices) {
			put(answers, name, values[rest % values.length]);
			rest = Math.floor(rest / values.length);
		}
		if (runners.every((runner) => runner.runValues(answers) === true)) return true;
	}
	return false;
}

/** Every answer worth trying for one variable; undefined when they cannot be listed. */
function listValues(
	name: string,
	items: readonly ItemLabel[],
	unanswered: ReadonlySet<string>,
	compared: ReadonlyMap<string, readonly unknown[]> | undefined,
): unknown[] | undefined {
	const variable = findRespondentVariable(name);
	if (variable) {
		const values = respondentVariables[variable];
		return values ? [undefined, ...values] : listTyped(compared?.get(name));
	}
	const item = items.find((each) => each.item === name || each.path.join('.') === name);
	if (!item) return undefined;
	if (unanswered.has(item.question)) return [undefined];
	const values = item.values.map(({ value }) => value);
	if (SEVERAL.has(item.type)) return listSelections(values, compared?.get(name));
	if (ONE.has(item.type) && values.length > 0) return [undefined, ...values];
	return TYPED.has(item.type) || ONE.has(item.type) ? listTyped(compared?.get(name)) : undefined;
}

/** Selections that conditions can tell apart: of the options they name, with another one and without. */
function listSelections(
	values: readonly unknown[],
	compared: readonly unknown[] | undefined,
): unknown[] | undefined {
	const isNamed = (value: unknown) => compared?.some((each) => String(each) === String(value)) ?? true;
	const named = values.filter(isNamed);
	const other = values.filter((value) => !isNamed(value)).slice(0, 1);
	if (named.length > MOST_OPTIONS) return undefined;
	let selections: unknown[][] = [[]];
	for (const value of [...named, ...other])
		selections = selections.flatMap((selection) => [selection, [...selection, value]]);
	return selections.map((selection) => (selection.length > 0 ? selection : undefined));
}

/** Typed answers that conditions can tell apart: what they compare with, what lies beside and between, something else. */
function listTyped(compared: readonly unknown[] | undefined): unknown[] | undefined {
	if (!compared) return undefined;
	const numbers = compared
		.map(Number)
		.filter(Number.isFinite)
		.toSorted((left, right) => left - right);
	const between = numbers.slice(1).map((number, index) => (number + (numbers[index] ?? 0)) / 2);
	const texts = compared.filter((value) => typeof value === 'string');
	return [
		undefined,
		...compared,
		...numbers.flatMap((number) => [number - 1, number + 1]),
		...between,
		texts.join(' '),
		'\u2026',
	];
}

function put(answers: Record<string, unknown>, name: string, value: unknown): void {
	if (value === undefined) return;
	const [root = '', row] = name.split(/\.(.*)/s);
	if (row === undefined) answers[root] = value;
	else answers[root] = { ...(answers[root] as object | undefined), [row]: value };
}

const listNames = (condition: string): string[] =>
	[...condition.matchAll(/\{\s*([^}]+?)\s*\}/g)].map(([, name = '']) => name.replace(/^#/, ''));
const rootOf = (name: string): string => name.split(/[.[]/)[0] ?? name;

function asArray(value: unknown): SurveyJson[] {
	return Array.isArray(value)
		? value.filter((each): each is SurveyJson => typeof each === 'object' && each !== null)
		: [];
}
