import { Worker } from 'node:worker_threads';
import type { Computed } from './module.ts';
import type { Computer } from './run.ts';

export interface ComputeThread {
	computer: Computer;
	close(): Promise<void>;
}

interface Waiting {
	resolve(computed: Computed): void;
	reject(error: Error): void;
}

type Reply = { ticket: number; computed?: Computed; error?: string };

/**
 * A thread for the arithmetic of modules that takes seconds (`isHeavy`), so that nothing quick ever waits for it. It starts
 * with its first request; one that dies fails what waited for it and is replaced at the next.
 */
export function startComputeThread(): ComputeThread {
	const waiting = new Map<number, Waiting>();
	let tickets = 0;
	let worker: Worker | undefined;

	function failAll(error: Error): void {
		worker = undefined;
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
	}

	function running(): Worker {
		if (worker) return worker;
		const started = new Worker(new URL('./compute-worker.ts', import.meta.url));
		started.on('message', ({ ticket, computed, error }: Reply) => {
			const request = waiting.get(ticket);
			waiting.delete(ticket);
			if (waiting.size === 0) started.unref();
			if (computed) request?.resolve(computed);
			else request?.reject(new Error(error ?? 'the computation gave no answer'));
		});
		started.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))));
		started.on('exit', (code) => failAll(new Error(`the computing thread ended with code ${code}`)));
		started.unref();
		worker = started;
		return started;
	}

	return {
		computer: (entry, rows, context) =>
			new Promise((resolve, reject) => {
				const ticket = ++tickets;
				waiting.set(ticket, { resolve, reject });
				const thread = running();
				thread.ref();
				thread.postMessage({ ticket, module: entry.definition.id, rows, context });
			}),
		async close() {
			await worker?.terminate();
		},
	};
}
