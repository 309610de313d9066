import { Worker } from 'node:worker_threads';
import type { CheckedHead, CheckedParts, CheckRequest, Phase, Progress } from './check-file.ts';
import { type FileCode, ImportError, type Params } from './codes.ts';
import { type PackedPiece, PackedRows } from './packed-rows.ts';

/** The parts that may be as long as the file, and wait for their word. */
export type PackedPart = 'rows' | 'waiting';

/** The long parts of an answer as they arrive. */
export type ArrivedParts = Omit<CheckedParts, PackedPart> & Record<PackedPart, PackedRows>;

/** What the thread says. A piece is answered by any message when the next one may come. */
export type FromWorker =
	| { type: 'progress'; phase: Phase; done: number; total: number }
	| { type: 'piece'; part: Exclude<keyof CheckedParts, PackedPart>; values: unknown[] }
	| { type: 'packed'; part: PackedPart; piece: PackedPiece }
	| { type: 'done'; head: CheckedHead }
	| { type: 'refused'; code: FileCode; params: Params };

/** Memory the thread may take: a file that needs more is refused, the server goes on. */
const memoryMb = 1536;

/**
 * Runs `checkFile` in a thread of its own, so that the event loop stays free; the answer arrives in pieces, one per turn
 * of the loop.
 * @throws ImportError as `checkFile`, and `file-too-large` when the file needs more memory than a check may take
 */
export function runCheck(
	request: CheckRequest,
	progress: Progress,
): Promise<{ head: CheckedHead; parts: ArrivedParts }> {
	const bytes = Uint8Array.from(request.bytes);
	const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
		workerData: { ...request, bytes },
		transferList: [bytes.buffer],
		resourceLimits: { maxOldGenerationSizeMb: memoryMb },
	});
	const parts: ArrivedParts = {
		rows: new PackedRows(),
		waiting: new PackedRows(),
		refused: [],
		waiting_cells: [],
		issues: [],
		coerced: [],
	};
	return new Promise((resolve, reject) => {
		worker.on('message', (message: FromWorker) => {
			if (message.type === 'progress') progress(message.phase, message.done, message.total);
			else if (message.type === 'piece') {
				(parts[message.part] as unknown[]).push(...message.values);
				setImmediate(() => worker.postMessage('next'));
			} else if (message.type === 'packed') {
				parts[message.part].add(message.piece);
			} else if (message.type === 'done') resolve({ head: message.head, parts });
			else reject(new ImportError(message.code, message.params));
		});
		worker.on('error', (cause: NodeJS.ErrnoException) => {
			const isMemory = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
			reject(isMemory ? new ImportError('file-too-large', { limit_mb: 30 }) : cause);
		});
		worker.on('exit', (code) => reject(new Error(`The import thread ended early (${code})`)));
	});
}
