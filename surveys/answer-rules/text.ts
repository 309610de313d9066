import type { Question, QuestionCommentModel, QuestionTextModel, SurveyModel } from 'survey-core';
import { isEmail } from './email.ts';
import { compileExpression } from './expression.ts';
import { LONGEST_TEXT, type Scope, type ValueRule } from './rule.ts';

const FORMATS: Readonly<Record<string, { test: (text: string) => boolean }>> = {
	email: { test: isEmail },
	date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
	'datetime-local':
		/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/,
	time: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/,
	month: /^\d{4}-(0[1-9]|1[0-2])$/,
	week: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/,
	color: /^#[0-9a-fA-F]{6}$/,
};

const MAY_BE_NUMBER = new Set(['number', 'range']);
const NUMBER_MASKS = new Set(['numeric', 'currency']);

/** Rule of a one-line text by its input type, mask, limits and length. */
export function compileText(question: QuestionTextModel): ValueRule {
	const { inputType, maskType } = question;
	if (
		MAY_BE_NUMBER.has(inputType) ||
		(NUMBER_MASKS.has(maskType) && !question.maskSettings.saveMaskedValue)
	) {
		return compileNumber(question);
	}
	const takesNumber =
		isReckoned(question) ||
		question.validators.some((validator) => validator.getType() === 'numericvalidator');
	const checkText = compileString(question, FORMATS[inputType]);
	return (value, item, scope) =>
		takesNumber && typeof value === 'number' && Number.isFinite(value)
			? value
			: checkText(value, item, scope);
}

/** True where the survey itself may write an answer that it reckoned: then a text field holds a number. */
function isReckoned(question: QuestionTextModel): boolean {
	const { survey, setValueExpression, defaultValueExpression } = question;
	if (setValueExpression || defaultValueExpression) return true;
	const triggers = (survey as SurveyModel | null)?.triggers ?? [];
	return triggers.some((trigger) => 'setToName' in trigger && trigger.setToName === question.name);
}

/** Rule of a text of several lines. */
export function compileComment(question: QuestionCommentModel): ValueRule {
	return compileString(question, undefined);
}

/** Rule of a remark beside an answer. */
export const checkRemark: ValueRule = (value, item, { report }) => {
	if (typeof value !== 'string') report(item, 'wrong-type', { expected: 'text' });
	else if (value.length > LONGEST_TEXT) report(item, 'too-long', { max: LONGEST_TEXT });
	return value;
};

function compileString(
	question: QuestionTextModel | QuestionCommentModel,
	format: { test: (text: string) => boolean } | undefined,
): ValueRule {
	const own = question.getMaxLength();
	const longest = typeof own === 'number' && own > 0 ? own : LONGEST_TEXT;
	const limits = format ? compileLimits(question as QuestionTextModel) : undefined;
	return (value, item, scope) => {
		if (typeof value !== 'string') scope.report(item, 'wrong-type', { expected: 'text' });
		else if (value.length > longest) scope.report(item, 'too-long', { max: longest });
		else if (format && !format.test(value))
			scope.report(item, 'bad-format', { expected: formatName(question) });
		else limits?.(value, item, scope);
		return value;
	};
}

function formatName(question: Question): string {
	return 'inputType' in question ? String(question.inputType) : 'text';
}

function compileNumber(question: QuestionTextModel): ValueRule {
	const limits = compileLimits(question);
	const step = question.inputType === 'number' ? Number(question.step) : Number.NaN;
	return (value, item, scope) => {
		if (typeof value !== 'number' || !Number.isFinite(value)) {
			scope.report(item, 'wrong-type', { expected: 'number' });
		} else if (step > 0 && !isMultiple(value, step)) {
			scope.report(item, 'off-step', { step });
		} else limits(value, item, scope);
		return value;
	};
}

/** True when `value` is a whole number of steps, whatever the rounding of decimal fractions does. */
export function isMultiple(value: number, step: number): boolean {
	const steps = value / step;
	return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}

type Limit = (scope: Scope) => unknown;

function compileLimits(
	question: QuestionTextModel,
): (value: number | string, item: string, scope: Scope) => void {
	const min = compileLimit(question.min, question.minValueExpression);
	const max = compileLimit(question.max, question.maxValueExpression);
	return (value, item, scope) => {
		// The first digits of a number may lie outside its limits.
		if (!scope.complete) return;
		const lowest = min && asComparable(min(scope), value);
		const highest = max && asComparable(max(scope), value);
		if (lowest !== undefined && value < lowest) scope.report(item, 'out-of-range', { min: lowest });
		else if (highest !== undefined && value > highest) scope.report(item, 'out-of-range', { max: highest });
	};
}

// SurveyJS writes an expression into `min` and `max` themselves with a leading equals sign.
function compileLimit(constant: unknown, expression: string): Limit | undefined {
	const formula =
		expression || (typeof constant === 'string' && constant.startsWith('=') ? constant.slice(1) : '');
	if (formula) return compileExpression(formula);
	return constant === undefined || constant === null || constant === '' ? undefined : () => constant;
}

function asComparable(limit: unknown, value: number | string): number | string | undefined {
	if (typeof value === 'number') {
		const number = Number(limit);
		return limit === undefined || limit === null || limit === '' || Number.isNaN(number) ? undefined : number;
	}
	if (limit instanceof Date) return writeLocalDate(limit, value.length > 10);
	return typeof limit === 'string' && limit !== '' ? limit : undefined;
}

function writeLocalDate(date: Date, withTime: boolean): string {
	const pad = (part: number): string => String(part).padStart(2, '0');
	const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
	return withTime ? `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}` : day;
}
