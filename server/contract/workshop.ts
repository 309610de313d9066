import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { id, localText } from './text.ts';

const openText = z.object({ ru: z.string().max(4000), en: z.string().max(4000) });
const keyItem = z.looseObject({
	item: z.string().max(200),
	competency: z.string().max(120),
	rule: z.looseObject({ kind: z.string().max(40) }),
	max_points: z.number().min(0).max(1000),
	explanation: openText.optional(),
});
export type WorkshopKeyItem = z.infer<typeof keyItem>;
const draftKey = z.looseObject({
	instrument: z.string().regex(/^[a-z][a-z0-9-]{0,79}$/),
	version: z.number().int().positive(),
	channel: z.string().max(40),
	title: openText,
	purpose: openText,
	languages: z.array(z.enum(['ru', 'en'])).max(2),
	minutes: z.number().int().min(1).max(600),
	teacher_result: z.string().max(40),
	minimum_share_answered: z.number().min(0).max(1).default(0.7),
	minimum_items_answered: z.number().int().min(1).max(500).default(2),
	cut_scores_name: openText,
	cut_scores: z.array(z.looseObject({ level: z.string().max(20), from: z.number(), to: z.number() })).max(10),
	scales: z
		.array(
			z.looseObject({
				scale: z.string().max(120),
				kind: z.string().max(40),
				planned_sem: z.number().optional(),
				title: openText.optional(),
			}),
		)
		.max(200),
	items: z.array(keyItem).max(1000),
});
export type WorkshopKey = z.infer<typeof draftKey>;

/** All of an instrument in the making. The key travels on the workshop's routes alone, to those who write or review it. */
export const draftContent = z.object({
	survey: z.record(z.string(), z.unknown()),
	key: draftKey,
	card: z.string().max(60_000),
});
export type WorkshopContent = z.infer<typeof draftContent>;

export const draftState = z.enum(['draft', 'in_review', 'published', 'discarded']);

export const draftFinding = z.object({
	code: z.string(),
	severity: z.enum(['error', 'advice']),
	at: z.string(),
	/** what is wrong, and what to do, in the language of the request */
	text: z.string(),
	remedy: z.string(),
});
export type DraftFinding = z.infer<typeof draftFinding>;

/** One difference in words; `at` is the item, scale or setting, `place` its name for a reader. */
export const changeLine = z.object({
	code: z.string(),
	at: z.string(),
	place: z.string(),
	text: z.string(),
});
export type ChangeLine = z.infer<typeof changeLine>;

/** A municipality whose workshop the asker works in. */
const workshopHome = z.object({ municipality_id: z.string(), name: z.string() });
export type WorkshopHome = z.infer<typeof workshopHome>;

export const draftItem = z.object({
	draft_id: z.string(),
	/** whose instrument it is: people of this place see, review and publish it */
	home: workshopHome,
	instrument: z.string(),
	title: localText,
	channel: z.string(),
	items: z.number(),
	state: draftState,
	based_on: z.number().nullable(),
	published_version: z.number().nullable(),
	author: z.string(),
	saved_by: z.string(),
	saved_at: z.string(),
});
export type DraftItem = z.infer<typeof draftItem>;

const versionItem = z.object({
	/** whose workshop published it; null for what ships with the program */
	home: workshopHome.nullable(),
	instrument: z.string(),
	version: z.number(),
	is_newest: z.boolean(),
	title: localText,
	channel: z.string(),
	items: z.number(),
	minutes: z.number(),
	sha256: z.string(),
	published_at: z.string(),
});
export type VersionItem = z.infer<typeof versionItem>;

const signerItem = z.object({
	fingerprint: z.string(),
	name: z.string(),
	trust: z.enum(['own', 'trusted', 'known', 'unknown']),
});
export type SignerItem = z.infer<typeof signerItem>;

export const workshopOverview = z.object({
	/** where a new instrument of mine may belong; with more than one I must say where */
	homes: z.array(workshopHome),
	drafts: z.array(draftItem),
	versions: z.array(versionItem),
	templates: z.array(z.object({ template: z.string(), title: localText, about: localText })),
	signers: z.array(signerItem),
	/** this installation's own key */
	fingerprint: z.string(),
});
export type WorkshopOverview = z.infer<typeof workshopOverview>;

const event = z.object({
	event_id: z.number(),
	at: z.string(),
	by_name: z.string(),
	action: z.string(),
	comment: z.string(),
});
const choice = z.object({ value: z.string(), title: localText });

export const draftDetail = draftItem.extend({
	revision: z.number(),
	content: draftContent,
	findings: z.array(draftFinding),
	/** estimated minutes to answer */
	estimated_minutes: z.number(),
	events: z.array(event),
	/** what I may do with it now */
	may: z.array(z.enum(['edit', 'submit', 'withdraw', 'return', 'publish', 'comment', 'discard'])),
	competencies: z.array(choice.extend({ group: z.string() })),
	groups: z.array(choice),
	/** kinds of instruments; those that measure nobody have no levels, a questionnaire no key at all */
	channels: z.array(z.object({ channel: z.string(), measures: z.boolean() })),
	/** levels that an instrument starts with */
	basic_cut_scores: z.array(z.object({ level: z.string(), from: z.number(), to: z.number() })),
});
export type DraftDetail = z.infer<typeof draftDetail>;

export const newDraftBody = z.object({
	from: z.discriminatedUnion('kind', [
		z.object({ kind: z.literal('template'), template: id }),
		z.object({ kind: z.literal('version'), instrument: id, version: z.number().int().positive() }),
		z.object({ kind: z.literal('copy'), instrument: id, version: z.number().int().positive() }),
	]),
	/** needed where my places hold several municipalities; a further version stays where its instrument is */
	municipality_id: id.optional(),
});
export type NewDraftBody = z.infer<typeof newDraftBody>;

export const draftCreated = z.object({ draft_id: z.string() });
export const saveBody = draftContent.extend({ revision: z.number().int().positive() });
export const saveReply = z.object({
	revision: z.number(),
	saved_at: z.string(),
	findings: z.array(draftFinding),
	estimated_minutes: z.number(),
});
export type SaveReply = z.infer<typeof saveReply>;

export const stateBody = z.object({
	to: draftState,
	revision: z.number().int().positive(),
	comment: z.string().trim().max(4000).default(''),
});
export const commentBody = z.object({ comment: z.string().trim().min(1).max(4000) });

export const fileQuery = z.object({
	file_name: z.string().min(1).max(200),
	/** without it the file is only looked at */
	store: z.enum(['yes', 'no']).default('no'),
	municipality_id: id.optional(),
});
export const fileReply = z.object({
	kind: z.enum(['sheet', 'survey', 'archive']),
	title: localText,
	items: z.number(),
	/** rows and columns with faults: nothing is stored while there are any */
	issues: z.array(z.object({ row: z.number(), column: z.string(), text: z.string() })),
	findings: z.array(draftFinding),
	signer: signerItem.nullable(),
	/** the instrument of which this would be a further version */
	follows: z
		.object({ instrument: z.string(), version: z.number(), home: workshopHome.nullable() })
		.nullable(),
	draft_id: z.string().nullable(),
});
export type FileReply = z.infer<typeof fileReply>;

export const versionDetail = versionItem.extend({
	previous: z.number().nullable(),
	card: z.string(),
	changes: z.array(changeLine),
});
export type VersionDetail = z.infer<typeof versionDetail>;

export const workshopRoutes = {
	overview: {
		method: 'get',
		path: '/api/workshop',
		summary: 'Drafts of my municipality, published versions, templates, keys of signatures',
		reply: workshopOverview,
	},
	create: {
		method: 'post',
		path: '/api/workshop/drafts',
		summary: 'Start a draft from a template, as the next version of an instrument, or as its copy',
		body: newDraftBody,
		reply: draftCreated,
		status: 201,
	},
	file: {
		method: 'post',
		path: '/api/workshop/files',
		summary: 'Look at a sheet, a SurveyJS JSON or a signed archive; with store=yes make a draft of it',
		query: fileQuery,
		body: 'bytes',
		reply: fileReply,
	},
	sheet: {
		method: 'get',
		path: '/api/workshop/sheet',
		summary: 'The sheet of questions to fill in',
		media: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	},
	draft: {
		method: 'get',
		path: '/api/workshop/drafts/:id',
		summary: 'One draft with its content, remarks and history',
		reply: draftDetail,
	},
	save: {
		method: 'put',
		path: '/api/workshop/drafts/:id',
		summary: 'Save a draft, unless somebody else has since',
		body: saveBody,
		reply: saveReply,
	},
	state: {
		method: 'post',
		path: '/api/workshop/drafts/:id/state',
		summary: 'Send to review, return, publish (by a second person) or discard',
		body: stateBody,
		reply: draftDetail,
	},
	comment: {
		method: 'post',
		path: '/api/workshop/drafts/:id/comments',
		summary: 'A remark on a draft',
		body: commentBody,
		reply: draftDetail,
		status: 201,
	},
	differences: {
		method: 'get',
		path: '/api/workshop/drafts/:id/differences',
		summary: 'What a draft changes in the version it follows, or since it was started',
		reply: z.array(changeLine),
	},
	version: {
		method: 'get',
		path: '/api/workshop/versions/:instrument/:version',
		summary: 'A published version: its card and what it changed',
		reply: versionDetail,
	},
	archive: {
		method: 'get',
		path: '/api/workshop/versions/:instrument/:version/file',
		summary: 'A published version as one signed archive',
		media: ['application/zip'],
	},
	trust: {
		method: 'post',
		path: '/api/workshop/signers/:fingerprint/trust',
		summary: 'Trust the key of a signature',
		reply: signerItem,
	},
} satisfies Record<string, RouteContract>;
