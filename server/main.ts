import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { RequestHandler } from 'express';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { startReleases } from './jobs/releases.ts';
import { createReminderSender } from './jobs/reminders.ts';
import { startRetention } from './jobs/retention.ts';
import type { Log } from './log.ts';
import { type OpenFloors, openFloors } from './opened.ts';
import { serveClient } from './static-files.ts';

export interface RunningServer {
	floors: OpenFloors;
	address: string;
	/** Takes no new requests, lets those at hand end, closes the stores. */
	close(): Promise<void>;
}

const GRACE_MILLISECONDS = 8_000;
/** Longer than any usual proxy keeps a connection: who closes first may cut off a request that is on its way. */
const IDLE_MILLISECONDS = 75_000;

/** Starts the server: opens the stores, listens, and answers readiness when the warehouse has caught up. */
export async function startServer(
	config: Config,
	log: Log,
	warehouseThread: Worker,
	options: { isDevelopment?: boolean } = {},
): Promise<RunningServer> {
	const isDevelopment = options.isDevelopment ?? false;
	const floors = await openFloors(config, log, warehouseThread);
	const server = createServer({ keepAliveTimeout: IDLE_MILLISECONDS });
	const client = isDevelopment ? await startBundler(server) : serveBuilt();
	const reminders = createReminderSender(floors);
	server.on('request', createApp(floors, { client, isDevelopment, reminders }));
	try {
		await listen(server, config);
	} catch (error) {
		await floors.close();
		throw error;
	}
	reminders.start();
	const stopReleases = startReleases(floors.records, log);
	const stopRetention = startRetention(floors.records, log);
	const { port } = server.address() as AddressInfo;
	let closing: Promise<void> | undefined;
	return {
		floors,
		address:
			config.PUBLIC_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`,
		close() {
			stopReleases();
			closing ??= Promise.all([closeServer(server), reminders.stop(), stopRetention()]).then(() =>
				floors.close(),
			);
			return closing;
		},
	};
}

function serveBuilt(): RequestHandler {
	return serveClient(fileURLToPath(new URL('../dist/client', import.meta.url)));
}

/** Vite inside this process: one port, and the page reloads itself as files change. */
async function startBundler(server: Server): Promise<RequestHandler> {
	const { createServer: createBundler } = await import('vite');
	const bundler = await createBundler({
		configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
		server: { middlewareMode: true, hmr: { server } },
		appType: 'spa',
	});
	server.on('close', () => void bundler.close());
	return bundler.middlewares as unknown as RequestHandler;
}

function listen(server: Server, { PORT, HOST }: Config): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(PORT, HOST, () => resolve());
	});
}

async function closeServer(server: Server): Promise<void> {
	const ended = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	const timer = setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS);
	await ended;
	clearTimeout(timer);
}
