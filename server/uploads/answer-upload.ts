import { type RequestHandler, type Response, raw } from 'express';
import type { AnswerFile, FileOutcome } from '#data/records/diagnostics/answer-files.ts';
import type { AnswerFileRow } from '#data/records/diagnostics/tables.ts';
import { type AnswerField, listAnswerFields } from '#surveys/answer-fields.ts';
import { writeFileReference } from '#surveys/answer-rules/file.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import type { AnswerFileReply } from '../contract/answer-files.ts';
import { MOST_FILE_BYTES } from '../contract/file-limits.ts';
import { Problem } from '../problem.ts';
import { safeName, sniff } from './sniff.ts';
import { stripMetadata } from './strip-metadata.ts';

/** Reads the bytes of one file; whoever may not store any is refused before this. */
export const readAnswerFile: RequestHandler = raw({ type: () => true, limit: MOST_FILE_BYTES });

/** The field of files under this name, in rows and panels too. @throws {Problem} 422 where the form asks for none */
export function demandFileField(survey: SurveyJson, question: string): AnswerField {
	const fields = listAnswerFields(survey);
	const found = [...fields, ...fields.flatMap(({ inner }) => inner)].find(
		({ kind, path, item }) => kind === 'files' && (item === question || path.at(-1) === question),
	);
	if (!found) throw new Problem(422, 'no-file-question', { question });
	return found;
}

/** The bytes as they are kept: of a kind that is taken, without metadata, under a name that fits. @throws {Problem} 415, 422 */
export async function takeAnswerFile(
	body: unknown,
	fileName: string,
	field: AnswerField,
): Promise<{ content: Buffer; type: string; name: string }> {
	if (!Buffer.isBuffer(body) || body.length === 0) throw new Problem(422, 'empty-body');
	const found = await sniff(body);
	const isPicture = found?.type === 'image/png' || found?.type === 'image/jpeg';
	if (!found || (field.type === 'signaturepad' && !isPicture))
		throw new Problem(415, 'file-kind-not-taken', { name: fileName.slice(0, 100) });
	try {
		return { content: stripMetadata(body, found.type), type: found.type, name: safeName(fileName, found) };
	} catch (error) {
		if (error instanceof RangeError)
			throw new Problem(422, 'broken-picture', { name: fileName.slice(0, 100) });
		throw error;
	}
}

/** The file as it stands. @throws {Problem} 409 when too many are kept, or the id stands for another file */
export function demandStored(outcome: FileOutcome): AnswerFile {
	if (outcome === 'consent-needed') throw new Problem(403, 'consent-needed');
	if (outcome === 'too-many') throw new Problem(409, 'too-many-files');
	if (outcome === 'other-content') throw new Problem(409, 'file-id-taken');
	return outcome;
}

/** What an answer then refers to. */
export function describeStored({
	id,
	name,
	type,
	size,
}: Pick<AnswerFileRow, 'id' | 'name' | 'type' | 'size'>): AnswerFileReply {
	return { reference: writeFileReference(id), name, type, size };
}

/** To keep, never to open in the page. */
export function sendAnswerFile(response: Response, { name, type, content }: AnswerFileRow): void {
	response
		.attachment(name)
		.set('content-type', type)
		.set('content-security-policy', "sandbox; default-src 'none'")
		.end(Buffer.from(content));
}
