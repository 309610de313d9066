import { ConditionRunner } from 'survey-core';
import type { ItemLabel, SurveyJson } from '../item-labels.ts';
import { advice, error, type Finding, type LintRule } from './finding.ts';

/** Above this many combinations of answers a condition is believed. */
const MOST_COMBINATIONS = 5_000;
const SEVERAL = new Set(['checkbox', 'tagbox']);
const ONE = new Set(['radiogroup', 'dropdown', 'boolean', 'rating', 'matrix', 'buttongroup']);

interface Place {
	name: string;
	/** conditions of the element and of everything around it; false where one is hidden for good */
	conditions: readonly (string | false)[];
}

/**
 * Items nobody can ever see: hidden for good, or under a condition that no combination of the listed answers fulfils.
 * Conditions over free text or over very many combinations are believed.
 */
export const findUnreachable: LintRule = ({ survey, items }) => {
	const findings: Finding[] = [];
	const hidden = new Set<string>();
	const known = new Set(items.flatMap(({ question, path }) => [question, path[0] ?? '']));
	for (const value of asArray(survey.calculatedValues)) known.add(String(value.name));
	for (const { name, conditions } of listPlaces(survey)) {
		const texts = conditions.filter((each) => each !== false);
		const foreign = texts.flatMap(listNames).find((each) => !known.has(rootOf(each)));
		if (foreign !== undefined) {
			findings.push(error('condition-unknown', name, { question: foreign }));
			continue;
		}
		if (conditions.includes(false) || !canHold(texts, items, hidden)) {
			hidden.add(name);
			findings.push(error('unreachable', name));
		}
	}
	for (const page of asArray(survey.pages))
		if (asArray(page.elements).length === 0 && asArray(survey.pages).length > 1)
			findings.push(advice('empty-page', String(page.name)));
	return findings;
};

function listPlaces(survey: SurveyJson): Place[] {
	const found: Place[] = [];
	const open = (element: SurveyJson, around: Place['conditions']): void => {
		const own = ownCondition(element);
		const conditions = own === undefined ? around : [...around, own];
		const inner = [...asArray(element.elements), ...asArray(element.questions)];
		// What stands inside a hidden page or panel is not said again.
		if (conditions.length > 0 && own !== undefined) found.push({ name: String(element.name), conditions });
		if (own !== false) for (const each of inner) open(each, conditions);
	};
	for (const page of asArray(survey.pages)) open(page, []);
	for (const element of [...asArray(survey.elements), ...asArray(survey.questions)]) open(element, []);
	return found;
}

function ownCondition({ visibleIf, visible }: SurveyJson): string | false | undefined {
	if (typeof visibleIf === 'string' && visibleIf.trim() !== '') return visibleIf;
	return visible === false ? false : undefined;
}

function canHold(
	conditions: readonly string[],
	items: readonly ItemLabel[],
	hidden: ReadonlySet<string>,
): boolean {
	const names = [...new Set(conditions.flatMap(listNames))];
	const choices = names.map((name) => ({ name, values: listValues(name, items, hidden) }));
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
	hidden: ReadonlySet<string>,
): unknown[] | undefined {
	const item = items.find((each) => each.item === name || each.path.join('.') === name);
	if (!item) return undefined;
	if (hidden.has(item.question)) return [undefined];
	const values = item.values.map(({ value }) => value);
	if (ONE.has(item.type)) return [undefined, ...values];
	return SEVERAL.has(item.type) ? [undefined, ...values.map((value) => [value]), values] : undefined;
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
