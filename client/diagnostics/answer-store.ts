import type { DraftReply, MyDiagnostic, MyDraft } from '#server/contract/my.ts';
import { type ApiProblem, post, put } from '../api.ts';
import { putInOutbox, takeFromOutbox } from '../offline/outbox.ts';
import { dropWaitingFiles } from '../offline/waiting-files.ts';
import { type AnswerTimes, listDifferences } from './answer-times.ts';
import { nameDevice } from './device-name.ts';
import { sendFiles } from './send-files.ts';

/** Answers as they stand on this device. */
export interface KeptAnswers {
	response_id: string;
	campaign: string;
	instrument: string;
	/** whose they are: another person on the same device must not send them */
	holder: string;
	/** the participant whom an observer's answers are about */
	about?: string | undefined;
	answers: Record<string, unknown>;
	times: AnswerTimes;
	page: number;
	changed_at: string;
	started_at: string;
	/** seconds with the page in sight, so that a break is not counted as thinking */
	seconds: number;
	/** the revision of the server's draft that these go on from; 0 = none */
	base: number;
	/** the server has not acknowledged them yet */
	is_unsent: boolean;
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
		// what an earlier release has kept knew no revisions: it counts as not yet sent
		const found = JSON.parse(text) as Partial<KeptAnswers> & { response_id: string };
		return { holder: '', times: {}, base: 0, is_unsent: true, ...found } as KeptAnswers;
	} catch {
		return null;
	}
}

/** Takes a copy away with all that hangs on it; what lies in the browser's database is gone when this is done. */
export async function forgetKept(kept: KeptAnswers): Promise<void> {
	localStorage.removeItem(prefix + kept.response_id);
	await takeFromOutbox(kept.holder, kept.response_id);
	await dropWaitingFiles(kept.holder, kept.response_id);
}

/** What the screen of a survey needs of it. */
export type SurveyInHand = Pick<
	MyDiagnostic,
	'title' | 'mode' | 'survey' | 'respondent' | 'response_id' | 'draft' | 'instrument' | 'campaign_id'
>;

/** Where a person starts: the answers in hand, and another device's draft when both have gone on. */
export interface Start {
	kept: KeptAnswers;
	conflict: MyDraft | null;
}

/** Brings what this device holds and what the server holds together; where both went on, the person decides. */
export function startFrom(diagnostic: SurveyInHand, holder: string, about?: string): Start {
	const { draft, response_id, instrument, campaign_id } = diagnostic;
	const now = new Date().toISOString();
	const local = findKept(response_id);
	const fresh: KeptAnswers = {
		response_id,
		campaign: campaign_id,
		instrument,
		holder,
		about,
		answers: draft?.answers ?? {},
		times: draft?.times ?? {},
		page: draft?.page ?? 0,
		changed_at: draft?.saved_at ?? now,
		started_at: local?.started_at ?? now,
		seconds: Math.max(local?.seconds ?? 0, draft?.seconds ?? 0),
		base: draft?.revision ?? 0,
		is_unsent: false,
		is_final: false,
	};
	if (!local) return { kept: fresh, conflict: null };
	const mine = { ...local, holder };
	if (!draft || draft.revision <= local.base) return { kept: mine, conflict: null };
	if (!local.is_unsent) return { kept: fresh, conflict: null };
	const isSame = listDifferences(local.answers, draft.answers).length === 0;
	if (isSame) return { kept: { ...mine, base: draft.revision, is_unsent: local.is_final }, conflict: null };
	return { kept: mine, conflict: local.is_final ? null : draft };
}

/** Where the server takes the answers, files and the clock of this response. */
export function addressOf({
	campaign,
	about,
	instrument,
}: Pick<KeptAnswers, 'campaign' | 'about' | 'instrument'>): string {
	const [area, steps] =
		about === undefined
			? ['my/diagnostics', [campaign, instrument]]
			: ['observations', [campaign, about, instrument]];
	return `/api/${area}/${steps.map(encodeURIComponent).join('/')}`;
}

/** Saves a draft. @throws {ApiProblem} 409 with the other draft in `draft` when another device has gone on meanwhile */
export async function sendDraft(kept: KeptAnswers, isLeaving = false): Promise<DraftReply> {
	// a page that is being left has time for one small request
	if (!isLeaving) await sendFiles(kept);
	const { answers, page, base, times, seconds } = kept;
	return put<DraftReply>(
		`${addressOf(kept)}/draft`,
		{ answers, page, base, times, seconds: Math.round(seconds), device: nameDevice() },
		isLeaving,
	);
}

const bodyOf = (kept: KeptAnswers) => ({
	response_id: kept.response_id,
	answers: kept.answers,
	started_at: kept.started_at,
	duration_seconds: Math.round(kept.seconds),
});

/** Hands in finished answers. The same response_id makes a repeat harmless; the copy here goes only after the reply. */
export async function sendResponse(kept: KeptAnswers): Promise<string> {
	await sendFiles(kept);
	const { submitted_at } = await post<{ submitted_at: string }>(`${addressOf(kept)}/response`, bodyOf(kept));
	void forgetKept(kept);
	return submitted_at;
}

/** Leaves finished answers to be sent when there is a connection, also while no page is open. */
export function sendLater(kept: KeptAnswers): Promise<void> {
	const { response_id, holder } = kept;
	return putInOutbox({ response_id, holder, path: `${addressOf(kept)}/response`, body: bodyOf(kept) });
}

/** Finished answers of this person that are still on this device. */
export const listUnsent = (holder: string): KeptAnswers[] =>
	listOwnKept(holder).filter(({ is_final }) => is_final);

/** All answers of this person that are on this device. */
export function listOwnKept(holder: string): KeptAnswers[] {
	const found: KeptAnswers[] = [];
	for (let index = 0; index < localStorage.length; index++) {
		const key = localStorage.key(index);
		if (!key?.startsWith(prefix)) continue;
		const kept = findKept(key.slice(prefix.length));
		if (kept?.holder === holder) found.push(kept);
	}
	return found;
}

/** Finished answers that the server will not take, with its words: they stay here until the person says otherwise. */
export interface LeftBehind {
	kept: KeptAnswers;
	problem: ApiProblem;
}
