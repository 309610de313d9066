import type { QuestionMatrixModel } from 'survey-core';
import { compileSeveral, compileSingle } from './choice.ts';
import { compileOptions, listChoices } from './choices.ts';
import { type Answers, isEmptyAnswer, isRecord, type Scope, type ValueRule } from './rule.ts';

/** Rule of a matrix: one or several columns chosen in each row, or for the whole where it has no rows. */
export function compileMatrix(question: QuestionMatrixModel): ValueRule {
	const columns = listChoices(compileOptions(question.columns, question.columnsVisibleIf));
	const checkCell = question.cellType === 'checkbox' ? compileSeveral(columns, 0) : compileSingle(columns);
	if (question.rows.length === 0) return checkCell;

	const rows = compileOptions(question.rows, question.rowsVisibleIf).map(({ value, isOffered }) => ({
		name: String(value),
		isOffered,
	}));
	const names = new Set(rows.map(({ name }) => name));
	const { eachRowRequired, eachRowUnique } = question;

	return (value, item, scope) => {
		if (!isRecord(value)) {
			scope.report(item, 'wrong-type', { expected: 'rows' });
			return value;
		}
		for (const name of Object.keys(value)) {
			if (!names.has(name)) scope.report(`${item}.${name}`, 'unknown-name');
		}
		const kept: Answers = {};
		for (const { name, isOffered } of rows) {
			if (!isOffered(scope)) continue;
			const cell = Object.hasOwn(value, name) ? value[name] : undefined;
			if (!isEmptyAnswer(cell)) kept[name] = checkCell(cell, `${item}.${name}`, scope);
			else if (eachRowRequired && scope.complete) scope.report(`${item}.${name}`, 'required');
		}
		if (eachRowUnique) reportRepeated(kept, item, scope);
		return Object.keys(kept).length > 0 ? kept : undefined;
	};
}

function reportRepeated(kept: Answers, item: string, { report }: Scope): void {
	const seen = new Set<unknown>();
	for (const [row, value] of Object.entries(kept)) {
		if (seen.has(value)) report(`${item}.${row}`, 'not-unique');
		seen.add(value);
	}
}
