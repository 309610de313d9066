import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * `npm start`: builds the client when it is missing, then starts the server in a process of its own, because the size of
 * the thread pool must be known before Node starts: each running query of the warehouse holds one of its threads.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

function run(script: string, parameters: string[]): Promise<number> {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [script, ...parameters], {
			cwd: root,
			stdio: 'inherit',
			env: { UV_THREADPOOL_SIZE: '16', ...process.env },
		});
		const forward = (signal: NodeJS.Signals) => child.kill(signal);
		process.on('SIGINT', forward);
		process.on('SIGTERM', forward);
		child.on('exit', (code, signal) => {
			process.off('SIGINT', forward);
			process.off('SIGTERM', forward);
			resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 3));
		});
	});
}

const page = fileURLToPath(new URL('../dist/client/index.html', import.meta.url));
if (!existsSync(page)) {
	process.stderr.write('Building the client (once)… / Собираем интерфейс (один раз)…\n');
	const code = await run(fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url)), ['build']);
	if (code !== 0) process.exit(3);
}
process.exit(
	await run(fileURLToPath(new URL('./opora.ts', import.meta.url)), ['serve', '--demo', ...process.argv.slice(2)]),
);
