import { appendChange } from '../changes.ts';
import { RecordsError } from '../records-error.ts';
import type { Db, Trx } from '../store.ts';
import { holdAnswers } from './agreement.ts';
import type { ConsentRow } from './tables.ts';

/** `diagnostic`: to take part; `methodist`: my methodist may see my levels. */
export type ConsentPurpose = 'diagnostic' | 'methodist';

/**
 * Records a decision about one version of a consent text. Declining after having given withdraws the consent from then
 * on; giving again restores it.
 */
export async function recordConsent(
	trx: Trx,
	consent: {
		participant_code: string;
		purpose: ConsentPurpose;
		version: string;
		decision: 'given' | 'declined';
		at?: string;
	},
): Promise<void> {
	const { participant_code, purpose, version, decision, at = new Date().toISOString() } = consent;
	const participant = await trx
		.selectFrom('participant')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.select(['participant.campaign_id', 'campaign.mode'])
		.where('participant.participant_code', '=', participant_code)
		.executeTakeFirst();
	if (!participant) throw new RecordsError('unknown-participant');
	const given = decision === 'given';
	await trx
		.insertInto('consent')
		.values({
			participant_code,
			purpose,
			version,
			given_at: given ? at : null,
			declined_at: given ? null : at,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['participant_code', 'purpose', 'version'])
				.doUpdateSet(given ? { given_at: at, declined_at: null } : { declined_at: at }),
		)
		.execute();
	// In an anonymous campaign the journal, too, keeps no time finer than the day that was given.
	appendChange(
		trx,
		'consent',
		participant.campaign_id,
		participant.mode === 'anonymous' ? `${at.slice(0, 10)}T00:00:00.000Z` : undefined,
	);
}

/** All decisions of a participant. */
export async function listConsents(db: Db, code: string): Promise<ConsentRow[]> {
	return db
		.selectFrom('consent')
		.selectAll()
		.where('participant_code', '=', code)
		.orderBy('purpose')
		.orderBy('version')
		.execute();
}

/** True while a participant's consent to a version of the text is in force. */
export async function hasConsent(
	db: Db,
	code: string,
	purpose: ConsentPurpose,
	version: string,
): Promise<boolean> {
	const row = await db
		.selectFrom('consent')
		.select('participant_code')
		.where('participant_code', '=', code)
		.where('purpose', '=', purpose)
		.where('version', '=', version)
		.where('given_at', 'is not', null)
		.where('declined_at', 'is', null)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Withdraws a consent. To take part: answers, drafts, files, what was observed and the methodist's view go with it, analysis
 * forgets the answers, and what stays is that consent was given and withdrawn, and when. For the methodist: only the view
 * ends.
 * @returns how many responses were taken away
 * @throws RecordsError `unknown-participant`, `anonymous` (whose answers nobody can find)
 */
export async function withdrawConsent(
	trx: Trx,
	consent: { participant_code: string; purpose: ConsentPurpose; version: string; at?: string },
): Promise<{ responses: number }> {
	const { participant_code, purpose } = consent;
	await holdAnswers(trx, 'take-away');
	const campaign = await trx
		.selectFrom('participant')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.select('campaign.mode')
		.where('participant_code', '=', participant_code)
		.executeTakeFirst();
	if (campaign?.mode === 'anonymous') throw new RecordsError('anonymous');
	await recordConsent(trx, { ...consent, decision: 'declined' });
	if (purpose === 'methodist') return { responses: 0 };
	await recordConsent(trx, { ...consent, purpose: 'methodist', decision: 'declined' });
	for (const table of ['draft', 'answer_file', 'attempt'] as const)
		await trx.deleteFrom(table).where('participant_code', '=', participant_code).execute();
	const given = await trx
		.deleteFrom('response')
		.where('participant_code', '=', participant_code)
		.returning('id')
		.execute();
	const observed = await trx
		.deleteFrom('observation')
		.where('participant_code', '=', participant_code)
		.returning('id')
		.execute();
	const responses = [...given, ...observed];
	for (const { id } of responses) appendChange(trx, 'responses', id);
	return { responses: responses.length };
}
