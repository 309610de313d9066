import { forget, keep } from './device-store.ts';

/** Finished answers on their way: what the service worker needs to send them by itself. */
export interface Outgoing {
	response_id: string;
	holder: string;
	path: string;
	body: unknown;
}

interface SyncRegistration extends ServiceWorkerRegistration {
	/** only where the browser sends in the background */
	sync?: { register(tag: string): Promise<void> };
}

/** Puts finished answers where they are sent from even after the tab is closed, where the browser can do that. */
export async function putInOutbox(outgoing: Outgoing): Promise<void> {
	await keep('outbox', `${outgoing.holder} ${outgoing.response_id}`, outgoing);
	const registration: SyncRegistration | undefined = await navigator.serviceWorker?.getRegistration();
	await registration?.sync?.register('opora-send').catch(() => undefined);
}

export const takeFromOutbox = (holder: string, responseId: string) =>
	forget('outbox', `${holder} ${responseId}`);
