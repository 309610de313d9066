import { parentPort } from 'node:worker_threads';
import { findModule } from './catalogue.ts';
import type { ComputeContext, InputRow } from './module.ts';

/** One request to the worker: which module, on what. */
export interface ComputeRequest {
	ticket: number;
	module: string;
	rows: InputRow[];
	context: ComputeContext;
}

parentPort?.on('message', ({ ticket, module, rows, context }: ComputeRequest) => {
	try {
		const entry = findModule(module);
		if (!entry) throw new Error(`unknown module: ${module}`);
		parentPort?.postMessage({ ticket, computed: entry.compute(rows, context) });
	} catch (error) {
		parentPort?.postMessage({ ticket, error: error instanceof Error ? error.stack : String(error) });
	}
});
