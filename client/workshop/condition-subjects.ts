import type { WorkshopContent } from '#server/contract/workshop.ts';
import type { LocalText } from '../i18n.ts';
import type { Operator, Scalar } from './condition.ts';
import { type Element, listPages, readOptions, readRows, readText } from './draft-parts.ts';

/** What a condition may ask about: a question or a row of one. */
export interface Subject {
	name: string;
	title: LocalText;
	/** what may be chosen; empty where the answer is typed */
	values: { value: Scalar; text: LocalText }[];
	operators: readonly Operator[];
	isNumber: boolean;
}

const ONE: readonly Operator[] = ['is', 'is_not', 'one_of', 'none_of', 'answered', 'unanswered'];
const SEVERAL: readonly Operator[] = [
	'includes',
	'not_includes',
	'one_of',
	'none_of',
	'answered',
	'unanswered',
];
const NUMBER: readonly Operator[] = [
	'is',
	'is_not',
	'greater',
	'at_least',
	'less',
	'at_most',
	'answered',
	'unanswered',
];
const TEXT: readonly Operator[] = ['is', 'is_not', 'includes', 'not_includes', 'answered', 'unanswered'];
const PRESENCE: readonly Operator[] = ['answered', 'unanswered'];

/** Questions of a survey that a condition may ask about, in their order, those inside panels too. */
export function listConditionSubjects(content: WorkshopContent): Subject[] {
	return listPages(content).flatMap(({ elements }) => elements.flatMap(subjectsOf));
}

function subjectsOf(element: Element): Subject[] {
	const inner = Array.isArray(element.elements) ? (element.elements as Element[]) : null;
	if (inner) return inner.flatMap(subjectsOf);
	const name = String(element.valueName ?? element.name);
	const title = readText(element.title ?? element.name);
	const own = { name, title, values: [], isNumber: false };
	const options = readOptions(element)?.map(({ value, text }) => ({ value, text })) ?? [];
	switch (element.type) {
		case 'html':
		case 'image':
			return [];
		case 'radiogroup':
		case 'dropdown':
		case 'buttongroup':
			return [{ ...own, values: options, operators: ONE }];
		case 'rating': {
			const isNumber = options.length === 0 || options.every(({ value }) => typeof value === 'number');
			return [{ ...own, values: options, isNumber, operators: isNumber ? [...NUMBER, 'one_of'] : ONE }];
		}
		case 'boolean':
			return [{ ...own, values: readSides(element), operators: ['is', 'is_not', ...PRESENCE] }];
		case 'checkbox':
		case 'tagbox':
			return [{ ...own, values: options, operators: SEVERAL }];
		case 'matrix':
			return (readRows(element) ?? []).map((row) => ({
				name: `${name}.${row.value}`,
				title: joinTitles(title, row.text),
				values: options,
				isNumber: options.every(({ value }) => typeof value === 'number'),
				operators: options.every(({ value }) => typeof value === 'number') ? [...NUMBER, 'one_of'] : ONE,
			}));
		case 'text':
		case 'comment': {
			const isNumber = element.inputType === 'number' || element.inputType === 'range';
			return [{ ...own, isNumber, operators: isNumber ? NUMBER : TEXT }];
		}
		default:
			return [{ ...own, operators: PRESENCE }];
	}
}

const joinTitles = (title: LocalText, row: LocalText): LocalText => ({
	ru: [title.ru, row.ru].filter(Boolean).join(': '),
	en: [title.en, row.en].filter(Boolean).join(': '),
});

function readSides(element: Element): Subject['values'] {
	const side = (label: unknown, value: unknown, fallback: boolean, words: LocalText) => ({
		value: (value ?? fallback) as Scalar,
		text: label === undefined ? words : readText(label),
	});
	return [
		side(element.labelTrue, element.valueTrue, true, { ru: 'да', en: 'yes' }),
		side(element.labelFalse, element.valueFalse, false, { ru: 'нет', en: 'no' }),
	];
}
