import type { QuestionFileModel } from 'survey-core';
import { type Answers, isRecord, type ValueRule } from './rule.ts';

/** The most files under one question. */
export const MOST_FILES = 10;

const REFERENCE = /^file\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The id in a reference to a file; undefined for anything else, a data URL above all. */
export function readFileReference(value: unknown): string | undefined {
	return typeof value === 'string' ? REFERENCE.exec(value)?.[1] : undefined;
}

/** What an answer holds in place of a file. */
export function writeFileReference(id: string): string {
	return `file/${id}`;
}

/** Rule of handed-in files: names and references; the bytes are stored apart, before the answer. */
export function compileFile(question: QuestionFileModel): ValueRule {
	const max = question.allowMultiple ? Math.min(question.maxFiles || MOST_FILES, MOST_FILES) : 1;
	return (value, item, scope) => {
		if (!Array.isArray(value)) {
			scope.report(item, 'wrong-type', { expected: 'list' });
			return value;
		}
		if (value.length > max) {
			scope.report(item, 'too-many', { max });
			return value;
		}
		const kept = value.map((entry) => keepFile(entry));
		if (kept.some((entry) => entry === undefined)) scope.report(item, 'bad-file');
		const ids = kept.flatMap((entry) => readFileReference(entry?.content) ?? []);
		if (new Set(ids).size < ids.length) scope.report(item, 'duplicate-value');
		for (const id of ids) scope.refer(item, id);
		return kept;
	};
}

/** Rule of a signature: the reference to its picture. */
export const checkSignature: ValueRule = (value, item, { report, refer }) => {
	const id = readFileReference(value);
	if (id === undefined) report(item, 'bad-file');
	else refer(item, id);
	return value;
};

function keepFile(entry: unknown): Answers | undefined {
	if (!isRecord(entry) || Object.keys(entry).some((name) => !['name', 'type', 'content'].includes(name)))
		return undefined;
	const { name, type, content } = entry;
	if (readFileReference(content) === undefined) return undefined;
	return [name, type].every((text) => typeof text === 'string' && text.length <= 255)
		? { name, type, content }
		: undefined;
}
