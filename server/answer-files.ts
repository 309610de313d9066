import { type AnswerFile, type FileOwner, listAnswerFiles } from '#data/records/diagnostics/answer-files.ts';
import type { Db } from '#data/records/store.ts';
import { listAnswerFields } from '#surveys/answer-fields.ts';
import { readFileReference } from '#surveys/answer-rules/file.ts';
import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import type { KeptFile } from './contract/answer-files.ts';
import { refuseAnswers } from './refused-answers.ts';

/** True for a survey that asks for files or signatures, in rows and panels too. */
export function asksForFiles(survey: SurveyJson): boolean {
	const fields = listAnswerFields(survey);
	return [...fields, ...fields.flatMap(({ inner }) => inner)].some(({ kind }) => kind === 'files');
}

/** Ids of all files that checked answers refer to. */
export function listFileReferences(value: unknown): string[] {
	const id = readFileReference(value);
	if (id !== undefined) return [id];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listFileReferences) : [];
}

/**
 * Every file that answers refer to was handed in for this form by the one who fills it in.
 * @throws {Problem} 422 with the items that refer to others
 */
export async function demandFiles(
	db: Db,
	owner: FileOwner,
	files: readonly { item: string; file: string }[],
): Promise<void> {
	if (files.length === 0) return;
	const known = await listAnswerFiles(
		db,
		owner,
		files.map(({ file }) => file),
	);
	const ids = new Set(known.map(({ id }) => id));
	const foreign = files.filter(({ file }) => !ids.has(file));
	if (foreign.length === 0) return;
	throw refuseAnswers(foreign.map(({ item }) => ({ item, code: 'bad-file', params: {} })));
}

/** A file as its holder reads of it: what it was asked for in the words of the form, and who handed it in. */
export function describeKeptFile(survey: SurveyJson, file: AnswerFile): KeptFile {
	const { id, question, name, type, size, stored_at, observation_id } = file;
	const asked = listItems(survey).find(({ item, path }) => item === question || path.at(-1) === question);
	return {
		file: id,
		question: asked ? { ru: asked.title.ru, en: asked.title.en } : { ru: question, en: question },
		name,
		type,
		size,
		stored_at,
		by: observation_id === null ? 'me' : 'observer',
	};
}
