import { ApiProblem, post, put } from '../api.ts';

/** Answers as they stand on this device until the server has acknowledged them. */
export interface KeptAnswers {
	response_id: string;
	campaign: string;
	instrument: string;
	/** who answers: another person on the same device must not send them */
	who: string;
	answers: Record<string, unknown>;
	page: number;
	changed_at: string;
	started_at: string;
	/** seconds with the page in sight, so that a break is not counted as thinking */
	seconds: number;
	/** the person has pressed «send» */
	is_final: boolean;
}

const prefix = 'opora-answers:';

/** Writes at once, before anything is sent; a full or forbidden storage leaves only the server's copy. */
export function keepAnswers(kept: KeptAnswers): void {
	try {
		localStorage.setItem(prefix + kept.response_id, JSON.stringify(kept));
	} catch {
		// private windows of some browsers have no storage: drafts then live on the server alone
	}
}

export function findKept(responseId: string): KeptAnswers | null {
	const text = localStorage.getItem(prefix + responseId);
	if (!text) return null;
	try {
		return JSON.parse(text) as KeptAnswers;
	} catch {
		return null;
	}
}

export function forgetKept(responseId: string): void {
	localStorage.removeItem(prefix + responseId);
}

/** Finished answers of this person that never reached the server. */
function listUnsent(who: string): KeptAnswers[] {
	const found: KeptAnswers[] = [];
	for (let index = 0; index < localStorage.length; index++) {
		const key = localStorage.key(index);
		if (!key?.startsWith(prefix)) continue;
		const kept = findKept(key.slice(prefix.length));
		if (kept?.is_final && kept.who === who) found.push(kept);
	}
	return found;
}

const address = (kept: KeptAnswers) =>
	`/api/my/diagnostics/${encodeURIComponent(kept.campaign)}/${encodeURIComponent(kept.instrument)}`;

/** Saves a draft; returns the server's time of saving. */
export async function sendDraft(kept: KeptAnswers, isLeaving = false): Promise<string> {
	const { saved_at } = await put<{ saved_at: string }>(
		`${address(kept)}/draft`,
		{ answers: kept.answers, page: kept.page },
		isLeaving,
	);
	return saved_at;
}

/** Hands in finished answers. The same response_id makes a repeat harmless; the copy here goes only after the reply. */
export async function sendResponse(kept: KeptAnswers): Promise<string> {
	const { submitted_at } = await post<{ submitted_at: string }>(`${address(kept)}/response`, {
		response_id: kept.response_id,
		answers: kept.answers,
		started_at: kept.started_at,
		duration_seconds: Math.round(kept.seconds),
	});
	forgetKept(kept.response_id);
	return submitted_at;
}

/** Sends what a lost connection left behind; true when something arrived. */
export async function sendUnsent(who: string): Promise<boolean> {
	let hasArrived = false;
	for (const kept of listUnsent(who)) {
		try {
			await sendResponse(kept);
			hasArrived = true;
		} catch (problem) {
			// still no connection: the answers stay; a refusal is shown when the survey is opened again
			if (problem instanceof ApiProblem && problem.isOffline) break;
		}
	}
	return hasArrived;
}
