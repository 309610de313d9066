import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { insertRows, isPostgres } from './bulk.ts';
import type { AuditRow, RecordsSchema } from './schema.ts';

/**
 * What a transaction writes last: its changes and its lines of the chained log. Both are numbered in the order of
 * commitment, so on PostgreSQL they are written under a lock that is held from here to the end of the commit.
 */
export interface Journal {
	changes: Map<string, { kind: string; subject: string; at?: string }>;
	audits: AuditEntry[];
}

export interface AuditEntry {
	at: string;
	who: string;
	role: string;
	action: string;
	object: string;
	purpose: string;
}

const JOURNAL_LOCK = 0x6f706f72;

const journals = new WeakMap<object, Journal>();

/** Begins the journal of a transaction; `store.ts` does so for every one it starts. */
export function openJournal(trx: Transaction<RecordsSchema>): Journal {
	const journal: Journal = { changes: new Map(), audits: [] };
	journals.set(trx, journal);
	return journal;
}

/** The journal of a running transaction. Throws for a transaction that was not started through the records. */
export function journalOf(trx: Transaction<RecordsSchema>): Journal {
	const journal = journals.get(trx);
	if (!journal) throw new Error('a change is recorded inside Records.transaction only');
	return journal;
}

/** Writes the journal; the last act before the commit. */
export async function writeJournal(trx: Transaction<RecordsSchema>, journal: Journal): Promise<void> {
	if (journal.changes.size === 0 && journal.audits.length === 0) return;
	if (isPostgres(trx)) await sql`select pg_advisory_xact_lock(${sql.lit(JOURNAL_LOCK)})`.execute(trx);
	if (journal.audits.length > 0) await writeAudits(trx, journal.audits);
	if (journal.changes.size > 0) {
		const at = new Date().toISOString();
		await insertRows(
			trx,
			'change',
			['kind', 'subject', 'at'],
			[...journal.changes.values()].map((change) => ({ at, ...change })),
		);
	}
}

async function writeAudits(trx: Transaction<RecordsSchema>, entries: AuditEntry[]): Promise<void> {
	const last = await trx
		.selectFrom('audit')
		.select(['seq', 'hash'])
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	let { seq, hash } = last ?? { seq: 0, hash: '' };
	const rows = entries.map((entry) => {
		seq += 1;
		const row = { ...entry, seq, previous_hash: hash };
		hash = auditHash(row);
		return { ...row, hash };
	});
	await insertRows(
		trx,
		'audit',
		['seq', 'at', 'who', 'role', 'action', 'object', 'purpose', 'previous_hash', 'hash'],
		rows,
	);
}

/** SHA-256 (hex) over a line of the log and the hash of the line before it. */
export function auditHash(row: Omit<AuditRow, 'hash' | 'seq'> & { seq: number }): string {
	const parts = [row.seq, row.at, row.who, row.role, row.action, row.object, row.purpose, row.previous_hash];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The statements that lock the journal for a transaction given as a batch (PostgreSQL only). */
export const LOCK_JOURNAL = `select pg_advisory_xact_lock(${JOURNAL_LOCK})`;
