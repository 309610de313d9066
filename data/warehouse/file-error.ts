export type FileProblem =
	| 'unreadable'
	| 'empty-file'
	| 'not-utf8'
	| 'not-json'
	| 'wrong-shape'
	| 'column-twice'
	| 'column-missing'
	| 'wrong-columns'
	| 'too-many-values'
	| 'bad-cells';

export type CellProblem =
	| 'required'
	| 'unknown-procedure'
	| 'procedure-twice'
	| 'not-a-number'
	| 'negative'
	| 'not-a-mark'
	| 'school-twice';

/** One cell that cannot be taken; `row` counts the header as 1. */
export interface CellIssue {
	file: string;
	row: number;
	column: string;
	code: CellProblem;
	value: string | null;
}

interface FileErrorPlace {
	file: string;
	row?: number | null;
	column?: string;
	value?: string;
}

/** A file that cannot be taken: which, and where in it. `bad-cells` lists the first cells and their whole number. */
export class FileError extends Error {
	readonly code: FileProblem;
	readonly place: FileErrorPlace;
	readonly issues: readonly CellIssue[];
	readonly total: number;
	constructor(
		code: FileProblem,
		place: FileErrorPlace,
		issues: readonly CellIssue[] = [],
		total = issues.length,
	) {
		const first = issues[0];
		const where = [
			place.file,
			...((first?.row ?? place.row) ? [`row ${first?.row ?? place.row}`] : []),
			...((first?.column ?? place.column) ? [`column ${first?.column ?? place.column}`] : []),
		].join(', ');
		const value = first ? first.value : place.value;
		super(
			`${where}: ${first?.code ?? code}${value ? ` (${value})` : ''}${total > 1 ? `, ${total} in all` : ''}`,
		);
		this.name = 'FileError';
		this.code = code;
		this.place = place;
		this.issues = issues;
		this.total = total;
	}
}
