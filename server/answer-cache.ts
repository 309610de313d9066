import { type PackedBody, packBody } from './packed-body.ts';

/** Makes a body; the signal is aborted when nobody waits for it any more. */
type Make = (stop: AbortSignal) => Promise<{ type: string; plain: Uint8Array }>;

interface Running {
	body: Promise<PackedBody>;
	/** how many wait for it */
	waiting: number;
	stop: AbortController;
}

/**
 * Bodies that are the same for everybody who asks the same with the same rights while the data stand still.
 * The key carries the watermark, so nothing is ever invalidated: old entries fall out by size. Two who ask at once
 * share one computation, which stops when the last of them has left.
 */
export function createAnswerCache(limitBytes = 64 * 1024 * 1024) {
	const bodies = new Map<string, PackedBody>();
	const running = new Map<string, Running>();

	function keep(key: string, body: PackedBody): void {
		bodies.set(key, body);
		// Counted anew: a body shrinks as it is packed, and grows when another coding is asked for.
		let bytes = 0;
		for (const one of bodies.values()) bytes += one.size();
		for (const [oldKey, old] of bodies) {
			if (bytes <= limitBytes) break;
			bodies.delete(oldKey);
			bytes -= old.size();
		}
	}

	function begin(key: string, make: Make): Running {
		const stop = new AbortController();
		const body = make(stop.signal).then(packBody);
		const work: Running = { body, waiting: 0, stop };
		running.set(key, work);
		const end = (): void => void (running.get(key) === work && running.delete(key));
		body.then((made) => keep(key, made)).then(end, end);
		return work;
	}

	function join(key: string, work: Running, leaving?: AbortSignal): Promise<PackedBody> {
		work.waiting++;
		if (!leaving) return work.body;
		return new Promise((resolve, reject) => {
			const leave = (): void => {
				reject(leaving.reason);
				work.waiting--;
				if (work.waiting > 0) return;
				// At once: whoever asks now begins anew and does not wait for what is being stopped.
				if (running.get(key) === work) running.delete(key);
				work.stop.abort(leaving.reason);
			};
			if (leaving.aborted) return leave();
			leaving.addEventListener('abort', leave, { once: true });
			const stay = (): void => leaving.removeEventListener('abort', leave);
			work.body.finally(stay).then(resolve, reject);
		});
	}

	return {
		/** `leaving` is aborted when the one who asks goes: only they are refused, with its reason. */
		async find(key: string, make: Make, leaving?: AbortSignal): Promise<PackedBody> {
			const known = bodies.get(key);
			if (known) {
				// Moved to the end: what is asked often is dropped last.
				bodies.delete(key);
				bodies.set(key, known);
				return known;
			}
			return join(key, running.get(key) ?? begin(key, make), leaving);
		},
	};
}
