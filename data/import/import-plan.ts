import type { CheckedHead, RefusedRow } from './check-file.ts';
import type { NewMunicipality, NewSchool } from './checked.ts';
import type { Coerced, Issue } from './codes.ts';
import type { ImportKind } from './context.ts';
import type { PackedRows } from './packed-rows.ts';

/** What storing a file would do; nothing is stored yet. */
export interface ImportPlan
	extends Omit<CheckedHead, 'unknown_schools' | 'unknown_municipalities' | 'written'> {
	kind: ImportKind;
	file_name: string;
	sha256: string;
	procedure_id: string | null;
	places: string[];
	issues: Issue[];
	/** cells read otherwise than written, one by one up to 20,000; `coerced_counts` counts all */
	coerced: Coerced[];
	unknown_schools: string[];
	unknown_municipalities: string[];
	new_schools: NewSchool[];
	new_municipalities: NewMunicipality[];
	/** the first rows as they will be stored, by the titles of the file */
	preview: { columns: { name: string; label: string }[]; rows: Record<string, string | number | null>[] };
	rows: PackedRows;
	/** rows of schools the registry does not know: stored only with `createSchools`, counted as refused until then */
	waiting: PackedRows;
	refused: RefusedRow[];
	waiting_cells: RefusedRow[];
}

export interface StoredImport {
	/** the batch; a file with results of several procedures makes one batch for each, the first stands here */
	batch_id: string;
	batch_ids: string[];
	counts: { new: number; changed: number; skipped: number; refused: number };
}
