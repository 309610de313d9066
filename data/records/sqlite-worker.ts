import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Reply, Request, Statement, StatementResult, WorkerSettings } from './sqlite-messages.ts';

/** The thread in which SQLite works, so that a commit waits for the disk here and not on the event loop. */

const CACHED_STATEMENTS = 400;
const CHANGES_TABLES = /^\s*(create|alter|drop)\b/i;

const { path, readOnly, cacheKib } = workerData as WorkerSettings;
const database = new DatabaseSync(path, { readOnly, timeout: 15_000, enableForeignKeyConstraints: true });
if (!readOnly) database.exec('pragma journal_mode = wal; pragma synchronous = full;');
database.exec(`pragma cache_size = -${cacheKib}; pragma temp_store = memory;`);

interface Prepared {
	statement: StatementSync;
	/** names of what it gives back; none where it gives nothing */
	columns: string[];
}

const cache = new Map<string, Prepared>();

function prepared(sql: string): Prepared {
	let found = cache.get(sql);
	if (found) cache.delete(sql);
	else {
		const statement = database.prepare(sql);
		statement.setReturnArrays(true);
		found = { statement, columns: statement.columns().map(({ name }) => name) };
	}
	cache.set(sql, found);
	if (cache.size > CACHED_STATEMENTS) cache.delete(cache.keys().next().value as string);
	return found;
}

/** SQLite has no booleans, dates or undefined. */
function bindable(value: unknown): SQLInputValue {
	if (value === undefined) return null;
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (value instanceof Date) return value.toISOString();
	return value as SQLInputValue;
}

function run({ sql, parameters }: Statement): StatementResult {
	const { statement, columns } = prepared(sql);
	const values = parameters.map(bindable);
	if (columns.length > 0) {
		const rows = statement.all(...values) as unknown as unknown[][];
		return { columns, rows, changes: rows.length, insert_id: 0 };
	}
	const { changes, lastInsertRowid } = statement.run(...values);
	// What a table gives back may be other columns from now on.
	if (CHANGES_TABLES.test(sql)) cache.clear();
	return { columns, rows: [], changes: Number(changes), insert_id: lastInsertRowid };
}

function runAtomically(statements: Statement[]): StatementResult[] {
	database.exec('begin immediate');
	try {
		const results = statements.map(run);
		database.exec('commit');
		return results;
	} catch (error) {
		if (database.isTransaction) database.exec('rollback');
		throw error;
	}
}

function answer(request: Request): Reply {
	try {
		const results = request.atomic ? runAtomically(request.statements) : request.statements.map(run);
		return { id: request.id, results };
	} catch (error) {
		const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
		return { id: request.id, fault: { message, code, errcode } };
	}
}

parentPort?.on('message', (request: Request | 'close') => {
	if (request === 'close') {
		cache.clear();
		if (!readOnly) database.exec('pragma optimize;');
		database.close();
		parentPort?.close();
		return;
	}
	parentPort?.postMessage(answer(request));
});
