import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { FileError } from '../warehouse/file-error.ts';

/** A truth that says what cannot be: its first faults, in words. */
export class TruthError extends Error {
	readonly faults: { path: string; fault: string | null; values: Record<string, unknown>; message: string }[];
	constructor(error: z.ZodError) {
		super('truth');
		this.faults = error.issues.map((issue) => {
			const { fault = null, ...values } = (issue.code === 'custom' ? issue.params : undefined) ?? {};
			return { path: issue.path.join('.'), fault: fault as string | null, values, message: issue.message };
		});
	}
}

/**
 * Reads the JSON file of a truth; what it leaves out takes the honest default. `words` says what zod finds wrong.
 * @throws FileError `unreadable`, `not-json`; TruthError
 */
export async function readTruth<Schema extends z.ZodType>(
	path: string,
	schema: Schema,
	words: z.core.$ZodErrorMap,
): Promise<z.infer<Schema>> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw new FileError('unreadable', { file: path, value: String(error) });
	});
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new FileError('not-json', { file: path, value: error instanceof Error ? error.message : '' });
	}
	const parsed = schema.safeParse(value, { error: words });
	if (!parsed.success) throw new TruthError(parsed.error);
	return parsed.data;
}
