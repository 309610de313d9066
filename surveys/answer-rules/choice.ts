import type {
	ItemValue,
	QuestionBooleanModel,
	QuestionCheckboxModel,
	QuestionRankingModel,
	QuestionRatingModel,
	QuestionSliderModel,
} from 'survey-core';
import type { Choices, Scalar } from './choices.ts';
import { isRecord, type ValueRule } from './rule.ts';
import { isMultiple } from './text.ts';

/** Rule of one chosen value. */
export function compileSingle(choices: Choices): ValueRule {
	return (value, item, scope) => {
		if (typeof value === 'object') scope.report(item, 'wrong-type', { expected: 'choice' });
		else if (!choices.find(value, scope)) scope.report(item, 'not-listed', { value: describe(value) });
		return value;
	};
}

/** Rule of a list of chosen values. */
export function compileSeveral(choices: Choices, max: number): ValueRule {
	return (value, item, scope) => {
		if (!Array.isArray(value)) {
			scope.report(item, 'wrong-type', { expected: 'list' });
			return value;
		}
		const found = value.map((entry) => choices.find(entry, scope));
		const unlisted = found.indexOf(undefined);
		if (unlisted >= 0) scope.report(item, 'not-listed', { value: describe(value[unlisted]) });
		else if (new Set(value).size < value.length) scope.report(item, 'duplicate-value');
		else if (max > 0 && value.length > max) scope.report(item, 'too-many', { max });
		else if (value.length > 1 && found.some((option) => option?.isExclusive)) {
			scope.report(item, 'exclusive-value');
		}
		return value;
	};
}

/** Least number of choices, asked of an empty answer too, as SurveyJS does; a single exclusive choice is enough. */
export function compileFewest(question: QuestionCheckboxModel, { options }: Choices): ValueRule {
	const min = question.minSelectedChoices;
	const exclusive = new Set(options.filter(({ isExclusive }) => isExclusive).map(({ value }) => value));
	return (value, item, { complete, report }) => {
		const count = Array.isArray(value) ? value.length : 0;
		const isExclusive = count === 1 && Array.isArray(value) && exclusive.has(value[0]);
		if (complete && min > 0 && count < min && !isExclusive) report(item, 'too-few', { min });
		return value;
	};
}

/** Rule of an order of all offered options, or of some where the participant picks what to rank. */
export function compileRanking(question: QuestionRankingModel, choices: Choices): ValueRule {
	const checkList = compileSeveral(choices, question.maxSelectedChoices);
	return (value, item, scope) => {
		const kept = checkList(value, item, scope);
		const offered = choices.countOffered(scope);
		if (!question.selectToRankEnabled && Array.isArray(value) && value.length < offered) {
			scope.report(item, 'incomplete-ranking', { given: value.length, expected: offered });
		}
		return kept;
	};
}

/** Rule of a rating: one of its rates, as a number where the rate is a number. */
export function compileRating(question: QuestionRatingModel): ValueRule {
	const rates = question.visibleRateValues.map((rate: ItemValue) => rate.value as Scalar);
	const numbers = rates.filter((rate): rate is number => typeof rate === 'number');
	return (value, item, { report }) => {
		if (rates.includes(value as Scalar)) return value;
		if (numbers.length === 0) report(item, 'not-listed', { value: describe(value) });
		else if (typeof value !== 'number') report(item, 'wrong-type', { expected: 'number' });
		else report(item, 'out-of-range', { min: Math.min(...numbers), max: Math.max(...numbers) });
		return value;
	};
}

/** Rule of yes or no, in the values that the survey gives to them. */
export function compileBoolean(question: QuestionBooleanModel): ValueRule {
	const values: unknown[] = [question.valueTrue ?? true, question.valueFalse ?? false];
	return (value, item, { report }) => {
		if (!values.includes(value)) report(item, 'wrong-type', { expected: 'boolean' });
		return value;
	};
}

/** Rule of a slider: one number, or two in order. */
export function compileSlider(question: QuestionSliderModel): ValueRule {
	const { min, max, step } = question;
	const isRange = question.sliderType === 'range';
	const expected = isRange ? 'range' : 'number';
	return (value, item, { report }) => {
		const numbers: unknown = isRange ? value : [value];
		if (!Array.isArray(numbers) || numbers.length !== (isRange ? 2 : 1) || !numbers.every(Number.isFinite)) {
			report(item, 'wrong-type', { expected });
		} else if (numbers.some((number, index) => number < (numbers[index - 1] ?? min) || number > max)) {
			report(item, 'out-of-range', { min, max });
		} else if (step > 0 && numbers.some((number) => !isMultiple(number - min, step))) {
			report(item, 'off-step', { step });
		}
		return value;
	};
}

function describe(value: unknown): string {
	const text = isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
	return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
