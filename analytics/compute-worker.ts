import { parentPort, workerData } from 'node:worker_threads';
import { findModule } from './catalogue.ts';
import type { ComputeContext, InputRow } from './module.ts';
import type { Progress } from './progress.ts';
import type { Reply } from './worker.ts';

/** The last number that is given up, written by the thread that asks. */
const given_up = workerData as Int32Array;

/** One request to the worker: which module, on what. Numbers tell requests apart. */
interface ComputeRequest {
	number: number;
	module: string;
	rows: InputRow[];
	context: ComputeContext;
}

/** Nobody reads more often. */
const MILLISECONDS_BETWEEN = 100;

const reply = (message: Reply): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: ComputeRequest | 'leave') => {
	if (request === 'leave') return parentPort!.close();
	const { number, module, rows, context } = request;
	const stopIfGivenUp = (): void => {
		if (Atomics.load(given_up, 0) === number) throw new Error('given up');
	};
	let told = { stage: '', at: Number.NEGATIVE_INFINITY };
	const tell = (progress: Progress): void => {
		stopIfGivenUp();
		const now = performance.now();
		if (progress.stage === told.stage && now - told.at < MILLISECONDS_BETWEEN) return;
		told = { stage: progress.stage, at: now };
		reply({ progress });
	};
	try {
		stopIfGivenUp();
		const entry = findModule(module);
		if (!entry) throw new Error(`unknown module: ${module}`);
		reply({ computed: entry.compute(rows, context, tell) });
	} catch (error) {
		reply({ error: (error instanceof Error && error.stack) || String(error) });
	}
});
