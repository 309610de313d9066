import type { Generated } from 'kysely';

/** Tables of the records: what assessments of pupils gave, school by school. How values are written: `../schema.ts`. */
export interface ResultsTables {
	procedure: ProcedureRow;
	batch: BatchRow;
	pupil_result: PupilResultRow;
	federal_marker: FederalMarkerRow;
	medal_candidate: MedalCandidateRow;
	school_context: SchoolContextRow;
	aggregate_result: AggregateResultRow;
	item_completion: ItemCompletionRow;
	flag_reply: FlagReplyRow;
	remarking: RemarkingRow;
	remarking_event: RemarkingEventRow;
}

export interface ProcedureRow {
	id: string;
	kind: string;
	year: number;
	grade: number | null;
	subject: string;
	title: string;
	max_score: number;
	/** JSON `{ "3": n, "4": n, "5": n }` or null */
	cutoffs: string | null;
	fail_below: number | null;
	/** JSON `[{ id, max }]` */
	items: string;
	/** the document that fixed the scale */
	document: string;
	valid_from: string;
}

/** One import, withdrawable as a whole. */
export interface BatchRow {
	id: string;
	/** `schools`, `staff`, `procedures`, `results`, `federal-list`, `medal-candidates`, `school-context` */
	kind: string;
	file_name: string;
	sha256: string;
	procedure_id: string | null;
	place: string;
	rows_new: number;
	rows_changed: number;
	rows_skipped: number;
	rows_refused: number;
	imported_by: string;
	imported_at: string;
	withdrawn_at: string | null;
	withdrawn_by: string | null;
	/** null while its rows are still arriving; such a batch is read by nobody */
	stored_at: string | null;
}

export interface PupilResultRow {
	batch_id: string;
	row_number: number;
	procedure_id: string;
	school_id: string;
	class: string | null;
	variant: string | null;
	/** primary score; null = absent */
	score: number | null;
	mark: number | null;
	journal_mark: number | null;
	/** JSON array of item scores in the procedure's order, null = missing; null when the file has no items */
	items: string | null;
	/** JSON array of note codes, e.g. `above-max`, `mark-disagrees` */
	notes: string | null;
	/** the same in all procedures and years, given by the school or the region; null when the file has none */
	pupil: string | null;
}

/** A school leaver put forward for a medal of class 1 or 2, under the code of `pupil_result`. */
export interface MedalCandidateRow {
	batch_id: string;
	row_number: number;
	year: number;
	school_id: string;
	pupil: string;
	medal: number;
}

/** A school in a list of the authority for a year: 1 where the list marks the procedure. */
export interface FederalMarkerRow {
	batch_id: string;
	row_number: number;
	year: number;
	school_id: string;
	russian_4: number;
	mathematics_4: number;
	russian_5: number;
	mathematics_5: number;
}

/** The social make-up of a school in the school year that ends in `year`: shares in percent, null where unknown. */
export interface SchoolContextRow {
	batch_id: string;
	row_number: number;
	year: number;
	school_id: string;
	higher_education: number | null;
	incomplete_families: number | null;
	large_or_low_income: number | null;
	on_registers: number | null;
	other_language: number | null;
	special_needs: number | null;
	vacancies: number | null;
	/** the decision that names the school as one in hard social conditions */
	decision: string | null;
}

/** What a table says of the items of one procedure in a school, a municipality, a region or the country. */
export interface ItemCompletionRow {
	batch_id: string;
	/** `school/…`, `municipality/…`, `region/…` or `country` */
	place: string;
	row_number: number;
	procedure_id: string;
	/** the school of the place; null for the wholes around it */
	school_id: string | null;
	/** participants, where the table gives them */
	n: number | null;
	/** JSON array: percents of completion in the order of the procedure's items, null where the table has none */
	percents: string;
}

/** What a table says of one school in one procedure as sums, without rows of pupils. */
export interface AggregateResultRow {
	batch_id: string;
	row_number: number;
	procedure_id: string;
	school_id: string;
	/** `marks` (counts of 2, 3, 4, 5), `scores` (counts of 0..M), `journal` (lowered, confirmed, raised) */
	form: string;
	/** participants as the table gives them */
	n: number;
	/** JSON array: percent · n / 100, rounded to whole pupils */
	counts: string;
	/** JSON array: percents as they stand in the table */
	percents: string;
}

/** A school's explanation, shown beside the flag it answers. */
export interface FlagReplyRow {
	id: string;
	school_id: string;
	year: number;
	/** `result-objectivity` or `low-results` */
	module: string;
	text: string;
	replied_by: string;
	replied_at: string;
}

/** Papers of a school that a commission marked a second time. */
export interface RemarkingRow {
	id: string;
	school_id: string;
	procedure_id: string;
	/** null = papers of all classes */
	class: string | null;
	remarked_on: string;
	/** papers chosen, marked again, and with the same mark as before */
	sampled: number;
	remarked: number;
	unchanged: number;
	/** of those with another mark; null where the document does not say */
	raised: number | null;
	lowered: number | null;
	commission: string;
	/** number of the document; empty when there is none */
	document: string;
	remark: string;
	recorded_by: string;
	recorded_at: string;
	withdrawn_at: string | null;
}

export interface RemarkingEventRow {
	id: Generated<number>;
	remarking_id: string;
	at: string;
	by: string;
	/** `recorded`, `changed` or `withdrawn` */
	action: string;
	/** JSON: fields with what they were and became */
	changes: string;
	reason: string;
}
