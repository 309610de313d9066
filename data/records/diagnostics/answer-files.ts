import { createHash, randomUUID } from 'node:crypto';
import type { ExpressionBuilder } from 'kysely';
import { isAmong } from '../bulk.ts';
import type { RecordsSchema } from '../schema.ts';
import type { Db, Trx } from '../store.ts';
import { mayStillStore } from './agreement.ts';
import type { AnswerFileRow } from './tables.ts';

/** The most files that are kept under one form of a participant, or one observation, discarded ones included. */
export const MOST_FILES_OF_RESPONSE = 40;

export type AnswerFile = Omit<AnswerFileRow, 'content'>;

/** What a file belongs to: the participant's own form, or the observation that an observer attaches it to. */
export interface FileOwner {
	participant_code: string;
	instrument: string;
	/** null = the participant's own */
	observation: { id: string; by: string } | null;
}

type NewFile = Pick<AnswerFileRow, 'question' | 'name' | 'type' | 'content'> & { id?: string | undefined };

/**
 * `too-many`: no more are kept under this form. `other-content`: the id stands for other bytes, or is somebody else's.
 * `consent-needed`: the participant does not agree, or no more.
 */
export type FileOutcome = AnswerFile | 'too-many' | 'other-content' | 'consent-needed';

/** Stores a file that an answer may refer to; the same id with the same bytes changes nothing. */
export async function recordAnswerFile(trx: Trx, owner: FileOwner, file: NewFile): Promise<FileOutcome> {
	if (!(await mayStillStore(trx, owner.participant_code))) return 'consent-needed';
	const { content, ...named } = file;
	const id = file.id ?? randomUUID();
	const sha256 = createHash('sha256').update(content).digest('hex');
	const same = await findSame(trx, owner, id, sha256);
	if (same) return same;
	const kept = await trx
		.selectFrom('answer_file')
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.where(belongsTo(owner))
		.executeTakeFirstOrThrow();
	if (Number(kept.n) >= MOST_FILES_OF_RESPONSE) return 'too-many';
	const { participant_code, instrument, observation } = owner;
	const stored: AnswerFile = {
		...named,
		id,
		participant_code,
		instrument,
		observation_id: observation?.id ?? null,
		stored_by: observation?.by ?? null,
		size: content.length,
		sha256,
		stored_at: new Date().toISOString(),
	};
	const { numInsertedOrUpdatedRows: inserted } = await trx
		.insertInto('answer_file')
		.values({ ...stored, content })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	// a page and the service worker may send one file at the same moment
	return Number(inserted) > 0 ? stored : ((await findSame(trx, owner, id, sha256)) ?? 'other-content');
}

/** What stands under this id already. */
async function findSame(
	trx: Trx,
	owner: FileOwner,
	id: string,
	sha256: string,
): Promise<AnswerFile | 'other-content' | undefined> {
	const found = await trx.selectFrom('answer_file').selectAll().where('id', '=', id).executeTakeFirst();
	if (!found) return undefined;
	const { content: _, ...file } = found;
	const isSame =
		file.sha256 === sha256 &&
		file.participant_code === owner.participant_code &&
		file.instrument === owner.instrument &&
		file.observation_id === (owner.observation?.id ?? null) &&
		file.stored_by === (owner.observation?.by ?? null);
	return isSame ? file : 'other-content';
}

/** A participant's own file with its bytes, while it is being filled in or after; undefined when there is none. */
export async function findOwnFile(
	db: Db,
	owner: Omit<FileOwner, 'observation'>,
	id: string,
): Promise<AnswerFileRow | undefined> {
	return db
		.selectFrom('answer_file')
		.selectAll()
		.where('id', '=', id)
		.where(belongsTo({ ...owner, observation: null }))
		.executeTakeFirst();
}

/** A file that an observer attached to any own observation of this participant; undefined for another observer's. */
export async function findObserversFile(
	db: Db,
	owner: Omit<FileOwner, 'observation'> & { by: string },
	id: string,
): Promise<AnswerFileRow | undefined> {
	return db
		.selectFrom('answer_file')
		.selectAll()
		.where('id', '=', id)
		.where('participant_code', '=', owner.participant_code)
		.where('instrument', '=', owner.instrument)
		.where('stored_by', '=', owner.by)
		.executeTakeFirst();
}

/** What is kept under these codes, own files and those of observations that were handed in, oldest first. */
export async function listKeptFiles(db: Db, codes: readonly string[]): Promise<AnswerFile[]> {
	return db
		.selectFrom('answer_file')
		.select([
			'id',
			'participant_code',
			'instrument',
			'question',
			'name',
			'type',
			'size',
			'sha256',
			'stored_at',
			'observation_id',
			'stored_by',
		])
		.where(isAmong(db, 'participant_code', codes))
		.where(isHandedIn)
		.orderBy('stored_at')
		.orderBy('id')
		.execute();
}

/** One of `listKeptFiles` with its bytes; undefined for what stands under other codes. */
export async function findKeptFile(
	db: Db,
	codes: readonly string[],
	id: string,
): Promise<AnswerFileRow | undefined> {
	return db
		.selectFrom('answer_file')
		.selectAll()
		.where('id', '=', id)
		.where(isAmong(db, 'participant_code', codes))
		.where(isHandedIn)
		.executeTakeFirst();
}

/** Which of these files belong to the owner, with the question they were handed in for. */
export async function listAnswerFiles(
	db: Db,
	owner: FileOwner,
	ids: readonly string[],
): Promise<{ id: string; question: string; name: string; type: string }[]> {
	return db
		.selectFrom('answer_file')
		.select(['id', 'question', 'name', 'type'])
		.where(belongsTo(owner))
		.where(isAmong(db, 'id', ids))
		.execute();
}

/** Removes files of the owner that the handed-in answers do not refer to. */
export async function discardAnswerFiles(db: Db, owner: FileOwner, kept: readonly string[]): Promise<void> {
	await db
		.deleteFrom('answer_file')
		.where(belongsTo(owner))
		.$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
		.execute();
}

/** Removes what observers attached in a campaign and never handed in: nobody may see it, and nobody would take it away. */
export async function discardUnfinishedFiles(trx: Trx, campaignId: string): Promise<void> {
	await trx
		.deleteFrom('answer_file')
		.where('observation_id', 'is not', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('observation')
						.select('observation.id')
						.whereRef('observation.id', '=', 'answer_file.observation_id'),
				),
			),
		)
		.where('participant_code', 'in', (query) =>
			query
				.selectFrom('participant')
				.select('participant.participant_code')
				.where('campaign_id', '=', campaignId),
		)
		.execute();
}

type Files = ExpressionBuilder<RecordsSchema, 'answer_file'>;

function belongsTo({ participant_code, instrument, observation }: FileOwner) {
	return (files: Files) =>
		files.and([
			files('participant_code', '=', participant_code),
			files('instrument', '=', instrument),
			...(observation
				? [files('observation_id', '=', observation.id), files('stored_by', '=', observation.by)]
				: [files('observation_id', 'is', null)]),
		]);
}

/** What an observer has not handed in yet is no record about anybody. */
function isHandedIn(files: Files) {
	return files.or([
		files('answer_file.observation_id', 'is', null),
		files.exists(
			files
				.selectFrom('observation')
				.select('observation.id')
				.whereRef('observation.id', '=', 'answer_file.observation_id'),
		),
	]);
}
