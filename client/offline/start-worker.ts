/** Makes the pages of those who answer open without a connection. In development the bundler serves the files itself. */
export function startWorker(): void {
	if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	// after the page itself has what it needs
	const start = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
	if (document.readyState === 'complete') start();
	else window.addEventListener('load', start, { once: true });
}

/** Has the worker keep the files of the observer's pages too: few need them, so they are not kept for all. */
export async function keepObserverFiles(): Promise<void> {
	if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	startWorker();
	const { active } = await navigator.serviceWorker.ready;
	active?.postMessage('opora-observer');
}

const key = 'opora-reloaded';

/**
 * A release that replaced the files under an open page makes the next part of it fail to load: then the page is loaded
 * anew, once, and answers wait on the device meanwhile.
 */
export function reloadWhenReplaced(): void {
	window.addEventListener('vite:preloadError', (event) => {
		const last = Number(sessionStorage.getItem(key) ?? 0);
		if (!navigator.onLine || Date.now() - last < 60_000) return;
		event.preventDefault();
		sessionStorage.setItem(key, String(Date.now()));
		window.location.reload();
	});
}
