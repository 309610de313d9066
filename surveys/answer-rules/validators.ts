import type {
	AnswerCountValidator,
	ExpressionValidator,
	NumericValidator,
	Question,
	RegexValidator,
	SurveyValidator,
	TextValidator,
} from 'survey-core';
import { isEmail } from './email.ts';
import { compileCondition } from './expression.ts';
import { compilePattern } from './pattern.ts';
import type { ValueRule } from './rule.ts';

/** The validators that the author put on a question, for an answer that is there. */
export function compileValidators(question: Question): ValueRule[] {
	return listRefusing(question).map(compileValidator);
}

/** The validators that speak about an empty answer too. */
export function listAlwaysAsked(question: Question): ValueRule[] {
	return listRefusing(question)
		.filter((validator) => validator.getType() === 'expressionvalidator')
		.map(compileValidator);
}

// Warnings and notes do not refuse an answer.
function listRefusing(question: Question): SurveyValidator[] {
	return question.validators.filter(
		({ notificationType }) => !notificationType || notificationType === 'error',
	);
}

function compileValidator(validator: SurveyValidator): ValueRule {
	switch (validator.getType()) {
		case 'numericvalidator':
			return compileNumeric(validator as NumericValidator);
		case 'textvalidator':
			return compileLength(validator as TextValidator);
		case 'answercountvalidator':
			return compileCount(validator as AnswerCountValidator);
		case 'regexvalidator':
			return compileRegex(validator as RegexValidator);
		case 'emailvalidator':
			return (value, item, { report }) => {
				if (!isEmail(String(value))) report(item, 'bad-format', { expected: 'email' });
				return value;
			};
		case 'expressionvalidator': {
			const holds = compileCondition((validator as ExpressionValidator).expression, true);
			return (value, item, scope) => {
				if (scope.complete && !holds(scope)) scope.report(item, 'expression-failed');
				return value;
			};
		}
		default:
			throw new RangeError(`no rule for the validator ${validator.getType()}`);
	}
}

function compileNumeric({ minValue, maxValue }: NumericValidator): ValueRule {
	return (value, item, { complete, report }) => {
		if (!complete) return value;
		const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
		if (!Number.isFinite(number)) report(item, 'wrong-type', { expected: 'number' });
		else if (typeof minValue === 'number' && number < minValue)
			report(item, 'out-of-range', { min: minValue });
		else if (typeof maxValue === 'number' && number > maxValue)
			report(item, 'out-of-range', { max: maxValue });
		// SurveyJS turns the text of a number into the number here; the kept answer is the same in both cases.
		return Number.isFinite(number) ? number : value;
	};
}

function compileLength({ minLength, maxLength, allowDigits }: TextValidator): ValueRule {
	return (value, item, { report }) => {
		const text = String(value);
		if (allowDigits === false && /\d$/.test(text)) report(item, 'bad-format', { expected: 'no-digits' });
		else if (minLength > 0 && text.length < minLength) report(item, 'too-short', { min: minLength });
		else if (maxLength > 0 && text.length > maxLength) report(item, 'too-long', { max: maxLength });
		return value;
	};
}

function compileCount({ minCount, maxCount }: AnswerCountValidator): ValueRule {
	return (value, item, { report }) => {
		const count = Array.isArray(value) ? value.length : 0;
		if (count > 0 && minCount && count < minCount) report(item, 'too-few', { min: minCount });
		else if (count > 0 && maxCount && count > maxCount) report(item, 'too-many', { max: maxCount });
		return value;
	};
}

function compileRegex({ regex, caseInsensitive }: RegexValidator): ValueRule {
	const { matches, longest } = compilePattern(regex, caseInsensitive);
	return (value, item, { report }) => {
		const texts = (Array.isArray(value) ? value : [value]).map(String);
		if (texts.some(({ length }) => length > longest)) report(item, 'too-long', { max: longest });
		else if (!texts.every(matches)) report(item, 'bad-format', { expected: regex });
		return value;
	};
}
