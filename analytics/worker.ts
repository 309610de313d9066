import { Worker } from 'node:worker_threads';
import type { CatalogueEntry, ComputeContext, Computed, InputRow } from './module.ts';
import type { Progress, Watch } from './progress.ts';
import type { Computer } from './run.ts';

export interface ComputeThread {
	computer: Computer;
	close(): Promise<void>;
}

interface Request {
	message: { number: number; module: string; rows: InputRow[]; context: ComputeContext };
	watch: Watch;
	resolve(computed: Computed): void;
	reject(error: unknown): void;
}

/** What the thread says of the request at hand: how far it is, its answer, or why there is none. */
export type Reply = { progress: Progress } | { computed: Computed } | { error: string };

export interface ThreadSettings {
	/** who reads one board of a heavy module often asks the next within this time */
	rest_milliseconds?: number;
	/** how long the step at hand may take when it is to stop, before the thread is ended where it stands */
	patience_milliseconds?: number;
	/** what the thread runs */
	program?: URL;
}

/**
 * A thread for the arithmetic of modules that takes seconds (`isHeavy`), so that nothing quick ever waits for it. It starts
 * with its first request, ends when nothing more is asked for a while, and is given one at a time, the others wait in line
 * here. A request that is given up stops between two of its steps: the thread reads of it in memory that both share, and
 * takes the next. Ended from outside, an engine in the middle of its work may take the whole process along; so that is left
 * for a thread that does not hear. Then, and when a request ends the thread, the next begins in a new one.
 */
export function startComputeThread({
	rest_milliseconds = 1_000,
	patience_milliseconds = 2_000,
	program = new URL('./compute-worker.ts', import.meta.url),
}: ThreadSettings = {}): ComputeThread {
	const line: Request[] = [];
	const given_up = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
	let asked = 0;
	let current: Request | undefined;
	let worker: Worker | undefined;
	let leaving: NodeJS.Timeout | undefined;
	/** the last thread that was let go has ended */
	let parted: Promise<void> | undefined;
	/** runs while the thread still works at a request that is given up */
	let stopping: NodeJS.Timeout | undefined;

	function begin(): Worker {
		const started = new Worker(program, { workerData: given_up });
		const isMine = (): boolean => worker === started;
		const fail = (error: unknown): void => {
			if (!isMine()) return;
			worker = undefined;
			finish((request) => request.reject(error));
		};
		started.on('message', (reply: Reply) => {
			if (!isMine()) return;
			if ('progress' in reply) current?.watch.tell?.(reply.progress);
			else
				finish((request) =>
					'computed' in reply ? request.resolve(reply.computed) : request.reject(new Error(reply.error)),
				);
		});
		started.on('error', fail);
		started.on('exit', (code) => fail(new Error(`the computing thread ended with code ${code}`)));
		return started;
	}

	/** The thread is free: of the request at hand, or of the one that was given up. */
	function finish(how: (request: Request) => void): void {
		clearTimeout(stopping);
		stopping = undefined;
		const request = current;
		current = undefined;
		if (request) how(request);
		takeNext();
	}

	function takeNext(): void {
		if (current || stopping) return;
		current = line.shift();
		clearTimeout(leaving);
		if (!current) {
			rest();
			return;
		}
		worker ??= begin();
		worker.ref();
		worker.postMessage(current.message);
	}

	/** What it holds after its work is several times the program itself; a new one starts in a fifth of a second. */
	function rest(): void {
		if (!worker) return;
		worker.unref();
		leaving = setTimeout(() => {
			if (worker) parted = leave(worker, patience_milliseconds);
			worker = undefined;
		}, rest_milliseconds).unref();
	}

	function giveUp(request: Request): void {
		const place = line.indexOf(request);
		if (place >= 0) line.splice(place, 1);
		else if (current !== request) return;
		else {
			Atomics.store(given_up, 0, request.message.number);
			current = undefined;
			stopping = setTimeout(() => {
				void worker?.terminate();
				worker = undefined;
				finish(() => undefined);
			}, patience_milliseconds);
		}
		request.reject(request.watch.signal?.reason);
		takeNext();
	}

	function ask(entry: CatalogueEntry, rows: InputRow[], context: ComputeContext, watch: Watch) {
		return new Promise<Computed>((resolve, reject) => {
			const { signal, tell } = watch;
			if (signal?.aborted) return reject(signal.reason);
			const onAbort = (): void => giveUp(request);
			const settle =
				<Value>(how: (value: Value) => void) =>
				(value: Value) => {
					signal?.removeEventListener('abort', onAbort);
					how(value);
				};
			const request: Request = {
				message: { number: ++asked, module: entry.definition.id, rows, context },
				watch,
				resolve: settle(resolve),
				reject: settle(reject),
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			line.push(request);
			if (current || stopping) tell?.({ stage: 'waiting', share: 0 });
			takeNext();
		});
	}

	return {
		computer: (entry, rows, context, watch = {}) => ask(entry, rows, context, watch),
		async close() {
			const ended = new Error('the computing thread is closed');
			clearTimeout(leaving);
			for (const request of line.splice(0)) request.reject(ended);
			const closing = worker;
			worker = undefined;
			if (current) Atomics.store(given_up, 0, current.message.number);
			current?.reject(ended);
			current = undefined;
			clearTimeout(stopping);
			stopping = undefined;
			await parted;
			if (closing) await leave(closing, patience_milliseconds);
		},
	};
}

/** Lets a thread end by itself; in time, or it is ended. */
async function leave(worker: Worker, patience_milliseconds: number): Promise<void> {
	const ended = new Promise((resolve) => worker.once('exit', resolve));
	const patience = setTimeout(() => void worker.terminate(), patience_milliseconds);
	worker.postMessage('leave');
	await ended;
	clearTimeout(patience);
}
