import { sql } from 'kysely';
import type { ReminderRow } from '../schema.ts';
import type { Db, Trx } from '../store.ts';

/** How many letters one person gets in one campaign at most. */
export const MOST_REMINDERS = 2;

export type NewReminder = Pick<
	ReminderRow,
	'id' | 'campaign_id' | 'school_id' | 'send_on' | 'subject' | 'body' | 'created_by' | 'created_at'
>;

/** A reminder with what became of its letters. `uncertain`: the server stopped between handing over and noting it. */
export interface ReminderListing extends ReminderRow {
	school_name: string | null;
	sent: number;
	refused: number;
	uncertain: number;
}

export interface DeliveryListing {
	participant_code: string;
	full_name: string;
	email: string | null;
	school_name: string;
	state: string;
	at: string;
	answer: string | null;
}

/** Plans a reminder; false when its id stands already: a repeated request is no second reminder. */
export async function recordReminder(trx: Trx, reminder: NewReminder): Promise<boolean> {
	const result = await trx
		.insertInto('reminder')
		.values({
			...reminder,
			state: 'planned',
			lease_holder: null,
			lease_until: null,
			finished_at: null,
			problem: null,
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Cancels a reminder that has not begun; false when it has, or does not exist. */
export async function cancelReminder(trx: Trx, campaignId: string, id: string): Promise<boolean> {
	const result = await trx
		.updateTable('reminder')
		.set({ state: 'cancelled' })
		.where('id', '=', id)
		.where('campaign_id', '=', campaignId)
		.where('state', '=', 'planned')
		.where('lease_holder', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}

/** Reminders of a campaign with the count of their letters, in the order of their days. */
export async function listReminders(db: Db, campaignId: string): Promise<ReminderListing[]> {
	const count = (state: string) =>
		sql<number>`(select cast(count(*) as integer) from reminder_delivery as delivery
			where delivery.reminder_id = reminder.id and delivery.state = ${state})`;
	return db
		.selectFrom('reminder')
		.leftJoin('school', 'school.id', 'reminder.school_id')
		.selectAll('reminder')
		.select('school.name as school_name')
		.select([count('sent').as('sent'), count('refused').as('refused'), count('sending').as('uncertain')])
		.where('reminder.campaign_id', '=', campaignId)
		.orderBy('reminder.send_on')
		.orderBy('reminder.created_at')
		.execute();
}

/** The letters of a reminder by name. */
export async function listDeliveries(
	db: Db,
	campaignId: string,
	reminderId: string,
): Promise<DeliveryListing[]> {
	return db
		.selectFrom('reminder_delivery as delivery')
		.innerJoin('reminder', 'reminder.id', 'delivery.reminder_id')
		.innerJoin('participant', 'participant.participant_code', 'delivery.participant_code')
		.innerJoin('school', 'school.id', 'participant.school_id')
		.innerJoin('identity', 'identity.participant_code', 'delivery.participant_code')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.select([
			'delivery.participant_code',
			'person.full_name',
			'person.email',
			'school.name as school_name',
			'delivery.state',
			'delivery.at',
			'delivery.answer',
		])
		.where('reminder.campaign_id', '=', campaignId)
		.where('delivery.reminder_id', '=', reminderId)
		.orderBy('school.name')
		.orderBy('person.name_key')
		.execute();
}

/** Reminders whose day has come and which nobody is sending. */
export async function listDueReminders(db: Db, day: string, now: string): Promise<ReminderRow[]> {
	return db
		.selectFrom('reminder')
		.selectAll()
		.where('state', '=', 'planned')
		.where('send_on', '<=', day)
		.where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', now)]))
		.orderBy('send_on')
		.orderBy('id')
		.execute();
}

/** Takes or renews the right to send a reminder; false while another server holds it, or when it is over. */
export async function holdReminder(
	db: Db,
	id: string,
	lease: { holder: string; now: string; until: string },
): Promise<boolean> {
	const result = await db
		.updateTable('reminder')
		.set({ lease_holder: lease.holder, lease_until: lease.until })
		.where('id', '=', id)
		.where('state', '=', 'planned')
		.where((eb) =>
			eb.or([
				eb('lease_until', 'is', null),
				eb('lease_until', '<', lease.now),
				eb('lease_holder', '=', lease.holder),
			]),
		)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}

/** Lets a reminder go: finished, or to be taken up again with the problem that stopped it. */
export async function releaseReminder(
	db: Db,
	id: string,
	holder: string,
	outcome: { finished_at: string } | { problem: string | null },
): Promise<void> {
	const isFinished = 'finished_at' in outcome;
	await db
		.updateTable('reminder')
		.set({
			lease_holder: null,
			lease_until: null,
			...(isFinished ? { state: 'sent', problem: null, ...outcome } : outcome),
		})
		.where('id', '=', id)
		.where('lease_holder', '=', holder)
		.execute();
}

/**
 * Claims one letter before it goes out. False when it was claimed before, by whomever: then it may have gone, and once
 * too few is better than once too often.
 */
export async function claimDelivery(
	trx: Trx,
	delivery: { reminder_id: string; participant_code: string; at: string },
): Promise<boolean> {
	const result = await trx
		.insertInto('reminder_delivery')
		.values({ ...delivery, state: 'sending', answer: null })
		.onConflict((conflict) => conflict.columns(['reminder_id', 'participant_code']).doNothing())
		.executeTakeFirst();
	return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Notes what the mail server said; `unsent` gives the claim back, for a letter that certainly never left. */
export async function settleDelivery(
	db: Db,
	delivery: { reminder_id: string; participant_code: string },
	outcome: { state: 'sent' | 'refused'; answer: string } | 'unsent',
): Promise<void> {
	const { reminder_id, participant_code } = delivery;
	if (outcome === 'unsent')
		await db
			.deleteFrom('reminder_delivery')
			.where('reminder_id', '=', reminder_id)
			.where('participant_code', '=', participant_code)
			.where('state', '=', 'sending')
			.execute();
	else
		await db
			.updateTable('reminder_delivery')
			.set(outcome)
			.where('reminder_id', '=', reminder_id)
			.where('participant_code', '=', participant_code)
			.execute();
}
