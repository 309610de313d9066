import { isDeepStrictEqual } from 'node:util';
import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { withBlanks } from '../blanks.ts';
import { isAmong, isPostgres } from '../bulk.ts';
import { storeHalving } from '../halving.ts';
import { LOCK_JOURNAL } from '../journal.ts';
import { type CommitQueue, commitQueue } from '../queue.ts';
import type { Db, Records } from '../store.ts';
import { JOIN_CONSENT_IN_FORCE, listAgreeing } from './agreement.ts';
import type { ResponseRow } from './tables.ts';

/** What became of a response. `sequence`: the change from which on analysis knows it. */
export type ResponseOutcome =
	| { outcome: 'stored'; sequence: number }
	| { outcome: 'repeated' }
	| { outcome: 'refused'; code: RefusalCode };

/**
 * `already-answered`: the participant answered this instrument under another id; `other-content`: the id stands with
 * other answers; `campaign-not-open`; `consent-needed`: not given, or withdrawn meanwhile; `not-asked`: unknown
 * participant, or instrument not in the campaign;
 * `not-storable`: the values break a rule of the store.
 */
export type RefusalCode =
	| 'already-answered'
	| 'other-content'
	| 'campaign-not-open'
	| 'consent-needed'
	| 'not-asked'
	| 'not-storable';

export interface StoreOptions {
	/** refuse what comes while the campaign is not open or the participant does not agree; the queue does */
	onlyWhileOpen?: boolean;
}

const COLUMNS: readonly (keyof ResponseRow)[] = [
	'id',
	'campaign_id',
	'participant_code',
	'instrument',
	'version',
	'answers',
	'started_at',
	'submitted_at',
	'duration_seconds',
];

/**
 * Stores responses in one transaction with their changes; the same id with the same content is `repeated`. A row that
 * the store itself refuses does not take the others with it.
 */
export async function recordResponses(
	records: Records,
	rows: readonly ResponseRow[],
	options: StoreOptions = {},
): Promise<ResponseOutcome[]> {
	// Two rows of one id or of one participant and instrument cannot share a statement: the later ones follow.
	const { first, later } = separateTwins(rows);
	const outcomes = new Map<ResponseRow, ResponseOutcome>();
	const store = (together: readonly ResponseRow[]) =>
		storeHalving(together, (some) => storeTogether(records, some, options), NOT_STORABLE);
	for (const [row, outcome] of await store(first)) outcomes.set(row, outcome);
	for (const row of later) for (const [, outcome] of await store([row])) outcomes.set(row, outcome);
	if ([...outcomes.values()].some(({ outcome }) => outcome === 'stored')) records.notifyChanged();
	return rows.map((row) => outcomes.get(row)!);
}

const NOT_STORABLE: ResponseOutcome = { outcome: 'refused', code: 'not-storable' };

/** The way in for participants: those who submit at the same moment share one commit. */
export function responseQueue(records: Records): CommitQueue<ResponseRow, ResponseOutcome> {
	return commitQueue((rows) => recordResponses(records, rows, { onlyWhileOpen: true }));
}

async function storeTogether(
	records: Records,
	rows: readonly ResponseRow[],
	options: StoreOptions,
): Promise<[ResponseRow, ResponseOutcome][]> {
	const results = await records.batch(storeStatements(records, rows, options));
	const stored = new Map<string, number>();
	for (const result of results)
		for (const { subject, seq } of result.rows as Partial<{ subject: string; seq: number }>[])
			if (subject !== undefined && seq !== undefined) stored.set(subject, seq);
	const left = rows.filter(({ id }) => !stored.has(id));
	const reasons = left.length > 0 ? await explain(records.db, left, options) : new Map();
	return rows.map((row) => {
		const sequence = stored.get(row.id);
		return [row, sequence === undefined ? reasons.get(row)! : { outcome: 'stored', sequence }];
	});
}

/** The change of each stored response comes back with its number: that is the receipt. */
function storeStatements(
	{ db }: Records,
	rows: readonly ResponseRow[],
	{ onlyWhileOpen = false }: StoreOptions,
): CompiledQuery[] {
	const at = new Date().toISOString();
	const { together, response, change } = onlyWhileOpen ? STORE_WHILE_OPEN : STORE;
	if (isPostgres(db)) return [together(db, { rows: JSON.stringify(rows), at })];
	// One message and one commit all the same. Row by row SQLite needs less than half of what it needs to unpack a list.
	return rows.flatMap((row) => [
		response(db, { ...row }),
		change(db, { id: row.id, campaign_id: row.campaign_id, at }),
	]);
}

const STORE = statementsOf({ onlyWhileOpen: false });
const STORE_WHILE_OPEN = statementsOf({ onlyWhileOpen: true });

function statementsOf({ onlyWhileOpen }: { onlyWhileOpen: boolean }) {
	const columns = sql.join(COLUMNS.map((name) => sql.ref(name)));
	// An anonymous campaign keeps no time finer than a day, neither of the response nor of its change.
	const isAnonymous = sql`campaign.mode = 'anonymous'`;
	const timeOrDay = (time: RawBuilder<unknown>) =>
		sql`case when ${isAnonymous} then substr(${time}, 1, 10) || 'T00:00:00.000Z' else ${time} end`;
	const kept = (name: keyof ResponseRow, given: RawBuilder<unknown>) => {
		if (name === 'submitted_at') return timeOrDay(given);
		if (name === 'started_at') return sql`case when ${isAnonymous} then null else ${given} end`;
		return given;
	};
	const asking = sql`participant
		inner join campaign on campaign.id = participant.campaign_id
		inner join campaign_instrument as asked on asked.campaign_id = campaign.id
		${onlyWhileOpen ? JOIN_CONSENT_IN_FORCE : sql``}`;
	const isAsked = (given: (name: keyof ResponseRow) => RawBuilder<unknown>) => sql`
		participant.participant_code = ${given('participant_code')} and campaign.id = ${given('campaign_id')}
		and asked.instrument = ${given('instrument')} and asked.version = ${given('version')}
		${onlyWhileOpen ? sql`and campaign.state = 'open'` : sql``}`;
	const ofRow = (name: keyof ResponseRow) => sql`${sql.ref(`given.${name}`)}`;
	return {
		/** on PostgreSQL, all rows with their changes in one statement: none comes through before the journal is held */
		together: withBlanks<'rows' | 'at', unknown>((db, blank) =>
			// A value, not `exists`: PostgreSQL would turn that into a join over all participants.
			sql`with journal as materialized (${sql.raw(LOCK_JOURNAL)}), stored as (
					insert into response (${columns})
					select ${sql.join(COLUMNS.map((name) => kept(name, ofRow(name))))}
					from journal cross join json_populate_recordset(null::response, ${blank('rows')}::json) as given
					inner join campaign on campaign.id = given.campaign_id
					where coalesce((select true from ${asking} where ${isAsked(ofRow)} limit 1), false)
					on conflict do nothing returning id, campaign_id)
				insert into change (kind, subject, at)
				select 'responses', stored.id, ${timeOrDay(sql`${blank('at')}::text`)}
				from stored inner join campaign on campaign.id = stored.campaign_id
				returning subject, seq`.compile(db),
		),
		/** on SQLite, one row; it stays out where nobody is asked for it, or something stands in its place */
		response: withBlanks<keyof ResponseRow, unknown>((db, blank) => {
			const ofBlank = (name: keyof ResponseRow) => sql`${blank(name)}`;
			return sql`insert into response (${columns})
				select ${sql.join(COLUMNS.map((name) => kept(name, ofBlank(name))))}
				from ${asking} where ${isAsked(ofBlank)}
				on conflict do nothing`.compile(db);
		}),
		/** right after it, for `changes()` says whether that row was stored */
		change: withBlanks<'id' | 'campaign_id' | 'at', unknown>((db, blank) =>
			sql`insert into change (kind, subject, at)
				select 'responses', ${blank('id')}, ${timeOrDay(sql`${blank('at')}`)}
				from campaign where campaign.id = ${blank('campaign_id')} and changes() = 1
				returning subject, seq`.compile(db),
		),
	};
}

/** Why rows were not stored, in a few reads for all of them. */
async function explain(
	db: Db,
	rows: readonly ResponseRow[],
	{ onlyWhileOpen = false }: StoreOptions,
): Promise<Map<ResponseRow, ResponseOutcome>> {
	const codes = rows.map(({ participant_code }) => participant_code);
	const standing = await db
		.selectFrom('response')
		.selectAll()
		.where((eb) =>
			eb.or([
				isAmong(
					db,
					'id',
					rows.map(({ id }) => id),
				),
				isAmong(db, 'participant_code', codes),
			]),
		)
		.execute();
	const states = await db
		.selectFrom('participant')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.select(['participant.participant_code', 'campaign.state'])
		.where(isAmong(db, 'participant.participant_code', codes))
		.execute();
	const agreeing = onlyWhileOpen ? await listAgreeing(db, codes) : null;
	const stateOf = new Map(states.map(({ participant_code, state }) => [participant_code, state]));
	return new Map<ResponseRow, ResponseOutcome>(
		rows.map((row): [ResponseRow, ResponseOutcome] => {
			const same = standing.find(({ id }) => id === row.id);
			if (same) {
				const repeated = saysTheSame(same, row);
				return [row, repeated ? { outcome: 'repeated' } : { outcome: 'refused', code: 'other-content' }];
			}
			const answered = standing.some(
				({ participant_code, instrument }) =>
					participant_code === row.participant_code && instrument === row.instrument,
			);
			const state = stateOf.get(row.participant_code);
			if (answered) return [row, { outcome: 'refused', code: 'already-answered' }];
			if (onlyWhileOpen && state !== undefined && state !== 'open')
				return [row, { outcome: 'refused', code: 'campaign-not-open' }];
			if (state !== undefined && agreeing?.has(row.participant_code) === false)
				return [row, { outcome: 'refused', code: 'consent-needed' }];
			return [row, { outcome: 'refused', code: 'not-asked' }];
		}),
	);
}

function separateTwins(rows: readonly ResponseRow[]): { first: ResponseRow[]; later: ResponseRow[] } {
	const seen = new Set<string>();
	const first: ResponseRow[] = [];
	const later: ResponseRow[] = [];
	for (const row of rows) {
		const keys = [`id ${row.id}`, `answer ${row.participant_code} ${row.instrument}`];
		if (keys.some((key) => seen.has(key))) later.push(row);
		else first.push(row);
		for (const key of keys) seen.add(key);
	}
	return { first, later };
}

/** Times differ between a submission and its repeat; the answers and what they answer do not. */
function saysTheSame(a: ResponseRow, b: ResponseRow): boolean {
	return (
		a.campaign_id === b.campaign_id &&
		a.participant_code === b.participant_code &&
		a.instrument === b.instrument &&
		a.version === b.version &&
		(a.answers === b.answers || isDeepStrictEqual(JSON.parse(a.answers), JSON.parse(b.answers)))
	);
}
