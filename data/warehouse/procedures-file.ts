import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { FileError } from './file-error.ts';
import type { ProcedureRow } from './projection/results.ts';

const score = z.number().min(0);

const procedureSchema = z.object({
	id: z.string().min(1),
	kind: z.enum(['vpr', 'oge', 'ege', 'other']),
	year: z.int(),
	grade: z.int().nullish(),
	subject: z.string().min(1),
	title: z.string().nullish(),
	max_score: z.number().positive(),
	cutoffs: z.object({ '3': score, '4': score, '5': score }).partial().nullish(),
	fail_below: score.nullish(),
	items: z.array(z.object({ id: z.coerce.string().min(1), max: z.number().positive() })).nullish(),
});

/** Reads a JSON list of procedures. Throws FileError naming the place of what does not fit. */
export async function readProcedures(path: string): Promise<ProcedureRow[]> {
	const parsed = z.array(procedureSchema).safeParse(await readJson(path));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new FileError('wrong-shape', {
			file: path,
			column: issue?.path.join('.') ?? '',
			value: issue?.message ?? '',
		});
	}
	const ids = parsed.data.map(({ id }) => id);
	const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
	if (twice >= 0) {
		const issue = {
			file: path,
			row: twice + 1,
			column: 'id',
			code: 'procedure-twice',
			value: ids[twice]!,
		} as const;
		throw new FileError('bad-cells', { file: path }, [issue]);
	}
	return parsed.data.map((procedure) => ({
		procedure_id: procedure.id,
		kind: procedure.kind,
		year: procedure.year,
		grade: procedure.grade ?? null,
		subject: procedure.subject,
		title: procedure.title ?? procedure.id,
		max_score: procedure.max_score,
		cutoff_3: procedure.cutoffs?.['3'] ?? null,
		cutoff_4: procedure.cutoffs?.['4'] ?? null,
		cutoff_5: procedure.cutoffs?.['5'] ?? null,
		fail_below: procedure.fail_below ?? null,
		item_ids: procedure.items?.map(({ id }) => id) ?? [],
		item_maxima: procedure.items?.map(({ max }) => max) ?? [],
	}));
}

async function readJson(path: string): Promise<unknown> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw new FileError('unreadable', { file: path, value: String(error) });
	});
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new FileError('not-json', { file: path, value: error instanceof Error ? error.message : '' });
	}
}
