import { Worker } from 'node:worker_threads';
import type { Watch } from '#analytics/progress.ts';
import type { Records } from '#data/records/store.ts';
import { WarehouseError, type WarehouseProblem } from '#data/warehouse/errors.ts';
import type { ProjectorState } from '#data/warehouse/projector.ts';
import type { Analyst } from './analyst.ts';
import type { Log } from './log.ts';
import { Problem } from './problem.ts';
import type {
	Fault,
	Position,
	WarehouseReply,
	WarehouseRequest,
	WarehouseThreadSettings,
} from './warehouse-messages.ts';

export interface WarehouseThread {
	analyst: Analyst;
	projector: ProjectorState;
	/** Answers what was asked before, lets the file go and ends the thread. */
	close(): Promise<void>;
}

interface Waiting {
	resolve(result: unknown): void;
	reject(error: unknown): void;
	tell?: Watch['tell'];
}

/** Starts the thread, which loads its part of the program meanwhile; it keeps no process alive before it is opened. */
export function prepareWarehouseThread(): Worker {
	const worker = new Worker(new URL('./warehouse-worker.ts', import.meta.url));
	worker.unref();
	return worker;
}

/**
 * Opens the warehouse in its thread, where it follows the records. It reads them through a connection of its own and hears
 * here of what this process commits.
 * @throws {WarehouseError} as `openWarehouse`
 */
export async function openWarehouseThread(
	worker: Worker,
	settings: WarehouseThreadSettings,
	records: Records,
	log: Log,
): Promise<WarehouseThread> {
	const waiting = new Map<number, Waiting>();
	let tickets = 0;
	let commits = 0;
	let isOver = false;
	let behindSince = performance.now();
	let position: Position = { heard: 0, caught_up: false, watermark: 0, results_watermark: 0 };
	const caughtUp = (): boolean => !isOver && position.caught_up && position.heard === commits;

	const post = (request: WarehouseRequest): void => worker.postMessage(request);

	function ask<Result>(
		request: Omit<Extract<WarehouseRequest, { ticket: number }>, 'ticket'>,
		{ signal, tell }: Watch = {},
	): Promise<Result> {
		if (isOver) return Promise.reject(new Error('the thread of the warehouse is not there'));
		const ticket = ++tickets;
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			const leave = (): void => {
				if (!waiting.delete(ticket)) return;
				post({ given_up: ticket });
				reject(signal?.reason);
			};
			const settle =
				<Value>(how: (value: Value) => void) =>
				(value: Value) => {
					signal?.removeEventListener('abort', leave);
					how(value);
				};
			const how = { resolve: settle(resolve as Waiting['resolve']), reject: settle(reject) };
			waiting.set(ticket, tell ? { ...how, tell } : how);
			signal?.addEventListener('abort', leave, { once: true });
			post({ ...request, ticket } as WarehouseRequest);
		});
	}

	function settle(reply: Extract<WarehouseReply, { ticket: number }>): void {
		const request = waiting.get(reply.ticket);
		if ('progress' in reply) {
			request?.tell?.(reply.progress);
			return;
		}
		waiting.delete(reply.ticket);
		if ('fault' in reply) request?.reject(asError(reply.fault));
		else request?.resolve(reply.result);
	}

	const opened = Promise.withResolvers<void>();
	const ended = Promise.withResolvers<void>();
	worker.on('message', (reply: WarehouseReply) => {
		if ('ticket' in reply) settle(reply);
		else if ('position' in reply) position = reply.position;
		else if ('trouble' in reply) log.error({ err: asError(reply.trouble) }, reply.about);
		else if ('refused' in reply) opened.reject(asError(reply.refused));
		else opened.resolve();
	});
	worker.on('error', (error) => {
		log.fatal({ err: error }, 'the thread of the warehouse died: answers are taken, boards need a restart');
	});
	worker.on('exit', () => {
		isOver = true;
		const error = new Error('the thread of the warehouse has ended');
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
		opened.reject(error);
		ended.resolve();
	});
	const endListening = records.onChange(() => {
		if (isOver) return;
		if (caughtUp()) behindSince = performance.now();
		commits += 1;
		post({ changed: commits });
	});
	try {
		worker.ref();
		post({ open: settings });
		await opened.promise;
	} catch (error) {
		endListening();
		throw error;
	}

	return {
		analyst: {
			run: (...parameters) => ask({ ask: 'run', parameters }),
			answer: (question, format, watch) => ask({ ask: 'answer', parameters: [question, format] }, watch),
			filterValues: (...parameters) => ask({ ask: 'filterValues', parameters }),
			hasPartialRelease: (...parameters) => ask({ ask: 'hasPartialRelease', parameters }),
		},
		projector: {
			caughtUp,
			lagSeconds: () => (caughtUp() ? 0 : (performance.now() - behindSince) / 1_000),
			watermark: () => position.watermark,
			resultsWatermark: () => position.results_watermark,
		},
		async close() {
			endListening();
			if (!isOver) post('close');
			await ended.promise;
		},
	};
}

function asError({ message, stack, code, problem }: Fault): Error {
	if (problem) return new Problem(problem.status, problem.code, problem.values, problem.issues);
	const error =
		code !== undefined && isWarehouseProblem(code) ? new WarehouseError(code, message) : new Error(message);
	if (stack) error.stack = stack;
	return code === undefined ? error : Object.assign(error, { code });
}

const isWarehouseProblem = (code: string): code is WarehouseProblem =>
	code === 'in-use' || code === 'not-openable' || code === 'generated-outdated';
