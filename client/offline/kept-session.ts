import type { SessionReply } from '#server/contract/session.ts';

const key = 'opora-session';
/** Who has not been here for two weeks signs in anew. */
const goodFor = 14 * 86_400_000;

/** Remembers who is signed in, so that the page opens without a connection; only for those who answer or observe. */
export function keepSession(reply: SessionReply): void {
	try {
		if (reply.session?.menu.some((entry) => entry === 'my_diagnostics' || entry === 'observations'))
			localStorage.setItem(
				key,
				JSON.stringify({ at: Date.now(), reply: { ...reply, csrf: null, demo: null } }),
			);
		else localStorage.removeItem(key);
	} catch {
		// no storage: the page then opens with a connection only
	}
}

/** Who was signed in here last; it opens copies on this device and nothing on the server. */
export function findKeptSession(): SessionReply | undefined {
	try {
		const { at, reply } = JSON.parse(localStorage.getItem(key) ?? '') as { at: number; reply: SessionReply };
		return Date.now() - at < goodFor ? reply : undefined;
	} catch {
		return undefined;
	}
}
