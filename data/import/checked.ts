import type { NoteCode } from './codes.ts';
import type { ImportContext, ImportKind } from './context.ts';
import type { ColumnRule, ReadSheet } from './sheet.ts';

/** What the check of a sheet says: rows to store, and what storing them would do. */
export interface Checked<Row = unknown> {
	rows: Row[];
	/** rows waiting for schools that the registry does not know: stored only when these are to be created */
	waiting: Row[];
	unknown_schools: NewSchool[];
	unknown_municipalities: NewMunicipality[];
	changed: number;
	skipped: number;
	notes: Partial<Record<NoteCode, number>>;
}

export interface NewSchool {
	id: string;
	municipality_id: string;
}

export interface NewMunicipality {
	id: string;
	region_id: string;
	name: string;
}

/** What a kind of sheet may ask of the one who imports. */
export interface CheckOptions {
	procedure_id: string | null;
	score_requires: string[];
}

/** One kind of sheet: its columns for a context and the check of its typed rows. */
export interface SheetKind<Row = unknown> {
	kind: ImportKind;
	name: { ru: string; en: string };
	columns(context: ImportContext, options: CheckOptions): ColumnRule[];
	check(read: ReadSheet, context: ImportContext, options: CheckOptions): Checked<Row>;
}

/** An answer to which nothing has been added yet. */
export function nothingChecked<Row>(): Checked<Row> {
	return {
		rows: [],
		waiting: [],
		unknown_schools: [],
		unknown_municipalities: [],
		changed: 0,
		skipped: 0,
		notes: {},
	};
}

/** Counts a note. */
export function countNote(checked: Checked, code: NoteCode, times = 1): void {
	checked.notes[code] = (checked.notes[code] ?? 0) + times;
}
