import { parentPort, workerData } from 'node:worker_threads';
import { stepBack } from '../step-back.ts';
import { type CheckRequest, checkFile } from './check-file.ts';
import { ImportError } from './codes.ts';
import { packRows } from './packed-rows.ts';
import type { FromWorker, PackedPart } from './run-check.ts';

/** So many rows cross to the main thread at a time: each piece is read there within a few milliseconds. */
const piece = 500;

const port = parentPort!;
const send = (message: FromWorker): void => port.postMessage(message);

/** Waits until the main thread asks for the next piece. */
const asked = (): Promise<void> => new Promise((resolve) => port.once('message', () => resolve()));

async function run(): Promise<void> {
	try {
		const { head, parts } = await checkFile(workerData as CheckRequest, (phase, done, total) =>
			send({ type: 'progress', phase, done, total }),
		);
		const { rows, waiting, ...others } = parts;
		for (const [part, values] of Object.entries({ rows, waiting }) as [PackedPart, unknown[]][]) {
			for (const piece of packRows(values)) {
				port.postMessage({ type: 'packed', part, piece } satisfies FromWorker, [piece.bytes.buffer]);
			}
		}
		for (const [part, values] of Object.entries(others) as [keyof typeof others, unknown[]][]) {
			for (let from = 0; from < values.length; from += piece) {
				send({ type: 'piece', part, values: values.slice(from, from + piece) });
				await asked();
			}
		}
		send({ type: 'done', head });
	} catch (cause) {
		if (!(cause instanceof ImportError)) throw cause;
		send({ type: 'refused', code: cause.code, params: cause.params });
	}
	port.close();
}

stepBack();
void run();
