import type { SheetData } from 'write-excel-file/node';
import writeXlsx from 'write-excel-file/node';
import { type TableValue, writeTable } from '#data/export/table.ts';
import { exampleProcedure } from './aggregate-columns.ts';
import { type ImportContext, type ImportKind, isOfPupils, type KnownProcedure } from './context.ts';
import { sheetKinds } from './kinds.ts';
import { resultSheets, type TemplateForm } from './result-forms.ts';
import type { ColumnRule } from './sheet.ts';

const words = {
	ru: {
		sheet: 'Пояснения',
		column: 'Столбец',
		needed: 'Обязателен',
		how: 'Как заполнять',
		yes: 'да',
		no: 'нет',
		first:
			'Строки на первом листе — примеры: замените их своими. Порядок столбцов не важен, лишние столбцы не мешают.',
		results: 'Имён учеников в файле быть не должно: такой файл не принимается.',
		sums: 'Одна строка — школа (или её группа, её задание). Строки с итогами по району и региону можно оставить: школами они не считаются.',
	},
	en: {
		sheet: 'Explanations',
		column: 'Column',
		needed: 'Required',
		how: 'How to fill in',
		yes: 'yes',
		no: 'no',
		first:
			'The rows of the first sheet are examples: put your own in their place. The order of columns does not matter, further columns do no harm.',
		results: "There must be no pupils' names in the file: such a file is not accepted.",
		sums: 'One row per school (or its group, its item). Rows with sums of the district or the region may stay: they are not taken for schools.',
	},
};

/** What a table of sums is shown for when no procedure is chosen: twenty points and a few items. */
const exampleOfScale: KnownProcedure = {
	id: exampleProcedure,
	kind: 'vpr',
	year: 2026,
	grade: 4,
	subject: 'math',
	title: exampleProcedure,
	max_score: 20,
	cutoffs: null,
	fail_below: null,
	items: [
		{ id: '1', max: 1 },
		{ id: '2', max: 2 },
		{ id: '5.1', max: 1 },
	],
	document: '',
	valid_from: '2026-01-01',
};

/**
 * The canonical sheet of a kind with example rows, importable as it is. XLSX carries a second sheet that explains each
 * column; CSV is the first sheet alone.
 * @param procedure for results: the procedure whose items or scores become columns and whose code stands in the examples
 * @param form for results: rows of pupils, or one of the tables of sums by school
 */
export async function writeTemplate(
	kind: ImportKind,
	language: 'ru' | 'en',
	format: 'csv' | 'xlsx' = 'xlsx',
	procedure?: KnownProcedure,
	form: TemplateForm = 'pupils',
): Promise<Buffer> {
	const isSums = kind === 'results' && form !== 'pupils';
	const { name, columns } = isSums ? resultSheets[form] : sheetKinds[kind];
	const example = isSums ? exampleOfScale : undefined;
	const context: ImportContext = {
		today: new Date().toISOString().slice(0, 10),
		places: [],
		municipalities: [],
		schools: [],
		procedures: [procedure ?? example].filter((each) => each !== undefined),
		staff: [],
	};
	const rules = columns(context, { procedure_id: null, score_requires: [] });
	const examples = Math.max(...rules.map((rule) => rule.examples.length));
	const rows = Array.from({ length: examples }, (_, index) =>
		Object.fromEntries(
			rules.map((rule) => {
				const isCode = procedure !== undefined && rule.field === 'procedure';
				return [rule.field, isCode ? procedure.id : ((rule.examples[index] ?? null) as TableValue)];
			}),
		),
	);
	const heads = rules.map((rule) => ({ name: rule.field, label: rule.titles[language] }));
	if (format === 'csv') return writeTable({ columns: heads, rows }, 'csv');
	const text = words[language];
	const notes = [text.first, ...(isSums ? [text.sums] : []), ...(isOfPupils(kind) ? [text.results] : [])];
	return writeExplainedSheet(name[language], rules, rows, notes, language);
}

/** A workbook of two sheets: rows to fill in under the titles of the rules, and what each column means. */
export async function writeExplainedSheet(
	name: string,
	rules: readonly ColumnRule[],
	rows: readonly Record<string, TableValue>[],
	notes: readonly string[],
	language: 'ru' | 'en',
): Promise<Buffer> {
	const text = words[language];
	const heads = rules.map((rule) => ({ name: rule.field, label: rule.titles[language] }));
	const explanations: SheetData = [
		...notes.map((note) => [{ value: note }]),
		[],
		[text.column, text.needed, text.how].map((value) => ({ value, fontWeight: 'bold' as const })),
		...rules.map((rule) => [
			{ value: rule.titles[language] },
			{ value: rule.required ? text.yes : text.no },
			{ value: rule.help[language] },
		]),
	];
	const data: SheetData = [
		heads.map(({ label }) => ({ value: label, fontWeight: 'bold' as const })),
		...(rows.map((row) => heads.map((head) => row[head.name] ?? null)) as SheetData),
	];
	return writeXlsx([
		{
			data,
			sheet: name,
			stickyRowsCount: 1,
			columns: heads.map(({ label }) => ({ width: label.length + 6 })),
		},
		{ data: explanations, sheet: text.sheet, columns: [{ width: 28 }, { width: 14 }, { width: 100 }] },
	]).toBuffer();
}
