import { sql } from 'kysely';
import { isAmong, isPostgres } from '../bulk.ts';
import type { Db, Trx } from '../store.ts';

/**
 * Joins the consent in force to `participant` and `campaign`: to take part, in the campaign's version of the text, given
 * and not withdrawn.
 */
export const JOIN_CONSENT_IN_FORCE = sql`inner join consent as agreed
	on agreed.participant_code = participant.participant_code and agreed.version = campaign.consent_version
	and agreed.purpose = 'diagnostic' and agreed.given_at is not null and agreed.declined_at is null`;

/** Which of these participants agree to take part. */
export async function listAgreeing(db: Db, codes: readonly string[]): Promise<Set<string>> {
	const { rows } = await sql<{ participant_code: string }>`
		select participant.participant_code from participant
		inner join campaign on campaign.id = participant.campaign_id ${JOIN_CONSENT_IN_FORCE}
		where ${isAmong(db, 'participant.participant_code', codes)}`.execute(db);
	return new Set(rows.map(({ participant_code }) => participant_code));
}

const MODES = { store: 'row exclusive', 'take-away': 'share row exclusive' } as const;

/**
 * Keeps storing and withdrawing apart on PostgreSQL, where they could pass each other unseen; to be called before the
 * transaction reads anything. Many store at once; whoever takes away waits for them, and they for him. A statement that
 * stores by itself holds the same lock from its start. SQLite has one writer anyway.
 */
export async function holdAnswers(trx: Trx, how: keyof typeof MODES): Promise<void> {
	if (!isPostgres(trx)) return;
	await sql`lock table response, draft, answer_file, observation in ${sql.raw(MODES[how])} mode`.execute(trx);
}

/** Holds answers for storing, and tells whether the participant still agrees. */
export async function mayStillStore(trx: Trx, participantCode: string): Promise<boolean> {
	await holdAnswers(trx, 'store');
	return (await listAgreeing(trx, [participantCode])).has(participantCode);
}
