import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nodeSettings } from '#server/node-settings.ts';

const entry = fileURLToPath(new URL('../../server/opora.ts', import.meta.url));
const LONGEST_START_MILLISECONDS = 60_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});

/** The real server in a process of its own, as `npm start` runs it. */
export interface ServerProcess {
	address: string;
	pid: number;
	/** seconds from the start of the process to the first `/readyz` that says yes */
	seconds_to_ready: number;
	/** asks it to end, waits until it has */
	stop(): Promise<void>;
	/** ends it without a word */
	kill(): Promise<void>;
	/** asks it to end without waiting */
	askToStop(): void;
}

/** Runs one command of the command line to its end; resolves to what it printed. Throws when it fails. */
export async function runCommand(words: string[], folder: string): Promise<string> {
	return (await runToEnd(words, folder)).output;
}

/** At the end of a process: what it took of the machine, as the last line of its other output. */
const TELL_USAGE = `process.on('exit', () => process.stderr.write('\\n' + JSON.stringify(process.resourceUsage())))`;

/** Runs one command to its end; resolves to what it took: seconds by the clock and of the processors, the most memory held. */
export async function measureCommand(
	words: string[],
	folder: string,
): Promise<{ seconds: number; processor_seconds: number; megabytes: number }> {
	const began = performance.now();
	const { errors } = await runToEnd(words, folder, {
		NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL_USAGE)}`,
	});
	const seconds = (performance.now() - began) / 1000;
	const usage = JSON.parse(errors.trim().split('\n').at(-1)!) as NodeJS.ResourceUsage;
	return {
		seconds,
		processor_seconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
		megabytes: usage.maxRSS / 1024,
	};
}

async function runToEnd(
	words: string[],
	folder: string,
	environment: Record<string, string> = {},
): Promise<{ output: string; errors: string }> {
	const child = spawnOpora(words, folder, environment);
	const output: Buffer[] = [];
	const errors: Buffer[] = [];
	child.stdout!.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr!.on('data', (chunk: Buffer) => errors.push(chunk));
	const [code] = await once(child, 'close');
	if (code !== 0) throw new Error(`opora ${words[0]} ended with ${code}: ${Buffer.concat(errors)}`);
	return { output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() };
}

/** Starts a server on a data folder, on a free port, and waits until it is ready. */
export async function startServer(
	folder: string,
	environment: Record<string, string> = {},
): Promise<ServerProcess> {
	const began = performance.now();
	const child = spawnOpora(['serve'], folder, environment);
	let errors = '';
	child.stderr!.on('data', (chunk) => {
		errors = (errors + String(chunk)).slice(-4_000);
	});
	running.add(child);
	child.once('exit', () => running.delete(child));
	const address = await findAddress(child, () => errors);
	await untilReady(address, child, () => errors);
	const seconds_to_ready = (performance.now() - began) / 1000;
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill(signal);
		await ended;
	};
	return {
		address,
		pid: child.pid!,
		seconds_to_ready,
		stop: () => end('SIGTERM'),
		kill: () => end('SIGKILL'),
		askToStop: () => void child.kill('SIGTERM'),
	};
}

function spawnOpora(words: string[], folder: string, environment: Record<string, string> = {}): ChildProcess {
	const settings = nodeSettings(words[0]);
	return spawn(process.execPath, [...settings.words, entry, ...words], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env.PATH,
			...settings.environment,
			OPORA_DATA: folder,
			PORT: '0',
			LANG: 'en',
			LOG_LEVEL: 'error',
			...environment,
		},
	});
}

async function findAddress(child: ChildProcess, errors: () => string): Promise<string> {
	let text = '';
	return new Promise((resolve, reject) => {
		child.stdout!.on('data', (chunk) => {
			text += String(chunk);
			const address = /http:\/\/[^\s]+:\d+/.exec(text)?.[0];
			if (address) resolve(address);
		});
		child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${errors()}`)));
	});
}

async function untilReady(address: string, child: ChildProcess, errors: () => string): Promise<void> {
	const until = performance.now() + LONGEST_START_MILLISECONDS;
	while (performance.now() < until && child.exitCode === null) {
		const { ok } = await fetch(`${address}/readyz`).catch(() => ({ ok: false }));
		if (ok) return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	throw new Error(`the server was not ready in time: ${errors()}`);
}

/** A number that the server reports of itself to monitoring. */
export async function readMetric({ address }: Pick<ServerProcess, 'address'>, name: string): Promise<number> {
	const text = await (await fetch(`${address}/metrics`)).text();
	return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
}
