import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Reply, Request, Statement, StatementResult, WorkerSettings } from './sqlite-messages.ts';

/** The thread in which SQLite works, so that a commit waits for the disk here and not on the event loop. */

const CACHED_STATEMENTS = 400;

const { path, readOnly, cacheKib } = workerData as WorkerSettings;
const database = new DatabaseSync(path, { readOnly, timeout: 15_000, enableForeignKeyConstraints: true });
if (!readOnly) database.exec('pragma journal_mode = wal; pragma synchronous = full;');
database.exec(`pragma cache_size = -${cacheKib}; pragma temp_store = memory;`);

const cache = new Map<string, StatementSync>();

function prepared(sql: string): StatementSync {
	let statement = cache.get(sql);
	if (statement) cache.delete(sql);
	else {
		statement = database.prepare(sql);
		statement.setReturnArrays(true);
	}
	cache.set(sql, statement);
	if (cache.size > CACHED_STATEMENTS) cache.delete(cache.keys().next().value as string);
	return statement;
}

/** SQLite has no booleans, dates or undefined. */
function bindable(value: unknown): SQLInputValue {
	if (value === undefined) return null;
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (value instanceof Date) return value.toISOString();
	return value as SQLInputValue;
}

function run({ sql, parameters }: Statement): StatementResult {
	const statement = prepared(sql);
	const values = parameters.map(bindable);
	const columns = statement.columns().map((column) => column.name);
	if (columns.length > 0) {
		const rows = statement.all(...values) as unknown as unknown[][];
		return { columns, rows, changes: rows.length, insert_id: 0 };
	}
	const { changes, lastInsertRowid } = statement.run(...values);
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
