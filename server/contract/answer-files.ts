import { z } from 'zod';
import type { RouteContract } from './route.ts';

export const answerFileQuery = z.object({
	question: z.string().min(1).max(300),
	file_name: z.string().min(1).max(300),
});

export const answerFile = z.object({
	/** stands in the answer in place of the file */
	reference: z.string(),
	name: z.string(),
	type: z.string(),
	size: z.number(),
});
export type AnswerFileReply = z.infer<typeof answerFile>;

export const attemptReply = z.object({
	/** null where the form has no limit of time, or where nothing about an attempt is kept (anonymous) */
	started_at: z.string().nullable(),
	elapsed_seconds: z.number(),
	limit_seconds: z.number().nullable(),
});
export type AttemptReply = z.infer<typeof attemptReply>;

export const answerFileRoutes = {
	store: {
		method: 'post',
		path: '/api/my/diagnostics/:campaign/:instrument/files',
		summary: 'Hand in a file or a signature that an answer then refers to',
		query: answerFileQuery,
		body: 'bytes',
		reply: answerFile,
		status: 201,
	},
	own: {
		method: 'get',
		path: '/api/my/diagnostics/:campaign/:instrument/files/:file',
		summary: 'A file that I handed in',
		media: ['application/octet-stream'],
	},
	start: {
		method: 'post',
		path: '/api/my/diagnostics/:campaign/:instrument/start',
		summary: 'Begin a form with a limit of time; again, the time that has passed',
		reply: attemptReply,
	},
	consented: {
		method: 'get',
		path: '/api/campaigns/:id/files/:file',
		summary: 'A file of a participant who lets the methodist see',
		media: ['application/octet-stream'],
	},
} satisfies Record<string, RouteContract>;
