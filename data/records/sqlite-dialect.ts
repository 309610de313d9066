import {
	type CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult,
	SelectQueryNode,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from 'kysely';
import { RecordsError } from './records-error.ts';
import type { Statement, StatementResult } from './sqlite-messages.ts';
import { SqliteThread } from './sqlite-thread.ts';

/** How long an act may wait for the one writer before it is told so; the longest transaction is a large import. */
const WRITER_PATIENCE_MS = 120_000;

const CACHE_KIB = 65_536;
/** Who follows the changes reads each row once: there is little to keep. */
const FOLLOWING_CACHE_KIB = 4_096;

/** SQLite does change its schema inside a transaction; Kysely's own adapter is more cautious. */
class TransactionalSqliteAdapter extends SqliteAdapter {
	override get supportsTransactionalDdl(): boolean {
		return true;
	}
}

/**
 * One SQLite file behind two threads: a writer, held exclusively by one transaction at a time, and a reader that
 * answers selects outside transactions from the last committed state, so that a long import delays no reading.
 */
export class SqliteStore {
	readonly #writer: SqliteThread;
	readonly #reader: SqliteThread;
	#queue: Promise<void> = Promise.resolve();

	private constructor(writer: SqliteThread, reader: SqliteThread) {
		this.#writer = writer;
		this.#reader = reader;
	}

	/** Opens (or creates) the file; the reader opens after the writer has made it. */
	static async open(path: string): Promise<SqliteStore> {
		const writer = new SqliteThread({ path, readOnly: false, cacheKib: CACHE_KIB });
		try {
			// Creates the file and its write-ahead log before the read-only connection looks for them; as one transaction,
			// for another process may open the same file at the same moment.
			const touch = ['create table if not exists opened (at text)', 'drop table opened'];
			await writer.run(
				touch.map((sql) => ({ sql, parameters: [] })),
				true,
			);
		} catch (error) {
			await writer.close().catch(() => undefined);
			throw error;
		}
		return new SqliteStore(writer, new SqliteThread({ path, readOnly: true, cacheKib: CACHE_KIB }));
	}

	/** The file of somebody else's, who has made it; a write is refused by SQLite itself. */
	static openForReading(path: string): SqliteStore {
		const reader = new SqliteThread({ path, readOnly: true, cacheKib: FOLLOWING_CACHE_KIB });
		return new SqliteStore(reader, reader);
	}

	dialect(): Dialect {
		return {
			createAdapter: () => new TransactionalSqliteAdapter(),
			createDriver: () => new SqliteStoreDriver(this),
			createIntrospector: (db) => new SqliteIntrospector(db),
			createQueryCompiler: () => new SqliteQueryCompiler(),
		};
	}

	/** Several statements as one transaction and one message: the shortest way to a durable commit. */
	async batch(statements: Statement[]): Promise<QueryResult<unknown>[]> {
		const release = await this.holdWriter();
		try {
			return (await this.#writer.run(statements, true)).map(toQueryResult);
		} finally {
			release();
		}
	}

	async read(statement: Statement): Promise<QueryResult<unknown>> {
		return toQueryResult((await this.#reader.run([statement]))[0]!);
	}

	/** Only for one who holds the writer. */
	async write(statement: Statement): Promise<QueryResult<unknown>> {
		return toQueryResult((await this.#writer.run([statement]))[0]!);
	}

	/** Waits in line for the writer; the returned function lets the next one in. */
	async holdWriter(): Promise<() => void> {
		const { promise: done, resolve: release } = Promise.withResolvers<void>();
		const before = this.#queue;
		this.#queue = before.then(() => done);
		const { promise: tired, reject } = Promise.withResolvers<never>();
		const timer = setTimeout(() => reject(new RecordsError('writer-busy')), WRITER_PATIENCE_MS);
		timer.unref();
		try {
			await Promise.race([before, tired]);
		} catch (error) {
			release();
			throw error;
		} finally {
			clearTimeout(timer);
		}
		return release;
	}

	async close(): Promise<void> {
		await this.#reader.close();
		if (this.#writer !== this.#reader) await this.#writer.close();
	}
}

class SqliteStoreDriver implements Driver {
	readonly #store: SqliteStore;

	constructor(store: SqliteStore) {
		this.#store = store;
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		return new SqliteStoreConnection(this.#store);
	}

	async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await (connection as SqliteStoreConnection).begin();
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await (connection as SqliteStoreConnection).end('commit');
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await (connection as SqliteStoreConnection).end('rollback');
	}

	async releaseConnection(): Promise<void> {}

	async destroy(): Promise<void> {
		await this.#store.close();
	}
}

class SqliteStoreConnection implements DatabaseConnection {
	readonly #store: SqliteStore;
	#release: (() => void) | undefined;

	constructor(store: SqliteStore) {
		this.#store = store;
	}

	async begin(): Promise<void> {
		this.#release = await this.#store.holdWriter();
		try {
			await this.#store.write({ sql: 'begin immediate', parameters: [] });
		} catch (error) {
			this.#letGo();
			throw error;
		}
	}

	async end(how: 'commit' | 'rollback'): Promise<void> {
		try {
			await this.#store.write({ sql: how, parameters: [] });
		} catch (error) {
			// A failed commit (a full disk) leaves the transaction open; the writer must not stay in it.
			if (how === 'commit')
				await this.#store.write({ sql: 'rollback', parameters: [] }).catch(() => undefined);
			else if (!String((error as Error).message).includes('no transaction is active')) throw error;
			if (how === 'commit') throw error;
		} finally {
			this.#letGo();
		}
	}

	async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		const statement = { sql: query.sql, parameters: query.parameters };
		if (this.#release) return (await this.#store.write(statement)) as QueryResult<Row>;
		if (readsOnly(query)) return (await this.#store.read(statement)) as QueryResult<Row>;
		const release = await this.#store.holdWriter();
		try {
			return (await this.#store.write(statement)) as QueryResult<Row>;
		} finally {
			release();
		}
	}

	// biome-ignore lint/correctness/useYield: the interface asks for a generator, and large tables are read in pages by key
	async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
		throw new Error('read large tables in pages by key');
	}

	#letGo(): void {
		this.#release?.();
		this.#release = undefined;
	}
}

/** In doubt a statement goes to the writer, where it only waits longer. */
function readsOnly({ query, sql }: CompiledQuery): boolean {
	if (SelectQueryNode.is(query)) return true;
	return /^\s*(select|with)\b/i.test(sql) && !/\b(insert|update|delete|replace)\b/i.test(sql);
}

function toQueryResult({ columns, rows, changes, insert_id }: StatementResult): QueryResult<unknown> {
	if (columns.length === 0) {
		return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(insert_id) };
	}
	return {
		rows: rows.map((values) => {
			const row: Record<string, unknown> = {};
			for (let index = 0; index < columns.length; index += 1) row[columns[index]!] = values[index];
			return row;
		}),
		numAffectedRows: BigInt(changes),
	};
}
