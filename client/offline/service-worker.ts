import { forget, listKept } from './device-store.ts';
import type { Outgoing } from './outbox.ts';
import { dropWaitingFile, listWaitingFiles, refersTo } from './waiting-files.ts';

/**
 * The service worker of those who answer. It keeps the files of their pages, so that these open without a connection,
 * and sends finished answers that are left in the outbox. It keeps no answer of the server: what belongs to a person is
 * kept by the page, under that person's key.
 */

/** Written in by the build: the version, the files of the way to answering, and those that only an observer needs. */
declare const BUILT: { version: string; files: string[]; observer_files: string[] };
const { version, files, observer_files } = BUILT;

interface WorkerEvent extends Event {
	waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
	readonly request: Request;
	respondWith(reply: Promise<Response>): void;
}
interface Worker extends EventTarget {
	skipWaiting(): Promise<void>;
	clients: { claim(): Promise<void>; matchAll(): Promise<{ postMessage(message: string): void }[]> };
}
const worker = globalThis as unknown as Worker;

const shelf = `opora-files-${version}`;
const page = '/index.html';
/** A connection that does not answer within this time counts as none. */
const patience = 4_000;

/** Stands on the shelf of a device on which somebody observes. */
const observerMark = '/kept/observer';

worker.addEventListener('install', (event) => {
	const fill = async () => {
		await keepFiles(files);
		if (await caches.match(observerMark)) await keepObserverFiles();
		await worker.skipWaiting();
	};
	(event as WorkerEvent).waitUntil(fill());
});

worker.addEventListener('message', (event) => {
	if ((event as MessageEvent).data === 'opora-observer')
		(event as unknown as WorkerEvent).waitUntil(keepObserverFiles());
});

async function keepObserverFiles(): Promise<void> {
	await keepFiles(observer_files);
	await (await caches.open(shelf)).put(observerMark, new Response(null, { status: 200 }));
}

async function keepFiles(wanted: readonly string[]): Promise<void> {
	const cache = await caches.open(shelf);
	// the names of files carry their content: what another release has kept is the same file
	await Promise.all(
		wanted.map(async (file) => {
			const known = file === page ? undefined : await caches.match(file);
			if (known) await cache.put(file, known);
			else await cache.add(new Request(file, { cache: file === page ? 'reload' : 'default' }));
		}),
	);
}

worker.addEventListener('activate', (event) => {
	const tidy = async () => {
		// the release before stays for pages that are still open with it
		const ours = (await caches.keys()).filter((name) => name.startsWith('opora-files-') && name !== shelf);
		await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
		await worker.clients.claim();
	};
	(event as WorkerEvent).waitUntil(tidy());
});

worker.addEventListener('fetch', (event) => {
	const { request } = event as FetchEvent;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return;
	if (request.mode === 'navigate') (event as FetchEvent).respondWith(openPage(request));
	else if (pathname.startsWith('/assets/') || files.includes(pathname))
		(event as FetchEvent).respondWith(openFile(request));
});

worker.addEventListener('sync', (event) => {
	(event as WorkerEvent).waitUntil(sendOutbox());
});

/** The page of the present release wherever the server answers in time; the kept one otherwise. */
async function openPage(request: Request): Promise<Response> {
	const timer = new AbortController();
	const ended = setTimeout(() => timer.abort(), patience);
	try {
		return await fetch(request, { signal: timer.signal });
	} catch {
		// of the kept releases the newest: the search over all of them begins with the oldest
		const kept = (await (await caches.open(shelf)).match(page)) ?? (await caches.match(page));
		return kept ?? Response.error();
	} finally {
		clearTimeout(ended);
	}
}

async function openFile(request: Request): Promise<Response> {
	// a file is the same in every language, whatever its reply varies by
	const kept = await caches.match(request, { ignoreVary: true });
	if (kept) return kept;
	const reply = await fetch(request);
	if (reply.ok && reply.type === 'basic') await (await caches.open(shelf)).put(request, reply.clone());
	return reply;
}

/** Sends what waits, in the name of the person it belongs to and of nobody else. */
async function sendOutbox(): Promise<void> {
	const waiting = await listKept<Outgoing>('outbox');
	if (waiting.length === 0) return;
	const reply = await fetch('/api/session');
	const { csrf, session } = (await reply.json()) as {
		csrf: string | null;
		session: { holder: string } | null;
	};
	if (!csrf || !session) return;
	const post = async (path: string, type: string, body: BodyInit) => {
		const sent = await fetch(path, {
			method: 'POST',
			headers: { 'content-type': type, 'x-csrf-token': csrf },
			body,
		});
		if (sent.status >= 500) throw new Error(`HTTP ${sent.status}`);
		return sent;
	};
	for (const { response_id, holder, path, body } of waiting) {
		if (holder !== session.holder) continue;
		for (const file of await listWaitingFiles(holder, response_id)) {
			if (!refersTo(body, file.id)) continue;
			const stored = await post(file.address, 'application/octet-stream', file.bytes);
			if (stored.ok) await dropWaitingFile(file);
		}
		await post(path, 'application/json', JSON.stringify(body));
		// a refusal is shown by the page, which has kept its own copy
		await forget('outbox', `${holder} ${response_id}`);
	}
	// open pages then say that it has arrived, and take their own copies away
	for (const open of await worker.clients.matchAll()) open.postMessage('opora-sent');
}
