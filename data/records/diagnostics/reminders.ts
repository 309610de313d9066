import { sql } from 'kysely';
import type { Db, Trx } from '../store.ts';
import type { ReminderRow } from './tables.ts';

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
	/** not accepted, or given up after the last try */
	refused: number;
	uncertain: number;
	/** put off by the mail server, to be tried again */
	deferred: number;
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

/** Cancels a reminder that is not being sent, with the letters that were put off; false otherwise. */
export async function cancelReminder(trx: Trx, campaignId: string, id: string): Promise<boolean> {
	const result = await trx
		.updateTable('reminder')
		.set({ state: 'cancelled' })
		.where('id', '=', id)
		.where('campaign_id', '=', campaignId)
		.where('state', '=', 'planned')
		.where('lease_holder', 'is', null)
		.executeTakeFirst();
	if (result.numUpdatedRows === 0n) return false;
	await trx
		.deleteFrom('reminder_delivery')
		.where('reminder_id', '=', id)
		.where('state', '=', 'deferred')
		.execute();
	return true;
}

/** Reminders of a campaign with the count of their letters, in the order of their days. */
export async function listReminders(db: Db, campaignId: string): Promise<ReminderListing[]> {
	const count = (...states: string[]) =>
		sql<number>`(select cast(count(*) as integer) from reminder_delivery as delivery
			where delivery.reminder_id = reminder.id and delivery.state in (${sql.join(states)}))`;
	return db
		.selectFrom('reminder')
		.leftJoin('school', 'school.id', 'reminder.school_id')
		.selectAll('reminder')
		.select('school.name as school_name')
		.select([count('sent').as('sent'), count('refused', 'given_up').as('refused')])
		.select([count('sending').as('uncertain'), count('deferred').as('deferred')])
		.where('reminder.campaign_id', '=', campaignId)
		.orderBy('reminder.send_on')
		.orderBy('reminder.created_at')
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
		.where((eb) => eb.or([eb('resume_at', 'is', null), eb('resume_at', '<=', now)]))
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

/** Lets a reminder go: finished, or to be taken up again, at a moment or with the problem that stopped it. */
export async function releaseReminder(
	db: Db,
	id: string,
	holder: string,
	outcome: { finished_at: string } | { problem: string | null; resume_at?: string },
): Promise<void> {
	const isFinished = 'finished_at' in outcome;
	await db
		.updateTable('reminder')
		.set({
			lease_holder: null,
			lease_until: null,
			resume_at: null,
			...(isFinished ? { state: 'sent', problem: null, ...outcome } : outcome),
		})
		.where('id', '=', id)
		.where('lease_holder', '=', holder)
		.execute();
}
