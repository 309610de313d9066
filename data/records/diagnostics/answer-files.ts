import { createHash, randomUUID } from 'node:crypto';
import { isAmong } from '../bulk.ts';
import type { AnswerFileRow } from '../schema.ts';
import type { Db, Trx } from '../store.ts';

/** The most files that one participant keeps under one instrument, discarded ones included. */
export const MOST_FILES_OF_RESPONSE = 40;

export type AnswerFile = Omit<AnswerFileRow, 'content'>;
type NewFile = Pick<
	AnswerFileRow,
	'participant_code' | 'instrument' | 'question' | 'name' | 'type' | 'content'
>;

/** Stores a file that an answer may refer to; undefined when the participant keeps too many already. */
export async function recordAnswerFile(trx: Trx, file: NewFile): Promise<AnswerFile | undefined> {
	const kept = await trx
		.selectFrom('answer_file')
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.where('participant_code', '=', file.participant_code)
		.where('instrument', '=', file.instrument)
		.executeTakeFirstOrThrow();
	if (Number(kept.n) >= MOST_FILES_OF_RESPONSE) return undefined;
	const about = {
		id: randomUUID(),
		size: file.content.length,
		sha256: createHash('sha256').update(file.content).digest('hex'),
		stored_at: new Date().toISOString(),
	};
	await trx
		.insertInto('answer_file')
		.values({ ...file, ...about })
		.execute();
	const { content: _, ...rest } = file;
	return { ...rest, ...about };
}

/** A file with its bytes; undefined when there is none under this id. */
export async function findAnswerFile(db: Db, id: string): Promise<AnswerFileRow | undefined> {
	return db.selectFrom('answer_file').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Which of these files stand under the participant's instrument, with the question they were handed in for. */
export async function listAnswerFiles(
	db: Db,
	owner: { participant_code: string; instrument: string },
	ids: readonly string[],
): Promise<{ id: string; question: string; name: string; type: string }[]> {
	return db
		.selectFrom('answer_file')
		.select(['id', 'question', 'name', 'type'])
		.where('participant_code', '=', owner.participant_code)
		.where('instrument', '=', owner.instrument)
		.where(isAmong(db, 'id', ids))
		.execute();
}

/** Removes files that the handed-in answers do not refer to. */
export async function discardAnswerFiles(
	db: Db,
	owner: { participant_code: string; instrument: string },
	kept: readonly string[],
): Promise<void> {
	await db
		.deleteFrom('answer_file')
		.where('participant_code', '=', owner.participant_code)
		.where('instrument', '=', owner.instrument)
		.$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
		.execute();
}
