import { Worker } from 'node:worker_threads';
import type { CatalogueEntry, ComputeContext, Computed, InputRow } from './module.ts';
import type { Progress, Watch } from './progress.ts';
import type { Computer } from './run.ts';

export interface ComputeThread {
	computer: Computer;
	close(): Promise<void>;
}

interface Request {
	message: { module: string; rows: InputRow[]; context: ComputeContext };
	watch: Watch;
	resolve(computed: Computed): void;
	reject(error: unknown): void;
}

/** What the thread says of the request at hand: how far it is, its answer, or why there is none. */
export type Reply = { progress: Progress } | { computed: Computed } | { error: string };

/** Who reads one board of a heavy module often asks the next within this time. */
const MILLISECONDS_OF_REST = 1_000;

/**
 * A thread for the arithmetic of modules that takes seconds (`isHeavy`), so that nothing quick ever waits for it. It starts
 * with its first request, ends when nothing more is asked for a while, and is given one at a time, the others wait in line
 * here. So a request that is given up, or that
 * ends the thread, costs the thread and nobody else's request: the next begins in a new one.
 */
export function startComputeThread(rest_milliseconds = MILLISECONDS_OF_REST): ComputeThread {
	const line: Request[] = [];
	let current: Request | undefined;
	let worker: Worker | undefined;
	let leaving: NodeJS.Timeout | undefined;

	function begin(): Worker {
		const started = new Worker(new URL('./compute-worker.ts', import.meta.url));
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

	function finish(how: (request: Request) => void): void {
		const request = current;
		current = undefined;
		if (request) how(request);
		takeNext();
	}

	function takeNext(): void {
		if (current) return;
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
			// Asked, not ended: it has nothing at hand.
			worker?.postMessage('leave');
			worker = undefined;
		}, rest_milliseconds).unref();
	}

	function giveUp(request: Request): void {
		const place = line.indexOf(request);
		if (place >= 0) line.splice(place, 1);
		else if (current !== request) return;
		else {
			void worker?.terminate();
			worker = undefined;
			current = undefined;
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
				message: { module: entry.definition.id, rows, context },
				watch,
				resolve: settle(resolve),
				reject: settle(reject),
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			line.push(request);
			if (current) tell?.({ stage: 'waiting', share: 0 });
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
			current?.reject(ended);
			current = undefined;
			await closing?.terminate();
		},
	};
}
