import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';
import { Problem } from './problem.ts';

const WINDOW_MILLISECONDS = 15 * 60_000;
const MOST_FAILURES_PER_NAME = 10;
const MOST_FAILURES_PER_ADDRESS = 100;

/**
 * Slows guessing down: ten failures for one name from one address, or a hundred from one address, close the door for
 * a quarter of an hour. Only failures count, so a whole staff room behind one address gets in.
 */
export function limitAttempts(): { guard: RequestHandler; failed(request: Request): void } {
	const store = new MemoryStore();
	store.init({ windowMs: WINDOW_MILLISECONDS } as Options);

	async function countOf(key: string): Promise<number> {
		return (await store.get(key))?.totalHits ?? 0;
	}

	return {
		guard: async (request, _response, next) => {
			const { byName, byAddress } = keysOf(request);
			const [named, addressed] = await Promise.all([countOf(byName), countOf(byAddress)]);
			if (named >= MOST_FAILURES_PER_NAME || addressed >= MOST_FAILURES_PER_ADDRESS)
				throw new Problem(429, 'too-many-attempts');
			next();
		},
		failed: (request) => {
			const { byName, byAddress } = keysOf(request);
			void store.increment(byName);
			void store.increment(byAddress);
		},
	};
}

function keysOf(request: Request): { byName: string; byAddress: string } {
	const address = ipKeyGenerator(request.ip ?? '');
	const login: unknown = request.body?.login;
	const name = typeof login === 'string' ? login.toLowerCase().slice(0, 60) : '';
	return { byName: `${request.path} ${address} ${name}`, byAddress: `${request.path} ${address}` };
}
