import { renameSync } from 'node:fs';
import { type ChangeKind, latestSeq, listChanges } from '../records/changes.ts';
import type { Records } from '../records/store.ts';
import { applyChanges, loadEverything, type Progress } from './projection/apply.ts';
import type { Instruments } from './projection/instruments.ts';
import { type ChangeMark, readWatermark, type Watermark } from './projection/watermark.ts';
import { openWarehouse, removeWarehouse, type Warehouse } from './warehouse.ts';

export type { Progress } from './projection/apply.ts';

/** How far the warehouse is behind the records. */
export interface ProjectorState {
	/** Everything that was committed when it last looked is in the warehouse. */
	caughtUp(): boolean;
	/** Seconds since it was last caught up; 0 while it is. */
	lagSeconds(): number;
	/** The last change of the records that the warehouse reflects; 0 = none. */
	watermark(): number;
	/** The last of them that touched the registry or results of procedures; responses leave it as it is. */
	resultsWatermark(): number;
}

/** Follows the changes of the records into the warehouse. */
export interface Projector extends ProjectorState {
	/** The failure that it is trying to get over, if any. */
	failure(): Error | undefined;
	/** Resolves when the change of this number is in the warehouse; rejects when the projector is stopped before. */
	waitFor(seq: number): Promise<void>;
	/** Ends after the batch at hand. */
	stop(): Promise<void>;
}

export interface ProjectorOptions {
	/** how far a rebuild is, when one is needed */
	progress?: Progress;
	/** called once per failed attempt; the projector goes on trying */
	onError?: (error: Error) => void;
	/** called after each step that may have changed where it is */
	onMove?: () => void;
}

const POLL_MILLISECONDS = 300;
const LONGEST_PAUSE_MILLISECONDS = 5_000;
const CHANGES_PER_BATCH = 5_000;
/**
 * A pass costs nearly the same for one response as for a hundred. When a pass found so many, a town is handing in: the
 * next one rests first, so that it takes more at once and leaves the processor to those who wait for their receipt.
 */
const MANY_CHANGES = 24;
const SHORTEST_REST_MILLISECONDS = 500;
const LONGEST_REST_MILLISECONDS = 2_000;
/** The longer the queue was, the longer the rest: at a thousand responses a second boards may be two seconds behind. */
const REST_PER_CHANGE_MILLISECONDS = 2;
const RESULT_KINDS: ReadonlySet<ChangeKind> = new Set([
	'registry',
	'procedure',
	'batch',
	'batch-withdrawn',
	'remarking',
]);
/** Stands for the watermark until the warehouse is known to be a copy of these records. */
const NOT_YET = -1;

/**
 * Starts to follow. A warehouse that is empty, half rebuilt, or not a copy of these records (its last change is not
 * among theirs) is first rebuilt.
 */
export function startProjector(
	records: Records,
	warehouse: Warehouse,
	{ progress, onError, onMove }: ProjectorOptions = {},
): Projector {
	const instruments: Instruments = new Map();
	let watermark = NOT_YET;
	let resultsWatermark = 0;
	let caughtUp = false;
	let behindSince = performance.now();
	let failure: Error | undefined;
	let stopped = false;
	let wake = (): void => undefined;
	let woken = false;
	let isResting = false;
	const waiting = new Set<{ seq: number; resolve: () => void; reject: (error: Error) => void }>();

	const endListening = records.onChange(() => {
		if (caughtUp) behindSince = performance.now();
		caughtUp = false;
		woken = true;
		if (!isResting) wake();
	});

	/** Until there is something to do, or for the rest after much. Whoever waits for a change cuts either short. */
	function sleep(milliseconds: number, rests: boolean): Promise<void> {
		return new Promise((resolve) => {
			isResting = rests && waiting.size === 0;
			if ((woken && !isResting) || stopped) {
				resolve();
				return;
			}
			const timer = setTimeout(() => wake(), milliseconds);
			wake = () => {
				clearTimeout(timer);
				wake = () => undefined;
				resolve();
			};
		});
	}

	function reach(seq: number): void {
		watermark = seq;
		for (const waiter of waiting) {
			if (waiter.seq > seq) continue;
			waiting.delete(waiter);
			waiter.resolve();
		}
		onMove?.();
	}

	async function projectNext(): Promise<number> {
		const changes = await listChanges(records, watermark, CHANGES_PER_BATCH);
		const last = changes.at(-1);
		if (!last) return 0;
		await applyChanges(records.db, warehouse, instruments, changes);
		resultsWatermark = changes.findLast(({ kind }) => RESULT_KINDS.has(kind))?.seq ?? resultsWatermark;
		reach(last.seq);
		return changes.length;
	}

	async function follow(): Promise<void> {
		let isReady = false;
		let failures = 0;
		while (!stopped) {
			let taken = 0;
			try {
				if (!isReady) {
					const seq = await bringUp(records, warehouse, instruments, progress);
					resultsWatermark = seq;
					reach(seq);
					isReady = true;
				}
				woken = false;
				let found = CHANGES_PER_BATCH;
				while (!stopped && found === CHANGES_PER_BATCH) {
					found = await projectNext();
					taken += found;
				}
				failures = 0;
				failure = undefined;
				caughtUp = !woken;
			} catch (error) {
				failure = error instanceof Error ? error : new Error(String(error));
				failures += 1;
				caughtUp = false;
				// Only a fresh start tells whether the warehouse or the records are the trouble.
				isReady = false;
				instruments.clear();
				onError?.(failure);
				woken = false;
			}
			onMove?.();
			const pause = Math.min(POLL_MILLISECONDS * 2 ** failures, LONGEST_PAUSE_MILLISECONDS);
			const rests = taken >= MANY_CHANGES;
			await sleep(rests ? restAfter(taken) : pause, rests);
		}
	}

	const ended = follow();
	return {
		caughtUp: () => caughtUp,
		lagSeconds: () => (caughtUp ? 0 : (performance.now() - behindSince) / 1_000),
		watermark: () => Math.max(0, watermark),
		resultsWatermark: () => resultsWatermark,
		failure: () => failure,
		waitFor: (seq) =>
			new Promise((resolve, reject) => {
				if (watermark >= seq) resolve();
				else if (stopped) reject(new Error('the projector is stopped'));
				else {
					waiting.add({ seq, resolve, reject });
					if (isResting) wake();
				}
			}),
		async stop() {
			stopped = true;
			endListening();
			wake();
			await ended;
			for (const waiter of waiting) waiter.reject(new Error('the projector is stopped'));
			waiting.clear();
		},
	};
}

const restAfter = (changes: number): number =>
	Math.min(
		LONGEST_REST_MILLISECONDS,
		Math.max(SHORTEST_REST_MILLISECONDS, changes * REST_PER_CHANGE_MILLISECONDS),
	);

/**
 * Builds the warehouse of these records anew beside the old file and puts it in its place.
 * Throws WarehouseError `in-use` while somebody has the old one open.
 */
export async function rebuild(records: Records, path: string, progress?: Progress): Promise<void> {
	// Holding the old file open keeps a server from starting on it meanwhile.
	const old = await openWarehouse({ path });
	const fresh = `${path}.new`;
	removeWarehouse(fresh);
	const warehouse = await openWarehouse({ path: fresh });
	try {
		await loadEverything(records.db, warehouse, new Map(), await newestChange(records), progress);
	} finally {
		await warehouse.close();
		await old.close();
	}
	removeWarehouse(path);
	renameSync(fresh, path);
	removeWarehouse(fresh);
}

/** Makes the warehouse a true copy up to some change and resolves to the number of that change. */
async function bringUp(
	records: Records,
	warehouse: Warehouse,
	instruments: Instruments,
	progress?: Progress,
): Promise<number> {
	const mark = await readWatermark(warehouse);
	const isGenerated = (await warehouse.ask('select generated from warehouse_shape')).columns[0]![0] === true;
	if (isGenerated || (await isCopyOf(records, mark))) return mark.seq;
	const upTo = await newestChange(records);
	await loadEverything(records.db, warehouse, instruments, upTo, progress);
	return upTo.seq;
}

/** A rebuild that was cut short, another installation's warehouse, or one that is ahead of restored records is no copy. */
async function isCopyOf(records: Records, mark: Watermark): Promise<boolean> {
	if (!mark.complete || mark.seq === 0) return false;
	const [found] = await listChanges(records, mark.seq - 1, 1);
	return found?.seq === mark.seq && found.kind === mark.kind && found.subject === mark.subject;
}

async function newestChange(records: Records): Promise<ChangeMark> {
	const seq = await latestSeq(records);
	const [change] = seq > 0 ? await listChanges(records, seq - 1, 1) : [];
	return change ?? { seq: 0, kind: '', subject: '' };
}
