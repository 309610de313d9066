import type {
	Base,
	PanelModelBase,
	Question,
	QuestionBooleanModel,
	QuestionCheckboxModel,
	QuestionCommentModel,
	QuestionExpressionModel,
	QuestionFileModel,
	QuestionImagePickerModel,
	QuestionMatrixDropdownModel,
	QuestionMatrixDynamicModel,
	QuestionMatrixModel,
	QuestionMultipleTextModel,
	QuestionPanelDynamicModel,
	QuestionRankingModel,
	QuestionRatingModel,
	QuestionSelectBase,
	QuestionSliderModel,
	QuestionTextModel,
} from 'survey-core';
import {
	compileBoolean,
	compileFewest,
	compileRanking,
	compileRating,
	compileSeveral,
	compileSingle,
	compileSlider,
} from './choice.ts';
import { compileChoices } from './choices.ts';
import { compileContainer } from './container.ts';
import { allOf, compileCondition, compileExpression } from './expression.ts';
import { checkSignature, compileFile } from './file.ts';
import { compileMatrix } from './matrix.ts';
import { type Condition, isEmptyAnswer, isRecord, type QuestionRule, type ValueRule } from './rule.ts';
import { compileFixedTable, compileGrowingTable, compilePanels } from './table.ts';
import { compileComment, compileText } from './text.ts';
import { compileValidators, listAlwaysAsked } from './validators.ts';

type Table = QuestionMatrixDropdownModel;

/** How a value of each question type is checked; a type that is not here cannot be published. */
const RULES: Readonly<Record<string, (question: Question, table?: Table) => ValueRule>> = {
	text: (question) => compileText(question as QuestionTextModel),
	comment: (question) => compileComment(question as QuestionCommentModel),
	rating: (question) => compileRating(question as QuestionRatingModel),
	boolean: (question) => compileBoolean(question as QuestionBooleanModel),
	slider: (question) => compileSlider(question as QuestionSliderModel),
	radiogroup: compileOne,
	dropdown: compileOne,
	buttongroup: compileOne,
	checkbox: compileList,
	tagbox: compileList,
	imagepicker: (question, table) =>
		(question as QuestionImagePickerModel).multiSelect
			? compileList(question, table)
			: compileOne(question, table),
	ranking: (question, table) =>
		compileRanking(
			question as QuestionRankingModel,
			compileChoices(question as QuestionSelectBase, table?.choices),
		),
	matrix: (question) => compileMatrix(question as QuestionMatrixModel),
	matrixdropdown: (question) => compileFixedTable(question as QuestionMatrixDropdownModel, compileQuestion),
	matrixdynamic: (question) => compileGrowingTable(question as QuestionMatrixDynamicModel, compileQuestion),
	multipletext: (question) => compileMultipleText(question as QuestionMultipleTextModel),
	paneldynamic: (question) => compilePanels(question as QuestionPanelDynamicModel, compileQuestion),
	file: (question) => compileFile(question as QuestionFileModel),
	signaturepad: () => checkSignature,
};

/** Types that only show something. */
const WITHOUT_ANSWER = new Set(['html', 'image', 'empty']);

/** Types that can be published: checked, shown or calculated. */
export const CHECKED_TYPES: ReadonlySet<string> = new Set([
	...Object.keys(RULES),
	...WITHOUT_ANSWER,
	'expression',
]);

/** Types whose parts are required one by one, also when nothing at all was answered. */
const WITH_PARTS = new Set(['matrix', 'matrixdropdown', 'matrixdynamic', 'multipletext', 'paneldynamic']);

function compileOne(question: Question, table?: Table): ValueRule {
	return compileSingle(compileChoices(question as QuestionSelectBase, table?.choices));
}

function compileList(question: Question, table?: Table): ValueRule {
	const { maxSelectedChoices = 0 } = question as QuestionCheckboxModel;
	return compileSeveral(compileChoices(question as QuestionSelectBase, table?.choices), maxSelectedChoices);
}

/**
 * The rule of one question as it stands in its survey, panel or table; none for what only shows something.
 * @throws RangeError for a question type without a rule.
 */
export function compileQuestion(question: Question, table?: Table): QuestionRule[] {
	const type = question.getType();
	if (WITHOUT_ANSWER.has(type)) return [];
	const common = {
		key: question.getValueName(),
		isVisible: allOf(listSurrounding(question).map(compileVisible)),
		isEnabled: allOf(listSurrounding(question).map(compileEnabled)),
		isRequired: compileCondition(question.requiredIf, question.isRequired),
	};
	if (type === 'expression') {
		const { expression } = question as QuestionExpressionModel;
		const calculate = expression ? compileExpression(expression) : () => undefined;
		return [{ ...common, isRequired: () => false, check: () => undefined, calculate }];
	}
	const compileValue = RULES[type];
	if (!compileValue) throw new RangeError(`no rule for questions of type ${type}`);
	const checks = [compileValue(question, table), ...compileValidators(question)];
	const atLeast =
		'minSelectedChoices' in question
			? [compileFewest(question as QuestionCheckboxModel, compileChoices(question as QuestionSelectBase))]
			: [];
	const asked = [...atLeast, ...listAlwaysAsked(question)];
	if (WITH_PARTS.has(type)) asked.push(compileEmptyParts(type, checks[0] as ValueRule));
	return [
		{
			...common,
			check: (value, item, scope) =>
				[...checks, ...atLeast].reduce((kept, check) => check(kept, item, scope), value),
			checkEmpty: (item, scope) => {
				for (const check of asked) check(undefined, item, scope);
			},
			...describeComment(question),
		},
	];
}

function compileEmptyParts(type: string, check: ValueRule): ValueRule {
	const isList = type === 'matrixdynamic' || type === 'paneldynamic';
	return (_value, item, scope) => check(isList ? [] : {}, item, scope);
}

function compileMultipleText(question: QuestionMultipleTextModel): ValueRule {
	const container = compileContainer(
		question.items.flatMap((entry) =>
			compileQuestion(entry.editor).map((rule) => ({ ...rule, key: entry.name, isVisible: () => true })),
		),
	);
	return (value, item, scope) => {
		if (!isRecord(value)) {
			scope.report(item, 'wrong-type', { expected: 'rows' });
			return value;
		}
		const kept = container(value, `${item}.`, () => scope);
		return isEmptyAnswer(kept) ? undefined : kept;
	};
}

function describeComment(question: Question): Pick<QuestionRule, 'commentKey' | 'needsComment'> {
	const hasOther = 'showOtherItem' in question && question.showOtherItem === true;
	if (!hasOther && !question.showCommentArea) return {};
	const other = hasOther ? (question as QuestionSelectBase).otherItem.value : undefined;
	return {
		commentKey: `${question.getValueName()}-Comment`,
		needsComment: (value) => hasOther && (Array.isArray(value) ? value.includes(other) : value === other),
	};
}

interface Surrounding extends Base {
	visible: boolean;
	visibleIf: string;
	enableIf: string;
	readOnly: boolean;
	parent?: PanelModelBase;
}

/** A question with the panels and the page around it. */
export function listSurrounding(element: Question | PanelModelBase): Surrounding[] {
	const found: Surrounding[] = [];
	for (
		let at = element as unknown as Surrounding | undefined;
		at;
		at = at.parent as Surrounding | undefined
	) {
		found.push(at);
	}
	return found;
}

// A condition takes the place of the plain property, whatever its value was when the survey was read.
export function compileVisible({ visibleIf, visible }: Surrounding): Condition {
	return compileCondition(visibleIf, visible);
}

function compileEnabled({ enableIf, readOnly }: Surrounding): Condition {
	return compileCondition(enableIf, !readOnly);
}
