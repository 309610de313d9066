import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { serveClient } from '#server/static-files.ts';

const built = fileURLToPath(new URL('../../dist/client', import.meta.url));

export interface TwoReleases {
	address: string;
	/** From now on the files of the later release are served, and those of the earlier one are gone. */
	release(): void;
	stop(): Promise<void>;
}

/**
 * The built client in two releases before one running server: in the later one the entry and the page of the profile have
 * other names, as after a change of their content. What the programming interface is asked goes to the server.
 */
export async function startTwoReleases(server: string): Promise<TwoReleases> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-releases-'));
	const [earlier, later] = [join(folder, 'earlier'), join(folder, 'later')];
	for (const each of [earlier, later])
		cpSync(built, each, { recursive: true, filter: (path) => !/\.(?:br|gz)$/.test(path) });
	for (const start of ['index-', 'MyProfile-']) renameFile(later, start);
	// the worker's version follows the names of its files
	const worker = join(later, 'service-worker.js');
	const text = readFileSync(worker, 'utf8');
	const other = text.replace(/(version:[`"'])[0-9a-f]{12}/, '$1laterone0000');
	if (other === text) throw new Error('the worker names no version: look at client/build/offline-files.ts');
	writeFileSync(worker, other);
	let serve = serveClient(earlier);
	const app = express();
	app.use((asked, reply, next) => serve(asked, reply, next));
	const { hostname, port } = new URL(server);
	const front = createServer((asked, reply) => {
		if (!asked.url?.startsWith('/api/')) return app(asked, reply);
		const { method, headers, url: path } = asked;
		const passed = request({ hostname, port, path, method, headers }, (answer) => {
			reply.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(reply);
		});
		passed.on('error', () => reply.writeHead(502).end());
		asked.pipe(passed);
	});
	await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
		release() {
			serve = serveClient(later);
		},
		async stop() {
			front.closeAllConnections();
			await new Promise((resolve) => front.close(resolve));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Gives a script another name, here and wherever it is named. */
function renameFile(folder: string, start: string): void {
	const assets = join(folder, 'assets');
	const name = readdirSync(assets).find((each) => each.startsWith(start) && each.endsWith('.js'))!;
	const renamed = `${start}laterone.js`;
	renameSync(join(assets, name), join(assets, renamed));
	const texts = [
		...readdirSync(folder).map((each) => join(folder, each)),
		...readdirSync(assets).map((each) => join(assets, each)),
	];
	for (const path of texts.filter((each) => /\.(?:js|html)$/.test(each))) {
		const text = readFileSync(path, 'utf8');
		const changed = text.replaceAll(name, renamed);
		if (changed !== text) writeFileSync(path, changed);
	}
}
