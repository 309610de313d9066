import type { SurveyJson } from '../item-labels.ts';
import type { Text } from '../text.ts';
import type { DraftKeyItem, DraftRule } from './content.ts';

/** Kinds of items as a methodist knows them. */
export const itemKinds = [
	'likert',
	'choice',
	'multiple',
	'ordering',
	'matching',
	'case',
	'boolean',
	'text',
	'comment',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** One item in words: what stands in a row of the sheet or in a template. */
export interface PlainItem {
	name: string;
	kind: ItemKind;
	title: Text;
	/** of a matching: `left` is the row, `right` the column that belongs to it */
	options: readonly Text[];
	rights?: readonly Text[];
	/** places of right options, from 0 */
	correct?: readonly number[];
	/** points of each option of a case, or the most points of any other item */
	points?: readonly number[];
	competency?: string | undefined;
	isReversed?: boolean;
	isRequired?: boolean;
	explanation?: Text | undefined;
}

/** The value of the option at a place: `a`, `b`, …, `z`, `aa`. */
export function optionValue(index: number): string {
	const letter = String.fromCharCode(97 + (index % 26));
	return index < 26 ? letter : `${optionValue(Math.floor(index / 26) - 1)}${letter}`;
}

const TYPES: Readonly<Record<ItemKind, string>> = {
	likert: 'rating',
	choice: 'radiogroup',
	multiple: 'checkbox',
	ordering: 'ranking',
	matching: 'matrix',
	case: 'radiogroup',
	boolean: 'radiogroup',
	text: 'text',
	comment: 'comment',
};

/** The question of an item, without anything of its key. */
export function buildElement(item: PlainItem): SurveyJson {
	const { kind, name, title, options } = item;
	const common = {
		type: TYPES[kind],
		name,
		title,
		...(item.isRequired ? { isRequired: true } : {}),
	};
	const list = (texts: readonly Text[]) => texts.map((text, index) => ({ value: optionValue(index), text }));
	switch (kind) {
		case 'likert':
			return {
				...common,
				displayMode: 'buttons',
				rateValues: options.map((text, index) => ({ value: index + 1, text })),
			};
		case 'boolean':
			return {
				...common,
				choices: list([
					{ ru: 'Да', en: 'Yes' },
					{ ru: 'Нет', en: 'No' },
				]),
			};
		case 'ordering':
			return { ...common, choices: disguise(options, name) };
		case 'matching':
			return {
				...common,
				rows: list(options),
				columns: disguise(item.rights ?? [], name),
			};
		case 'text':
		case 'comment':
			return common;
		default:
			return { ...common, choices: list(options) };
	}
}

/** The key of an item; none for what is not scored. */
export function buildKeyItem(item: PlainItem): DraftKeyItem | undefined {
	const { competency, points = [] } = item;
	if (competency === undefined) return undefined;
	const max = points[0] ?? 1;
	const key = (rule: DraftRule, max_points: number): DraftKeyItem => ({
		item: item.name,
		competency,
		rule,
		max_points,
		...(item.explanation ? { explanation: item.explanation } : {}),
	});
	const values = item.options.map((_, index) => optionValue(index));
	const isRight = (index: number): boolean => item.correct?.includes(index) ?? false;
	switch (item.kind) {
		case 'likert': {
			const direction = item.isReversed ? 'difficulty' : 'mastery';
			return key({ kind: 'likert', min: 1, max: values.length, direction }, values.length - 1);
		}
		case 'choice':
		case 'boolean': {
			const offered = item.kind === 'boolean' ? ['a', 'b'] : values;
			const table = offered.map((value, index) => [value, isRight(index) ? max : 0]);
			return item.correct?.length
				? key({ kind: 'choice', points: Object.fromEntries(table) }, max)
				: undefined;
		}
		case 'multiple': {
			const each = max / (item.correct?.length || 1);
			const table = values.map((value, index) => [value, isRight(index) ? each : -each]);
			return item.correct?.length
				? key({ kind: 'multiple', points: Object.fromEntries(table) }, max)
				: undefined;
		}
		case 'ordering':
			return key(
				{ kind: 'ordering', strategy: 'inversions', order: disguisedValues(values.length, item.name) },
				max,
			);
		case 'matching': {
			const columns = disguisedValues(values.length, item.name);
			const pairs = Object.fromEntries(values.map((value, index) => [value, columns[index]]));
			return key({ kind: 'matching', strategy: 'pairs', pairs }, max);
		}
		case 'case': {
			const options = values.map((value, index) => ({
				value,
				points: points[index] ?? 0,
				rationale: item.explanation ?? item.options[index] ?? { ru: value, en: value },
			}));
			return key({ kind: 'case', options }, Math.max(...options.map((option) => option.points)));
		}
		default:
			return undefined;
	}
}

/** Options in an order that is not the given one, their values counting along the order shown: neither gives the key away. */
function disguise(texts: readonly Text[], name: string): { value: string; text: Text }[] {
	const values = disguisedValues(texts.length, name);
	return texts
		.map((text, index) => ({ value: values[index] ?? '', text }))
		.toSorted((left, right) => (left.value < right.value ? -1 : 1));
}

/** The value of each option of the given order. */
function disguisedValues(count: number, name: string): string[] {
	const places = shuffle(
		Array.from({ length: count }, (_, index) => index),
		name,
	);
	return places.map(optionValue);
}

/** An order that depends on the name alone and is never the given one. */
function shuffle(entries: readonly number[], name: string): number[] {
	let seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2_147_483_647, 7);
	const shuffled = [...entries];
	for (let index = shuffled.length - 1; index > 0; index -= 1) {
		seed = (seed * 48_271) % 2_147_483_647;
		const other = seed % (index + 1);
		[shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
	}
	const isSame = shuffled.every((entry, index) => entry === entries[index]);
	return isSame ? shuffled.toReversed() : shuffled;
}
