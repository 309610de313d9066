import { sql } from 'kysely';
import { insertRows } from '../bulk.ts';
import { type CommitQueue, commitQueue } from '../queue.ts';
import type { DraftRow } from '../schema.ts';
import type { Db, Records } from '../store.ts';

export type Draft = Omit<DraftRow, 'id'>;

/** Appends autosaved answers; nothing is overwritten. */
export async function recordDraft(db: Db, draft: Draft): Promise<void> {
	await recordDrafts(db, [draft]);
}

/** Autosaves of many people share one commit; each is durable when its promise settles. */
export function draftQueue(records: Records): CommitQueue<Draft, 'stored'> {
	return commitQueue(async (drafts) => {
		await recordDrafts(records.db, drafts);
		return drafts.map(() => 'stored');
	});
}

/** The newest draft of a participant's instrument. */
export async function findDraft(db: Db, code: string, instrument: string): Promise<Draft | undefined> {
	return db
		.selectFrom('draft')
		.select(['participant_code', 'instrument', 'answers', 'page', 'saved_at'])
		.where('participant_code', '=', code)
		.where('instrument', '=', instrument)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Removes drafts that a newer one replaced and drafts of what has been answered; returns how many. */
export async function pruneDrafts(db: Db): Promise<number> {
	const result = await db
		.deleteFrom('draft')
		.where(
			sql<boolean>`exists (select 1 from draft as newer where newer.participant_code = draft.participant_code
					and newer.instrument = draft.instrument and newer.id > draft.id)
				or exists (select 1 from response where response.participant_code = draft.participant_code
					and response.instrument = draft.instrument)`,
		)
		.executeTakeFirst();
	return Number(result.numDeletedRows);
}

async function recordDrafts(db: Db, drafts: readonly Draft[]): Promise<void> {
	await insertRows(db, 'draft', ['participant_code', 'instrument', 'answers', 'page', 'saved_at'], drafts);
}
