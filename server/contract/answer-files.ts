import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { isoTime, localText } from './text.ts';

export const answerFileQuery = z.object({
	question: z.string().min(1).max(300),
	file_name: z.string().min(1).max(300),
	/** made by the client where it may have to try again: the same id with the same bytes is one file */
	file: z.uuid().toLowerCase().optional(),
});

export const answerFile = z.object({
	/** stands in the answer in place of the file */
	reference: z.string(),
	name: z.string(),
	type: z.string(),
	size: z.number(),
});
export type AnswerFileReply = z.infer<typeof answerFile>;

/** A file that is kept with handed-in answers, without its bytes. */
export const keptFile = z.object({
	file: z.string(),
	/** what it was asked for */
	question: localText,
	name: z.string(),
	type: z.string(),
	/** bytes */
	size: z.number(),
	stored_at: isoTime,
	by: z.enum(['me', 'observer']),
});
export type KeptFile = z.infer<typeof keptFile>;

/** One of a person who lets the methodist see. */
export const agreedFile = keptFile.extend({
	campaign_id: z.string(),
	campaign_title: z.string(),
	instrument_title: localText,
});
export type AgreedFile = z.infer<typeof agreedFile>;

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
	about_me: {
		method: 'get',
		path: '/api/my/data/files/:file',
		summary: 'A file that is kept about me: my own, or of an observation of my lesson',
		media: ['application/octet-stream'],
	},
	agreed: {
		method: 'get',
		path: '/api/people/agreed/:person/files',
		summary: 'Files of one teacher who lets the methodist see, of released campaigns',
		reply: z.array(agreedFile),
	},
	consented: {
		method: 'get',
		path: '/api/campaigns/:id/files/:file',
		summary: 'A file of a participant who lets the methodist see',
		media: ['application/octet-stream'],
	},
} satisfies Record<string, RouteContract>;
