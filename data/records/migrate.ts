import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { RecordsError } from './records-error.ts';
import type { RecordsSchema } from './schema.ts';

/** A step of the records' shape; `name` is `NNNN-words`, and a released step is never edited. */
export interface NamedMigration extends Migration {
	name: string;
}

/**
 * Brings the shape up to date in one transaction. With a folder (SQLite) that already holds records, the file is
 * copied first to `records.before-NNNN.sqlite`, NNNN being the first new step.
 */
export async function migrateRecords(
	db: Kysely<RecordsSchema>,
	migrations: readonly NamedMigration[],
	folder?: string,
): Promise<void> {
	const migrator = new Migrator({
		db,
		provider: { getMigrations: async () => Object.fromEntries(migrations.map((step) => [step.name, step])) },
		migrationTableName: 'migration',
		migrationLockTableName: 'migration_lock',
	});
	const done = await executedSteps(db);
	const unknown = done.filter((name) => !migrations.some((step) => step.name === name));
	if (unknown.length > 0) throw new RecordsError('newer-version', { step: unknown.join(', ') });
	const pending = migrations.filter((step) => !done.includes(step.name));
	if (pending.length === 0) return;
	if (folder && done.length > 0) await copyBefore(db, folder, pending[0]!.name);
	const { error, results } = await migrator.migrateToLatest();
	if (error) {
		const step = results?.find((result) => result.status === 'Error')?.migrationName ?? '';
		throw new RecordsError('migration-failed', { step }, { cause: error });
	}
}

async function executedSteps(db: Kysely<RecordsSchema>): Promise<string[]> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	if (!tables.some((table) => table.name === 'migration')) return [];
	const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
	return rows.map((row) => row.name);
}

async function copyBefore(db: Kysely<RecordsSchema>, folder: string, step: string): Promise<void> {
	const copy = join(folder, `records.before-${step.slice(0, 4)}.sqlite`);
	const unfinished = `${copy}.part`;
	rmSync(unfinished, { force: true });
	await sql`vacuum into ${unfinished}`.execute(db);
	renameSync(unfinished, copy);
}
