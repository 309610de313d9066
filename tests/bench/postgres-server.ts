import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { loadPostgres } from '../support/postgres-package.ts';
import { freshFolder } from './folders.ts';

/** A server of PostgreSQL of the run's own, as durable as its defaults make it. */
export async function startPostgres(): Promise<{
	urlOf(database: string): Promise<string>;
	stop(): Promise<void>;
}> {
	const folder = freshFolder();
	// PostgreSQL refuses to run as root: then it runs as a user of its own, who must be able to get here.
	chmodSync(folder, 0o755);
	const Postgres = await loadPostgres(folder);
	const port = await freePort();
	const server = new Postgres({
		databaseDir: join(folder, 'data'),
		port,
		user: 'opora',
		password: 'opora',
		persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: ['--encoding=UTF8', '--no-locale'],
		postgresFlags: ['-c', 'unix_socket_directories=', '-c', 'shared_buffers=256MB'],
		onLog: () => undefined,
		onError: (error) => process.stderr.write(`${error}\n`),
	});
	await server.initialise();
	await server.start();
	return {
		async urlOf(database) {
			await server.createDatabase(database);
			return `postgres://opora:opora@localhost:${port}/${database}`;
		},
		stop: () => server.stop(),
	};
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
