import { type CompiledQuery, sql } from 'kysely';
import { isInList, isPostgres } from '../bulk.ts';
import { storeHalving } from '../halving.ts';
import { type CommitQueue, commitQueue } from '../queue.ts';
import type { Db, Records } from '../store.ts';
import { JOIN_CONSENT_IN_FORCE, listAgreeing } from './agreement.ts';

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

/**
 * `changed-elsewhere`: meanwhile another device has saved; `consent-needed`: not given, or withdrawn meanwhile;
 * `not-storable`: the values break a rule of the store. Nothing was stored then.
 */
export type DraftOutcome =
	| { outcome: 'stored'; revision: number }
	| { outcome: 'changed-elsewhere' | 'consent-needed' | 'not-storable' };

/**
 * The way in for autosaved answers: those of many people share one commit, and each is durable when its promise settles.
 * Nothing is stored over a draft that its writer has not seen; what a newer draft replaces goes with the same commit.
 */
export function draftQueue(records: Records): CommitQueue<NewDraft, DraftOutcome> {
	return commitQueue((drafts) => recordDrafts(records, drafts));
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

const IS_REPLACED = sql`exists (select 1 from draft as newer where newer.participant_code = draft.participant_code
	and newer.instrument = draft.instrument and newer.revision > draft.revision)`;

/** Removes drafts of what has been answered, and any that a newer one replaced; returns how many. */
export async function pruneDrafts(db: Db): Promise<number> {
	const result = await db
		.deleteFrom('draft')
		.where(
			sql<boolean>`${IS_REPLACED} or exists (select 1 from response where response.participant_code = draft.participant_code
					and response.instrument = draft.instrument)`,
		)
		.executeTakeFirst();
	return Number(result.numDeletedRows);
}

const keyOf = ({ participant_code, instrument }: { participant_code: string; instrument: string }) =>
	`${participant_code} ${instrument}`;

const NOT_STORABLE: DraftOutcome = { outcome: 'not-storable' };

/** Together as far as they can be; a second draft of the same participant and instrument follows in the next commit. */
async function recordDrafts(records: Records, drafts: readonly NewDraft[]): Promise<DraftOutcome[]> {
	const outcomes = new Map<NewDraft, DraftOutcome>();
	let left = drafts;
	while (left.length > 0) {
		const together = [...new Map(left.toReversed().map((draft) => [keyOf(draft), draft])).values()];
		const store = (some: readonly NewDraft[]) => storeTogether(records, some);
		for (const [draft, outcome] of await storeHalving(together, store, NOT_STORABLE)) {
			// Who goes on from whatever stands has only lost a race for the number: it tries again.
			const hasLostRace = outcome.outcome === 'changed-elsewhere' && draft.base === undefined;
			if (!hasLostRace) outcomes.set(draft, outcome);
		}
		left = left.filter((draft) => !outcomes.has(draft));
	}
	return drafts.map((draft) => outcomes.get(draft)!);
}

/** In one transaction; reads of those who were not stored whether they agree. */
async function storeTogether(
	records: Records,
	drafts: readonly NewDraft[],
): Promise<[NewDraft, DraftOutcome][]> {
	const [stored] = await records.batch(storeStatements(records.db, drafts));
	const rows = stored!.rows as { participant_code: string; instrument: string; revision: number }[];
	const revisions = new Map(rows.map((row) => [keyOf(row), row.revision]));
	const left = drafts.filter((draft) => !revisions.has(keyOf(draft)));
	const codes = left.map(({ participant_code }) => participant_code);
	const agreeing = codes.length > 0 ? await listAgreeing(records.db, codes) : new Set();
	return drafts.map((draft) => {
		const revision = revisions.get(keyOf(draft));
		if (revision !== undefined) return [draft, { outcome: 'stored', revision }];
		const agrees = agreeing.has(draft.participant_code);
		return [draft, { outcome: agrees ? 'changed-elsewhere' : 'consent-needed' }];
	});
}

const TEXTS = ['participant_code', 'instrument', 'answers', 'saved_at', 'device', 'times'] as const;
const NUMBERS = ['page', 'base', 'seconds'] as const;
const ANY_BASE = -1;

/** The first gives the revisions of those that were stored, the second removes what they replace. */
function storeStatements(db: Db, drafts: readonly NewDraft[]): CompiledQuery[] {
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
	const agreed = sql`exists (select 1 from participant
		inner join campaign on campaign.id = participant.campaign_id ${JOIN_CONSENT_IN_FORCE}
		where participant.participant_code = given.participant_code)`;
	const store = sql`
		insert into draft (participant_code, instrument, answers, page, saved_at, device, times, seconds, revision)
		select given.participant_code, given.instrument, given.answers, given.page, given.saved_at, given.device,
			given.times, given.seconds, 1 + case when given.base = ${sql.lit(ANY_BASE)} then ${newest} else given.base end
		from ${given}
		where (given.base = ${sql.lit(ANY_BASE)} or given.base >= ${newest}) and ${agreed}
		on conflict (participant_code, instrument, revision) do nothing
		returning participant_code, instrument, revision`;
	const codes = JSON.stringify([...new Set(drafts.map(({ participant_code }) => participant_code))]);
	const remove = sql`delete from draft where ${isInList(db, 'participant_code', codes)} and ${IS_REPLACED}`;
	return [store.compile(db), remove.compile(db)];
}
