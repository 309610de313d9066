import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Respondent } from './respondents.ts';
import { ask } from './visitor.ts';

const CONNECTIONS = 64;

/** Hands in everybody's answers over a fixed number of connections; resolves to how many per second. */
export async function submitAll(address: string, respondents: readonly Respondent[]): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const waiting = respondents.values();
	const began = performance.now();
	const lines = Array.from({ length: CONNECTIONS }, async () => {
		for (const respondent of waiting) {
			const { status, body } = await ask(agent, address, { method: 'POST', ...respondent });
			if (status !== 201) throw new Error(`response: ${status} ${body}`);
		}
	});
	await Promise.all(lines);
	const seconds = (performance.now() - began) / 1000;
	agent.destroy();
	return respondents.length / seconds;
}

/** Starts a server of this folder that prints its address, in a process of its own. */
export async function startBaseline(
	file: string,
	environment: Record<string, string> = {},
): Promise<{ address: string; stop(): void }> {
	const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { PATH: process.env.PATH, ...environment },
	});
	process.once('exit', () => child.kill('SIGKILL'));
	const [chunk] = await once(child.stdout, 'data');
	return { address: String(chunk).trim(), stop: () => void child.kill() };
}
