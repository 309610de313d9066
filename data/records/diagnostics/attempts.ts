import type { Db } from '../store.ts';
import type { AttemptRow } from './tables.ts';

/** Begins an attempt at a timed form, once: a second call gives the moment of the first. */
export async function startAttempt(db: Db, attempt: AttemptRow): Promise<string> {
	await db
		.insertInto('attempt')
		.values(attempt)
		.onConflict((conflict) => conflict.columns(['participant_code', 'instrument']).doNothing())
		.execute();
	return (await findAttempt(db, attempt.participant_code, attempt.instrument)) ?? attempt.started_at;
}

/** When the participant began; undefined before that. */
export async function findAttempt(db: Db, code: string, instrument: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('attempt')
		.select('started_at')
		.where('participant_code', '=', code)
		.where('instrument', '=', instrument)
		.executeTakeFirst();
	return row?.started_at;
}
