import type { KeyItem, Rule } from './key.ts';

/** What one answer to one item is worth: undefined means not answered, null points that the key says nothing of it. */
type Scorer = (answer: unknown) => { value: string | number | boolean; points: number | null } | undefined;

interface ExpandedRow {
	value: string;
	points: number;
	strategy: string;
}

/** Rows of one item of a key; `values` are the values that the survey offers for it. */
export function expandRule({ rule, max_points }: KeyItem, values: readonly string[]): ExpandedRow[] {
	switch (rule.kind) {
		case 'likert':
			return values.map((value) => ({ value, points: likertPoints(rule, Number(value)), strategy: 'value' }));
		case 'choice':
		case 'multiple':
			return Object.entries(rule.points).map(([value, points]) => ({
				value,
				points,
				strategy: rule.kind === 'choice' ? 'value' : 'sum',
			}));
		case 'case':
			return rule.options.map(({ value, points }) => ({ value, points, strategy: 'value' }));
		case 'demand':
			return rule.themes.map((value) => ({ value, points: 1, strategy: 'sum' }));
		case 'ordering':
			return rule.order.map((value, index) => ({
				value: `${index + 1}=${value}`,
				points: max_points / rule.order.length,
				strategy: `ordering-${rule.strategy}`,
			}));
		case 'matching':
			return Object.entries(rule.pairs).map(([row, column]) => ({
				value: `${row}=${column}`,
				points: max_points / Object.keys(rule.pairs).length,
				strategy: `matching-${rule.strategy}`,
			}));
	}
}

/**
 * Compiles the rule of one item of a key. A number outside a scale counts as not answered; a choice that the key does not
 * know, such as «другое» with words of one's own, is an answer without points.
 */
export function compileRule({ rule, max_points }: KeyItem): Scorer {
	switch (rule.kind) {
		case 'likert':
			return (answer) =>
				typeof answer === 'number' && answer >= rule.min && answer <= rule.max
					? { value: answer, points: likertPoints(rule, answer) }
					: undefined;
		case 'choice':
			return compileTable(new Map(Object.entries(rule.points)));
		case 'case':
			return compileTable(new Map(rule.options.map(({ value, points }) => [value, points])));
		case 'multiple':
			return compileMultiple(new Map(Object.entries(rule.points)), max_points);
		case 'demand':
			return compileMultiple(new Map(rule.themes.map((theme) => [theme, 1])), max_points);
		case 'ordering':
			return (answer) =>
				Array.isArray(answer) && answer.length > 0
					? { value: JSON.stringify(answer), points: max_points * orderShare(rule, answer.map(String)) }
					: undefined;
		case 'matching':
			return (answer) => scoreMatching(rule, answer, max_points);
	}
}

function likertPoints(rule: Extract<Rule, { kind: 'likert' }>, value: number): number {
	return rule.direction === 'mastery' ? value - rule.min : rule.max - value;
}

function compileTable(points: ReadonlyMap<string, number>): Scorer {
	return (answer) => {
		if (answer === undefined || typeof answer === 'object' || answer === '') return undefined;
		return { value: answer as string | number | boolean, points: points.get(String(answer)) ?? null };
	};
}

function compileMultiple(points: ReadonlyMap<string, number>, max: number): Scorer {
	return (answer) => {
		if (!Array.isArray(answer) || answer.length === 0) return undefined;
		const chosen = [...new Set(answer.map(String))];
		const sum = chosen.reduce((total, value) => total + (points.get(value) ?? 0), 0);
		return { value: JSON.stringify(chosen.toSorted()), points: Math.min(max, Math.max(0, sum)) };
	};
}

/** Share of the points that an order earns. Entries left out are placed after the rest, in the worst order. */
function orderShare(rule: Extract<Rule, { kind: 'ordering' }>, given: readonly string[]): number {
	const right = rule.order;
	const ranked = [...given.filter((value) => right.includes(value))];
	const places = [...ranked, ...right.filter((value) => !ranked.includes(value)).toReversed()];
	const inPlace = places.filter((value, index) => value === right[index]).length;
	switch (rule.strategy) {
		case 'exact':
			return inPlace === right.length ? 1 : 0;
		case 'positions':
			return inPlace / right.length;
		case 'inversions':
			return Math.max(0, kendallTau(places, right));
	}
}

/** Kendall's τ between two orders of the same entries, in −1…1. */
function kendallTau(given: readonly string[], right: readonly string[]): number {
	const rank = new Map(right.map((value, index) => [value, index]));
	const ranks = given.map((value) => rank.get(value) ?? 0);
	const pairs = (ranks.length * (ranks.length - 1)) / 2;
	const inversions = ranks.reduce(
		(count, left, index) => count + ranks.slice(index + 1).filter((later) => later < left).length,
		0,
	);
	return 1 - (2 * inversions) / pairs;
}

function scoreMatching(
	rule: Extract<Rule, { kind: 'matching' }>,
	answer: unknown,
	max: number,
): ReturnType<Scorer> {
	if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
	const given = Object.entries(answer).map(([row, column]) => [row, String(readCell(column))] as const);
	if (given.length === 0) return undefined;
	const chosen = new Map(given);
	const pairs = Object.entries(rule.pairs);
	const right = pairs.filter(([row, column]) => chosen.get(row) === column).length;
	const share = rule.strategy === 'pairs' ? right / pairs.length : Number(right === pairs.length);
	return { value: JSON.stringify(Object.fromEntries(given.toSorted())), points: max * share };
}

// A matrix gives the column itself, a matrix of dropdowns an object of one cell.
function readCell(column: unknown): unknown {
	return typeof column === 'object' && column !== null ? Object.values(column)[0] : column;
}
