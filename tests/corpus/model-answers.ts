import {
	type ItemValue,
	Model,
	type PanelModel,
	type Question,
	type QuestionBooleanModel,
	type QuestionCheckboxModel,
	type QuestionMatrixDropdownModel,
	type QuestionMatrixDynamicModel,
	type QuestionMatrixModel,
	type QuestionMultipleTextModel,
	type QuestionPanelDynamicModel,
	type QuestionRankingModel,
	type QuestionRatingModel,
	type QuestionSelectBase,
	type QuestionSliderModel,
	type QuestionTextModel,
} from 'survey-core';
import { createRandom } from '#data/simulation/random.ts';
import { isRecord } from '#surveys/answer-rules/rule.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';

type Random = () => number;
const FILE = 'file/0b8f8f0a-6a8e-4d0e-9b1a-2f6f0c1d2e3f';
const PASSES = 4;
const ATTEMPTS = 12;

/** Answers as a participant gives them in the browser: every question that can be seen, until nothing new appears. */
export function answerModel(survey: SurveyJson, seed: number): Record<string, unknown> {
	const source = createRandom(seed);
	const random = () => source.uniform();
	const model = new Model({ ...survey, questionsOnPageMode: 'standard' });
	for (let pass = 0; pass < PASSES; pass += 1) {
		for (const question of model.getAllQuestions(true, false, false)) {
			if (!question.isReadOnly && (pass === 0 || question.isEmpty())) answer(question as Question, random);
		}
		model.runExpressions();
	}
	const given = structuredClone(model.data) as Record<string, unknown>;
	// Signing needs a canvas; what it leaves is a reference.
	for (const question of model.getAllQuestions(true, false, false))
		if (question.getType() === 'signaturepad' && !question.isReadOnly) given[question.getValueName()] = FILE;
	model.dispose();
	return given;
}

/** Answers that the check takes, without files: those come from the hands of whoever answers. @throws when it takes none */
export function answerForm(survey: SurveyJson): Record<string, unknown> {
	const { check } = compileAnswerCheck(survey);
	let last = '';
	for (let seed = 1; seed <= ATTEMPTS; seed += 1) {
		const answers = answerModel(survey, seed);
		const result = check(answers);
		if (result.ok) return withoutFiles(answers) as Record<string, unknown>;
		last = JSON.stringify(result.issues.slice(0, 3));
	}
	throw new Error(`valid answers were refused: ${last}`);
}

function withoutFiles(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutFiles);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, each]) => !JSON.stringify([each].flat()[0] ?? null).includes(FILE) || isRows(each))
			.map(([name, each]) => [name, withoutFiles(each)]),
	);
}

/** Rows and panels that hold files among other things. */
const isRows = (value: unknown): boolean =>
	[value].flat().some((each) => isRecord(each) && each.content === undefined);

const pick = <Value>(list: readonly Value[], random: Random): Value | undefined =>
	list[Math.floor(random() * list.length)];

/** Gives one question a value that it offers. */
function answer(question: Question, random: Random): void {
	const type = question.getType();
	switch (type) {
		case 'matrixdynamic': {
			const table = question as QuestionMatrixDynamicModel;
			if (table.rowCount === 0 && table.canAddRow) table.addRow();
			answerCells(table as unknown as QuestionMatrixDropdownModel, random);
			return;
		}
		case 'matrixdropdown':
			answerCells(question as QuestionMatrixDropdownModel, random);
			return;
		case 'paneldynamic': {
			const panels = question as QuestionPanelDynamicModel;
			if (panels.panelCount === 0 && panels.canAddPanel) panels.addPanel();
			for (const panel of panels.panels as PanelModel[])
				for (const inner of panel.questions as Question[]) if (inner.isVisible) answer(inner, random);
			return;
		}
		case 'multipletext':
			for (const { editor } of (question as QuestionMultipleTextModel).items) answer(editor, random);
			return;
	}
	const value = offeredValue(question, type, random);
	if (value !== undefined) question.value = value;
}

function answerCells(table: QuestionMatrixDropdownModel, random: Random): void {
	for (const row of table.visibleRows ?? [])
		for (const { question } of row.cells)
			if (question.isVisible && !question.isReadOnly) answer(question, random);
}

function offeredValue(question: Question, type: string, random: Random): unknown {
	switch (type) {
		case 'text':
			return textOf(question as QuestionTextModel, random);
		case 'comment':
			return 'Слово и дело, сказанные вместе.';
		case 'boolean': {
			const { valueTrue, valueFalse } = question as QuestionBooleanModel;
			return random() < 0.5 ? (valueTrue ?? true) : (valueFalse ?? false);
		}
		case 'rating':
			return pick((question as QuestionRatingModel).visibleRateValues as ItemValue[], random)?.value;
		case 'radiogroup':
		case 'dropdown':
		case 'buttongroup':
			return pick(offered(question), random);
		case 'imagepicker':
			return (question as QuestionCheckboxModel & { multiSelect: boolean }).multiSelect
				? offered(question).slice(0, 1)
				: pick(offered(question), random);
		case 'checkbox':
		case 'tagbox': {
			const { minSelectedChoices, maxSelectedChoices } = question as QuestionCheckboxModel;
			const list = offered(question);
			const most = maxSelectedChoices > 0 ? Math.min(maxSelectedChoices, list.length) : list.length;
			const count = Math.max(minSelectedChoices, 1, Math.ceil(random() * most));
			return list.length > 0 ? list.slice(0, count) : undefined;
		}
		case 'ranking': {
			const { maxSelectedChoices, selectToRankEnabled } = question as QuestionRankingModel;
			const list = offered(question).toReversed();
			return selectToRankEnabled && maxSelectedChoices > 0 ? list.slice(0, maxSelectedChoices) : list;
		}
		case 'matrix': {
			const { visibleRows, visibleColumns, cellType, rows } = question as QuestionMatrixModel;
			const columns = visibleColumns.map(({ value }) => value);
			if (rows.length === 0) return pick(columns, random);
			return Object.fromEntries(
				visibleRows.map(({ name }, index) => {
					const column = columns[index % columns.length];
					return [name, cellType === 'checkbox' ? [column] : column];
				}),
			);
		}
		case 'slider': {
			const { min, max, step, sliderType } = question as QuestionSliderModel;
			const value = min + step * Math.floor(random() * (Math.floor((max - min) / step) + 1));
			return sliderType === 'range' ? [value, value] : value;
		}
		case 'file':
			return [{ name: 'план.pdf', type: 'application/pdf', content: FILE }];
		default:
			return undefined;
	}
}

/** What may be chosen and needs no explanation. */
function offered(question: Question): unknown[] {
	const select = question as QuestionSelectBase;
	const special: unknown[] = [select.otherItem, select.noneItem, select.refuseItem, select.dontKnowItem].map(
		(item) => item?.value,
	);
	return (select.visibleChoices as ItemValue[])
		.filter((choice) => choice.isEnabled !== false && !special.includes(choice.value))
		.map(({ value }) => value as unknown);
}

const TEXTS: Readonly<Record<string, string>> = {
	date: '2026-03-04',
	'datetime-local': '2026-03-04T10:30',
	time: '10:30',
	month: '2026-03',
	week: '2026-W10',
	color: '#1a2b3c',
	email: 'teacher@example.org',
	url: 'https://example.org',
	tel: '+7 900 000-00-00',
};

function textOf(question: QuestionTextModel, random: Random): unknown {
	const { inputType, maskType, min, max } = question;
	const isNumber = ['number', 'range'].includes(inputType) || ['numeric', 'currency'].includes(maskType);
	const numeric = question.validators.find((each) => each.getType() === 'numericvalidator') as
		| { minValue?: number; maxValue?: number }
		| undefined;
	if (isNumber || numeric) {
		const low = Number(numeric?.minValue ?? min ?? 1);
		const high = Number(numeric?.maxValue ?? max ?? low + 5);
		const step = Number(question.step) > 0 ? Number(question.step) : 1;
		return low + step * Math.floor(random() * (Math.floor((high - low) / step) + 1));
	}
	if (question.validators.some((each) => each.getType() === 'emailvalidator')) return TEXTS.email;
	const date = typeof min === 'string' && /^\d{4}-/.test(min) ? min : undefined;
	return (inputType === 'date' && date) || TEXTS[inputType] || 'Слово и дело';
}
