import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
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

/** Environment of a server, once its address is known. */
type Settings = (address: string) => Record<string, string>;

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
 * Starts the real server as `npm start` does, on a folder of its own: with the demo municipality, unless something else is made
 * there first; with further settings, which may name its address. Where a run names a folder for it (`OPORA_DEMO_TEMPLATE`),
 * the municipality is made once, by the first server that needs it, and copied for the others.
 */
export async function startTestServer(
	prepare?: (folder: string) => Promise<void>,
	settings: Settings = () => ({}),
): Promise<TestServer> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-e2e-'));
	const kept = process.env.OPORA_DEMO_TEMPLATE;
	if (prepare) await prepare(folder);
	else if (kept) {
		const demo = join(kept, 'demo');
		if (!existsSync(demo)) await makeDemo(demo);
		cpSync(demo, folder, { recursive: true });
	}
	return startOn(folder, settings);
}

/** As the first start makes it; it gets its name when it is whole. */
async function makeDemo(path: string): Promise<void> {
	const half = `${path}.half`;
	rmSync(half, { recursive: true, force: true });
	const { child } = await start(half);
	await end(child);
	renameSync(half, path);
}

async function startOn(folder: string, settings: Settings): Promise<TestServer> {
	const { child, address } = await start(folder, settings);
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

async function start(
	folder: string,
	settings: Settings = () => ({}),
): Promise<{ child: ChildProcess; address: string }> {
	const port = await freePort();
	const address = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, [launcher, 'start'], {
		env: {
			...process.env,
			OPORA_DATA: folder,
			PORT: String(port),
			HOST: '127.0.0.1',
			LOG_LEVEL: 'warn',
			...settings(address),
		},
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
	return { child, address };
}

function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		child.on('exit', () => resolve());
		child.kill('SIGTERM');
		setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
	});
}
