import { randomUUID } from 'node:crypto';
import { appendChange } from '../changes.ts';
import { schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import type { FlagReplyRow } from './tables.ts';

/** Records a school's explanation; an earlier one stays beside it. Returns its id. */
export async function recordReply(
	trx: Trx,
	reply: Omit<FlagReplyRow, 'id' | 'replied_at'> & { replied_at?: string },
): Promise<string> {
	const id = randomUUID();
	const replied_at = reply.replied_at ?? new Date().toISOString();
	await trx
		.insertInto('flag_reply')
		.values({ ...reply, id, replied_at })
		.execute();
	appendChange(trx, 'reply', id);
	return id;
}

/** Explanations of the schools inside the places, newest first. */
export async function listReplies(db: Db, places: readonly string[]): Promise<FlagReplyRow[]> {
	return db
		.selectFrom('flag_reply')
		.selectAll()
		.where(schoolIsWithin(db, 'flag_reply.school_id', places))
		.orderBy('replied_at', 'desc')
		.orderBy('id')
		.execute();
}
