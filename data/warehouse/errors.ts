export type WarehouseProblem =
	/** another process (or another part of this one) has the file open */
	| 'in-use'
	/** the file cannot be opened or made */
	| 'not-openable'
	/** the file holds made benchmark data in another shape; it can only be made again */
	| 'generated-outdated';

/** The warehouse cannot be had; `code` says why. */
export class WarehouseError extends Error {
	readonly code: WarehouseProblem;
	constructor(code: WarehouseProblem, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'WarehouseError';
		this.code = code;
	}
}

/** A query failed; the message opens with the name of its file. */
export class QueryError extends Error {
	readonly file: string;
	constructor(file: string, cause: unknown) {
		super(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		this.name = 'QueryError';
		this.file = file;
	}
}
