import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../server/opora.ts', import.meta.url));

export interface Outcome {
	code: number | null;
	out: string;
	err: string;
}

/** Runs the command line in a process of its own, as a person would. */
export function runOpora(words: string[], environment: Record<string, string>): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [entry, ...words], { env: { ...process.env, ...environment } });
		let out = '';
		let err = '';
		child.stdout.on('data', (piece) => {
			out += piece;
		});
		child.stderr.on('data', (piece) => {
			err += piece;
		});
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, out, err }));
	});
}
