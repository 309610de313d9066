import { z } from 'zod';
import { keptFile } from './answer-files.ts';
import type { RouteContract } from './route.ts';
import { isoTime, localText } from './text.ts';

const ownAnswer = z.object({
	/** name of the item, as in the codebook */
	item: z.string(),
	question: localText,
	/** the words chosen, or the value as it was typed; null = not answered */
	answer: localText.nullable(),
});

export const myData = z.object({
	at: isoTime,
	name: z.string(),
	/** null when this session knows no person: a personal link opens one invitation only */
	registry: z
		.object({
			full_name: z.string(),
			birth_date: z.string().nullable(),
			employments: z.array(
				z.object({
					school_name: z.string(),
					position: z.string(),
					subjects: z.array(z.string()),
					category: z.string(),
					teaching_since: z.number().nullable(),
					started_on: z.string(),
					ended_on: z.string().nullable(),
				}),
			),
		})
		.nullable(),
	invitations: z.array(
		z.object({
			campaign_id: z.string(),
			title: z.string(),
			mode: z.enum(['confidential', 'anonymous']),
			/** the random code that stands in place of the name; null in an anonymous campaign */
			participant_code: z.string().nullable(),
			school_name: z.string(),
			subject: z.string().nullable(),
			seniority_band: z.string().nullable(),
			category: z.string().nullable(),
			position: z.string().nullable(),
			invited_at: z.string(),
			retention_until: z.string(),
			instruments: z.array(
				z.object({
					instrument: z.string(),
					title: localText,
					version: z.number(),
					saved_at: z.string().nullable(),
					submitted_at: z.string().nullable(),
					/** answers as they are kept; null where none are, or where they are nobody's */
					answers: z.array(ownAnswer).nullable(),
					/** unfinished answers as they are kept */
					draft: z.array(ownAnswer).nullable(),
					/** files and signatures that the answers refer to */
					files: z.array(keptFile),
					/** observations in whose place a later one stands, newest first */
					earlier: z.array(
						z.object({
							submitted_at: z.string(),
							answers: z.array(ownAnswer),
							files: z.array(keptFile),
						}),
					),
				}),
			),
			consents: z.array(
				z.object({
					purpose: z.enum(['diagnostic', 'methodist']),
					version: z.string(),
					given_at: z.string().nullable(),
					declined_at: z.string().nullable(),
					in_force: z.boolean(),
					text: localText,
				}),
			),
		}),
	),
	scores: z.array(
		z.object({
			campaign_id: z.string(),
			campaign_title: z.string(),
			instrument_title: localText,
			scale: z.string(),
			title: localText,
			percent: z.number().nullable(),
			sem: z.number().nullable(),
			level: z.string().nullable(),
		}),
	),
	/** who looked at my results, newest first */
	looks: z.array(z.object({ at: z.string(), role: z.string(), action: z.string(), purpose: z.string() })),
	/** what the log keeps of my own doing, newest first */
	own_acts: z.array(z.object({ at: z.string(), action: z.string() })),
});
export type MyData = z.infer<typeof myData>;

export const withdrawBody = z.object({ purpose: z.enum(['diagnostic', 'methodist']) });
export const withdrawReply = z.object({ responses: z.number() });

export const myDataFileQuery = z.object({ format: z.enum(['json', 'xlsx', 'csv', 'zip']) });

export const resumeReply = z.object({
	/** opens this campaign on another device, without a password */
	address: z.string(),
	until: isoTime,
});
export type ResumeReply = z.infer<typeof resumeReply>;

export const myDataRoutes = {
	data: {
		method: 'get',
		path: '/api/my/data',
		summary: 'Everything that is kept about me, and who looked',
		reply: myData,
	},
	data_file: {
		method: 'get',
		path: '/api/my/data/file',
		summary: 'The same as a file to keep',
		query: myDataFileQuery,
		media: [
			'application/json',
			'text/csv',
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'application/zip',
		],
	},
	withdraw: {
		method: 'post',
		path: '/api/my/data/campaigns/:campaign/withdraw',
		summary: 'Withdraw a consent; with the consent to take part the answers go too',
		body: withdrawBody,
		reply: withdrawReply,
	},
	resume: {
		method: 'post',
		path: '/api/my/diagnostics/:campaign/resume',
		summary: 'An address that goes on with this campaign on another device, for a quarter of an hour',
		reply: resumeReply,
	},
} satisfies Record<string, RouteContract>;
