import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';
import { Problem } from './problem.ts';

const WINDOW_MILLISECONDS = 15 * 60_000;
const MOST_FAILURES_PER_NAME = 10;
const MOST_FAILURES_PER_ADDRESS = 100;
/** Past this many not even what is right gets in, or links would be guessed without end. */
const MOST_FAILURES_BEFORE_CLOSING = 1_000;

/** What is guessed at; failures at one count for no other, however its path was written. */
type Door = 'sign-in' | 'password' | 'link';

/**
 * Slows guessing down, at each door by itself: ten failures for one name from one address, or a hundred from one address,
 * close it for a quarter of an hour. Only failures count, so a whole staff room behind one address gets in. A name is a
 * login, an account, or what was typed in; of it only a hash is kept.
 */
export function limitAttempts() {
	const store = new MemoryStore();
	store.init({ windowMs: WINDOW_MILLISECONDS } as Options);

	async function countOf(key: string): Promise<number> {
		return (await store.get(key))?.totalHits ?? 0;
	}

	async function isSlowedDown(request: Request, door: Door, name: string): Promise<boolean> {
		const { byName, byAddress } = keysOf(request, door, name);
		const [named, addressed] = await Promise.all([countOf(byName), countOf(byAddress)]);
		return named >= MOST_FAILURES_PER_NAME || addressed >= MOST_FAILURES_PER_ADDRESS;
	}

	return {
		/** @throws {Problem} 429 */
		async demand(request: Request, door: Door, name: string): Promise<void> {
			if (await isSlowedDown(request, door, name)) throw new Problem(429, 'too-many-attempts');
		},
		/**
		 * Asked before a secret is looked up that is too long to be guessed (49 bits): those who mistype do not lock out who
		 * has the right one, up to a thousand failures of an address.
		 * @throws {Problem} 429
		 */
		async demandUnclosed(request: Request, door: Door): Promise<void> {
			const { byAddress } = keysOf(request, door, '');
			if ((await countOf(byAddress)) >= MOST_FAILURES_BEFORE_CLOSING)
				throw new Problem(429, 'too-many-attempts');
		},
		/** Counts a failure. @throws {Problem} 429 when there were too many before it */
		async failed(request: Request, door: Door, name: string): Promise<void> {
			const wasSlowedDown = await isSlowedDown(request, door, name);
			const { byName, byAddress } = keysOf(request, door, name);
			await Promise.all([store.increment(byName), store.increment(byAddress)]);
			if (wasSlowedDown) throw new Problem(429, 'too-many-attempts');
		},
	};
}

function keysOf(request: Request, door: Door, name: string): { byName: string; byAddress: string } {
	const byAddress = `${door} ${ipKeyGenerator(request.ip ?? '')}`;
	const hash = createHash('sha256').update(name.toLowerCase()).digest('base64url');
	return { byName: `${byAddress} ${hash}`, byAddress };
}
