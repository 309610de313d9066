import type { WorkshopContent, WorkshopKeyItem } from '#server/contract/workshop.ts';
import type { LocalText } from '../i18n.ts';
import { type Element, listElements, type Option, readOptions, readRows, readText } from './draft-parts.ts';

/** Rules by which a type of question may be scored. */
const RULES: Record<string, string[]> = {
	rating: ['likert'],
	radiogroup: ['choice', 'case'],
	dropdown: ['choice', 'case'],
	checkbox: ['multiple'],
	tagbox: ['multiple'],
	ranking: ['ordering'],
	matrix: ['likert', 'matching'],
};
export const rulesOf = (element: Element): string[] => RULES[String(element.type)] ?? [];

/** What is scored one by one: rows of a table, or the question itself. */
export function listScored(content: WorkshopContent, element: Element): { item: string; text: LocalText }[] {
	const name = String(element.name);
	const rows = readRows(element);
	const isWhole = findKey(content, name)?.rule.kind === 'matching';
	if (rows && !isWhole) return rows.map(({ value, text }) => ({ item: `${name}.${value}`, text }));
	return rulesOf(element).length > 0 || findKey(content, name)
		? [{ item: name, text: readText(element.title) }]
		: [];
}

export const findKey = (content: WorkshopContent, item: string): WorkshopKeyItem | undefined =>
	content.key.items.find((each) => each.item === item);

/** Puts, replaces or (with null) removes the key of an item; keys stand in the order of the questions. */
export function putKey(content: WorkshopContent, item: string, key: WorkshopKeyItem | null): WorkshopContent {
	const others = content.key.items.filter((each) => each.item !== item);
	const order = new Map(listElements(content).map((element, index) => [String(element.name), index]));
	const place = (name: string) => order.get(name) ?? order.get(name.split('.')[0] ?? '') ?? 0;
	const items = (key ? [...others, key] : others).toSorted(
		(left, right) => place(left.item) - place(right.item),
	);
	return { ...content, key: { ...content.key, items } };
}

/** A fresh rule of a kind for a question. */
export function startRule(kind: string, element: Element): WorkshopKeyItem['rule'] {
	const options = readOptions(element) ?? [];
	const values = options.map(({ value }) => String(value));
	switch (kind) {
		case 'likert': {
			const numbers = options.map(({ value }) => Number(value));
			return { kind, min: Math.min(...numbers), max: Math.max(...numbers), direction: 'mastery' };
		}
		case 'case':
			return {
				kind,
				options: options.map(({ value, text }) => ({ value: String(value), points: 0, rationale: text })),
			};
		case 'ordering':
			return { kind, strategy: 'inversions', order: values };
		case 'matching':
			return {
				kind,
				strategy: 'pairs',
				pairs: Object.fromEntries(
					(readRows(element) ?? []).map(({ value }, index) => [String(value), values[index] ?? '']),
				),
			};
		default:
			return { kind, points: Object.fromEntries(values.map((value) => [value, 0])) };
	}
}

/** The most points of a rule; null where the author says it. */
export function bestPoints(rule: WorkshopKeyItem['rule']): number | null {
	switch (rule.kind) {
		case 'likert':
			return Number(rule.max) - Number(rule.min);
		case 'choice':
			return Math.max(0, ...Object.values(rule.points as Record<string, number>));
		case 'multiple':
			return Object.values(rule.points as Record<string, number>).reduce(
				(sum, each) => sum + Math.max(0, each),
				0,
			);
		case 'case':
			return Math.max(0, ...(rule.options as { points: number }[]).map(({ points }) => points));
		default:
			return null;
	}
}

/** Keys of a question brought in line with its options and rows. */
export function followOptions(content: WorkshopContent, element: Element): WorkshopContent {
	const options = readOptions(element);
	if (!options) return content;
	const name = String(element.name);
	const rows = readRows(element)?.map(({ value }) => `${name}.${value}`);
	const items = content.key.items.flatMap((key) => {
		if (key.item !== name && !key.item.startsWith(`${name}.`)) return [key];
		if (rows && key.item !== name && !rows.includes(key.item)) return [];
		const rule = followRule(key.rule, element, options);
		return [{ ...key, rule, max_points: bestPoints(rule) ?? key.max_points }];
	});
	return { ...content, key: { ...content.key, items } };
}

function followRule(
	rule: WorkshopKeyItem['rule'],
	element: Element,
	options: readonly Option[],
): WorkshopKeyItem['rule'] {
	const values = options.map(({ value }) => String(value));
	switch (rule.kind) {
		case 'likert': {
			const { min, max } = startRule('likert', element);
			return { ...rule, min, max };
		}
		case 'choice':
		case 'multiple': {
			const points = rule.points as Record<string, number>;
			return { ...rule, points: Object.fromEntries(values.map((value) => [value, points[value] ?? 0])) };
		}
		case 'case': {
			const known = new Map((rule.options as { value: string }[]).map((each) => [each.value, each]));
			const fresh = startRule('case', element).options as { value: string }[];
			return { ...rule, options: fresh.map((each) => known.get(each.value) ?? each) };
		}
		case 'ordering': {
			const order = (rule.order as string[]).filter((value) => values.includes(value));
			return { ...rule, order: [...order, ...values.filter((value) => !order.includes(value))] };
		}
		case 'matching': {
			const pairs = rule.pairs as Record<string, string>;
			const rows = (readRows(element) ?? []).map(({ value }) => String(value));
			return {
				...rule,
				pairs: Object.fromEntries(
					rows.map((row) => [row, values.includes(pairs[row] ?? '') ? pairs[row] : (values[0] ?? '')]),
				),
			};
		}
		default:
			return rule;
	}
}

/** Every group and competency with two scored items at least; scales that stand keep their error. */
export function suggestScales(
	content: WorkshopContent,
	groupOf: ReadonlyMap<string, string>,
): WorkshopContent['key']['scales'] {
	const counts = new Map<string, number>();
	const count = (scale: string) => counts.set(scale, (counts.get(scale) ?? 0) + 1);
	for (const { competency } of content.key.items) {
		count(competency);
		const group = groupOf.get(competency);
		if (group) count(group);
	}
	const groups = new Set(groupOf.values());
	const known = new Map(content.key.scales.map((scale) => [scale.scale, scale]));
	return [...groups, ...groupOf.keys()]
		.filter((scale) => (counts.get(scale) ?? 0) >= 2)
		.map(
			(scale) =>
				known.get(scale) ?? {
					scale,
					kind: groups.has(scale) ? 'group' : 'competency',
					planned_sem: groups.has(scale) ? 10 : 15,
				},
		);
}
