import type { WorkshopContent, WorkshopKey } from '#server/contract/workshop.ts';
import type { LocalText } from '../i18n.ts';
import { readCondition, writeCondition } from './condition.ts';
import { findKey, putKey, startRule } from './draft-key.ts';
import { removeElement } from './draft-model.ts';
import {
	type Element,
	findElement,
	type Option,
	readOptions,
	readRows,
	readText,
	writeOptions,
} from './draft-parts.ts';

/** What a question is for in the summary of needs or of a feedback; `none`: its answers are kept and counted nowhere. */
export type Role = 'none' | 'professional_theme' | 'information_theme' | 'rating';
type Scale = WorkshopKey['scales'][number];

const themeKinds: readonly string[] = ['professional_theme', 'information_theme'];
/** Answers to a question of needs that are no themes. */
const free = new Set(['none', 'other']);

/** True for the kinds of instruments whose questions have a place in a summary instead of a key. */
export const hasRoles = (channel: string): boolean => channel === 'needs_survey' || channel === 'feedback';

/** Roles that an item may have in an instrument of this kind; only `none` where there is nothing to choose. */
export function rolesOf(channel: string, element: Element): Role[] {
	const type = String(element.type);
	if (channel === 'needs_survey' && (type === 'checkbox' || type === 'tagbox'))
		return ['none', 'professional_theme', 'information_theme'];
	if (channel === 'feedback' && (type === 'rating' || type === 'matrix')) return ['none', 'rating'];
	return ['none'];
}

/** Items of a question that may have a role: rows of a table, or the question itself. */
export function listRoleItems(element: Element): { item: string; text: LocalText }[] {
	const name = String(element.name);
	const rows = readRows(element);
	return rows
		? rows.map(({ value, text }) => ({ item: `${name}.${value}`, text }))
		: [{ item: name, text: readText(element.title) }];
}

export function readRole(content: WorkshopContent, item: string): Role {
	const key = findKey(content, item);
	if (!key) return 'none';
	const first = key.rule.kind === 'demand' ? (key.rule.themes as string[])[0] : key.competency;
	return (findScale(content, first)?.kind as Role | undefined) ?? 'none';
}

/** The words of a mark in the summary. */
export const readRatingTitle = (content: WorkshopContent, item: string): LocalText =>
	readText(findScale(content, item)?.title);

export function nameRating(content: WorkshopContent, item: string, title: LocalText): WorkshopContent {
	return withScales(
		content,
		content.key.scales.map((each) => (each.scale === item ? { ...each, title } : each)),
	);
}

/** Gives an item its role: scales and key follow; any one answer is enough for it to count. */
export function giveRole(
	content: WorkshopContent,
	element: Element,
	item: string,
	role: Role,
): WorkshopContent {
	const bare = dropRole(content, item);
	if (role === 'none') return bare;
	const counted = {
		...bare,
		key: { ...bare.key, minimum_share_answered: 0, minimum_items_answered: 1 },
	};
	if (role === 'rating') {
		const words = listRoleItems(element).find((each) => each.item === item)?.text ?? { ru: '', en: '' };
		const rule = startRule('likert', element);
		const scaled = withScales(counted, [
			...counted.key.scales,
			{ scale: item, kind: role, title: inBoth(words) },
		]);
		return putKey(scaled, item, {
			item,
			competency: item,
			rule,
			max_points: Number(rule.max) - Number(rule.min) || 1,
		});
	}
	return putThemes(counted, item, role);
}

/** Brings themes and marks in line with a question that was changed or has gone; titles that were the words of before follow. */
export function followRoles(
	content: WorkshopContent,
	name: string,
	before: Element | undefined,
): WorkshopContent {
	const element = findElement(content, name);
	const themes = findKey(content, name);
	const kind = themes?.rule.kind === 'demand' ? readRole(content, name) : 'none';
	if (element && themeKinds.includes(kind)) {
		if (rolesOf('needs_survey', element).includes(kind)) return putThemes(content, name, kind, before);
		return dropRole(content, name);
	}
	const items = element ? listRoleItems(element) : [];
	const old = new Map((before ? listRoleItems(before) : []).map(({ item, text }) => [item, text]));
	const scales = content.key.scales.flatMap((scale): Scale[] => {
		const isOfThis = scale.scale === name || scale.scale.startsWith(`${name}.`);
		if (scale.kind !== 'rating' || !isOfThis) return [scale];
		const words = items.find(({ item }) => item === scale.scale)?.text;
		if (!words || !findKey(content, scale.scale)) return [];
		const wasSame = isSame(readText(scale.title), inBoth(old.get(scale.scale) ?? words));
		return [wasSame ? { ...scale, title: inBoth(words) } : scale];
	});
	return withScales(content, scales);
}

/** Takes a question away with everything that it stood for in the summary. */
export function removeWhole(content: WorkshopContent, name: string): WorkshopContent {
	const element = findElement(content, name);
	const items = element ? listRoleItems(element) : [];
	const bare = items.reduce(
		(left, { item }) => (readRole(left, item) === 'none' ? left : dropRole(left, item)),
		content,
	);
	return removeElement(bare, name);
}

/** What an instrument of another kind cannot have goes: themes outside needs, and all but themes in them. */
export function keepRoles(content: WorkshopContent, channel: string, measures: boolean): WorkshopContent {
	const isKept = (kind: string) =>
		channel === 'needs_survey'
			? themeKinds.includes(kind)
			: !themeKinds.includes(kind) && (measures ? kind !== 'rating' : true);
	const scales = content.key.scales.filter(({ kind }) => isKept(kind));
	const gone = new Set(content.key.scales.filter(({ kind }) => !isKept(kind)).map(({ scale }) => scale));
	const items = content.key.items.filter(({ competency, rule }) =>
		channel === 'needs_survey' ? rule.kind === 'demand' : rule.kind !== 'demand' && !gone.has(competency),
	);
	return { ...content, key: { ...content.key, scales, items } };
}

function dropRole(content: WorkshopContent, item: string): WorkshopContent {
	const key = findKey(content, item);
	if (!key) return content;
	const gone = new Set(key.rule.kind === 'demand' ? (key.rule.themes as string[]) : [key.competency]);
	const bare = putKey(content, item, null);
	return withScales(
		bare,
		bare.key.scales.filter(({ scale }) => !gone.has(scale)),
	);
}

/** Every option is a theme of the index; an option that another question's theme is called by gets a name of its own. */
function putThemes(content: WorkshopContent, name: string, kind: Role, before?: Element): WorkshopContent {
	const standing = new Map(content.key.scales.map((scale) => [scale.scale, scale]));
	const own = new Set((findKey(content, name)?.rule.themes as string[] | undefined) ?? []);
	const taken = new Set([...standing.keys()].filter((scale) => !own.has(scale)));
	const renamed = renameOptions(content, name, taken);
	const options = (readOptions(findElement(renamed, name) ?? {}) ?? []).filter(
		({ value }) => !free.has(String(value)),
	);
	const old = new Map(
		(before ? (readOptions(before) ?? []) : []).map(({ value, text }) => [String(value), text]),
	);
	const scales = options.map(({ value, text }): Scale => {
		const scale = String(value);
		const known = standing.get(scale);
		const wasSame = isSame(readText(known?.title), inBoth(old.get(scale) ?? text));
		return { scale, kind, title: known && !wasSame ? known.title : inBoth(text) };
	});
	const others = renamed.key.scales.filter(({ scale }) => !own.has(scale));
	const themes = scales.map(({ scale }) => scale);
	const item = { item: name, competency: name, rule: { kind: 'demand', themes }, max_points: themes.length };
	return putKey(withScales(renamed, [...others, ...scales]), name, item);
}

function renameOptions(content: WorkshopContent, name: string, taken: ReadonlySet<string>): WorkshopContent {
	const element = findElement(content, name);
	const options = element && readOptions(element);
	if (!element || !options?.some(({ value }) => taken.has(String(value)))) return content;
	const used = new Set([...taken, ...options.map(({ value }) => String(value))]);
	const names = new Map<unknown, string>();
	for (const { value } of options) {
		if (!taken.has(String(value))) continue;
		let next = `${name}_${value}`;
		while (used.has(next)) next += '_';
		used.add(next);
		names.set(value, next);
	}
	const renamed: Option[] = options.map((option) => ({
		...option,
		value: names.get(option.value) ?? option.value,
	}));
	const pages = content.survey.pages as Element[];
	const follow = (holder: Element): Element => followNames(holder, name, names);
	return {
		...content,
		survey: {
			...content.survey,
			pages: pages.map((page) => ({
				...follow(page),
				elements: ((page.elements as Element[] | undefined) ?? []).map((each) =>
					follow(each.name === name ? { ...each, ...writeOptions(each, renamed) } : each),
				),
			})),
		},
	};
}

/** Conditions that ask for an option by its name of before ask for it by the new one. */
function followNames(holder: Element, name: string, names: ReadonlyMap<unknown, string>): Element {
	const changed = Object.entries(holder).map(([property, value]) => {
		if (!/^(visible|enable|required)If$/.test(property) || typeof value !== 'string')
			return [property, value];
		const condition = readCondition(value);
		if (!condition?.clauses.some((clause) => clause.name === name)) return [property, value];
		const clauses = condition.clauses.map((clause) =>
			clause.name === name
				? { ...clause, values: clause.values.map((each) => names.get(each) ?? each) }
				: clause,
		);
		return [property, writeCondition({ ...condition, clauses })];
	});
	return Object.fromEntries(changed) as Element;
}

const findScale = (content: WorkshopContent, scale: string | undefined): Scale | undefined =>
	content.key.scales.find((each) => each.scale === scale);

const withScales = (content: WorkshopContent, scales: Scale[]): WorkshopContent => ({
	...content,
	key: { ...content.key, scales },
});

/** A summary is read in both languages, even where the survey speaks one. */
const inBoth = ({ ru, en }: LocalText): LocalText => ({ ru: ru || en, en: en || ru });
const isSame = (left: LocalText, right: LocalText): boolean => left.ru === right.ru && left.en === right.en;
