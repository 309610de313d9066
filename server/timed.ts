import { findAttempt, startAttempt } from '#data/records/diagnostics/attempts.ts';
import type { InvitationListing } from '#data/records/diagnostics/invitations.ts';
import type { Db } from '#data/records/store.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';

/** What a slow line may take from the end of the time to the arrival of the answers. */
const GRACE_SECONDS = 60;
/** A browser that hands in by itself does so a moment before or after. */
const EARLY_SECONDS = 5;

/** Seconds that a form gives as a whole; null where it gives as many as one likes. */
export function limitOf({ timeLimit, maxTimeToFinish }: SurveyJson): number | null {
	const limit = Number(timeLimit ?? maxTimeToFinish ?? 0);
	return limit > 0 ? limit : null;
}

export interface Clock {
	started_at: string | null;
	elapsed_seconds: number;
	limit_seconds: number | null;
	/** the time is over: what was left open is not asked for */
	isOver: boolean;
	/** over for so long that nothing new is taken */
	isLate: boolean;
}

/**
 * The clock of a participant's attempt; `begin` starts it where it does not run. It runs on the server, so a closed page or
 * another device does not stop it. Anonymous campaigns keep no moment of anybody: there the browser alone counts.
 */
export async function readClock(
	db: Db,
	{ participant_code, instrument, mode }: InvitationListing,
	survey: SurveyJson,
	begin = false,
): Promise<Clock> {
	const limit_seconds = limitOf(survey);
	const free = { started_at: null, elapsed_seconds: 0, limit_seconds, isOver: false, isLate: false };
	if (limit_seconds === null) return free;
	if (mode === 'anonymous') return { ...free, isOver: true };
	const now = new Date();
	const started_at = begin
		? await startAttempt(db, { participant_code, instrument, started_at: now.toISOString() })
		: await findAttempt(db, participant_code, instrument);
	if (started_at === undefined) return free;
	const elapsed_seconds = Math.max(0, (now.getTime() - Date.parse(started_at)) / 1000);
	return {
		started_at,
		elapsed_seconds,
		limit_seconds,
		isOver: elapsed_seconds >= limit_seconds - EARLY_SECONDS,
		isLate: elapsed_seconds > limit_seconds + GRACE_SECONDS,
	};
}
