import { ConditionRunner, ExpressionRunner } from 'survey-core';
import type { Condition, Scope } from './rule.ts';

/** Functions of SurveyJS expressions that need only values; the others ask a living survey and cannot run here. */
const FUNCTIONS = new Set([
	'sum',
	'min',
	'max',
	'count',
	'avg',
	'round',
	'trunc',
	'sumInArray',
	'minInArray',
	'maxInArray',
	'countInArray',
	'avgInArray',
	'iif',
	'getDate',
	'age',
	'dateDiff',
	'dateAdd',
	'currentDate',
	'today',
	'getYear',
	'currentYear',
	'diffDays',
	'year',
	'month',
	'day',
	'weekday',
	'substring',
]);

/** Words before a parenthesis that are operators and not functions. */
const OPERATORS = new Set([
	'and',
	'or',
	'not',
	'in',
	'contains',
	'anyof',
	'allof',
	'noneof',
	'empty',
	'notempty',
]);

const QUOTED = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g;

/** Why an expression cannot be evaluated without a living survey; undefined when it can. */
export function findExpressionFault(
	expression: string,
): { code: 'syntax' | 'function' | 'variable'; name: string } | undefined {
	if (!new ConditionRunner(expression).canRun()) return { code: 'syntax', name: expression };
	const bare = expression.replaceAll(QUOTED, "''");
	for (const [, name = ''] of bare.matchAll(/([\p{L}_][\p{L}\d_]*)\s*\(/gu)) {
		if (!FUNCTIONS.has(name) && !OPERATORS.has(name.toLowerCase())) return { code: 'function', name };
	}
	const living = bare.match(
		/\{\s*(?:\$|survey\.|prevRow\.|nextRow\.|prevPanel\.|nextPanel\.|totalRow\.)[^}]*\}/,
	);
	return living ? { code: 'variable', name: living[0] } : undefined;
}

/** Compiles a condition; `otherwise` stands where the survey gives none. */
export function compileCondition(expression: string | undefined, otherwise: boolean): Condition {
	if (!expression) return () => otherwise;
	const runner = new ConditionRunner(expression);
	return ({ values }) => runner.runValues(values);
}

/** Compiles a calculation. */
export function compileExpression(expression: string): (scope: Pick<Scope, 'values'>) => unknown {
	const runner = new ExpressionRunner(expression);
	return ({ values }) => runner.runValues(values);
}

/** True when all conditions hold. */
export function allOf(conditions: readonly Condition[]): Condition {
	return (scope) => conditions.every((condition) => condition(scope));
}
