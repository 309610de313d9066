import { z } from 'zod';
import { populationFields, populationShown } from './population.ts';
import type { RouteContract } from './route.ts';
import { id, isoDate, line, localText, paragraph } from './text.ts';

export const instrumentItem = z.object({
	instrument: z.string(),
	version: z.number(),
	title: localText,
	channel: z.string(),
	minutes: z.number(),
	items: z.number(),
	languages: z.array(z.string()),
	purpose: localText,
	/** false where this program cannot check its answers: no campaign may ask it */
	is_usable: z.boolean(),
});
export type InstrumentItem = z.infer<typeof instrumentItem>;

export const campaignState = z.enum([
	'draft',
	'approved',
	'open',
	'closed',
	'scored',
	'reviewed',
	'released',
	'archived',
]);
export type CampaignState = z.infer<typeof campaignState>;
export const campaignMode = z.enum(['confidential', 'anonymous']);

const campaignInstrument = z.object({
	instrument: z.string(),
	version: z.number(),
	title: localText,
	channel: z.string(),
});

export const campaignItem = z.object({
	campaign_id: z.string(),
	title: z.string(),
	municipality_id: z.string(),
	state: campaignState,
	mode: campaignMode,
	opens_on: z.string(),
	closes_on: z.string(),
	/** the last day on which answers are kept with the people who gave them */
	retention_until: z.string(),
	/** when the people were taken out of the answers */
	deidentified_at: z.string().nullable(),
	instruments: z.array(campaignInstrument),
	invited: z.number(),
	answered: z.number(),
	declined: z.number(),
});
export type CampaignItem = z.infer<typeof campaignItem>;

export const campaignDetail = campaignItem.extend({
	goal: z.string(),
	basis_document: z.string(),
	...populationShown,
	created_at: z.string(),
	released_at: z.string().nullable(),
	/** why mode, instruments and text of consent no longer change: people are invited, or somebody has answered */
	locked_by: z.enum(['invitations', 'answers']).nullable(),
	/** states it may go to from here, for my role */
	next_states: z.array(campaignState),
});
export type CampaignDetail = z.infer<typeof campaignDetail>;

export const campaignBody = z
	.object({
		title: line,
		goal: paragraph,
		basis_document: line,
		instruments: z
			.array(z.object({ instrument: id, version: z.number().int().positive() }))
			.min(1)
			.max(10),
		municipality_id: id,
		...populationFields,
		mode: campaignMode,
		opens_on: isoDate,
		closes_on: isoDate,
	})
	.refine((body) => body.closes_on >= body.opens_on, {
		path: ['closes_on'],
		params: { code: 'before-opening' },
	});
export type CampaignBody = z.infer<typeof campaignBody>;

export const campaignCreated = z.object({ campaign_id: z.string(), invited: z.number() });
export const campaignStateBody = z.object({
	to: campaignState,
	/** the fingerprint of the population that was looked at: approval refuses when the registry has changed since */
	population: z.string().max(100).optional(),
});

const rate = z.object({ invited: z.number(), answered: z.number(), declined: z.number() });
const outlook = z.object({
	/** answers per day over the last seven days of the window; null before the first answer */
	pace: z.number().nullable(),
	/** how many of the invited will have answered by the end of the closing day, at this pace */
	forecast: z
		.object({
			low: z.number(),
			median: z.number(),
			high: z.number(),
			/** the probability that the count lies between low and high */
			level: z.number(),
		})
		.nullable(),
	/** why there is no forecast: less than two days of answers, fewer than five answers, or the window is over */
	no_forecast: z.enum(['too-early', 'too-few', 'over']).nullable(),
});
export type Outlook = z.infer<typeof outlook>;
export const responseRate = rate.extend({
	by_municipality: z.array(
		rate.extend({
			municipality_id: z.string(),
			name: z.string(),
			schools: z.array(rate.extend({ school_id: z.string(), name: z.string() })),
			/** null for a school's view, whose answers and refusals are one */
			outlook: outlook.nullable(),
		}),
	),
	by_day: z.array(z.object({ day: z.string(), answered: z.number() })),
	outlook: outlook.nullable(),
	as_of: z.string(),
});
export type ResponseRate = z.infer<typeof responseRate>;

/** The coordinator's list of whom to remind: a refusal reads as done. */
export const participationItem = z.object({
	full_name: z.string(),
	school_id: z.string(),
	done: z.boolean(),
});
export const participationQuery = z.object({ school: id });

export const linksBody = z.object({ school_id: id.nullable() });
export const linkItem = z.object({
	participant_code: z.string(),
	/** empty in an anonymous campaign: nobody is to know whose link it is */
	full_name: z.string(),
	school_name: z.string(),
	url: z.string(),
	/** the same way in, to be typed at `/link` */
	code: z.string(),
});
export type LinkItem = z.infer<typeof linkItem>;

export const diagnosticsRoutes = {
	instruments: {
		method: 'get',
		path: '/api/instruments',
		summary: 'Published instruments, newest version of each',
		reply: z.array(instrumentItem),
	},
	campaigns: {
		method: 'get',
		path: '/api/campaigns',
		summary: 'Campaigns of my places, newest first',
		reply: z.array(campaignItem),
	},
	create: {
		method: 'post',
		path: '/api/campaigns',
		summary: 'Draft a campaign',
		body: campaignBody,
		reply: campaignCreated,
		status: 201,
	},
	campaign: { method: 'get', path: '/api/campaigns/:id', summary: 'One campaign', reply: campaignDetail },
	change: {
		method: 'put',
		path: '/api/campaigns/:id',
		summary: 'Change a campaign that is still a draft',
		body: campaignBody,
		reply: campaignDetail,
	},
	state: {
		method: 'post',
		path: '/api/campaigns/:id/state',
		summary: 'Move a campaign to its next state; approval invites the population',
		body: campaignStateBody,
		reply: campaignDetail,
	},
	rate: {
		method: 'get',
		path: '/api/campaigns/:id/response-rate',
		summary: 'Live response rate by municipality, school and day',
		reply: responseRate,
	},
	participation: {
		method: 'get',
		path: '/api/campaigns/:id/participation',
		summary: 'Who of a school has not finished (never what was answered)',
		query: participationQuery,
		reply: z.array(participationItem),
	},
	links: {
		method: 'post',
		path: '/api/campaigns/:id/links',
		summary: 'Fresh personal links; earlier ones stop working',
		body: linksBody,
		reply: z.array(linkItem),
	},
} satisfies Record<string, RouteContract>;
