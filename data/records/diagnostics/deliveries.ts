import { isAmong } from '../bulk.ts';
import type { Db, Trx } from '../store.ts';

/** How often one letter is offered to a mail server that puts it off. */
export const MOST_ATTEMPTS = 3;

export interface DeliveryListing {
	participant_code: string;
	full_name: string;
	email: string | null;
	school_name: string;
	state: string;
	at: string;
	answer: string | null;
	attempts: number;
	/** when a letter that was put off is tried again */
	retry_at: string | null;
	/** the mail server does not accept this address, as the registry has it now */
	is_address_refused: boolean;
}

/** The letters of a reminder by name. */
export async function listDeliveries(
	db: Db,
	campaignId: string,
	reminderId: string,
): Promise<DeliveryListing[]> {
	const rows = await db
		.selectFrom('reminder_delivery as delivery')
		.innerJoin('reminder', 'reminder.id', 'delivery.reminder_id')
		.innerJoin('participant', 'participant.participant_code', 'delivery.participant_code')
		.innerJoin('school', 'school.id', 'participant.school_id')
		.innerJoin('identity', 'identity.participant_code', 'delivery.participant_code')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.leftJoin('refused_address', (join) =>
			join.on((eb) => eb('refused_address.email', '=', eb.fn<string>('lower', ['person.email']))),
		)
		.select([
			'delivery.participant_code',
			'person.full_name',
			'person.email',
			'school.name as school_name',
			'delivery.state',
			'delivery.at',
			'delivery.answer',
			'delivery.attempts',
			'delivery.retry_at',
			'refused_address.refused_at',
		])
		.where('reminder.campaign_id', '=', campaignId)
		.where('delivery.reminder_id', '=', reminderId)
		.orderBy('school.name')
		.orderBy('person.name_key')
		.execute();
	return rows.map(({ refused_at, ...row }) => ({ ...row, is_address_refused: refused_at !== null }));
}

/**
 * Claims one letter before it goes out, anew when its wait is over; gives the number of the try. Undefined when it was
 * claimed before, by whomever: then it may have gone, and once too few is better than once too often.
 */
export async function claimDelivery(
	trx: Trx,
	{ reminder_id, participant_code, at }: { reminder_id: string; participant_code: string; at: string },
): Promise<number | undefined> {
	const row = await trx
		.insertInto('reminder_delivery')
		.values({
			reminder_id,
			participant_code,
			state: 'sending',
			at,
			answer: null,
			retry_at: null,
			attempts: 1,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['reminder_id', 'participant_code'])
				.doUpdateSet((eb) => ({
					state: 'sending',
					at,
					retry_at: null,
					attempts: eb('reminder_delivery.attempts', '+', 1),
				}))
				.where('reminder_delivery.state', '=', 'deferred')
				.where('reminder_delivery.retry_at', '<=', at),
		)
		.returning('attempts')
		.executeTakeFirst();
	return row && Number(row.attempts);
}

/**
 * Notes what the mail server said. `unsent` gives the claim back, for a letter that certainly never left: it is offered
 * again as the try that it was.
 */
export async function settleDelivery(
	db: Db,
	{ reminder_id, participant_code }: { reminder_id: string; participant_code: string },
	outcome:
		| { state: 'sent' | 'refused' | 'given_up'; answer: string }
		| { state: 'deferred'; answer: string; retry_at: string }
		| 'unsent',
): Promise<void> {
	if (outcome !== 'unsent') {
		await db
			.updateTable('reminder_delivery')
			.set(outcome)
			.where('reminder_id', '=', reminder_id)
			.where('participant_code', '=', participant_code)
			.execute();
		return;
	}
	await db
		.deleteFrom('reminder_delivery')
		.where('reminder_id', '=', reminder_id)
		.where('participant_code', '=', participant_code)
		.where('state', '=', 'sending')
		.where('attempts', '=', 1)
		.execute();
	await db
		.updateTable('reminder_delivery')
		.set((eb) => ({ state: 'deferred', attempts: eb('attempts', '-', 1), retry_at: eb.ref('at') }))
		.where('reminder_id', '=', reminder_id)
		.where('participant_code', '=', participant_code)
		.where('state', '=', 'sending')
		.execute();
}

/**
 * When the next letter of a reminder that was put off is due; undefined when none is. Those of people who need none any
 * more are dropped first.
 */
export async function findNextTry(
	trx: Trx,
	reminderId: string,
	needed: readonly string[],
): Promise<string | undefined> {
	await trx
		.deleteFrom('reminder_delivery')
		.where('reminder_id', '=', reminderId)
		.where('state', '=', 'deferred')
		.where((eb) => eb.not(isAmong(trx, 'participant_code', needed)))
		.execute();
	const next = await trx
		.selectFrom('reminder_delivery')
		.select(({ fn }) => fn.min('retry_at').as('at'))
		.where('reminder_id', '=', reminderId)
		.where('state', '=', 'deferred')
		.executeTakeFirst();
	return next?.at ?? undefined;
}
