import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { paragraph } from './text.ts';

export const procedureItem = z.object({
	procedure_id: z.string(),
	kind: z.string(),
	year: z.number(),
	grade: z.number().nullable(),
	subject: z.string(),
	title: z.string(),
	max_score: z.number(),
	/** smallest score of each mark; null without marks */
	cutoffs: z.record(z.string(), z.number()).nullable(),
	fail_below: z.number().nullable(),
	document: z.string(),
	valid_from: z.string(),
	/** pupils' rows stored, withdrawn batches left out */
	results: z.number(),
});
export type ProcedureItem = z.infer<typeof procedureItem>;

export const replyModule = z.enum(['result-objectivity', 'low-results']);
export const replyItem = z.object({
	reply_id: z.string(),
	school_id: z.string(),
	year: z.number(),
	module: replyModule,
	text: z.string(),
	replied_by_name: z.string(),
	replied_at: z.string(),
});
export type ReplyItem = z.infer<typeof replyItem>;
export const replyBody = z.object({
	module: replyModule,
	year: z.number().int().min(2000).max(2100),
	text: paragraph,
});

export const resultsRoutes = {
	procedures: {
		method: 'get',
		path: '/api/procedures',
		summary: 'Procedures with their dated scales',
		reply: z.array(procedureItem),
	},
	replies: {
		method: 'get',
		path: '/api/schools/:id/replies',
		summary: 'What a school replied to its flags',
		reply: z.array(replyItem),
	},
	reply: {
		method: 'post',
		path: '/api/schools/:id/replies',
		summary: 'Reply to a flag',
		body: replyBody,
		reply: replyItem,
		status: 201,
	},
} satisfies Record<string, RouteContract>;
