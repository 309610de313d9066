/** A fixed number of things that jobs borrow one at a time; who comes late waits in order of arrival. */
export interface Pool<Thing> {
	/** Runs the job with a free thing, as soon as there is one. */
	use<Result>(job: (thing: Thing) => Promise<Result>): Promise<Result>;
	/** Refuses further jobs and resolves when the running and the waiting ones have ended. */
	drain(): Promise<void>;
}

export function createPool<Thing>(things: Thing[]): Pool<Thing> {
	const free = [...things];
	const waiting: ((thing: Thing) => void)[] = [];
	let closed = false;
	let drained = (): void => undefined;

	function release(thing: Thing): void {
		const next = waiting.shift();
		if (next) next(thing);
		else {
			free.push(thing);
			if (closed && free.length === things.length) drained();
		}
	}

	return {
		async use(job) {
			if (closed) throw new Error('the warehouse is closed');
			const thing = free.pop() ?? (await new Promise<Thing>((resolve) => waiting.push(resolve)));
			try {
				return await job(thing);
			} finally {
				release(thing);
			}
		},
		drain() {
			closed = true;
			if (free.length === things.length) return Promise.resolve();
			return new Promise((resolve) => {
				drained = resolve;
			});
		},
	};
}
