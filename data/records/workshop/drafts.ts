import { randomUUID } from 'node:crypto';
import { municipalityIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import type { InstrumentDraftEventRow, InstrumentDraftRow } from './tables.ts';

export type DraftState = 'draft' | 'in_review' | 'published' | 'discarded';
export type DraftAction = 'created' | 'submitted' | 'returned' | 'commented' | 'published' | 'discarded';

/** The three texts of an instrument: survey and key as JSON, the card as Markdown. */
export interface DraftTexts {
	survey: string;
	key: string;
	card: string;
}

export interface InstrumentDraft extends Omit<InstrumentDraftRow, 'editors' | 'state'> {
	state: DraftState;
	editors: string[];
}

export type DraftProblem =
	| { code: 'unknown-draft' }
	| { code: 'draft-changed'; by: string; at: string; revision: number }
	| { code: 'draft-not-open'; state: DraftState };

/** Records a new draft and its first event. Returns its id. */
export async function createDraft(
	trx: Trx,
	draft: DraftTexts & {
		municipality_id: string;
		instrument: string;
		based_on: number | null;
		by: string;
		comment: string;
	},
): Promise<string> {
	const { by, comment, ...rest } = draft;
	const id = randomUUID();
	const at = new Date().toISOString();
	await trx
		.insertInto('instrument_draft')
		.values({
			...rest,
			id,
			state: 'draft',
			revision: 1,
			created_by: by,
			created_at: at,
			saved_by: by,
			saved_at: at,
			editors: JSON.stringify([by]),
			published_version: null,
		})
		.execute();
	await recordEvent(trx, (await findDraft(trx, id))!, { by, at, action: 'created', comment });
	return id;
}

/** Drafts of municipalities inside the places, the last saved first; discarded ones are left out. */
export async function listDrafts(db: Db, places: readonly string[]): Promise<InstrumentDraft[]> {
	const rows = await db
		.selectFrom('instrument_draft')
		.selectAll()
		.where(municipalityIsWithin(db, 'instrument_draft.municipality_id', places))
		.where('state', '!=', 'discarded')
		.orderBy('saved_at', 'desc')
		.orderBy('id')
		.execute();
	return rows.map(toDraft);
}

/** One draft of a municipality inside the places. */
export async function findVisibleDraft(
	db: Db,
	id: string,
	places: readonly string[],
): Promise<InstrumentDraft | undefined> {
	const row = await db
		.selectFrom('instrument_draft')
		.selectAll()
		.where('id', '=', id)
		.where(municipalityIsWithin(db, 'instrument_draft.municipality_id', places))
		.executeTakeFirst();
	return row && toDraft(row);
}

/** The draft that became a published version; undefined for versions that did not come from the workshop. */
export async function findDraftOfVersion(
	db: Db,
	instrument: string,
	version: number,
): Promise<InstrumentDraft | undefined> {
	const row = await db
		.selectFrom('instrument_draft')
		.selectAll()
		.where('instrument', '=', instrument)
		.where('published_version', '=', version)
		.executeTakeFirst();
	return row && toDraft(row);
}

/** What happened to a draft, oldest first. */
export async function listDraftEvents(
	db: Db,
	draftId: string,
): Promise<(Omit<InstrumentDraftEventRow, 'id'> & { id: number })[]> {
	return db
		.selectFrom('instrument_draft_event')
		.selectAll()
		.where('draft_id', '=', draftId)
		.orderBy('id')
		.execute();
}

/**
 * Saves a draft when nobody else has since the given revision. Returns the new revision, or the problem: who saved in
 * between, or that the draft is no longer open.
 */
export async function saveDraft(
	trx: Trx,
	id: string,
	revision: number,
	texts: DraftTexts,
	by: string,
): Promise<{ revision: number; saved_at: string } | DraftProblem> {
	const draft = await findDraft(trx, id);
	if (!draft) return { code: 'unknown-draft' };
	if (draft.state !== 'draft') return { code: 'draft-not-open', state: draft.state };
	const saved_at = new Date().toISOString();
	const editors = JSON.stringify([...new Set([...draft.editors, by])]);
	const result = await trx
		.updateTable('instrument_draft')
		.set({ ...texts, revision: revision + 1, saved_by: by, saved_at, editors })
		.where('id', '=', id)
		.where('revision', '=', revision)
		.where('state', '=', 'draft')
		.executeTakeFirst();
	if (result.numUpdatedRows === 0n) return changed((await findDraft(trx, id))!);
	return { revision: revision + 1, saved_at };
}

const NEXT: Readonly<Record<DraftState, readonly DraftState[]>> = {
	draft: ['in_review', 'discarded'],
	in_review: ['draft', 'published'],
	published: [],
	discarded: [],
};

const ACTIONS: Readonly<Record<DraftState, DraftAction>> = {
	draft: 'returned',
	in_review: 'submitted',
	published: 'published',
	discarded: 'discarded',
};

/** Takes a draft to its next state as it stood at a revision, with the content of that moment in its history. */
export async function changeDraftState(
	trx: Trx,
	id: string,
	to: DraftState,
	act: { revision: number; by: string; comment: string; published_version?: number },
): Promise<DraftProblem | undefined> {
	const draft = await findDraft(trx, id);
	if (!draft) return { code: 'unknown-draft' };
	if (!NEXT[draft.state].includes(to)) return { code: 'draft-not-open', state: draft.state };
	// who sends a draft to review answers for it: made in the shell, it still needs two people
	const editors = to === 'in_review' ? [...new Set([...draft.editors, act.by])] : draft.editors;
	const result = await trx
		.updateTable('instrument_draft')
		.set({ state: to, published_version: act.published_version ?? null, editors: JSON.stringify(editors) })
		.where('id', '=', id)
		.where('state', '=', draft.state)
		.where('revision', '=', act.revision)
		.executeTakeFirst();
	if (result.numUpdatedRows === 0n) return changed((await findDraft(trx, id))!);
	const at = new Date().toISOString();
	await recordEvent(trx, draft, { by: act.by, at, action: ACTIONS[to], comment: act.comment });
	return undefined;
}

/** A remark of a reviewer that moves nothing. */
export async function commentDraft(
	trx: Trx,
	draft: InstrumentDraft,
	by: string,
	comment: string,
): Promise<void> {
	await recordEvent(trx, draft, { by, at: new Date().toISOString(), action: 'commented', comment });
}

async function findDraft(db: Db, id: string): Promise<InstrumentDraft | undefined> {
	const row = await db.selectFrom('instrument_draft').selectAll().where('id', '=', id).executeTakeFirst();
	return row && toDraft(row);
}

async function recordEvent(
	trx: Trx,
	{ id, revision, survey, key, card }: InstrumentDraft,
	event: { by: string; at: string; action: DraftAction; comment: string },
): Promise<void> {
	const content = JSON.stringify({ survey: JSON.parse(survey), key: JSON.parse(key), card });
	await trx
		.insertInto('instrument_draft_event')
		.values({ ...event, draft_id: id, revision, content })
		.execute();
}

const changed = ({ saved_by, saved_at, revision }: InstrumentDraft): DraftProblem => ({
	code: 'draft-changed',
	by: saved_by,
	at: saved_at,
	revision,
});

const toDraft = (row: InstrumentDraftRow): InstrumentDraft => ({
	...row,
	state: row.state as DraftState,
	editors: JSON.parse(row.editors) as string[],
});
