import type { SheetKind } from './checked.ts';
import type { ImportKind } from './context.ts';
import { federalListSheet } from './federal-list-sheet.ts';
import { medalCandidatesSheet } from './medal-candidates-sheet.ts';
import { proceduresSheet } from './procedures-sheet.ts';
import { resultsSheet } from './results-sheet.ts';
import { schoolContextSheet } from './school-context-sheet.ts';
import { schoolsSheet } from './schools-sheet.ts';
import { staffSheet } from './staff-sheet.ts';

/** The kinds of sheets by their names. */
export const sheetKinds: Record<ImportKind, SheetKind> = {
	schools: schoolsSheet,
	staff: staffSheet,
	procedures: proceduresSheet,
	results: resultsSheet,
	'federal-list': federalListSheet,
	'medal-candidates': medalCandidatesSheet,
	'school-context': schoolContextSheet,
};
