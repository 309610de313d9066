import { existsSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
	BOOLEAN,
	DOUBLE,
	type DuckDBConnection,
	DuckDBInstance,
	type DuckDBType,
	type DuckDBValue,
	INTEGER,
	LIST,
	listValue,
	VARCHAR,
} from '@duckdb/node-api';
import { appendCells, type CellColumn } from './cells.ts';
import { closedAnswerView } from './closed-answer-view.ts';
import { appendValues, type Columns, plainType, type SourceVector } from './columns.ts';
import { QueryError, WarehouseError } from './errors.ts';
import { itemScoreView } from './item-score-view.ts';
import { createPool } from './pool.ts';
import { readSql, shapeHash, shortName, tablesFile, viewFiles } from './sql-files.ts';
import { identifier } from './sql-text.ts';

export { QueryError, WarehouseError } from './errors.ts';

export type Parameter = string | number | boolean | null | readonly string[] | readonly number[];
/** Named values for the `$parameters` of a statement; those that the statement does not name are left aside. */
export type Parameters = Readonly<Record<string, Parameter | undefined>>;

/** What the projector works with inside its transaction. */
export interface Writer {
	/** Runs one statement and resolves to the number of rows it changed. */
	run(sql: string, parameters?: Parameters): Promise<number>;
	read(sql: string, parameters?: Parameters): Promise<Columns>;
	/** Adds rows at the end of a table, column by column in its order; far faster than a statement. */
	append(table: string, columns: readonly CellColumn[]): Promise<void>;
}

/** What can be asked, and by whom. */
export interface Questions {
	/**
	 * Runs the one statement of a .sql file on a free reading connection. Every `$parameter` of the file must be given
	 * (null counts). Throws QueryError with the name of the file.
	 */
	query(file: string | URL, parameters?: Parameters): Promise<Columns>;
	/** The same for a text; `name` stands in the error. */
	ask(sql: string, parameters?: Parameters, name?: string): Promise<Columns>;
	/**
	 * The same questions for somebody who may leave: once the signal is aborted the engine stops what it is at, its connection
	 * is free for others, and the promise is rejected with the signal's reason.
	 */
	until(signal: AbortSignal | undefined): Questions;
}

/** A DuckDB file built from the records, or an instance in memory. */
export interface Warehouse extends Questions {
	readonly path: string;
	/**
	 * Hands over the result of a text piece by piece, in its order, as the engine holds it: for a caller that packs millions
	 * of values itself. A vector is valid until `take` returns.
	 */
	scan(sql: string, take: (vectors: SourceVector[], rows: number) => void, name?: string): Promise<void>;
	/** Runs the work in one transaction on the one writing connection; an error rolls everything back. */
	write<Result>(work: (writer: Writer) => Promise<Result>): Promise<Result>;
	/** Folds the write-ahead log into the file. */
	checkpoint(): Promise<void>;
	/** Waits for running queries, then lets the file go. */
	close(): Promise<void>;
}

export interface WarehouseOptions {
	/** a file, or `:memory:` */
	path: string;
	/** upper bound of memory such as `1GB` */
	memory?: string;
	threads?: number;
}

const READING_CONNECTIONS = 3;
/** A checkpoint costs about the same however much it folds in: twice as much waits for it as by default would be safe. */
const CHECKPOINT_FROM = '64MB';
/** A file up to this size is read through at opening; it takes a second at most. */
const SCRUBBED_BYTES = 512 * 1024 * 1024;

/**
 * In a file up to this size each query runs in the thread that asks it, as many at once as there are threads. Helpers of the
 * engine's own would save a few milliseconds and cost more: who waits for a helper does not sleep.
 */
const SMALL_BYTES = 256 * 1024 * 1024;
const isSmall = (path: string): boolean =>
	path !== ':memory:' && (!existsSync(path) || statSync(path).size <= SMALL_BYTES);

// The engine locks its file against other processes only; a second instance in this one would spoil it.
const openPaths = new Set<string>();

/**
 * Opens the warehouse, makes what is missing and locks it down: no file, network or extension can be reached from SQL.
 * A file that is damaged or of another shape is thrown away and begun anew; the projector fills it.
 * Throws WarehouseError `in-use` when somebody else has it open.
 */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
	if (options.path === ':memory:') return openInstance(':memory:', options, true);
	const path = resolve(options.path);
	if (openPaths.has(path)) throw new WarehouseError('in-use', `${path} is already open in this process`);
	openPaths.add(path);
	try {
		return await openOrBeginAnew(path, options);
	} catch (error) {
		openPaths.delete(path);
		throw error;
	}
}

/** A warehouse in memory with the same tables and views that may read CSV and Parquet files; for work without a data folder. */
export function openScratch(options: Omit<WarehouseOptions, 'path'> = {}): Promise<Warehouse> {
	return openInstance(':memory:', { ...options, path: ':memory:' }, false);
}

/** Deletes the file of a closed warehouse with all that belongs to it. */
export function removeWarehouse(path: string): void {
	for (const suffix of ['', '.wal', '.wal.checkpoint', '.tmp'])
		rmSync(path + suffix, { force: true, recursive: true });
}

async function openOrBeginAnew(path: string, options: WarehouseOptions): Promise<Warehouse> {
	const existed = existsSync(path);
	try {
		return await openInstance(path, options, true);
	} catch (error) {
		const lock = lockHolder(error);
		if (lock) throw new WarehouseError('in-use', `${path} is in use by ${lock}`, { cause: error });
		if (error instanceof WarehouseError) throw error;
		if (!existed || !(await canOpen(options))) {
			throw new WarehouseError('not-openable', `${path}: ${messageOf(error)}`, { cause: error });
		}
		removeWarehouse(path);
		return openInstance(path, options, true);
	}
}

/** Whether the options themselves are sound: a wrong memory limit must not cost a good file. */
async function canOpen(options: WarehouseOptions): Promise<boolean> {
	try {
		await (await openInstance(':memory:', options, true)).close();
		return true;
	} catch {
		return false;
	}
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function lockHolder(error: unknown): string | undefined {
	const message = messageOf(error);
	if (!/could not set lock|being used by another process/i.test(message)) return undefined;
	const pid = /PID (\d+)/.exec(message)?.[1];
	return pid ? `process ${pid}` : 'another process';
}

async function openInstance(path: string, options: WarehouseOptions, locked: boolean): Promise<Warehouse> {
	const threads = options.threads ?? 2;
	const instance = await DuckDBInstance.create(path, {
		threads: String(threads),
		external_threads: String(isSmall(path) ? threads : 1),
		memory_limit: options.memory ?? '1GB',
		checkpoint_threshold: CHECKPOINT_FROM,
		// What a large question took is given back while nobody asks; else it would stay until the next one.
		allocator_background_threads: 'true',
	});
	try {
		const connections: DuckDBConnection[] = [];
		for (let count = 0; count <= READING_CONNECTIONS; count += 1) connections.push(await instance.connect());
		const [writing, ...reading] = connections as [DuckDBConnection, ...DuckDBConnection[]];
		const size = existsSync(path) ? statSync(path).size : 0;
		await inTransaction(writing, () => prepareShape(writing, size));
		if (locked) {
			await writing.run('set enable_external_access = false');
			await writing.run('set lock_configuration = true');
		}
		return warehouseOn(path, instance, writing, reading);
	} catch (error) {
		instance.closeSync();
		throw error;
	}
}

async function prepareShape(connection: DuckDBConnection, size: number): Promise<void> {
	const hash = shapeHash();
	const known = await runStatement(
		connection,
		`select count(*) as n from duckdb_tables() where table_name = 'warehouse_shape' and not temporary`,
	);
	if (known.columns[0]![0] === 0) {
		await connection.run(readSql(tablesFile));
		await runStatement(connection, 'insert into warehouse_shape values ($hash, false)', { hash });
		await connection.run(`insert into watermark values (0, '', '', true)`);
	} else {
		const stored = await runStatement(connection, 'select hash, generated from warehouse_shape');
		if (stored.columns[0]![0] !== hash) {
			if (stored.columns[1]![0] !== true) throw new Error('the file has another shape');
			throw new WarehouseError('generated-outdated', 'made benchmark data of another shape: make it again');
		}
		if (size <= SCRUBBED_BYTES) await scrub(connection);
	}
	await connection.run(await itemScoreView((sql) => runStatement(connection, sql)));
	await connection.run(await closedAnswerView((sql) => runStatement(connection, sql)));
	for (const file of viewFiles) await connection.run(readSql(file));
}

/** Reads every block once, so that damage shows now, while the file can still be made anew. */
async function scrub(connection: DuckDBConnection): Promise<void> {
	const tables = await runStatement(connection, 'select table_name from duckdb_tables() where not temporary');
	for (const table of tables.columns[0] as string[]) {
		await connection.run(`select bit_xor(hash(scrubbed)) from ${identifier(table)} as scrubbed`);
	}
}

function warehouseOn(
	path: string,
	instance: DuckDBInstance,
	writing: DuckDBConnection,
	reading: DuckDBConnection[],
): Warehouse {
	const readers = createPool(reading);
	const writers = createPool([writing]);
	const questions = (signal?: AbortSignal): Questions => {
		const ask: Questions['ask'] = async (sql, parameters = {}, name = 'query') => {
			try {
				return await readers.use((connection) =>
					interruptibly(connection, signal, () => runStatement(connection, sql, parameters)),
				);
			} catch (error) {
				signal?.throwIfAborted();
				throw new QueryError(name, error);
			}
		};
		return {
			ask,
			query: async (file, parameters) => ask(readSql(file), parameters, shortName(file)),
			until: questions,
		};
	};
	let closing: Promise<void> | undefined;
	return {
		path,
		...questions(),
		async scan(sql, take, name = 'scan') {
			try {
				await readers.use((connection) => eachChunk(connection, sql, {}, (_, chunk) => take(...chunk)));
			} catch (error) {
				throw new QueryError(name, error);
			}
		},
		write: (work) => writers.use((connection) => inTransaction(connection, work)),
		checkpoint: () => writers.use(async (connection) => void (await connection.run('checkpoint'))),
		close() {
			closing ??= Promise.all([readers.drain(), writers.drain()]).then(() => {
				for (const connection of [...reading, writing]) connection.closeSync();
				instance.closeSync();
				openPaths.delete(path);
			});
			return closing;
		},
	};
}

/** An interruption that comes between two statements is forgotten by the next one: it is said again until the work has ended. */
const MILLISECONDS_BETWEEN_INTERRUPTIONS = 50;

async function interruptibly<Result>(
	connection: DuckDBConnection,
	signal: AbortSignal | undefined,
	work: () => Promise<Result>,
): Promise<Result> {
	if (!signal) return work();
	signal.throwIfAborted();
	let again: NodeJS.Timeout | undefined;
	const interrupt = (): void => {
		connection.interrupt();
		again = setInterval(() => connection.interrupt(), MILLISECONDS_BETWEEN_INTERRUPTIONS);
	};
	signal.addEventListener('abort', interrupt, { once: true });
	try {
		return await work();
	} finally {
		signal.removeEventListener('abort', interrupt);
		clearInterval(again);
	}
}

async function inTransaction<Result>(
	connection: DuckDBConnection,
	work: (writer: Writer) => Promise<Result>,
): Promise<Result> {
	await connection.run('begin transaction');
	try {
		const result = await work({
			run: async (sql, parameters) => {
				const changed = await runStatement(connection, sql, parameters);
				return changed.names[0] === 'Count' ? Number(changed.columns[0]![0] ?? 0) : 0;
			},
			read: (sql, parameters) => runStatement(connection, sql, parameters),
			append: (table, columns) => appendCells(connection, table, columns),
		});
		await connection.run('commit');
		return result;
	} catch (error) {
		// A failed statement leaves the connection in an aborted transaction until it is rolled back.
		await connection.run('rollback').catch(() => undefined);
		throw error;
	}
}

async function runStatement(
	connection: DuckDBConnection,
	sql: string,
	parameters: Parameters = {},
): Promise<Columns> {
	const columns: unknown[][] = [];
	let length = 0;
	const { names, types } = await eachChunk(connection, sql, parameters, (of, [vectors, rows]) => {
		length += rows;
		for (const [position, vector] of vectors.entries()) {
			columns[position] ??= [];
			appendValues(columns[position], of[position]!, vector);
		}
	});
	return { names, types, columns: names.map((_, position) => columns[position] ?? []), length };
}

/** Runs one statement; each chunk is awaited on its own, so that converting a large result gives way to others. */
async function eachChunk(
	connection: DuckDBConnection,
	sql: string,
	parameters: Parameters,
	take: (types: string[], chunk: [vectors: SourceVector[], rows: number]) => void,
): Promise<Pick<Columns, 'names' | 'types'>> {
	const statement = await connection.prepare(sql);
	try {
		const values: Record<string, DuckDBValue> = {};
		const valueTypes: Record<string, DuckDBType | undefined> = {};
		for (let index = 1; index <= statement.parameterCount; index += 1) {
			const name = statement.parameterName(index);
			const parameter = parameters[name];
			if (parameter === undefined) throw new Error(`the parameter $${name} is missing`);
			[values[name], valueTypes[name]] = bindable(parameter);
		}
		if (statement.parameterCount > 0) statement.bind(values, valueTypes);
		const result = await statement.run();
		const names = result.columnNames();
		const types = result.columnTypes().map((type) => plainType(type.toString()));
		for (
			let chunk = await result.fetchChunk();
			chunk && chunk.rowCount > 0;
			chunk = await result.fetchChunk()
		) {
			const vectors = names.map((_, position) => chunk!.getColumnVector(position) as SourceVector);
			take(types, [vectors, chunk.rowCount]);
		}
		return { names, types };
	} finally {
		statement.destroySync();
	}
}

function bindable(parameter: Parameter): [DuckDBValue, DuckDBType | undefined] {
	if (parameter === null) return [null, undefined];
	switch (typeof parameter) {
		case 'string':
			return [parameter, VARCHAR];
		case 'boolean':
			return [parameter, BOOLEAN];
		case 'number':
			return [parameter, isInteger32(parameter) ? INTEGER : DOUBLE];
	}
	const isText = parameter.length === 0 || typeof parameter[0] === 'string';
	return [listValue([...parameter]), LIST(isText ? VARCHAR : DOUBLE)];
}

const isInteger32 = (value: number): boolean => (value | 0) === value;
