import { type Answers, isEmptyAnswer, type QuestionRule, type Scope } from './rule.ts';
import { checkRemark } from './text.ts';

/** Checks a set of questions whose answers stand in one object, and gives back the answers of the visible ones. */
export type Container = (given: Answers, prefix: string, scopeOf: (current: Answers) => Scope) => Answers;

/**
 * Compiles questions into a container. A hidden question loses its answer, and with it what stood open because of that
 * answer, until nothing more is hidden; only then are the rest checked.
 */
export function compileContainer(rules: readonly QuestionRule[]): Container {
	const known = new Set(rules.flatMap(({ key, commentKey }) => (commentKey ? [key, commentKey] : [key])));

	return (given, prefix, scopeOf) => {
		const { report } = scopeOf(given);
		for (const name of Object.keys(given)) {
			// Sums under a table are the form's own reckoning: neither refused nor kept.
			const isTotal = name.endsWith('-total') && known.has(name.slice(0, -'-total'.length));
			if (!known.has(name) && !isTotal) report(prefix + name, 'unknown-name');
		}
		const current = keepAnswered(given, known, rules);
		const visible = dropHidden(current, rules, scopeOf);
		const scope = scopeOf(current);
		const kept: Answers = {};
		for (const rule of visible) keepChecked(rule, current, prefix, scope, kept);
		return kept;
	};
}

function keepAnswered(given: Answers, known: ReadonlySet<string>, rules: readonly QuestionRule[]): Answers {
	const calculated = new Set(rules.filter(({ calculate }) => calculate).map(({ key }) => key));
	return Object.fromEntries(
		Object.entries(given).filter(
			([name, value]) => known.has(name) && !calculated.has(name) && !isEmptyAnswer(value),
		),
	);
}

function dropHidden(
	current: Answers,
	rules: readonly QuestionRule[],
	scopeOf: (current: Answers) => Scope,
): QuestionRule[] {
	for (;;) {
		const scope = scopeOf(current);
		const visible: QuestionRule[] = [];
		let dropped = false;
		for (const rule of rules) {
			if (rule.isVisible(scope)) {
				visible.push(rule);
				continue;
			}
			for (const name of [rule.key, rule.commentKey]) {
				if (name === undefined || !Object.hasOwn(current, name)) continue;
				delete current[name];
				dropped = true;
			}
		}
		if (!dropped) return visible;
	}
}

function keepChecked(
	rule: QuestionRule,
	current: Answers,
	prefix: string,
	scope: Scope,
	kept: Answers,
): void {
	if (rule.calculate) {
		const value = rule.calculate(scope);
		if (!isEmptyAnswer(value) && !(value instanceof Date)) kept[rule.key] = value;
		return;
	}
	const item = prefix + rule.key;
	const isEnabled = rule.isEnabled(scope);
	if (!Object.hasOwn(current, rule.key)) {
		if (scope.complete && isEnabled && rule.isRequired(scope)) scope.report(item, 'required');
		if (scope.complete && isEnabled) rule.checkEmpty?.(item, scope);
	} else {
		// What is disabled keeps the value it was given; nothing can be demanded of it.
		const value = rule.check(current[rule.key], item, isEnabled ? scope : { ...scope, complete: false });
		if (!isEmptyAnswer(value)) kept[rule.key] = value;
		else if (scope.complete && isEnabled && rule.isRequired(scope)) scope.report(item, 'required');
	}
	if (rule.commentKey === undefined) return;
	const remark = current[rule.commentKey];
	if (remark !== undefined) kept[rule.commentKey] = checkRemark(remark, prefix + rule.commentKey, scope);
	else if (scope.complete && isEnabled && rule.needsComment?.(current[rule.key])) {
		scope.report(item, 'comment-required');
	}
}
