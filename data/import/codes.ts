/**
 * The closed lists of what an import may say. Every code has a text in `server/locales/import.{ru,en}.json`;
 * a test keeps both complete.
 */

/** Faults that refuse the whole file. */
export const fileCodes = [
	'unreadable-file',
	'old-excel-file',
	'empty-file',
	'file-too-large',
	'archive-too-large',
	'archive-entry',
	'too-many-rows',
	'too-many-columns',
	'formula-error',
	'invalid-json',
	'wrong-sheet',
	'several-sheets',
	'score-columns-beyond',
	'procedure-unclear',
	'procedure-without-items',
	'item-columns-unknown',
	'item-columns-missing',
	'item-maxima-differ',
	'school-not-named',
	'missing-column',
	'duplicate-column',
	'name-like-column',
	'unknown-profile',
	'unknown-field',
	'unknown-procedure',
	'procedure-needed',
	'procedure-differs',
	'already-imported',
	'nothing-to-store',
] as const;
export type FileCode = (typeof fileCodes)[number];

/** Faults that refuse one row. */
export const rowCodes = [
	'value-missing',
	'not-a-number',
	'not-an-integer',
	'below-minimum',
	'above-maximum',
	'not-a-date',
	'date-out-of-range',
	'unknown-value',
	'text-too-long',
	'invalid-code',
	'invalid-email',
	'mark-off-scale',
	'mark-without-score',
	'variant-missing',
	'name-like-value',
	'document-like-value',
	'name-incomplete',
	'unknown-school',
	'ambiguous-school',
	'school-outside',
	'unknown-municipality',
	'duplicate-row',
	'duplicate-id',
	'namesake',
	'period-reversed',
	'began-before-birth',
	'cutoffs-order',
	'invalid-items',
	'unlisted-school',
	'school-repeated',
	'candidate-repeated',
	'marker-off-scale',
	'marker-sum',
	'context-empty',
	'not-a-share',
	'count-above-total',
	'not-a-school-year',
	'percents-not-100',
	'scores-beyond-scale',
	'journal-incomplete',
	'item-is-date',
	'unknown-item',
	'item-max-differs',
	'item-repeated',
	'items-incomplete',
	'items-empty',
	'place-percent-differs',
	'too-few-options',
	'translation-differs',
	'correct-missing',
	'correct-unknown',
	'points-per-option',
	'competency-missing',
] as const;
export type RowCode = (typeof rowCodes)[number];

/** Ways in which a cell was read otherwise than it was written; each is reported. */
export const coercedCodes = [
	'trimmed',
	'space-replaced',
	'decimal-comma',
	'login-prefix',
	'date-text',
	'date-serial',
	'date-to-text',
	'number-to-text',
	'apostrophe-removed',
	'matched-by-name',
	'percent-sign',
	'count-of-total',
	'school-year',
] as const;
export type CoercedCode = (typeof coercedCodes)[number];

/** What is worth knowing about accepted rows; counted for the file and, where it matters later, kept with the row. */
export const noteCodes = [
	'absent',
	'absent-with-score',
	'above-max',
	'mark-disagrees',
	'pupil-repeated',
	'mark-derived',
	'mark-not-read',
	'journal-mark-not-read',
	'item-not-read',
	'item-above-max',
	'items-without-score',
	'item-columns-ignored',
	'school-has-results',
	'municipality-by-default',
	'total-row-skipped',
	'marker-empty',
	'shares-below-one',
	'counts-rounded',
	'place-row-kept',
	'item-percent-empty',
	'participants-unknown',
] as const;
export type NoteCode = (typeof noteCodes)[number];

/** Labels of the columns that a file of refused rows adds. */
export const refusedFileLabels = [
	'refused-row',
	'refused-column',
	'refused-value',
	'refused-reason',
] as const;

export type Params = Record<string, string | number>;

/** One fault of one row, by the place where a person looks: the row as the spreadsheet numbers it and the column's own title. */
export interface Issue {
	row: number;
	column: string;
	code: RowCode;
	params: Params;
	value: string;
}

/** One cell that was read otherwise than written. */
export interface Coerced {
	row: number;
	column: string;
	code: CoercedCode;
	from: string;
	to: string;
}

/** A file-level fault: nothing of the file is stored. */
export class ImportError extends Error {
	override readonly name = 'ImportError';
	readonly code: FileCode;
	readonly params: Params;

	constructor(code: FileCode, params: Params = {}) {
		super(`${code} ${JSON.stringify(params)}`);
		this.code = code;
		this.params = params;
	}
}
