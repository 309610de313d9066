import { readFileSync } from 'node:fs';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const referenceFile = z.record(
	z.string(),
	z.object({
		/** distribution of primary scores, index = score */
		pmf: z
			.array(share)
			.min(2)
			.refine(
				(pmf) => Math.abs(pmf.reduce((sum, p) => sum + p, 0) - 1) < 1e-3,
				'the shares of pmf must sum to 1',
			)
			.optional(),
		items: z.record(z.string(), z.number().min(0).max(100)).optional(),
		up_share: share.optional(),
	}),
);

/** Reads a file of references by procedure. @throws Error that names the file and the place in it */
export function readReferenceFile(path: string): z.infer<typeof referenceFile> {
	const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
	const parsed = referenceFile.safeParse(JSON.parse(text));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
}
