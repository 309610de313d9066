import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import type { Watch } from '#analytics/progress.ts';
import { computeHere } from '#analytics/run.ts';
import { startComputeThread } from '#analytics/worker.ts';
import { openRecordsForReading } from '#data/records/store.ts';
import { stepBack } from '#data/step-back.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { type Analyst, createAnalyst } from './analyst.ts';
import { Problem } from './problem.ts';
import type {
	Fault,
	Position,
	WarehouseReply,
	WarehouseRequest,
	WarehouseThreadSettings,
} from './warehouse-messages.ts';

/**
 * The thread in which the warehouse lives: here the records are projected, modules are asked and their answers made into
 * bytes, so that no row of them is ever on the event loop.
 */

const port = parentPort!;
// Threads that it starts, as that of heavy modules, begin where it stands.
stepBack();

function send(reply: WarehouseReply, taken: ArrayBuffer[] = []): void {
	port.postMessage(reply, taken);
}

function faultOf(error: unknown): Fault {
	const { message, stack, code } = error as Partial<Error & { code: string }>;
	return {
		message: message ?? String(error),
		stack,
		code: typeof code === 'string' ? code : undefined,
		problem:
			error instanceof Problem
				? { status: error.status, code: error.code, values: error.values, issues: error.issues }
				: undefined,
	};
}

async function serve(settings: WarehouseThreadSettings): Promise<void> {
	const warehouse = await openWarehouse(settings.warehouse);
	const records = openRecordsForReading(settings.records);
	const thread = startComputeThread();
	// What takes milliseconds is reckoned here, without a journey; what takes seconds would keep others waiting.
	const analyst = createAnalyst(
		warehouse,
		(entry, rows, context, watch) =>
			(entry.definition.isHeavy ? thread.computer : computeHere)(entry, rows, context, watch),
		settings.modulePresets,
		() => projector.resultsWatermark(),
	);
	let heard = 0;
	let last: Position | undefined;
	const projector = startProjector(records, warehouse, {
		onError: (error) => send({ trouble: faultOf(error), about: 'the warehouse does not follow the records' }),
		onMove: () => {
			const position: Position = {
				heard,
				caught_up: projector.caughtUp(),
				watermark: projector.watermark(),
				results_watermark: projector.resultsWatermark(),
			};
			if (last && isSame(last, position)) return;
			last = position;
			send({ position });
		},
	});

	const stops = new Map<number, AbortController>();

	async function answer({ ticket, ask, parameters }: Question): Promise<void> {
		const stop = new AbortController();
		stops.set(ticket, stop);
		try {
			const work = analyst[ask] as (...given: unknown[]) => Promise<unknown>;
			const watch: Watch = { signal: stop.signal, tell: (progress) => send({ ticket, progress }) };
			const result = await (ask === 'answer' ? work(...parameters, watch) : work(...parameters));
			send({ ticket, result }, ask === 'answer' ? [bytesOf(result as Answer)] : []);
		} catch (error) {
			// Whoever has left hears no more of it.
			if (!stop.signal.aborted) send({ ticket, fault: faultOf(error) });
		} finally {
			stops.delete(ticket);
		}
	}

	port.on('message', async (request: WarehouseRequest) => {
		if (request === 'close') {
			await projector.stop();
			await thread.close();
			await warehouse.close();
			await records.close();
			port.close();
		} else if ('changed' in request) {
			heard = request.changed;
			records.notifyChanged();
		} else if ('given_up' in request) stops.get(request.given_up)?.abort(new Error('nobody waits any more'));
		else if ('ticket' in request) await answer(request);
	});
	send({ opened: true });
}

type Question = Extract<WarehouseRequest, { ticket: number }>;
type Answer = Awaited<ReturnType<Analyst['answer']>>;

const bytesOf = ({ plain }: Answer): ArrayBuffer => plain.buffer;

const isSame = (one: Position, other: Position): boolean =>
	one.heard === other.heard &&
	one.caught_up === other.caught_up &&
	one.watermark === other.watermark &&
	one.results_watermark === other.results_watermark;

// One fault must not end the thread: teachers' answers would still be taken, but nobody could see them.
process.on('uncaughtException', (error) =>
	send({ trouble: faultOf(error), about: 'unexpected in the warehouse' }),
);

try {
	const [{ open }] = (await once(port, 'message')) as [Extract<WarehouseRequest, { open: unknown }>];
	await serve(open);
} catch (error) {
	send({ refused: faultOf(error) });
	port.close();
}
