import { isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import { schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import { mayStillStore } from './agreement.ts';
import { PARTICIPANT_ATTRIBUTES, type ParticipantAttributes } from './participant-attributes.ts';
import type { ObservationRow } from './tables.ts';

export type NewObservation = Omit<ObservationRow, 'standing'>;

/** `other-content`: the id stands with other answers or about somebody else. `consent-needed`: who was seen does not agree. */
export type ObservationOutcome = 'stored' | 'repeated' | 'other-content' | 'consent-needed';

/**
 * Records what an observer saw of a participant. It stands in the place of an earlier observation with the same
 * instrument, which is kept; the same id with the same answers changes nothing.
 */
export async function recordObservation(trx: Trx, observation: NewObservation): Promise<ObservationOutcome> {
	const { id, participant_code, instrument, answers } = observation;
	if (!(await mayStillStore(trx, participant_code))) return 'consent-needed';
	const same = await trx.selectFrom('observation').selectAll().where('id', '=', id).executeTakeFirst();
	if (same)
		return same.answers === answers && same.participant_code === participant_code
			? 'repeated'
			: 'other-content';
	const earlier = await trx
		.updateTable('observation')
		.set({ standing: 'earlier' })
		.where('participant_code', '=', participant_code)
		.where('instrument', '=', instrument)
		.where('standing', '=', 'last')
		.returning('id')
		.execute();
	await trx
		.insertInto('observation')
		.values({ ...observation, standing: 'last' })
		.execute();
	for (const each of [...earlier, { id }]) appendChange(trx, 'responses', each.id);
	return 'stored';
}

/** A participant who may be observed, by name, with how often and when that has happened. */
export interface Observable extends ParticipantAttributes {
	participant_code: string;
	full_name: string;
	school_id: string;
	school_name: string;
	consents: boolean;
	observations: number;
	last_at: string | null;
}

/** Participants of a campaign inside the places, by school and name. In an anonymous campaign nobody has a name: none. */
export async function listObservable(
	db: Db,
	campaign: { id: string; consent_version: string },
	instrument: string,
	places: readonly string[],
): Promise<Observable[]> {
	const people = await db
		.selectFrom('participant')
		.innerJoin('identity', 'identity.participant_code', 'participant.participant_code')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.innerJoin('school', 'school.id', 'participant.school_id')
		.leftJoin('consent', (join) =>
			join
				.onRef('consent.participant_code', '=', 'participant.participant_code')
				.on('consent.version', '=', campaign.consent_version)
				.on('consent.purpose', '=', 'diagnostic'),
		)
		.select([
			'participant.participant_code',
			'person.full_name',
			'participant.school_id',
			'school.name as school_name',
			...PARTICIPANT_ATTRIBUTES,
			'consent.given_at',
			'consent.declined_at',
		])
		.where('participant.campaign_id', '=', campaign.id)
		.where(schoolIsWithin(db, 'participant.school_id', places))
		.orderBy('school.name')
		.orderBy('person.name_key')
		.execute();
	const seen = await db
		.selectFrom('observation')
		.select(({ fn }) => [
			'participant_code',
			fn.countAll<number>().as('n'),
			fn.max('submitted_at').as('last_at'),
		])
		.where('campaign_id', '=', campaign.id)
		.where('instrument', '=', instrument)
		.where(
			isAmong(
				db,
				'participant_code',
				people.map(({ participant_code }) => participant_code),
			),
		)
		.groupBy('participant_code')
		.execute();
	const byCode = new Map(seen.map((row) => [row.participant_code, row]));
	return people.map(({ given_at, declined_at, ...person }) => ({
		...person,
		consents: given_at !== null && declined_at === null,
		observations: Number(byCode.get(person.participant_code)?.n ?? 0),
		last_at: byCode.get(person.participant_code)?.last_at ?? null,
	}));
}

/** How many observations with an instrument this observer has handed in, by participant; of those who have none, nothing. */
export async function countOwnObservations(
	db: Db,
	{
		campaign_id,
		instrument,
		observed_by,
	}: Pick<ObservationRow, 'campaign_id' | 'instrument' | 'observed_by'>,
): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('observation')
		.select(({ fn }) => ['participant_code', fn.countAll<number>().as('n')])
		.where('campaign_id', '=', campaign_id)
		.where('instrument', '=', instrument)
		.where('observed_by', '=', observed_by)
		.groupBy('participant_code')
		.execute();
	return new Map(rows.map(({ participant_code, n }) => [participant_code, Number(n)]));
}

/** Observations of these codes in whose place a later one stands, newest first. */
export async function listEarlierObservations(
	db: Db,
	codes: readonly string[],
): Promise<
	Pick<ObservationRow, 'id' | 'participant_code' | 'instrument' | 'version' | 'answers' | 'submitted_at'>[]
> {
	return db
		.selectFrom('observation')
		.select(['id', 'participant_code', 'instrument', 'version', 'answers', 'submitted_at'])
		.where('standing', '=', 'earlier')
		.where(isAmong(db, 'participant_code', codes))
		.orderBy('submitted_at', 'desc')
		.orderBy('id')
		.execute();
}

/** True once an observation stands under this id. */
export async function isObserved(db: Db, id: string): Promise<boolean> {
	return (
		(await db.selectFrom('observation').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
	);
}
