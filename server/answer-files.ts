import { listAnswerFiles } from '#data/records/diagnostics/answer-files.ts';
import type { Db } from '#data/records/store.ts';
import { listAnswerFields } from '#surveys/answer-fields.ts';
import { readFileReference } from '#surveys/answer-rules/file.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { Problem } from './problem.ts';

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
 * Every file that answers refer to is the participant's own and was handed in for this form.
 * @throws {Problem} 422 with the items that refer to others
 */
export async function demandFiles(
	db: Db,
	owner: { participant_code: string; instrument: string },
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
	throw new Problem(
		422,
		'invalid-answers',
		{},
		foreign.map(({ item }) => ({ path: item, code: 'answer-bad-file', values: { item } })),
	);
}
