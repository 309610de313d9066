import { z } from 'zod';

/** One thing wrong, with its place and a remedy in words. */
export const problemIssue = z.object({
	path: z.string().optional(),
	row: z.number().int().optional(),
	column: z.string().optional(),
	code: z.string(),
	text: z.string(),
});
export type ProblemIssue = z.infer<typeof problemIssue>;

/** Every error body: `application/problem+json` (RFC 9457), in the language of the request. */
export const problem = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string(),
	issues: z.array(problemIssue),
	/** with `draft-changed` only: the draft that another device saved meanwhile (`MyDraft`) */
	draft: z.record(z.string(), z.unknown()).nullable().optional(),
});
export type ProblemBody = z.infer<typeof problem>;
