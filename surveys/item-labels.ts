import { readText, type Text } from './text.ts';

/** A survey as SurveyJS JSON: whatever its author wrote, read here by name and never trusted. */
export type SurveyJson = Readonly<Record<string, unknown>>;

export interface ItemLabel {
	/** `question`, `question.row` of a matrix or multiple text, `question.row.column` of a matrix of dropdowns. */
	item: string;
	question: string;
	/** Where the value stands in the answers. */
	path: readonly string[];
	title: Text;
	type: string;
	values: readonly { value: string | number | boolean; title: Text }[];
}

type Labels = ItemLabel['values'];

/** Types that only show something; nobody answers them. */
const WITHOUT_ANSWER = new Set(['html', 'image', 'expression', 'empty']);

/**
 * Every question of a survey as its author wrote it, in reading order, panels and pages opened.
 * Elements inside a dynamic panel are not listed: their number is known only from an answer.
 */
export function listQuestions(survey: SurveyJson): SurveyJson[] {
	return [...readArray(survey.pages), ...readArray(survey.elements), ...readArray(survey.questions)].flatMap(
		openElement,
	);
}

function openElement(element: unknown): SurveyJson[] {
	if (typeof element !== 'object' || element === null) return [];
	const found = element as SurveyJson;
	if (found.type !== undefined && found.type !== 'panel') return [found];
	return [...readArray(found.elements), ...readArray(found.questions)].flatMap(openElement);
}

export function readArray(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Every item of a survey with its texts in both languages, in reading order: the ground of codebooks and wide tables. */
export function listItems(survey: SurveyJson): ItemLabel[] {
	return listQuestions(survey)
		.filter(({ type }) => !WITHOUT_ANSWER.has(String(type)))
		.flatMap(listItemsOfQuestion);
}

/** The words of a question that is scored as a whole, or of one of its rows; undefined where the survey has no such question. */
export function findQuestionTitle(survey: SurveyJson, item: string): Text | undefined {
	const question = listQuestions(survey).find(
		({ name }) => item === name || item.startsWith(`${String(name)}.`),
	);
	if (!question) return undefined;
	const name = String(question.name);
	const title = readText(question.title, name);
	const row = readChoices(question.rows).find(({ value }) => item === `${name}.${value}`);
	return row ? { ru: `${title.ru}: ${row.title.ru}`, en: `${title.en}: ${row.title.en}` } : title;
}

function listItemsOfQuestion(question: SurveyJson): ItemLabel[] {
	const name = String(question.name);
	const key = typeof question.valueName === 'string' ? question.valueName : name;
	const type = String(question.type);
	const title = readText(question.title, name);
	const whole = { item: name, question: name, path: [key], title, type, values: [] as Labels };
	switch (type) {
		case 'matrix': {
			const values = readChoices(question.columns);
			const rows = readChoices(question.rows);
			if (rows.length === 0) return [{ ...whole, values }];
			return rows.map((row) => ({
				...whole,
				item: `${name}.${row.value}`,
				path: [key, String(row.value)],
				title: row.title,
				values,
			}));
		}
		case 'matrixdropdown':
			return readChoices(question.rows).flatMap((row) =>
				readArray(question.columns).map((column) => listCell(question, whole, row, column as SurveyJson)),
			);
		case 'multipletext':
			return readArray(question.items).map((entry) => {
				const { name: row, title: text } = entry as SurveyJson;
				return {
					...whole,
					item: `${name}.${row}`,
					path: [key, String(row)],
					title: readText(text, String(row)),
				};
			});
		case 'rating':
			return [{ ...whole, values: readRates(question) }];
		case 'boolean':
			return [{ ...whole, values: readBooleanValues(question) }];
		default:
			return [{ ...whole, values: readChoices(question.choices).concat(readSpecialChoices(question)) }];
	}
}

function listCell(
	question: SurveyJson,
	whole: ItemLabel,
	row: Labels[number],
	column: SurveyJson,
): ItemLabel {
	const name = String(column.name);
	const columnTitle = readText(column.title, name);
	const own = readChoices(column.choices);
	return {
		...whole,
		item: `${whole.item}.${row.value}.${name}`,
		path: [...whole.path, String(row.value), name],
		title: {
			ru: `${row.title.ru}: ${columnTitle.ru}`,
			en: `${row.title.en}: ${columnTitle.en}`,
		},
		values: own.length > 0 ? own : readChoices(question.choices),
	};
}

export function readChoices(choices: unknown): Labels[number][] {
	return readArray(choices).map((choice) => {
		if (typeof choice !== 'object' || choice === null) {
			return { value: choice as string | number, title: readText(String(choice), String(choice)) };
		}
		const { value, name, text, title } = choice as SurveyJson;
		const known = (value ?? name) as string | number;
		return { value: known, title: readText(text ?? title, String(known)) };
	});
}

const SPECIAL_CHOICES = [
	['showOtherItem', 'hasOther', 'other', 'otherText', 'Другое', 'Other'],
	['showNoneItem', 'hasNone', 'none', 'noneText', 'Ничего из перечисленного', 'None'],
	['showRefuseItem', '', 'refused', 'refuseText', 'Не хочу отвечать', 'Refuse to answer'],
	['showDontKnowItem', '', 'dontknow', 'dontKnowText', 'Не знаю', "Don't know"],
] as const;

export function readSpecialChoices(question: SurveyJson): Labels {
	return SPECIAL_CHOICES.filter(([shown, older]) => question[shown] === true || question[older] === true).map(
		([, , value, textName, ru, en]) => ({
			value,
			title: question[textName] === undefined ? { ru, en } : readText(question[textName], value),
		}),
	);
}

export function readRates(question: SurveyJson): Labels {
	const listed = readChoices(question.rateValues);
	if (listed.length > 0) return listed;
	const min = Number(question.rateMin ?? 1);
	const step = Number(question.rateStep ?? 1);
	const max = Number(question.rateMax ?? min + (Number(question.rateCount ?? 5) - 1) * step);
	const count = Math.max(0, Math.floor((max - min) / step + 1e-9) + 1);
	return Array.from({ length: count }, (_, index) => {
		const value = min + index * step;
		const described =
			index === 0
				? question.minRateDescription
				: index === count - 1
					? question.maxRateDescription
					: undefined;
		const text = readText(described, '');
		const label = (language: 'ru' | 'en'): string =>
			text[language] === '' ? String(value) : `${value} (${text[language]})`;
		return { value, title: { ru: label('ru'), en: label('en') } };
	});
}

export function readBooleanValues(question: SurveyJson): Labels {
	return [
		{
			value: (question.valueTrue ?? true) as string | number | boolean,
			title:
				question.labelTrue === undefined ? { ru: 'Да', en: 'Yes' } : readText(question.labelTrue, 'true'),
		},
		{
			value: (question.valueFalse ?? false) as string | number | boolean,
			title:
				question.labelFalse === undefined ? { ru: 'Нет', en: 'No' } : readText(question.labelFalse, 'false'),
		},
	];
}
