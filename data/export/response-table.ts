import { isClosed, listAnswerFields } from '#surveys/answer-fields.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { type FlatColumn, type FlatValue, layOutFlat } from '#surveys/flat-answers.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import type { ExportableResponse } from '../records/joins/exportable-responses.ts';
import type { Table } from './table.ts';

/** Texts of fewer people than this are not handed out (K_TEXT). */
export const K_TEXT = 10;

/** Responses as a flat table, with the codebook that explains it. */
export interface ResponseTable {
	responses: Table;
	codebook: Table;
	/** columns left empty because fewer than ten people wrote in them */
	withheld: string[];
}

const HEAD = ['participant_code', 'campaign', 'submitted_on', 'duration_seconds'] as const;

const HEAD_TITLES = {
	participant_code: { ru: 'Код участника', en: 'Participant code' },
	campaign: { ru: 'Диагностика', en: 'Campaign' },
	submitted_on: { ru: 'День ответа', en: 'Day of the response' },
	duration_seconds: { ru: 'Время заполнения, с', en: 'Time taken, s' },
};

const MISSING = { ru: 'пусто — нет ответа', en: 'empty: no answer' };
const WITHHELD = {
	ru: `не выгружается: написали меньше ${K_TEXT} человек`,
	en: `withheld: fewer than ${K_TEXT} people wrote`,
};

/** Lays responses out flat: no name, no school, a code where there is one; one column per value. */
export function tableOfResponses(
	survey: SurveyJson,
	responses: readonly ExportableResponse[],
): ResponseTable {
	const { calculate } = compileAnswerCheck(survey);
	const answers = responses.map(({ answers: text }) => {
		const stored = JSON.parse(text) as Record<string, unknown>;
		return { ...calculate(stored), ...stored };
	});
	const columns = layOutFlat(listAnswerFields(survey, true), answers);
	const withheld = new Set(
		columns.filter((column) => isTooRare(column, answers)).map(({ name }) => `${name}`),
	);
	const rows = responses.map((response, index) => ({
		participant_code: response.participant_code,
		campaign: response.campaign_id,
		submitted_on: response.submitted_on,
		duration_seconds: response.duration_seconds,
		...Object.fromEntries(
			columns.map(({ name, read }): [string, FlatValue] => [
				prefixed(name),
				withheld.has(name) ? null : read(answers[index]!),
			]),
		),
	}));
	const names = [...HEAD, ...columns.map(({ name }) => prefixed(name))];
	return {
		responses: { sheet: 'responses', columns: names.map((name) => ({ name, label: name })), rows },
		codebook: describe(columns, withheld),
		withheld: [...withheld],
	};
}

/** A field may be called as a column of the head is. */
const prefixed = (name: string): string =>
	HEAD.some((head) => head === name.toLowerCase()) ? `answer__${name}` : name;

function isTooRare({ field, read }: FlatColumn, answers: readonly Record<string, unknown>[]): boolean {
	const given = answers.map(read).filter((value) => value !== null && value !== '');
	const isText =
		!isClosed(field) || (field.kind === 'calculated' && given.some((value) => typeof value === 'string'));
	return isText && given.length > 0 && given.length < K_TEXT;
}

function describe(columns: readonly FlatColumn[], withheld: ReadonlySet<string>): Table {
	const names = [
		'column',
		'item',
		'type',
		'kind',
		'question_ru',
		'question_en',
		'value',
		'label_ru',
		'label_en',
	];
	const head = HEAD.map((column) => ({
		column,
		item: '',
		type: '',
		kind: 'head',
		question_ru: HEAD_TITLES[column].ru,
		question_en: HEAD_TITLES[column].en,
		missing_ru: MISSING.ru,
		missing_en: MISSING.en,
	}));
	const fields = columns.flatMap((column) => {
		const { field, title, name, item } = column;
		const missing = withheld.has(name) ? WITHHELD : MISSING;
		const about = {
			column: prefixed(name),
			item,
			type: field.type,
			kind: field.kind,
			question_ru: title.ru,
			question_en: title.en,
			missing_ru: missing.ru,
			missing_en: missing.en,
		};
		const values = listValues(column);
		return values.length === 0 ? [about] : values.map((value) => ({ ...about, ...value }));
	});
	return {
		sheet: 'codebook',
		columns: [...names, 'missing_ru', 'missing_en'].map((name) => ({ name, label: name })),
		rows: [...head, ...fields],
	};
}

/** The values of a column with what they mean. */
function listValues({
	field,
	choice,
}: FlatColumn): { value: FlatValue; label_ru: string; label_en: string }[] {
	if (choice && field.kind === 'list')
		return [
			{ value: 0, label_ru: 'не выбрано', label_en: 'not chosen' },
			{ value: 1, label_ru: `выбрано: ${choice.title.ru}`, label_en: `chosen: ${choice.title.en}` },
		];
	if (choice)
		return [
			{
				value: 0,
				label_ru: `без места: ${choice.title.ru}`,
				label_en: `not placed: ${choice.title.en}`,
			},
			{ value: 1, label_ru: 'первое место и далее', label_en: 'first place, and so on' },
		];
	return field.values.map(({ value, title }) => ({ value, label_ru: title.ru, label_en: title.en }));
}
