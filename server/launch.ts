import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeSettings } from './node-settings.ts';

/**
 * Runs the command line in a process of its own, because the thread pool and the heap are set before Node starts. `start`
 * is `npm start`: it builds the client when that is missing and serves with the demo municipality in an empty folder.
 */

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function run(script: string, parameters: string[]): Promise<number> {
	return new Promise((resolve) => {
		const { words, environment } = nodeSettings(parameters[0]);
		const child = spawn(process.execPath, [...words, script, ...parameters], {
			stdio: 'inherit',
			env: { ...environment, ...process.env },
		});
		const forward = (signal: NodeJS.Signals) => child.kill(signal);
		process.on('SIGINT', forward);
		process.on('SIGTERM', forward);
		const watch = whenParentGoes(() => child.kill('SIGTERM'));
		child.on('exit', (code, signal) => {
			clearInterval(watch);
			process.off('SIGINT', forward);
			process.off('SIGTERM', forward);
			// A server asked to end has done what it should; a command that was stopped has not.
			const stopped = parameters[0] === 'serve' ? 0 : signal === 'SIGINT' ? 130 : 143;
			resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? stopped : 3));
		});
	});
}

/** npm passes a signal to its shell, and the shell keeps it to itself: without this, stopping npm leaves the server running. */
function whenParentGoes(stop: () => void): NodeJS.Timeout | undefined {
	if (!process.env.npm_lifecycle_event) return undefined;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		stop();
	}, 250);
	return watch;
}

const [command, ...rest] = process.argv.slice(2);
if (command !== 'start') process.exit(await run(pathOf('./opora.ts'), process.argv.slice(2)));

if (!existsSync(pathOf('../dist/client/index.html')) && !rest.includes('--dev')) {
	process.stderr.write('Building the client (once)… / Собираем интерфейс (один раз)…\n');
	const code = await run(pathOf('../node_modules/vite/bin/vite.js'), ['build', '--logLevel', 'warn']);
	if (code !== 0) process.exit(3);
}
process.exit(await run(pathOf('./opora.ts'), ['serve', '--demo', ...rest]));
