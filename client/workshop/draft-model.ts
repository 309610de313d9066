import type { WorkshopContent } from '#server/contract/workshop.ts';
import type { LocalText } from '../i18n.ts';
import { followOptions } from './draft-key.ts';
import { asList, type Element, findElement, listElements, listPages } from './draft-parts.ts';

/** Kinds of questions that can be added by hand, and the type of each. */
export const newKinds = ['rating', 'radiogroup', 'checkbox', 'ranking', 'matrix', 'text', 'comment'] as const;
export type NewKind = (typeof newKinds)[number];

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
