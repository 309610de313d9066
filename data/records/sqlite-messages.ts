/** What a worker is asked: one statement, or several as one transaction. */
export interface Statement {
	sql: string;
	parameters: readonly unknown[];
}

export interface Request {
	id: number;
	/** `true`: the statements are one transaction of their own */
	atomic: boolean;
	statements: Statement[];
}

/** Rows travel as arrays: column names once, not once per row. */
export interface StatementResult {
	columns: string[];
	rows: unknown[][];
	changes: number;
	insert_id: bigint | number;
}

export interface DriverFault {
	message: string;
	code: string | undefined;
	errcode: number | undefined;
}

export type Reply = { id: number; results: StatementResult[] } | { id: number; fault: DriverFault };

export interface WorkerSettings {
	path: string;
	readOnly: boolean;
	/** pages that the connection keeps in memory, KiB */
	cacheKib: number;
}
