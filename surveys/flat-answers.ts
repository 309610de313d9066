import type { AnswerField } from './answer-fields.ts';
import { readPath } from './answer-path.ts';
import type { Text } from './text.ts';

export type FlatValue = string | number | boolean | null;

/** One column of a flat table of responses. */
export interface FlatColumn {
	/** parts of the item and of the value, joined by two underscores: `courses__0__title`, `tools__video` */
	name: string;
	/** the item, below those whose row or panel it stands in: `courses.title` */
	item: string;
	field: AnswerField;
	/** where the column stands for one choice of several, or for one place of an order */
	choice: AnswerField['values'][number] | null;
	title: Text;
	/** of a response; null where it has no answer */
	read: (answers: Readonly<Record<string, unknown>>) => FlatValue;
}

/** The most rows or panels that get columns of their own; more stay in the records. */
const MOST_ENTRIES = 100;

/**
 * The columns of a flat table: one per value, per choice of a list (1 chosen, 0 not), per choice of an order (its place from
 * 1, 0 not placed), and per field of each row or panel that some response has.
 */
export function layOutFlat(
	fields: readonly AnswerField[],
	responses: readonly Readonly<Record<string, unknown>>[],
): FlatColumn[] {
	const taken = new Set<string>();
	return fields
		.flatMap((field) => columnsOf(field, [], responses))
		.map((column) => ({ ...column, name: unusedName(column.name, taken) }));
}

function unusedName(wanted: string, taken: Set<string>): string {
	let name = wanted;
	// Column names are one whatever their case.
	for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted}_${count}`;
	taken.add(name.toLowerCase());
	return name;
}

function columnsOf(
	field: AnswerField,
	before: readonly string[],
	responses: readonly Readonly<Record<string, unknown>>[],
): FlatColumn[] {
	const path = [...before, ...field.path];
	const name = path.join('__');
	switch (field.kind) {
		case 'list':
			return field.values.map((choice) =>
				choiceColumn(field, path, choice, (list) => Number(list.some((value) => value === choice.value))),
			);
		case 'order':
			return field.values.map((choice) =>
				choiceColumn(field, path, choice, (list) => list.indexOf(choice.value) + 1),
			);
		case 'entries':
			if (field.inner.length > 0) return columnsOfEntries(field, path, responses);
			break;
		case 'files':
			return [
				{
					name,
					item: field.item,
					field,
					choice: null,
					title: field.title,
					read: (answers) => listFiles(readPath(answers, path)),
				},
			];
	}
	return [
		{
			name,
			item: field.item,
			field,
			choice: null,
			title: field.title,
			read: (answers) => flatten(readPath(answers, path)),
		},
	];
}

function choiceColumn(
	field: AnswerField,
	path: readonly string[],
	choice: AnswerField['values'][number],
	read: (list: readonly unknown[]) => number,
): FlatColumn {
	return {
		name: [...path, String(choice.value)].join('__'),
		item: field.item,
		field,
		choice,
		title: {
			ru: `${field.title.ru}: ${choice.title.ru}`,
			en: `${field.title.en}: ${choice.title.en}`,
		},
		read: (answers) => {
			const list = readPath(answers, path);
			return Array.isArray(list) ? read(list) : null;
		},
	};
}

function columnsOfEntries(
	field: AnswerField,
	path: readonly string[],
	responses: readonly Readonly<Record<string, unknown>>[],
): FlatColumn[] {
	const lengths = responses.map((answers) => {
		const entries = readPath(answers, path);
		return Array.isArray(entries) ? entries.length : 0;
	});
	const most = Math.min(MOST_ENTRIES, Math.max(0, ...lengths));
	return Array.from({ length: most }, (_, index) =>
		field.inner.flatMap((inner) =>
			columnsOf(inner, [...path, String(index)], responses).map((column) => ({
				...column,
				item: `${field.item}.${column.item}`,
				title: {
					ru: `${field.title.ru} [${index + 1}]: ${column.title.ru}`,
					en: `${field.title.en} [${index + 1}]: ${column.title.en}`,
				},
			})),
		),
	).flat();
}

function flatten(value: unknown): FlatValue {
	if (value === undefined || value === null) return null;
	return typeof value === 'object' ? JSON.stringify(value) : (value as FlatValue);
}

/** Names of the files; a signature has none but its reference. */
function listFiles(value: unknown): FlatValue {
	if (!Array.isArray(value)) return flatten(value);
	return value.map((file) => String((file as { name?: unknown }).name ?? '')).join('; ');
}
