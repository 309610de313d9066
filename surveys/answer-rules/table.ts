import type {
	MatrixDropdownColumn,
	Question,
	QuestionMatrixDropdownModel,
	QuestionMatrixDynamicModel,
	QuestionPanelDynamicModel,
} from 'survey-core';
import { compileOptions } from './choices.ts';
import { type Container, compileContainer } from './container.ts';
import { allOf, compileCondition } from './expression.ts';
import {
	type Answers,
	isEmptyAnswer,
	isRecord,
	type QuestionRule,
	type Scope,
	type ValueRule,
} from './rule.ts';

/** Compiles one question; handed in, because tables stand inside questions and questions inside tables. */
export type CompileQuestion = (
	question: Question,
	inheritedFrom?: QuestionMatrixDropdownModel,
) => QuestionRule[];

/** The most rows or panels taken where the survey sets no limit. */
const MOST_ENTRIES = 1000;

/** Rule of a matrix whose rows are fixed and whose cells are questions. */
export function compileFixedTable(
	question: QuestionMatrixDropdownModel,
	compile: CompileQuestion,
): ValueRule {
	const columns = compileColumns(question, compile);
	const rows = compileOptions(question.rows, question.rowsVisibleIf);
	const names = new Set(rows.map(({ value }) => String(value)));
	const unique = listUniqueColumns(question.columns);

	return (value, item, scope) => {
		if (!isRecord(value)) {
			scope.report(item, 'wrong-type', { expected: 'rows' });
			return value;
		}
		for (const name of Object.keys(value)) {
			if (!names.has(name)) scope.report(`${item}.${name}`, 'unknown-name');
		}
		const kept: Answers = {};
		rows.forEach((row, rowIndex) => {
			if (!row.isOffered(scope)) return;
			const name = String(row.value);
			const cells = checkEntry(columns, value[name] ?? {}, `${item}.${name}`, scope, (current) => ({
				row: current,
				rowIndex: rowIndex + 1,
				rowName: row.value,
				rowValue: row.value,
			}));
			if (!isEmptyAnswer(cells)) kept[name] = cells;
		});
		reportRepeated(Object.entries(kept), unique, item, scope);
		return Object.keys(kept).length > 0 ? kept : undefined;
	};
}

/** Rule of a matrix to which the participant adds rows. */
export function compileGrowingTable(
	question: QuestionMatrixDynamicModel,
	compile: CompileQuestion,
): ValueRule {
	const unique = listUniqueColumns(question.columns, question.keyName);
	const columns = compileColumns(question, compile);
	return compileEntries(columns, question.minRowCount, question.maxRowCount, unique, (row, index) => ({
		row,
		rowIndex: index + 1,
	}));
}

/** Rule of a panel that the participant repeats. */
export function compilePanels(question: QuestionPanelDynamicModel, compile: CompileQuestion): ValueRule {
	const container = compileContainer(
		question.template.questions.flatMap((inner) => compile(inner as Question)),
	);
	const unique = question.keyName ? [question.keyName] : [];
	return compileEntries(
		container,
		question.minPanelCount,
		question.maxPanelCount,
		unique,
		(panel, panelIndex) => ({
			panel,
			panelIndex,
		}),
	);
}

function compileColumns(
	question: QuestionMatrixDropdownModel | QuestionMatrixDynamicModel,
	compile: CompileQuestion,
): Container {
	// What opens under a row stands in the same object as its cells.
	const details =
		question.detailPanelMode === 'none'
			? []
			: question.detailPanel.questions.flatMap((inner) => compile(inner as Question));
	return compileContainer([
		...details,
		...question.columns.flatMap((column) => {
			// A kind of cell that the table names after its columns reaches them only now.
			column.defaultCellTypeChanged();
			const shown = compileCondition(question.columnsVisibleIf, true);
			return compile(column.templateQuestion, question as QuestionMatrixDropdownModel).map((rule) => ({
				...rule,
				key: column.name,
				isVisible: allOf([
					rule.isVisible,
					(scope: Scope) => shown({ ...scope, values: { ...scope.values, item: column.name } }),
				]),
			}));
		}),
	]);
}

function listUniqueColumns(columns: readonly MatrixDropdownColumn[], keyName = ''): string[] {
	const unique = columns.filter(({ isUnique }) => isUnique).map(({ name }) => name);
	return keyName === '' || unique.includes(keyName) ? unique : [...unique, keyName];
}

function compileEntries(
	container: Container,
	min: number,
	max: number,
	unique: readonly string[],
	namesOf: (current: Answers, index: number) => Answers,
): ValueRule {
	const most = max > 0 ? Math.min(max, MOST_ENTRIES) : MOST_ENTRIES;
	return (value, item, scope) => {
		if (!Array.isArray(value)) {
			scope.report(item, 'wrong-type', { expected: 'list' });
			return value;
		}
		if (value.length > most) {
			scope.report(item, 'too-many', { max: most });
			return value;
		}
		const missing = scope.complete ? Math.max(0, min - value.length) : 0;
		const kept = [...value, ...Array.from({ length: missing }, () => ({}))].map((entry: unknown, index) =>
			checkEntry(container, entry ?? {}, `${item}[${index}]`, scope, (current) => namesOf(current, index)),
		);
		reportRepeated(
			kept.map((entry, index) => [String(index), entry]),
			unique,
			item,
			scope,
		);
		return kept.every(isEmptyAnswer) ? undefined : kept.slice(0, value.length);
	};
}

function checkEntry(
	container: Container,
	entry: unknown,
	item: string,
	scope: Scope,
	namesOf: (current: Answers) => Answers,
): unknown {
	if (!isRecord(entry)) {
		scope.report(item, 'wrong-type', { expected: 'row' });
		return entry;
	}
	return container(entry, `${item}.`, (current) => ({
		...scope,
		values: { ...scope.values, ...namesOf(current) },
	}));
}

function reportRepeated(
	entries: readonly (readonly [string, unknown])[],
	unique: readonly string[],
	item: string,
	{ report }: Scope,
): void {
	for (const column of unique) {
		const seen = new Set<unknown>();
		for (const [name, entry] of entries) {
			const value = isRecord(entry) ? entry[column] : undefined;
			if (isEmptyAnswer(value)) continue;
			if (seen.has(value)) report(`${item}.${name}.${column}`, 'not-unique');
			seen.add(value);
		}
	}
}
