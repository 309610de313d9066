import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import { openRecords, type Records, type RecordsPlace } from '#data/records/store.ts';

type Dialect = Records['dialect'];
type Cleanup = () => Promise<void> | void;

/**
 * The same tests on SQLite and on PostgreSQL. `open` gives fresh, empty records each time it is called;
 * `freshPlace` a place that may be opened more than once. All are closed and removed at the end of the suite.
 */
export function eachDialect(
	name: string,
	suite: (open: () => Promise<Records>, freshPlace: () => Promise<RecordsPlace>, dialect: Dialect) => void,
): void {
	for (const dialect of ['sqlite', 'postgres'] as const) {
		describe(`${name} (${dialect})`, () => {
			const opened: Records[] = [];
			const cleanups: Cleanup[] = [];
			const freshPlace = () => (dialect === 'sqlite' ? freshFolder(cleanups) : freshDatabase(cleanups));
			afterAll(async () => {
				for (const records of opened) await records.close();
				for (const cleanup of cleanups) await cleanup();
			});
			suite(
				async () => {
					const records = await openRecords(await freshPlace());
					opened.push(records);
					return records;
				},
				freshPlace,
				dialect,
			);
		});
	}
}

async function freshFolder(cleanups: Cleanup[]): Promise<RecordsPlace> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-records-'));
	cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
	return { folder };
}

async function freshDatabase(cleanups: Cleanup[]): Promise<RecordsPlace> {
	const server = await ownServer();
	const database = `opora_${randomBytes(6).toString('hex')}`;
	await askServer(server, `create database ${database} template opora_template`);
	cleanups.push(() => askServer(server, `drop database ${database} with (force)`));
	const url = new URL(server);
	url.pathname = `/${database}`;
	return { url: url.href };
}

let asked: Promise<string> | undefined;

/** The server of PostgreSQL of this worker, started when its first test asks for it. */
function ownServer(): Promise<string> {
	asked ??= (async () => {
		const starter = inject('postgresStarter');
		if (!starter) throw new Error('tests/support/postgres.ts must be a global setup of this run');
		const answer = await fetch(`${starter}/${process.env.VITEST_POOL_ID}`);
		const text = await answer.text();
		if (!answer.ok) throw new Error(text);
		return text;
	})();
	return asked;
}

async function askServer(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
