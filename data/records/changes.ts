import { sql } from 'kysely';
import { isPostgres } from './bulk.ts';
import { journalOf } from './journal.ts';
import type { Db, Records, Trx } from './store.ts';

/** What analysis takes notice of. */
export type ChangeKind =
	| 'registry'
	| 'instrument'
	| 'campaign'
	| 'participants'
	| 'responses'
	| 'consent'
	| 'deidentified'
	| 'procedure'
	| 'batch'
	| 'batch-withdrawn'
	| 'plan'
	| 'reply'
	| 'remarking'
	| 'risk'
	| 'risk-factors';

export interface Change {
	seq: number;
	kind: ChangeKind;
	subject: string;
}

/**
 * Notes a change in the running transaction; the same kind and subject twice is one change. It is written just before
 * the commit. Subject: response, batch, campaign (also for `participants`, `consent` and `deidentified`), procedure, plan, reply or re-marking id,
 * the school of a risk profile, the municipality of a list of risk factors, `instrument@version`, or '' for the registry. `at` stands where the time of the commit would say too much.
 */
export function appendChange(trx: Trx, kind: ChangeKind, subject: string, at?: string): void {
	journalOf(trx).changes.set(`${kind} ${subject}`, { kind, subject, ...(at && { at }) });
}

/**
 * Changes after a sequence number, oldest first. On PostgreSQL nothing at or above the oldest running transaction is
 * shown, nor anything behind such a row: what is listed once has no earlier change still to come.
 */
export async function listChanges(records: { db: Db }, afterSeq: number, limit: number): Promise<Change[]> {
	const { db } = records;
	const settled = isPostgres(db)
		? sql<boolean>`seq < coalesce((select min(running.seq) from change as running
			where running.seq > ${afterSeq} and running.xid >= pg_snapshot_xmin(pg_current_snapshot())), 9223372036854775807)`
		: sql<boolean>`true`;
	const rows = await db
		.selectFrom('change')
		.select(['seq', 'kind', 'subject'])
		.where('seq', '>', afterSeq)
		.where(settled)
		.orderBy('seq')
		.limit(limit)
		.execute();
	return rows as Change[];
}

/** The newest sequence number that `listChanges` would show; 0 when nothing has happened. */
export async function latestSeq(records: Pick<Records, 'db'>): Promise<number> {
	const { db } = records;
	const newest = await db
		.selectFrom('change')
		.select(({ fn }) => fn.max('seq').as('seq'))
		.executeTakeFirst();
	if (!newest?.seq || !isPostgres(db)) return newest?.seq ?? 0;
	const { rows } = await sql<{ seq: number | null }>`
		select min(seq) as seq from change
		where xid >= pg_snapshot_xmin(pg_current_snapshot())`.execute(db);
	const running = rows[0]?.seq;
	return running ? Math.min(running - 1, newest.seq) : newest.seq;
}
