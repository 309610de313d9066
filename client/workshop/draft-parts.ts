import type { WorkshopContent } from '#server/contract/workshop.ts';
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

const OPTION_LISTS: Record<string, string> = {
	rating: 'rateValues',
	radiogroup: 'choices',
	dropdown: 'choices',
	checkbox: 'choices',
	tagbox: 'choices',
	ranking: 'choices',
	matrix: 'columns',
};

export const asList = (value: unknown): Element[] => (Array.isArray(value) ? (value as Element[]) : []);

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
