const SLICE_MILLISECONDS = 3;

/**
 * For loops over many rows on the event loop: await the returned function once per row or page; it gives way to others
 * whenever the loop has held the thread for some milliseconds.
 */
export function createGiveWay(): () => Promise<void> | undefined {
	let began = performance.now();
	return () => {
		if (performance.now() - began < SLICE_MILLISECONDS) return undefined;
		return new Promise((resolve) => {
			setImmediate(() => {
				began = performance.now();
				resolve();
			});
		});
	};
}
