import type { WorkshopContent, WorkshopKeyItem } from '#server/contract/workshop.ts';
import type { LocalText } from '../i18n.ts';

/** A question as SurveyJS knows it; read here by name. */
export type Element = Record<string, unknown>;
export interface Option {
	value: string | number | boolean;
	text: LocalText;
}
export interface Page {
	name: string;
	title: LocalText;
	/** when the page is shown; empty = always */
	visibleIf: string;
	elements: Element[];
}

/** Kinds of questions that can be added by hand, and the type of each. */
export const newKinds = ['rating', 'radiogroup', 'checkbox', 'ranking', 'matrix', 'text', 'comment'] as const;
export type NewKind = (typeof newKinds)[number];

const OPTION_LISTS: Record<string, string> = {
	rating: 'rateValues',
	radiogroup: 'choices',
	dropdown: 'choices',
	checkbox: 'choices',
	tagbox: 'choices',
	ranking: 'choices',
	matrix: 'columns',
};

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

const asList = (value: unknown): Element[] => (Array.isArray(value) ? (value as Element[]) : []);

/** A text of the survey in both languages; a bare one is Russian. */
export function readText(value: unknown): LocalText {
	if (typeof value === 'string') return { ru: value, en: '' };
	const { ru, en, default: other } = (value ?? {}) as Record<string, string | undefined>;
	return { ru: ru ?? other ?? '', en: en ?? '' };
}

export function listPages({ survey }: WorkshopContent): Page[] {
	return asList(survey.pages).map((page) => ({
		name: String(page.name),
		title: readText(page.title),
		visibleIf: typeof page.visibleIf === 'string' ? page.visibleIf : '',
		elements: asList(page.elements),
	}));
}

export const listElements = (content: WorkshopContent): Element[] =>
	listPages(content).flatMap(({ elements }) => elements);

export const findElement = (content: WorkshopContent, name: string): Element | undefined =>
	listElements(content).find((element) => element.name === name);

function withPages(content: WorkshopContent, change: (pages: Element[]) => Element[]): WorkshopContent {
	return { ...content, survey: { ...content.survey, pages: change(asList(content.survey.pages)) } };
}

function withElements(
	content: WorkshopContent,
	change: (elements: Element[], page: number) => Element[],
): WorkshopContent {
	return withPages(content, (pages) =>
		pages.map((page, index) => ({ ...page, elements: change(asList(page.elements), index) })),
	);
}

/** Changes one question; its key follows its options. */
export function changeElement(content: WorkshopContent, name: string, part: Element): WorkshopContent {
	const changed = withElements(content, (elements) =>
		elements.map((element) => (element.name === name ? { ...element, ...part } : element)),
	);
	const element = findElement(changed, name);
	return element ? followOptions(changed, element) : changed;
}

export function removeElement(content: WorkshopContent, name: string): WorkshopContent {
	const items = content.key.items.filter(({ item }) => item !== name && !item.startsWith(`${name}.`));
	const removed = withElements(content, (elements) => elements.filter((element) => element.name !== name));
	return { ...removed, key: { ...removed.key, items } };
}

/** One place up or down, over the border of a page too. */
export function moveElement(content: WorkshopContent, name: string, by: -1 | 1): WorkshopContent {
	const pages = listPages(content).map(({ elements }) => [...elements]);
	const from = pages.findIndex((elements) => elements.some((element) => element.name === name));
	const own = pages[from];
	if (!own) return content;
	const at = own.findIndex((element) => element.name === name);
	const to = at + by;
	const [element] = own.splice(at, 1);
	if (to >= 0 && to <= own.length) own.splice(to, 0, element!);
	else {
		const next = pages[from + by];
		if (!next) return content;
		if (by < 0) next.push(element!);
		else next.unshift(element!);
	}
	return withElements(content, (_elements, page) => pages[page] ?? []);
}

/** Puts a question on a page, at its end. */
export function placeElement(content: WorkshopContent, name: string, page: string): WorkshopContent {
	const element = findElement(content, name);
	if (!element) return content;
	const names = listPages(content).map((each) => each.name);
	return withElements(content, (elements, index) => {
		const others = elements.filter((each) => each.name !== name);
		return names[index] === page ? [...others, element] : others;
	});
}

const sameText = (text: string): LocalText => ({ ru: text, en: '' });

/** A fresh question after another one, or at the end; returns its name too. */
export function addElement(
	content: WorkshopContent,
	kind: NewKind,
	after: string | null,
	scale: readonly LocalText[],
): { content: WorkshopContent; name: string } {
	const taken = new Set(listElements(content).map((element) => String(element.name)));
	let number = taken.size + 1;
	while (taken.has(`q${number}`)) number += 1;
	const name = `q${number}`;
	const letters = ['a', 'b', 'c'].map((value) => ({ value, text: sameText('') }));
	const numbers = scale.map((text, index) => ({ value: index + 1, text }));
	const parts: Record<NewKind, Element> = {
		rating: { displayMode: 'buttons', rateValues: numbers },
		radiogroup: { choices: letters },
		checkbox: { choices: letters },
		ranking: { choices: letters },
		matrix: { columns: numbers, rows: [{ value: 'r1', text: sameText('') }] },
		text: {},
		comment: {},
	};
	const element: Element = { type: kind, name, title: sameText(''), ...parts[kind] };
	if (asList(content.survey.pages).length === 0)
		return { content: withPages(content, () => [{ name: 'page_1', elements: [element] }]), name };
	const last = asList(content.survey.pages).length - 1;
	const isPlaced = after !== null && taken.has(after);
	const added = withElements(content, (elements, page) => {
		if (!isPlaced) return page === last ? [...elements, element] : elements;
		const at = elements.findIndex((each) => each.name === after);
		return at < 0 ? elements : elements.toSpliced(at + 1, 0, element);
	});
	return { content: added, name };
}

export function addPage(content: WorkshopContent): WorkshopContent {
	return withPages(content, (pages) => {
		const names = new Set(pages.map(({ name }) => name));
		let number = pages.length + 1;
		while (names.has(`page_${number}`)) number += 1;
		return [...pages, { name: `page_${number}`, title: sameText(''), elements: [] }];
	});
}

/** Changes the title of a page; an empty one is taken away. */
export function titlePage(content: WorkshopContent, name: string, title: LocalText): WorkshopContent {
	return withPages(content, (pages) =>
		pages.map(({ title: old, ...page }) =>
			page.name !== name
				? { ...page, ...(old === undefined ? {} : { title: old }) }
				: { ...page, ...(title.ru === '' && title.en === '' ? {} : { title }) },
		),
	);
}

/** Says when a page is shown; undefined = always. */
export function conditionPage(
	content: WorkshopContent,
	name: string,
	visibleIf: string | undefined,
): WorkshopContent {
	return withPages(content, (pages) =>
		pages.map(({ visibleIf: old, ...page }) => {
			const condition = page.name === name ? visibleIf : old;
			return condition === undefined ? page : { ...page, visibleIf: condition };
		}),
	);
}

export function removePage(content: WorkshopContent, name: string): WorkshopContent {
	return withPages(content, (pages) =>
		pages.filter((page) => page.name !== name || asList(page.elements).length > 0),
	);
}

/** Options of a question as they are edited; undefined for questions without any. */
export function readOptions(element: Element): Option[] | undefined {
	const list = OPTION_LISTS[String(element.type)];
	if (!list) return undefined;
	return asList(element[list]).map(readOption);
}

export const readRows = (element: Element): Option[] | undefined =>
	element.type === 'matrix' ? asList(element.rows).map(readOption) : undefined;

function readOption(entry: unknown): Option {
	if (typeof entry !== 'object' || entry === null)
		return { value: entry as string, text: readText(String(entry)) };
	const { value, text } = entry as { value: string; text?: unknown };
	return { value, text: text === undefined ? readText(String(value)) : readText(text) };
}

export function writeOptions(element: Element, options: readonly Option[]): Element {
	const list = OPTION_LISTS[String(element.type)];
	return list ? { [list]: options } : {};
}

/** The value of a further option: the next number of a scale, the next free letter elsewhere. */
export function nextValue(options: readonly Option[], isRow = false): string | number {
	if (isRow) {
		let row = options.length + 1;
		while (options.some(({ value }) => value === `r${row}`)) row += 1;
		return `r${row}`;
	}
	if (options.length > 0 && options.every(({ value }) => typeof value === 'number'))
		return Math.max(...options.map(({ value }) => Number(value))) + 1;
	let code = 97;
	while (options.some(({ value }) => value === String.fromCharCode(code))) code += 1;
	return String.fromCharCode(code);
}

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
function followOptions(content: WorkshopContent, element: Element): WorkshopContent {
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
