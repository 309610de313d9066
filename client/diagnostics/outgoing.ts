import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../api.ts';
import { type KeptAnswers, type LeftBehind, listUnsent, sendLater, sendResponse } from './answer-store.ts';

/** What became of finished answers that a screen waits for. */
export type SendingOutcome = { sent_at: string } | { problem: ApiProblem };

interface Outgoing {
	/** finished, and still on this device only */
	waiting: readonly KeptAnswers[];
	/** not taken by the server, with its words */
	refused: readonly LeftBehind[];
	/** when the last of those that had waited arrived */
	sent_at: string | null;
}

interface Carrier {
	holder: string;
	/** false for what this person may send in another role only: it waits */
	mayCarry(kept: KeptAnswers): boolean;
}

/** Between attempts while a page is open, since browsers are often wrong about being online: 3 s, 6 s … up to a minute. */
const firstPause = 3_000;
const longestPause = 60_000;

let outgoing: Outgoing = { waiting: [], refused: [], sent_at: null };
let carrier: Carrier | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let attempts = 0;
let running: Promise<void> | null = null;
const listeners = new Set<() => void>();
/** Screens that show the state of their own answers. */
const watchers = new Map<string, (outcome: SendingOutcome) => void>();
/** What could not be written to the storage of this device. */
const unwritten = new Map<string, KeptAnswers>();

/** Finished answers of the signed-in person on their way, except those whose own screen is open. */
export function useOutgoing(): Outgoing & { sendNow(): Promise<void>; dismiss(): void } {
	const state = useSyncExternalStore(subscribe, () => outgoing);
	return { ...state, sendNow, dismiss };
}

function dismiss(): void {
	change({ sent_at: null });
}

/** Takes a refused copy off the list once the person has decided about it. */
export function dropRefused(left: LeftBehind): void {
	change({ refused: outgoing.refused.filter((each) => each !== left) });
}

/** Takes such finished answers off the way: they are not to be sent any more. */
export function giveUpOutgoing(isSuch: (kept: KeptAnswers) => boolean): void {
	for (const [id, kept] of unwritten) if (isSuch(kept)) unwritten.delete(id);
	change({ refused: outgoing.refused.filter(({ kept }) => !isSuch(kept)) });
	list();
}

/**
 * Sends what waits on this device as long as any page is open: at once, when the connection returns, when the page comes
 * into sight, when the service worker has been at it, and again after pauses that grow. Idempotent by response id.
 */
export function startSending(by: Carrier): () => void {
	carrier = by;
	attempts = 0;
	const seen = () => {
		if (document.visibilityState === 'visible' && outgoing.waiting.length > 0) void sendNow();
	};
	const connected = () => void sendNow();
	void sendNow();
	window.addEventListener('online', connected);
	document.addEventListener('visibilitychange', seen);
	navigator.serviceWorker?.addEventListener('message', connected);
	return () => {
		if (carrier === by) carrier = null;
		clearTimeout(timer);
		window.removeEventListener('online', connected);
		document.removeEventListener('visibilitychange', seen);
		navigator.serviceWorker?.removeEventListener('message', connected);
	};
}

/** Hands over answers that could not be sent at once; `told` hears what becomes of them. */
export function watchOutgoing(kept: KeptAnswers, told: (outcome: SendingOutcome) => void): () => void {
	watchers.set(kept.response_id, told);
	list();
	return () => {
		watchers.delete(kept.response_id);
		list();
	};
}

/** Lets finished answers wait for a connection, here and in the service worker. */
export async function waitForConnection(kept: KeptAnswers): Promise<void> {
	unwritten.set(kept.response_id, kept);
	await sendLater(kept);
	plan();
}

/** True when the answers are not refused, only not taken yet: no connection, a busy server, a session to be renewed. */
export function isPassing(problem: unknown): boolean {
	if (!(problem instanceof ApiProblem)) return true;
	const { status, type } = problem;
	return status < 400 || status >= 500 || [401, 408, 425, 429].includes(status) || type.endsWith(':csrf');
}

/** One attempt now; further pauses begin anew. */
export function sendNow(): Promise<void> {
	attempts = 0;
	return attempt();
}

function attempt(): Promise<void> {
	clearTimeout(timer);
	running ??= sendAll().finally(() => {
		running = null;
		list();
		plan();
	});
	return running;
}

async function sendAll(): Promise<void> {
	const refused: LeftBehind[] = [];
	for (const kept of findWaiting()) {
		const watcher = watchers.get(kept.response_id);
		try {
			const sent_at = await sendResponse(kept);
			unwritten.delete(kept.response_id);
			if (watcher) watcher({ sent_at });
			else change({ sent_at });
		} catch (problem) {
			if (problem instanceof ApiProblem && problem.isOffline) break;
			if (isPassing(problem)) continue;
			unwritten.delete(kept.response_id);
			if (watcher) watcher({ problem: problem as ApiProblem });
			else refused.push({ kept, problem: problem as ApiProblem });
		}
	}
	change({ refused });
}

function findWaiting(): KeptAnswers[] {
	const by = carrier;
	if (!by) return [];
	const all = new Map(listUnsent(by.holder).map((kept) => [kept.response_id, kept]));
	for (const [id, kept] of unwritten) if (kept.holder === by.holder && !all.has(id)) all.set(id, kept);
	return [...all.values()].filter((kept) => by.mayCarry(kept));
}

function list(): void {
	const out = new Set(outgoing.refused.map(({ kept }) => kept.response_id));
	change({
		waiting: findWaiting().filter(({ response_id }) => !watchers.has(response_id) && !out.has(response_id)),
	});
}

function plan(): void {
	clearTimeout(timer);
	const out = new Set(outgoing.refused.map(({ kept }) => kept.response_id));
	if (!findWaiting().some(({ response_id }) => !out.has(response_id))) return;
	const pause = Math.min(longestPause, firstPause * 2 ** attempts);
	attempts += 1;
	// not all devices of a school at the same moment
	timer = setTimeout(() => void attempt(), pause * (0.8 + 0.4 * Math.random()));
}

function change(part: Partial<Outgoing>): void {
	outgoing = { ...outgoing, ...part };
	for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
