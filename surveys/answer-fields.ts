import {
	type ItemLabel,
	listQuestions,
	readArray,
	readBooleanValues,
	readChoices,
	readRates,
	readSpecialChoices,
	type SurveyJson,
} from './item-labels.ts';
import { readText, type Text } from './text.ts';

/**
 * What kind of value an answer is. Closed kinds can be counted: `choice`, `list` (several choices), `order`, `number`,
 * `numbers`, `moment` (a date or time as text), `calculated`. Open ones may say anything: `text`, `entries` (rows or panels
 * that the participant adds), `files`.
 */
export type FieldKind =
	| 'choice'
	| 'list'
	| 'order'
	| 'number'
	| 'numbers'
	| 'moment'
	| 'calculated'
	| 'text'
	| 'entries'
	| 'files';

/** One value that a response may hold: the ground of the warehouse's columns, of the codebook and of the export. */
export interface AnswerField {
	/** as in `ItemLabel`; the remark beside an answer is `question-Comment` */
	item: string;
	question: string;
	path: readonly string[];
	kind: FieldKind;
	/** the question type, of a cell its own */
	type: string;
	title: Text;
	values: ItemLabel['values'];
	/** true where «другое» may be chosen and explained */
	hasOther: boolean;
	/** of `entries`: the fields of one row or panel, their paths starting in it */
	inner: readonly AnswerField[];
}

const NUMBERS = new Set(['number', 'range']);
const MOMENTS = new Set(['date', 'datetime-local', 'time', 'month', 'week', 'color']);

/**
 * Every field of a survey in reading order, remarks and calculated values included; `all` adds calculated values that the
 * survey does not keep in its responses.
 */
export function listAnswerFields(survey: SurveyJson, all = false): AnswerField[] {
	const questions = listQuestions(survey);
	return [
		...questions.flatMap((question) => fieldsOf(question, questions)),
		...readArray(survey.calculatedValues)
			.filter((value) => all || (value as SurveyJson).includeIntoResult === true)
			.map((value) => calculatedField(value as SurveyJson)),
	];
}

/** True for what can be counted without reading what somebody wrote. */
export function isClosed({ kind }: AnswerField): boolean {
	return kind !== 'text' && kind !== 'entries' && kind !== 'files';
}

function calculatedField(value: SurveyJson): AnswerField {
	const name = String(value.name);
	return plainField(name, [name], 'calculated', 'expression', readText(undefined, name));
}

function plainField(
	item: string,
	path: readonly string[],
	kind: FieldKind,
	type: string,
	title: Text,
	values: ItemLabel['values'] = [],
): AnswerField {
	return { item, question: item, path, kind, type, title, values, hasOther: false, inner: [] };
}

/** The fields of one question; `within` are the questions from which it may carry choices forward. */
function fieldsOf(question: SurveyJson, within: readonly SurveyJson[]): AnswerField[] {
	const name = String(question.name);
	const key = typeof question.valueName === 'string' ? question.valueName : name;
	const title = readText(question.title, name);
	const whole = plainField(name, [key], 'text', String(question.type), title);
	const hasOther = question.showOtherItem === true || question.hasOther === true;
	const hasRemark = hasOther || question.showCommentArea === true || question.hasComment === true;
	const fields = fieldsOfValue({ ...whole, hasOther }, question, within);
	const remark = plainField(`${name}-Comment`, [`${key}-Comment`], 'text', 'comment', remarkTitle(title));
	return hasRemark && fields.length > 0 ? [...fields, { ...remark, question: name }] : fields;
}

const remarkTitle = ({ ru, en }: Text): Text => ({ ru: `${ru} (пояснение)`, en: `${en} (remark)` });

function fieldsOfValue(
	whole: AnswerField,
	question: SurveyJson,
	within: readonly SurveyJson[],
): AnswerField[] {
	const one = (kind: FieldKind, values: AnswerField['values'] = []): AnswerField[] => [
		{ ...whole, kind, values },
	];
	switch (question.type) {
		case 'html':
		case 'image':
		case 'empty':
			return [];
		case 'text':
			return one(kindOfText(question));
		case 'rating':
			return one('choice', readRates(question));
		case 'boolean':
			return one('choice', readBooleanValues(question));
		case 'radiogroup':
		case 'dropdown':
		case 'buttongroup':
			return one(isOpenChoice(question, within) ? 'text' : 'choice', valuesOf(question, within));
		case 'checkbox':
		case 'tagbox':
			return one(isOpenChoice(question, within) ? 'entries' : 'list', valuesOf(question, within));
		case 'imagepicker':
			return one(question.multiSelect === true ? 'list' : 'choice', valuesOf(question, within));
		case 'ranking':
			return one(isOpenChoice(question, within) ? 'entries' : 'order', valuesOf(question, within));
		case 'slider':
			return one(question.sliderType === 'range' ? 'numbers' : 'number');
		case 'file':
		case 'signaturepad':
			return one('files');
		case 'expression':
			return one('calculated');
		case 'matrix':
			return fieldsOfMatrix(whole, question);
		case 'matrixdropdown':
			return fieldsOfTable(whole, question, within);
		case 'multipletext':
			return readArray(question.items).flatMap((entry) => {
				const part = entry as SurveyJson;
				return fieldsOf({ ...part, type: 'text' }, []).map((field) => inside(whole, field, []));
			});
		case 'matrixdynamic':
			return [{ ...whole, kind: 'entries', inner: [...cellsOf(question, within), ...detailsOf(question)] }];
		case 'paneldynamic':
			return [
				{
					...whole,
					kind: 'entries',
					inner: listQuestions({ elements: question.templateElements }).flatMap((inner) =>
						fieldsOf(inner, within),
					),
				},
			];
		default:
			return one('text');
	}
}

function kindOfText({ inputType, maskType, maskSettings }: SurveyJson): FieldKind {
	const saved = (maskSettings as SurveyJson | undefined)?.saveMaskedValue === true;
	const isNumberMask = (maskType === 'numeric' || maskType === 'currency') && !saved;
	if (NUMBERS.has(String(inputType)) || isNumberMask) return 'number';
	return MOMENTS.has(String(inputType)) ? 'moment' : 'text';
}

function findSource(question: SurveyJson, within: readonly SurveyJson[]): SurveyJson | undefined {
	return within.find(({ name }) => name !== undefined && name === question.choicesFromQuestion);
}

/** True where the choices are what somebody entered in rows or panels. */
function isOpenChoice(question: SurveyJson, within: readonly SurveyJson[]): boolean {
	const source = findSource(question, within);
	return source?.type === 'matrixdynamic' || source?.type === 'paneldynamic';
}

function valuesOf(question: SurveyJson, within: readonly SurveyJson[]): AnswerField['values'] {
	const source = findSource(question, within);
	const own = source
		? valuesOf(source, within)
		: [...readChoices(question.choices), ...countedChoices(question)];
	const known = new Set(own.map(({ value }) => value));
	return [...own, ...readSpecialChoices(question).filter(({ value }) => !known.has(value))];
}

/** Choices that a dropdown makes of a range of numbers. */
function countedChoices({ type, choicesMin, choicesMax, choicesStep }: SurveyJson): AnswerField['values'] {
	const [min, max, step] = [choicesMin ?? 0, choicesMax ?? 0, choicesStep ?? 1].map(Number) as [
		number,
		number,
		number,
	];
	if (type !== 'dropdown' || !(max > min)) return [];
	const count = Math.floor((max - min) / (step > 0 ? step : 1)) + 1;
	return Array.from({ length: Math.min(count, 1000) }, (_, index) => {
		const value = min + index * (step > 0 ? step : 1);
		return { value, title: { ru: String(value), en: String(value) } };
	});
}

function fieldsOfMatrix(whole: AnswerField, question: SurveyJson): AnswerField[] {
	const kind = question.cellType === 'checkbox' ? 'list' : 'choice';
	const values = readChoices(question.columns);
	const rows = readChoices(question.rows);
	if (rows.length === 0) return [{ ...whole, kind, values }];
	return rows.map(({ value, title }) => ({
		...whole,
		item: `${whole.item}.${value}`,
		path: [...whole.path, String(value)],
		title,
		kind,
		values,
	}));
}

function fieldsOfTable(
	whole: AnswerField,
	question: SurveyJson,
	within: readonly SurveyJson[],
): AnswerField[] {
	const cells = [...cellsOf(question, within), ...detailsOf(question)];
	return readChoices(question.rows).flatMap(({ value, title }) =>
		cells.map((cell) => inside(whole, { ...cell, title: joinTitles(title, cell.title) }, [String(value)])),
	);
}

const joinTitles = (row: Text, column: Text): Text => ({
	ru: `${row.ru}: ${column.ru}`,
	en: `${row.en}: ${column.en}`,
});

/** The cells of one row as if each were a question. */
function cellsOf(question: SurveyJson, within: readonly SurveyJson[]): AnswerField[] {
	return readArray(question.columns).flatMap((entry) => {
		const column = entry as SurveyJson;
		const given = column.cellType === undefined || column.cellType === 'default';
		const type = given ? (question.cellType ?? 'dropdown') : column.cellType;
		const choices = readArray(column.choices).length > 0 ? column.choices : question.choices;
		return fieldsOf({ ...column, choices, type, valueName: undefined }, within);
	});
}

function detailsOf(question: SurveyJson): AnswerField[] {
	if (question.detailPanelMode === undefined || question.detailPanelMode === 'none') return [];
	return listQuestions({ elements: question.detailElements }).flatMap((inner) => fieldsOf(inner, []));
}

function inside(whole: AnswerField, field: AnswerField, steps: readonly string[]): AnswerField {
	return {
		...field,
		item: [whole.item, ...steps, field.item].join('.'),
		question: whole.question,
		path: [...whole.path, ...steps, ...field.path],
	};
}
