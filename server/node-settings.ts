import { fileURLToPath } from 'node:url';

/** What Node has compiled once is read the next time: a start takes half the work. Left aside where it cannot be written. */
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));

/** How Node is started for a command of ours; both must be known before it starts. */
export interface NodeSettings {
	words: string[];
	environment: Record<string, string>;
}

/**
 * Each running query of the warehouse holds a thread of the pool. A server is also kept small: rows on their way to a
 * board die young, and large nurseries and an arena per thread would keep their space for good.
 */
export function nodeSettings(command: string | undefined): NodeSettings {
	const environment = { UV_THREADPOOL_SIZE: '16', NODE_COMPILE_CACHE: COMPILED };
	if (command !== 'serve') return { words: [], environment };
	return {
		words: ['--max-semi-space-size=8'],
		environment: { ...environment, MALLOC_ARENA_MAX: '2' },
	};
}
