import { Worker } from 'node:worker_threads';
import { RecordsError } from './records-error.ts';
import type { DriverFault, Reply, Statement, StatementResult, WorkerSettings } from './sqlite-messages.ts';

/** Rows on their way through die at once: a larger nursery would only keep its space. */
const NURSERY_MB = 6;

interface Waiting {
	resolve: (results: StatementResult[]) => void;
	reject: (error: Error) => void;
}

/** One SQLite connection in a thread of its own, asked by messages and answered in their order. */
export class SqliteThread {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	readonly #gone: Promise<void>;
	#next = 1;
	#failure: Error | undefined;

	constructor(settings: WorkerSettings) {
		this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), {
			workerData: settings,
			resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB },
			execArgv: ['--disable-warning=ExperimentalWarning'],
		});
		this.#worker.on('message', (reply: Reply) => this.#settle(reply));
		this.#worker.on('error', (error) => this.#fail(error as Error));
		this.#gone = new Promise((resolve) => {
			this.#worker.once('exit', () => {
				this.#fail(new RecordsError('closed'));
				resolve();
			});
		});
	}

	/** Runs statements one after another; `atomic` makes them one transaction (all or none). */
	run(statements: Statement[], atomic = false): Promise<StatementResult[]> {
		if (this.#failure) return Promise.reject(this.#failure);
		const id = this.#next++;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			try {
				this.#worker.postMessage({ id, atomic, statements });
			} catch (error) {
				this.#waiting.delete(id);
				reject(error as Error);
			}
		});
	}

	/** Answers what was asked before, then ends the thread. */
	async close(): Promise<void> {
		if (!this.#failure) this.#worker.postMessage('close');
		await this.#gone;
	}

	#settle(reply: Reply): void {
		const waiting = this.#waiting.get(reply.id);
		this.#waiting.delete(reply.id);
		if ('fault' in reply) waiting?.reject(driverError(reply.fault));
		else waiting?.resolve(reply.results);
	}

	#fail(error: Error): void {
		this.#failure ??= error;
		for (const { reject } of this.#waiting.values()) reject(this.#failure);
		this.#waiting.clear();
	}
}

function driverError(fault: DriverFault): Error {
	return Object.assign(new Error(fault.message), { code: fault.code, errcode: fault.errcode });
}
