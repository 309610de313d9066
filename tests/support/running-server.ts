import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TestServer {
	address: string;
	folder: string;
	pid: number;
	/** Ends the process by its id and removes the folder. */
	stop(): Promise<void>;
}

const launcher = fileURLToPath(new URL('../../server/launch.ts', import.meta.url));

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.on('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

async function isReady(address: string): Promise<boolean> {
	try {
		return (await fetch(`${address}/readyz`)).ok;
	} catch {
		return false;
	}
}

/**
 * Starts the real server as `npm start` does, on a fresh folder: with the demo municipality, unless something else is made
 * there first.
 */
export async function startTestServer(prepare?: (folder: string) => Promise<void>): Promise<TestServer> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-e2e-'));
	await prepare?.(folder);
	const port = await freePort();
	const address = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, [launcher, 'start'], {
		env: { ...process.env, OPORA_DATA: folder, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
	const deadline = Date.now() + 300_000;
	while (!(await isReady(address))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await end(child);
			throw new Error(`the server did not start:\n${output}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return {
		address,
		folder,
		pid: child.pid as number,
		async stop() {
			await end(child);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		child.on('exit', () => resolve());
		child.kill('SIGTERM');
		setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
	});
}
