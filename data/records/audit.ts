import { sql } from 'kysely';
import { type AuditEntry, auditHash, journalOf } from './journal.ts';
import { placeIsWithin } from './places.ts';
import type { AuditRow } from './schema.ts';
import type { Db, Records, Trx } from './store.ts';

export type { AuditEntry } from './journal.ts';

const PAGE = 2_000;

/**
 * Adds a line to the chained log: who (an account id, `participant`, `server`), in which role, did what to which object, and
 * what for. In a transaction the line stands or falls with it.
 */
export async function appendAudit(
	target: Trx | Records,
	entry: Omit<AuditEntry, 'at'> & { at?: string },
): Promise<void> {
	const line = { ...entry, at: entry.at ?? new Date().toISOString() };
	if ('dialect' in target) await target.transaction(async (trx) => appendAudit(trx, line));
	else journalOf(target).audits.push(line);
}

/** The number of the first line that was changed, removed or added past the chain; null when the chain holds. */
export async function verifyAudit(db: Db): Promise<number | null> {
	let seq = 0;
	let hash = '';
	for (;;) {
		const page = await db
			.selectFrom('audit')
			.selectAll()
			.where('seq', '>', seq)
			.orderBy('seq')
			.limit(PAGE)
			.execute();
		for (const row of page) {
			const follows = row.seq === seq + 1 && row.previous_hash === hash && row.hash === auditHash(row);
			if (!follows) return seq + 1;
			({ seq, hash } = row);
		}
		if (page.length < PAGE) return null;
	}
}

/**
 * Lines of the log, newest first, at most `limit`; `beforeSeq` pages backwards. With `places`, only what was done by
 * accounts that never held a role outside them.
 */
export async function listAudit(
	db: Db,
	filter: {
		object?: string;
		who?: string;
		action?: string;
		beforeSeq?: number;
		places?: readonly string[] | undefined;
		limit: number;
	},
): Promise<AuditRow[]> {
	const { object, who, action, beforeSeq, places, limit } = filter;
	const isWithin = placeIsWithin(db, 'role_grant.place', places ?? []);
	const holders = db.selectFrom('role_grant').select('account_id');
	const rows = await db
		.selectFrom('audit')
		.selectAll()
		.$if(object !== undefined, (query) => query.where('object', '=', object as string))
		.$if(who !== undefined, (query) => query.where('who', '=', who as string))
		.$if(action !== undefined, (query) => query.where('action', '=', action as string))
		.$if(beforeSeq !== undefined, (query) => query.where('seq', '<', beforeSeq as number))
		.$if(places !== undefined, (query) =>
			query
				.where('who', 'in', holders.where(isWithin))
				.where('who', 'not in', holders.where(sql<boolean>`not (${isWithin})`)),
		)
		.orderBy('seq', 'desc')
		.limit(limit)
		.execute();
	return rows as unknown as AuditRow[];
}
