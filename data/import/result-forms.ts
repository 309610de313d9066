import type { AggregateForm } from './aggregate-form.ts';
import { sumSheet } from './aggregate-sheets.ts';
import type { SheetKind } from './checked.ts';
import { itemSheet } from './item-completion-sheet.ts';
import { resultsSheet } from './results-sheet.ts';

/** The sheets that a file of results may be: rows of pupils, or one of the tables of sums. */
export const resultSheets: Record<AggregateForm | 'pupils', SheetKind> = {
	pupils: resultsSheet,
	marks: sumSheet('marks'),
	scores: sumSheet('scores'),
	journal: sumSheet('journal'),
	items: itemSheet(true),
	'item-rows': itemSheet(false),
};

/** The forms of results that have a template; completion of items is filled in by rows, as authorities hand it out by school. */
export const templateForms = ['pupils', 'marks', 'scores', 'journal', 'item-rows'] as const;
export type TemplateForm = (typeof templateForms)[number];
