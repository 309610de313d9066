import { randomUUID } from 'node:crypto';
import { isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import { schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import type { RemarkingEventRow, RemarkingRow } from './tables.ts';

/** What a commission found: counts of papers, and by whose decision. */
export type RemarkingFindings = Omit<
	RemarkingRow,
	'id' | 'school_id' | 'recorded_by' | 'recorded_at' | 'withdrawn_at'
>;

/** One field of a record that was changed, and what it was before. */
export interface RemarkingChange {
	field: keyof RemarkingFindings;
	from: string | number | null;
	to: string | number | null;
}

export interface Remarking extends RemarkingRow {
	/** oldest first */
	events: (Omit<RemarkingEventRow, 'id' | 'remarking_id' | 'changes'> & { changes: RemarkingChange[] })[];
}

interface Act {
	by: string;
	at?: string;
}

export type RemarkingProblem = 'unknown-remarking' | 'already-withdrawn';

const FIELDS = [
	'procedure_id',
	'class',
	'remarked_on',
	'sampled',
	'remarked',
	'unchanged',
	'raised',
	'lowered',
	'commission',
	'document',
	'remark',
] as const satisfies readonly (keyof RemarkingFindings)[];

/** Records that papers of a school were marked a second time. Returns the id; impossible counts are a constraint violation. */
export async function recordRemarking(
	trx: Trx,
	schoolId: string,
	findings: RemarkingFindings,
	act: Act,
): Promise<string> {
	const id = randomUUID();
	const at = act.at ?? new Date().toISOString();
	await trx
		.insertInto('remarking')
		.values({
			...findings,
			id,
			school_id: schoolId,
			recorded_by: act.by,
			recorded_at: at,
			withdrawn_at: null,
		})
		.execute();
	await noteEvent(trx, id, { ...act, at }, 'recorded');
	return id;
}

/** Brings a record to the given findings and notes what they were before; a record that says the same is left alone. */
export async function changeRemarking(
	trx: Trx,
	id: string,
	findings: RemarkingFindings,
	act: Act,
): Promise<RemarkingProblem | undefined> {
	const standing = await findStanding(trx, id);
	if (typeof standing === 'string') return standing;
	const changes = FIELDS.filter((field) => standing[field] !== findings[field]).map((field) => ({
		field,
		from: standing[field],
		to: findings[field],
	}));
	if (changes.length === 0) return undefined;
	await trx.updateTable('remarking').set(findings).where('id', '=', id).execute();
	await noteEvent(trx, id, act, 'changed', { changes });
	return undefined;
}

/** Takes a record out of the analysis; it stays to be read, with the reason. */
export async function withdrawRemarking(
	trx: Trx,
	id: string,
	reason: string,
	act: Act,
): Promise<RemarkingProblem | undefined> {
	const standing = await findStanding(trx, id);
	if (typeof standing === 'string') return standing;
	const at = act.at ?? new Date().toISOString();
	await trx.updateTable('remarking').set({ withdrawn_at: at }).where('id', '=', id).execute();
	await noteEvent(trx, id, { ...act, at }, 'withdrawn', { reason });
	return undefined;
}

/** Re-markings of the schools inside the places with their history, the newest first; withdrawn ones among them. */
export async function listRemarkings(db: Db, places: readonly string[]): Promise<Remarking[]> {
	const rows = await db
		.selectFrom('remarking')
		.selectAll()
		.where(schoolIsWithin(db, 'remarking.school_id', places))
		.orderBy('remarked_on', 'desc')
		.orderBy('recorded_at', 'desc')
		.orderBy('id')
		.execute();
	const events = await db
		.selectFrom('remarking_event')
		.selectAll()
		.where(
			isAmong(
				db,
				'remarking_id',
				rows.map(({ id }) => id),
			),
		)
		.orderBy('id')
		.execute();
	const byRecord = Map.groupBy(events, ({ remarking_id }) => remarking_id);
	return rows.map((row) => ({
		...row,
		events: (byRecord.get(row.id) ?? []).map(({ at, by, action, reason, changes }) => ({
			...{ at, by, action, reason },
			changes: JSON.parse(changes) as RemarkingChange[],
		})),
	}));
}

async function findStanding(trx: Trx, id: string): Promise<RemarkingRow | RemarkingProblem> {
	const row = await trx.selectFrom('remarking').selectAll().where('id', '=', id).executeTakeFirst();
	if (!row) return 'unknown-remarking';
	return row.withdrawn_at === null ? row : 'already-withdrawn';
}

async function noteEvent(
	trx: Trx,
	id: string,
	act: Act,
	action: string,
	{ changes = [], reason = '' }: { changes?: RemarkingChange[]; reason?: string } = {},
): Promise<void> {
	const at = act.at ?? new Date().toISOString();
	await trx
		.insertInto('remarking_event')
		.values({ remarking_id: id, at, by: act.by, action, changes: JSON.stringify(changes), reason })
		.execute();
	appendChange(trx, 'remarking', id);
}
