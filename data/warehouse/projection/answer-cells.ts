import { type AnswerField, isClosed, listAnswerFields } from '#surveys/answer-fields.ts';
import { readPath } from '#surveys/answer-path.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';

/** Where a closed answer that no key scores lies in the wide table of its version. */
export interface FieldColumn {
	field: AnswerField;
	value_column: string;
	value_type: 'smallint' | 'double' | 'varchar';
}

/** All fields of a version: closed ones in columns of the wide table, open ones in a table of their own. */
export interface AnswerFields {
	fields: readonly AnswerField[];
	columns: readonly FieldColumn[];
	open: readonly AnswerField[];
}

/** One open answer: a text as it was written, rows, panels and files as JSON text. */
export interface OpenAnswer {
	item: string;
	kind: string;
	value: string;
}

const SMALLEST = -32_768;
const LARGEST = 32_767;

/** Lays out what a survey can answer; `scored` are items that the key puts into columns of their own. */
export function layOutFields(
	survey: SurveyJson,
	scored: ReadonlySet<string>,
	unused: (wanted: string) => string,
): AnswerFields {
	const fields = listAnswerFields(survey);
	const columns = fields
		.filter((field) => isClosed(field) && !scored.has(field.item))
		.map((field) => ({ field, value_column: unused(field.item), value_type: typeOf(field) }));
	return { fields, columns, open: fields.filter((field) => !isClosed(field) || field.kind === 'calculated') };
}

function typeOf({ kind, values }: AnswerField): FieldColumn['value_type'] {
	if (kind === 'number' || kind === 'calculated') return 'double';
	if (kind !== 'choice' || values.length === 0) return 'varchar';
	return values.every(({ value }) => isSmall(value)) ? 'smallint' : 'varchar';
}

const isSmall = (value: unknown): boolean =>
	Number.isInteger(value) && Number(value) >= SMALLEST && Number(value) <= LARGEST;

/** The closed answers of a response as text in the order of the columns; null where there is none, or none that fits. */
export function closedCells(
	{ columns }: AnswerFields,
	answers: Readonly<Record<string, unknown>>,
): (string | null)[] {
	return columns.map(({ field, value_type }) => {
		const value = readPath(answers, field.path);
		if (value === undefined || value === null) return null;
		if (value_type === 'smallint') return isSmall(value) ? String(value) : null;
		if (value_type === 'double') return Number.isFinite(value) ? String(value) : null;
		return asText(value);
	});
}

/** The open answers of a response; what a survey calculates is open where it is no number, for it may quote a text. */
export function openAnswers(
	{ open }: AnswerFields,
	answers: Readonly<Record<string, unknown>>,
): OpenAnswer[] {
	return open.flatMap((field): OpenAnswer[] => {
		const value = readPath(answers, field.path);
		if (value === undefined || value === null) return [];
		if (field.kind === 'calculated')
			return typeof value === 'number' ? [] : [{ item: field.item, kind: 'text', value: asText(value) }];
		return [{ item: field.item, kind: field.kind, value: asText(value) }];
	});
}

function asText(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
