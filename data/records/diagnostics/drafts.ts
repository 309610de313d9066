import { sql } from 'kysely';
import { isPostgres } from '../bulk.ts';
import { type CommitQueue, commitQueue } from '../queue.ts';
import type { Db, Records } from '../store.ts';

/** A draft as the store keeps it; `revision` counts from 1 per participant and instrument. */
export interface Draft {
	participant_code: string;
	instrument: string;
	answers: string;
	page: number;
	saved_at: string;
	revision: number;
	device: string | null;
	times: string | null;
	seconds: number | null;
}

/** A draft to store. `base`: the revision it goes on from, 0 for none; absent = from whatever stands. */
export interface NewDraft extends Omit<Draft, 'revision' | 'device' | 'times' | 'seconds'> {
	base?: number;
	device?: string | null;
	times?: string | null;
	seconds?: number | null;
}

/** `changed-elsewhere`: meanwhile another device has saved; nothing was stored. */
export type DraftOutcome = { outcome: 'stored'; revision: number } | { outcome: 'changed-elsewhere' };

/** Appends autosaved answers; nothing is overwritten, and nothing is stored over a draft that its writer has not seen. */
export async function recordDraft(db: Db, draft: NewDraft): Promise<DraftOutcome> {
	const [outcome] = await recordDrafts(db, [draft]);
	return outcome!;
}

/** Autosaves of many people share one commit; each is durable when its promise settles. */
export function draftQueue(records: Records): CommitQueue<NewDraft, DraftOutcome> {
	return commitQueue((drafts) => recordDrafts(records.db, drafts));
}

/** The newest draft of a participant's instrument. */
export async function findDraft(db: Db, code: string, instrument: string): Promise<Draft | undefined> {
	return db
		.selectFrom('draft')
		.select([...TEXTS, 'page', 'revision', 'seconds'])
		.where('participant_code', '=', code)
		.where('instrument', '=', instrument)
		.orderBy('revision', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Removes drafts that a newer one replaced and drafts of what has been answered; returns how many. */
export async function pruneDrafts(db: Db): Promise<number> {
	const result = await db
		.deleteFrom('draft')
		.where(
			sql<boolean>`exists (select 1 from draft as newer where newer.participant_code = draft.participant_code
					and newer.instrument = draft.instrument and newer.revision > draft.revision)
				or exists (select 1 from response where response.participant_code = draft.participant_code
					and response.instrument = draft.instrument)`,
		)
		.executeTakeFirst();
	return Number(result.numDeletedRows);
}

const keyOf = ({ participant_code, instrument }: { participant_code: string; instrument: string }) =>
	`${participant_code} ${instrument}`;

/** One statement for all of them; a second draft of the same participant and instrument follows in the next. */
async function recordDrafts(db: Db, drafts: readonly NewDraft[]): Promise<DraftOutcome[]> {
	const outcomes = new Map<NewDraft, DraftOutcome>();
	let left = drafts;
	while (left.length > 0) {
		const together = new Map(left.toReversed().map((draft) => [keyOf(draft), draft]));
		const revisions = await storeDrafts(db, [...together.values()]);
		for (const [key, draft] of together) {
			const revision = revisions.get(key);
			// Who goes on from whatever stands has only lost a race for the number: it tries again.
			if (revision === undefined && draft.base === undefined) continue;
			outcomes.set(
				draft,
				revision === undefined ? { outcome: 'changed-elsewhere' } : { outcome: 'stored', revision },
			);
		}
		left = left.filter((draft) => !outcomes.has(draft));
	}
	return drafts.map((draft) => outcomes.get(draft)!);
}

const TEXTS = ['participant_code', 'instrument', 'answers', 'saved_at', 'device', 'times'] as const;
const NUMBERS = ['page', 'base', 'seconds'] as const;
const ANY_BASE = -1;

/** Revisions of those that were stored, by participant and instrument. */
async function storeDrafts(db: Db, drafts: readonly NewDraft[]): Promise<Map<string, number>> {
	const names = [...TEXTS, ...NUMBERS];
	const rows = drafts.map(({ base = ANY_BASE, device = null, times = null, seconds = null, ...draft }) => ({
		...draft,
		base,
		device,
		times,
		seconds,
	}));
	const given = isPostgres(db)
		? sql`json_to_recordset(${JSON.stringify(rows)}::json) as given(${sql.join([
				...TEXTS.map((name) => sql`${sql.ref(name)} text`),
				...NUMBERS.map((name) => sql`${sql.ref(name)} integer`),
			])})`
		: sql`(select ${sql.join(names.map((name, index) => sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`))}
			from json_each(${JSON.stringify(rows.map((row) => names.map((name) => row[name])))})) as given`;
	const newest = sql`coalesce((select max(draft.revision) from draft
		where draft.participant_code = given.participant_code and draft.instrument = given.instrument), 0)`;
	const stored = await sql<{ participant_code: string; instrument: string; revision: number }>`
		insert into draft (participant_code, instrument, answers, page, saved_at, device, times, seconds, revision)
		select given.participant_code, given.instrument, given.answers, given.page, given.saved_at, given.device,
			given.times, given.seconds, 1 + case when given.base = ${sql.lit(ANY_BASE)} then ${newest} else given.base end
		from ${given}
		where given.base = ${sql.lit(ANY_BASE)} or given.base >= ${newest}
		on conflict (participant_code, instrument, revision) do nothing
		returning participant_code, instrument, revision`.execute(db);
	return new Map(stored.rows.map((row) => [keyOf(row), row.revision]));
}
