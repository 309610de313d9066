import { z } from 'zod';
import { keptFile } from './answer-files.ts';
import { respondent } from './respondent.ts';
import type { RouteContract } from './route.ts';
import { isoTime, localText } from './text.ts';

export const myDiagnosticItem = z.object({
	campaign_id: z.string(),
	title: z.string(),
	mode: z.enum(['confidential', 'anonymous']),
	instrument: z.string(),
	instrument_title: localText,
	purpose: localText,
	minutes: z.number(),
	opens_on: z.string(),
	closes_on: z.string(),
	state: z.enum(['consent', 'new', 'started', 'done', 'declined', 'upcoming', 'closed']),
	saved_at: z.string().nullable(),
	submitted_at: z.string().nullable(),
	/** `observer`: somebody else fills it in about me; I only agree */
	filled_by: z.enum(['me', 'observer']),
	result: z.enum(['ready', 'at_release', 'none']),
});
export type MyDiagnosticItem = z.infer<typeof myDiagnosticItem>;

const jsonObject = z.record(z.string(), z.unknown());

/** When each answer was last changed, by question or `question/row`. */
const answerTimes = z.record(z.string().max(300), isoTime);

export const myDraft = z.object({
	answers: jsonObject,
	page: z.number(),
	saved_at: z.string(),
	/** 1, 2, 3 …: give it back as `base` with the next one */
	revision: z.number(),
	/** words for the device it was saved on */
	device: z.string().nullable(),
	times: answerTimes,
	/** seconds with the page in sight so far: the device that goes on counts from here */
	seconds: z.number().nullable(),
});
export type MyDraft = z.infer<typeof myDraft>;

export const myDiagnostic = z.object({
	campaign_id: z.string(),
	title: z.string(),
	mode: z.enum(['confidential', 'anonymous']),
	state: z.enum(['consent', 'new', 'started', 'done', 'declined', 'upcoming', 'closed']),
	opens_on: z.string(),
	closes_on: z.string(),
	instrument: z.string(),
	instrument_title: localText,
	purpose: localText,
	minutes: z.number(),
	filled_by: z.enum(['me', 'observer']),
	version: z.number(),
	survey: jsonObject,
	/** me, as far as the form's conditions may know */
	respondent,
	consent: z.object({
		version: z.string(),
		text: localText,
		/** null = not yet asked */
		given: z.boolean().nullable(),
		methodist_text: localText,
		methodist_given: z.boolean().nullable(),
	}),
	draft: myDraft.nullable(),
	submitted_at: z.string().nullable(),
	/** send it back with the answers: a repeat is then a success and not a second response */
	response_id: z.string(),
});
export type MyDiagnostic = z.infer<typeof myDiagnostic>;

export const consentBody = z.object({ give: z.boolean(), methodist: z.boolean() });
export const consentReply = z.object({ given: z.boolean(), methodist_given: z.boolean() });

/** More changes than anybody makes to one form. */
const MOST_REVISIONS = 1_000_000;

/** Without what no store can hold as text: control characters, halves of characters. */
const plainWords = (text: string): string =>
	text
		.toWellFormed()
		.replace(/\p{Cc}/gu, '')
		.trim();

export const draftBody = z.object({
	answers: jsonObject,
	page: z.number().int().min(0).max(500),
	/**
	 * the revision that this goes on from, 0 for none: when another device has saved since, the draft is refused (409)
	 * and the other one comes back in `draft`; absent = from whatever stands
	 */
	base: z.number().int().min(0).max(MOST_REVISIONS).optional(),
	device: z.string().max(80).transform(plainWords).optional(),
	times: answerTimes.optional(),
	seconds: z.number().int().min(0).max(604800).optional(),
});
export const draftReply = z.object({ saved_at: z.string(), revision: z.number() });
export type DraftReply = z.infer<typeof draftReply>;

export const responseBody = z.object({
	response_id: z.uuid(),
	answers: jsonObject,
	started_at: isoTime.nullable(),
	duration_seconds: z.number().int().min(0).max(604800).nullable(),
});
export const responseReply = z.object({ submitted_at: z.string(), sequence: z.number() });

export const profileScale = z.object({
	scale: z.string(),
	/** `competency` or `group` of competencies, as the key says */
	kind: z.string(),
	/** the group that a competency belongs to; null for a group and for a competency of no known group */
	group: z.string().nullable(),
	title: localText,
	percent: z.number().nullable(),
	/** standard error of measurement in percent */
	sem: z.number().nullable(),
	sem_source: z.enum(['data', 'planned']),
	/** deficit level; null when too little was answered */
	level: z.enum(['low', 'medium', 'high']).nullable(),
	/** the interval straddles a cut: then `level_beside` is the neighbour */
	borderline: z.boolean(),
	level_beside: z.enum(['low', 'medium', 'high']).nullable(),
	/** words of the level where the instrument has levels of its own; two when the error leaves both open, lower first */
	own_levels: z.array(localText),
	n_items: z.number(),
	n_answered: z.number(),
	/** median of the released group; null when fewer than ten */
	group_median: z.number().nullable(),
	group_n: z.number().nullable(),
});
export type ProfileScale = z.infer<typeof profileScale>;

/** One competency over all results that may be read: level by level, since instruments differ. */
const profileHistoryLine = z.object({
	scale: z.string(),
	title: localText,
	/** oldest first */
	results: z.array(
		z.object({
			campaign_id: z.string(),
			campaign_title: z.string(),
			instrument: z.string(),
			instrument_title: localText,
			version: z.number(),
			channel: z.string(),
			submitted_at: z.string(),
			percent: z.number(),
			sem: z.number().nullable(),
			level: z.enum(['low', 'medium', 'high']).nullable(),
			level_beside: z.enum(['low', 'medium', 'high']).nullable(),
			/**
			 * against the result before it of the same instrument and version (reliable change, D13); null where there is
			 * none: results of different instruments are compared by level only
			 */
			change: z
				.object({
					verdict: z.enum(['improved', 'unchanged', 'worse']),
					points: z.number(),
					index: z.number(),
				})
				.nullable(),
		}),
	),
});
export type ProfileHistoryLine = z.infer<typeof profileHistoryLine>;

export const myProfile = z.object({
	name: z.string(),
	campaigns: z.array(
		z.object({
			campaign_id: z.string(),
			title: z.string(),
			instrument: z.string(),
			instrument_title: localText,
			channel: z.string(),
			submitted_at: z.string(),
			state: z.enum(['ready', 'at_release', 'counting']),
			scales: z.array(profileScale),
			/** scales, strongest first */
			strengths: z.array(z.string()),
			priorities: z.array(z.object({ scale: z.string(), action: localText })).max(3),
			/** what an observer wrote in words, as plain text: what was asked, and what stands there */
			remarks: z.array(z.object({ question: localText, words: z.string() })),
			/** pictures and files of the lesson that the observer attached */
			files: z.array(keptFile),
			/** the tasks are explained: see `explanations` */
			is_explained: z.boolean(),
		}),
	),
	/** competencies measured more than once, or through more than one channel */
	history: z.array(profileHistoryLine),
	/** who looked at my results */
	viewers: z.array(z.object({ at: z.string(), who_role: z.string(), purpose: z.string() })),
});
export type MyProfile = z.infer<typeof myProfile>;

export const myRoutes = {
	diagnostics: {
		method: 'get',
		path: '/api/my/diagnostics',
		summary: 'What is open for me, and what I have done',
		reply: z.array(myDiagnosticItem),
	},
	diagnostic: {
		method: 'get',
		path: '/api/my/diagnostics/:campaign/:instrument',
		summary: 'One instrument to answer, with consent and draft',
		reply: myDiagnostic,
	},
	consent: {
		method: 'post',
		path: '/api/my/diagnostics/:campaign/consent',
		summary: 'Give, refuse or withdraw consent',
		body: consentBody,
		reply: consentReply,
	},
	draft: {
		method: 'put',
		path: '/api/my/diagnostics/:campaign/:instrument/draft',
		summary: 'Save unfinished answers',
		body: draftBody,
		reply: draftReply,
	},
	response: {
		method: 'post',
		path: '/api/my/diagnostics/:campaign/:instrument/response',
		summary: 'Hand in the answers',
		body: responseBody,
		reply: responseReply,
		status: 201,
	},
	profile: {
		method: 'get',
		path: '/api/my/profile',
		summary: 'My results with their uncertainty, strengths first',
		reply: myProfile,
	},
} satisfies Record<string, RouteContract>;
