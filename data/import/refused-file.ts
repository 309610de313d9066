import { type Table, writeTable } from '#data/export/table.ts';
import { type Issue, type Params, refusedFileLabels } from './codes.ts';
import type { ImportPlan } from './import-plan.ts';

/** Renders texts in the reader's language: a code of the closed lists and its parameters. */
export type RenderText = (code: string, params: Params) => string;

/** The parameters with which the text of an issue is rendered: its place, its value, and what its rule adds. */
export function issueParams({ row, column, value, params }: Issue): Params {
	return { row, column, value, ...params };
}

/**
 * The rows that were not stored, as a file to correct and import again: row, column and reason first, then every column
 * of the original. A row with several faults stands once, its reasons together.
 * @param createSchools as the import was or will be stored: without it, rows of unknown schools are refused too
 */
export async function writeRefusedFile(
	plan: ImportPlan,
	format: 'csv' | 'xlsx',
	render: RenderText,
	createSchools = false,
): Promise<Buffer> {
	const byRow = new Map<number, Issue[]>();
	for (const issue of plan.issues) byRow.set(issue.row, [...(byRow.get(issue.row) ?? []), issue]);
	if (!createSchools) for (const issue of waitingIssues(plan)) byRow.set(issue.row, [issue]);
	const refused = createSchools ? plan.refused : [...plan.refused, ...plan.waiting_cells];
	const [row, column, value, reason] = refusedFileLabels;
	const table: Table = {
		sheet: plan.sheet,
		columns: [
			...[row, column, value, reason].map((name) => ({ name, label: render(name, {}) })),
			...plan.titles.map((title, index) => ({ name: `cell ${index}`, label: title })),
		],
		rows: refused
			.toSorted((a, b) => a.row - b.row)
			.map((each) => {
				const issues = byRow.get(each.row) ?? [];
				const cells = each.cells.map((cell, index) => [`cell ${index}`, cell]);
				return {
					[row]: each.row,
					[column]: issues.map((issue) => issue.column).join('; '),
					[value]: issues.map((issue) => issue.value).join('; '),
					[reason]: issues.map((issue) => render(issue.code, issueParams(issue))).join(' '),
					...Object.fromEntries(cells),
				};
			}),
	};
	return writeTable(table, format);
}

/** Rows that wait for a school to be created, as the faults that they are without it. */
export function waitingIssues(plan: ImportPlan): Issue[] {
	const column = plan.columns.school ?? '';
	const index = plan.titles.indexOf(column);
	return plan.waiting_cells.map(({ row, cells }) => ({
		row,
		column,
		code: 'unknown-school' as const,
		params: {},
		value: cells[index] ?? '',
	}));
}
