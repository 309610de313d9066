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
	const environment = { UV_THREADPOOL_SIZE: '16' };
	if (command !== 'serve') return { words: [], environment };
	return {
		words: ['--max-semi-space-size=4'],
		environment: { ...environment, MALLOC_ARENA_MAX: '2' },
	};
}
