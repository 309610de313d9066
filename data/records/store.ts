import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledQuery, Kysely, PostgresDialect, type QueryResult, type Transaction } from 'kysely';
import pg from 'pg';
import { openJournal, writeJournal } from './journal.ts';
import { migrateRecords, type NamedMigration } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';
import { PlanningOnce } from './postgres-client.ts';
import type { RecordsSchema } from './schema.ts';
import { SqliteStore } from './sqlite-dialect.ts';

/** A handle for reading (or a transaction: every transaction is one too). */
export type Db = Kysely<RecordsSchema>;
export type Trx = Transaction<RecordsSchema>;

/** What happened and who did it: the one thing to back up. */
export interface Records {
	/** For reading, and for the sign-in library; writes that analysis cares about go through `transaction`. */
	db: Db;
	dialect: 'sqlite' | 'postgres';
	/**
	 * All or nothing. On SQLite it holds the one writer: keep it short, and inside it use the given handle only.
	 * Changes and log lines noted by the work are written last, in the order of commitment.
	 */
	transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
	/** Compiled statements as one transaction; on SQLite one message to the writer. Appended changes: call `notifyChanged`. */
	batch(statements: CompiledQuery[]): Promise<QueryResult<unknown>[]>;
	/** Calls back after each commit of this process that appended changes; the result ends the calls. */
	onChange(listener: () => void): () => void;
	notifyChanged(): void;
	close(): Promise<void>;
}

/** Connections to PostgreSQL: of one who serves people, and of one who only reads after them. */
const CONNECTIONS = 10;
const READING_CONNECTIONS = 2;

export type RecordsPlace = { folder: string } | { url: string };

/**
 * Opens the records, in `<folder>/records.sqlite` or in PostgreSQL, and brings their shape up to date.
 * Throws RecordsError `newer-version` when a newer program has worked on them, `migration-failed` when a step failed
 * (nothing of it stays).
 */
export async function openRecords(
	place: RecordsPlace,
	migrations: readonly NamedMigration[] = MIGRATIONS,
): Promise<Records> {
	return 'url' in place ? openPostgres(place.url, migrations) : openSqlite(place.folder, migrations);
}

/**
 * Opens records that somebody else has brought up to date, for reading only. Of commits it hears through `notifyChanged`,
 * called by whoever learns of them.
 */
export function openRecordsForReading(place: RecordsPlace): Records {
	if ('url' in place) return postgresRecords(createPostgres(place.url, READING_CONNECTIONS));
	const store = SqliteStore.openForReading(join(place.folder, 'records.sqlite'));
	return records(new Kysely<RecordsSchema>({ dialect: store.dialect() }), 'sqlite', (statements) =>
		store.batch(statements),
	);
}

async function openSqlite(folder: string, migrations: readonly NamedMigration[]): Promise<Records> {
	mkdirSync(folder, { recursive: true });
	const store = await SqliteStore.open(join(folder, 'records.sqlite'));
	const db = new Kysely<RecordsSchema>({ dialect: store.dialect() });
	await migrateOrClose(db, migrations, folder);
	return records(db, 'sqlite', (statements) => store.batch(statements));
}

async function openPostgres(url: string, migrations: readonly NamedMigration[]): Promise<Records> {
	const db = createPostgres(url, CONNECTIONS);
	await migrateOrClose(db, migrations);
	return postgresRecords(db);
}

function createPostgres(url: string, connections: number): Db {
	const pool = new pg.Pool({
		Client: PlanningOnce,
		connectionString: url,
		max: connections,
		application_name: 'opora',
		// A page found by an index costs little more than the next one on today's disks. By the default the planner reads whole
		// tables for each few dozen responses.
		options: '-c random_page_cost=1.1',
		// Counts and sequence numbers stay far below 2^53: numbers on both dialects.
		types: {
			getTypeParser: (oid, format) =>
				oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
					? Number
					: pg.types.getTypeParser(oid, format as 'text'),
		},
	});
	// An idle connection that breaks is replaced by the pool; the next query tells if the server is really away.
	pool.on('error', () => undefined);
	return new Kysely<RecordsSchema>({ dialect: new PostgresDialect({ pool }) });
}

function postgresRecords(db: Db): Records {
	return records(db, 'postgres', async (statements) => {
		const [first, ...others] = statements;
		// One statement is a transaction already.
		if (first && others.length === 0) return [await db.executeQuery(first)];
		return db.transaction().execute(async (trx) => {
			const results: QueryResult<unknown>[] = [];
			for (const statement of statements) results.push(await trx.executeQuery(statement));
			return results;
		});
	});
}

async function migrateOrClose(db: Db, migrations: readonly NamedMigration[], folder?: string): Promise<void> {
	try {
		await migrateRecords(db, migrations, folder);
	} catch (error) {
		await db.destroy();
		throw error;
	}
}

function records(db: Db, dialect: Records['dialect'], batch: Records['batch']): Records {
	const listeners = new Set<() => void>();
	const notifyChanged = () => {
		for (const listener of listeners) listener();
	};
	let closing: Promise<void> | undefined;
	return {
		db,
		dialect,
		batch,
		notifyChanged,
		async transaction(work) {
			const { result, changed } = await db.transaction().execute(async (trx) => {
				const journal = openJournal(trx);
				const result = await work(trx);
				await writeJournal(trx, journal);
				return { result, changed: journal.changes.size > 0 };
			});
			if (changed) notifyChanged();
			return result;
		},
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			closing ??= db.destroy();
			return closing;
		},
	};
}
