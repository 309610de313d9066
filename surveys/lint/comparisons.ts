import {
	ArrayOperand,
	BinaryOperand,
	ConditionsParser,
	Const,
	type Operand,
	UnaryOperand,
	Variable,
} from 'survey-core';

const COMPARING = new Set([
	'equal',
	'notequal',
	'greater',
	'greaterorequal',
	'less',
	'lessorequal',
	'contains',
	'notcontains',
	'anyof',
	'allof',
	'noneof',
]);

/**
 * With which constants conditions compare each name. Undefined when something else is reckoned in one of them (a sum, a
 * function, one answer against another): then typed answers cannot be told apart by these constants.
 */
export function findComparisons(conditions: readonly string[]): Map<string, unknown[]> | undefined {
	const found = new Map<string, unknown[]>();
	const isPlain = conditions.every((condition) => {
		const parsed = new ConditionsParser().parseExpression(condition) as Operand | undefined;
		return parsed !== undefined && collect(parsed, found);
	});
	return isPlain ? found : undefined;
}

function collect(operand: Operand, found: Map<string, unknown[]>): boolean {
	if (operand instanceof UnaryOperand) {
		const { operatorName, expression } = operand as unknown as { operatorName: string; expression: Operand };
		if (operatorName === 'negate') return collect(expression, found);
		return note(expression, [], found);
	}
	// An array is a binary operand in SurveyJS's classes, too.
	if (!(operand instanceof BinaryOperand)) return false;
	const { operatorName, leftOperand, rightOperand } = operand as unknown as {
		operatorName: string;
		leftOperand: Operand;
		rightOperand: Operand;
	};
	if (operatorName === 'and' || operatorName === 'or')
		return collect(leftOperand, found) && collect(rightOperand, found);
	if (!COMPARING.has(operatorName)) return false;
	const values = constantsOf(rightOperand);
	return values !== undefined && note(leftOperand, values, found);
}

function note(operand: Operand, values: readonly unknown[], found: Map<string, unknown[]>): boolean {
	if (!(operand instanceof Variable)) return false;
	const name = String(operand.variable).replace(/^#/, '');
	found.set(name, [...(found.get(name) ?? []), ...values]);
	return true;
}

function constantsOf(operand: Operand): unknown[] | undefined {
	if (operand instanceof ArrayOperand) {
		const parts = (operand as unknown as { values: Operand[] }).values.map(constantsOf);
		return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
	}
	return operand instanceof Const && !(operand instanceof Variable)
		? [(operand as unknown as { correctValue: unknown }).correctValue]
		: undefined;
}
