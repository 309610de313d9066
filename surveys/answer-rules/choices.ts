import type {
	ItemValue,
	Question,
	QuestionDropdownModel,
	QuestionSelectBase,
	SurveyModel,
} from 'survey-core';
import { compileCondition } from './expression.ts';
import { isEmptyAnswer, isRecord, type Scope } from './rule.ts';

export type Scalar = string | number | boolean;

interface Option {
	value: Scalar;
	isOffered: (scope: Scope) => boolean;
	isExclusive: boolean;
}

/** In the condition of an option `{item}`, `{choice}` and `{self}` are its own value, whatever questions bear these names. */
const asking = (scope: Scope, value: unknown): Scope => ({
	...scope,
	values: { ...scope.values, item: value, choice: value, self: value },
});

/** Options of a list of SurveyJS, each with the condition under which it is offered. */
export function compileOptions(items: readonly ItemValue[], visibleIf: string): Option[] {
	const general = visibleIf ? compileCondition(visibleIf, true) : undefined;
	return items.map((item) => {
		const own = item.visibleIf ? compileCondition(item.visibleIf, true) : general;
		return {
			value: item.value as Scalar,
			isOffered: own ? (scope) => own(asking(scope, item.value)) : () => true,
			isExclusive: (item as ItemValue & { isExclusive?: boolean }).isExclusive === true,
		};
	});
}

/** What may be chosen, seen from one value. */
export interface Choices {
	find: (value: unknown, scope: Scope) => Option | undefined;
	countOffered: (scope: Scope) => number;
	/** Every option known before an answer is. */
	options: readonly Option[];
}

/** Choices of a fixed list. */
export function listChoices(options: readonly Option[]): Choices {
	const byValue = new Map(options.map((option) => [option.value, option]));
	return {
		options,
		find: (value, scope) => {
			const option = byValue.get(value as Scalar);
			return option?.isOffered(scope) ? option : undefined;
		},
		countOffered: (scope) => options.filter((option) => option.isOffered(scope)).length,
	};
}

/**
 * The choices of a question, its special ones («другое», «ничего из перечисленного», …) included. Choices carried
 * forward follow the answer of the question that they come from.
 */
export function compileChoices(question: QuestionSelectBase, inherited: readonly ItemValue[] = []): Choices {
	const special: [boolean, ItemValue][] = [
		[question.showOtherItem, question.otherItem],
		[question.showNoneItem, question.noneItem],
		[question.showRefuseItem, question.refuseItem],
		[question.showDontKnowItem, question.dontKnowItem],
	];
	const ofAnyone = special
		.filter(([isShown]) => isShown)
		.map(([, item]) => ({
			value: item.value as Scalar,
			isOffered: () => true,
			isExclusive: item !== question.otherItem,
		}));
	const source = findSource(question);
	if (source && !(source.getType() in LISTED))
		return joinChoices(ofAnyone, choicesOfEntries(question, source));
	const counted = countChoices(question as Partial<QuestionDropdownModel>);
	const own = question.choices.length > 0 || counted.length > 0 ? question.choices : inherited;
	const options = source
		? optionsOfSource(question, source as QuestionSelectBase)
		: compileOptions(own, question.choicesVisibleIf);
	return listChoices([...options, ...counted, ...ofAnyone]);
}

/** Choices that a dropdown makes of a range of numbers. */
function countChoices({
	choicesMin = 0,
	choicesMax = 0,
	choicesStep = 1,
}: Partial<QuestionDropdownModel>): Option[] {
	if (choicesMax <= choicesMin) return [];
	const count = Math.floor((choicesMax - choicesMin) / (choicesStep > 0 ? choicesStep : 1)) + 1;
	return Array.from({ length: Math.min(count, MOST_COUNTED) }, (_, index) => ({
		value: choicesMin + index * (choicesStep > 0 ? choicesStep : 1),
		isOffered: () => true,
		isExclusive: false,
	}));
}

const MOST_COUNTED = 10_000;

/** Question types whose options another question may carry forward. */
const LISTED: Readonly<Record<string, true>> = {
	radiogroup: true,
	dropdown: true,
	buttongroup: true,
	checkbox: true,
	tagbox: true,
	imagepicker: true,
	ranking: true,
};

/** Question types from which choices can be carried forward. */
export const CAN_BE_SOURCE: ReadonlySet<string> = new Set([
	...Object.keys(LISTED),
	'matrixdynamic',
	'paneldynamic',
]);

/** The question whose choices or entries this one offers; undefined where it offers its own. */
export function findSource(question: QuestionSelectBase): Question | undefined {
	const name = question.choicesFromQuestion;
	const survey = question.survey as unknown as SurveyModel | null;
	return name ? (survey?.getQuestionByName(name) ?? undefined) : undefined;
}

function optionsOfSource(question: QuestionSelectBase, source: QuestionSelectBase): Option[] {
	const key = source.getValueName();
	const mode = question.choicesFromQuestionMode;
	const own = question.choicesVisibleIf ? compileCondition(question.choicesVisibleIf, true) : undefined;
	const before = findSource(source);
	const listed = before
		? optionsOfSource(source, before as QuestionSelectBase)
		: compileOptions(source.choices, source.choicesVisibleIf);
	const isChosen = (value: Scalar, { values }: Scope): boolean => {
		const answer = values[key];
		return Array.isArray(answer) ? answer.includes(value) : answer === value;
	};
	const carried = listed.map((option) => ({
		...option,
		isOffered: (scope: Scope): boolean =>
			option.isOffered(scope) &&
			(mode === 'selected' ? isChosen(option.value, scope) : true) &&
			(mode === 'unselected' ? !isChosen(option.value, scope) : true) &&
			(own === undefined || own(asking(scope, option.value))),
	}));
	// What was written beside «другое» is offered too, under the value of «другое».
	if (mode !== 'selected' || !source.showOtherItem || question.showOtherItem) return carried;
	const other = source.otherItem.value as Scalar;
	const isOffered = (scope: Scope): boolean =>
		isChosen(other, scope) && !isEmptyAnswer(scope.values[`${key}-Comment`]);
	return [...carried, { value: other, isOffered, isExclusive: false }];
}

/** Choices made of what was entered in the rows or panels of another question. */
function choicesOfEntries(question: QuestionSelectBase, source: Question): Choices {
	const key = source.getValueName();
	const cell = question.choiceValuesFromQuestion;
	const own = question.choicesVisibleIf ? compileCondition(question.choicesVisibleIf, true) : undefined;
	const listEntered = (scope: Scope): Scalar[] => {
		const entries = scope.values[key];
		if (!Array.isArray(entries)) return [];
		const entered = entries.filter(isRecord).map((entry) => entry[cell || (Object.keys(entry)[0] ?? '')]);
		return entered.filter(
			(value): value is Scalar =>
				!isEmptyAnswer(value) &&
				typeof value !== 'object' &&
				(own === undefined || own(asking(scope, value))),
		);
	};
	return {
		options: [],
		find: (value, scope) =>
			listEntered(scope).includes(value as Scalar)
				? { value: value as Scalar, isOffered: () => true, isExclusive: false }
				: undefined,
		countOffered: (scope) => new Set(listEntered(scope)).size,
	};
}

function joinChoices(options: readonly Option[], others: Choices): Choices {
	const fixed = listChoices(options);
	return {
		options,
		find: (value, scope) => fixed.find(value, scope) ?? others.find(value, scope),
		countOffered: (scope) => fixed.countOffered(scope) + others.countOffered(scope),
	};
}
