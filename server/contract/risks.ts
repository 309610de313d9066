import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { id, line, localText } from './text.ts';

export const significance = z.enum(['high', 'medium', 'low']);
export type Significance = z.infer<typeof significance>;

const writtenText = z.object({ ru: line, en: line });
const magnitude = z.number().min(-1e6).max(1e6);

/** One number behind a factor: its index is 0 at `good` and 100 at `bad`. */
export const riskInput = z.object({
	id: z.string(),
	title: localText,
	good: z.number(),
	bad: z.number(),
	weight: z.number(),
});

export const riskFactorItem = z.object({
	factor: z.string(),
	title: localText,
	inputs: z.array(riskInput),
	is_on: z.boolean(),
	/** of the shipped list */
	is_shipped: z.boolean(),
	changed_by_name: z.string().nullable(),
	changed_at: z.string().nullable(),
});
export type RiskFactorItem = z.infer<typeof riskFactorItem>;

export const riskFactorList = z.object({
	municipality_id: z.string(),
	municipality_name: z.string(),
	factors: z.array(riskFactorItem),
});
export type RiskFactorList = z.infer<typeof riskFactorList>;

export const riskFactorBody = z.object({
	title: writtenText,
	inputs: z
		.array(
			z
				.object({
					/** null for a new one */
					id: id.nullable(),
					title: writtenText,
					good: magnitude,
					bad: magnitude,
					weight: z.number().positive().max(100),
				})
				.refine(({ good, bad }) => good !== bad, { path: ['bad'], params: { code: 'good-equals-bad' } }),
		)
		.max(12)
		.refine(
			(inputs) => {
				const ids = inputs.map((input) => input.id).filter((given) => given !== null);
				return new Set(ids).size === ids.length;
			},
			{ params: { code: 'duplicate-input' } },
		),
	is_on: z.boolean(),
});
export type RiskFactorBody = z.infer<typeof riskFactorBody>;

export const riskRating = z.object({
	rating_id: z.number(),
	/** 0 good … 100 bad; null when no input had a value */
	index: z.number().nullable(),
	significance,
	/** what the index alone would say */
	by_index: significance.nullable(),
	remark: z.string(),
	/** as they stood when the factor was rated */
	inputs: z.array(riskInput.extend({ value: z.number().nullable(), suggested: z.number().nullable() })),
	proposed_by_name: z.string(),
	proposed_at: z.string(),
	/** what the school answered; null while it has not */
	verification: z
		.object({
			agrees: z.boolean(),
			is_chosen: z.boolean(),
			remark: z.string(),
			verified_by_name: z.string(),
			verified_at: z.string(),
		})
		.nullable(),
});
export type RiskRating = z.infer<typeof riskRating>;

export const riskProfile = z.object({
	school_id: z.string(),
	school_name: z.string(),
	municipality_id: z.string(),
	year: z.number(),
	/** with a profile, newest first */
	years: z.array(z.number()),
	most_chosen: z.number(),
	/** factors of the list that are switched on, and those that were rated */
	factors: z.array(
		z.object({
			factor: z.string(),
			title: localText,
			is_on: z.boolean(),
			/** with the value that the data of the service suggest, for those who may propose */
			inputs: z.array(riskInput.extend({ suggested: z.number().nullable() })),
			rating: riskRating.nullable(),
		}),
	),
	/** proposals and answers of the year, newest first */
	history: z.array(
		z.object({
			at: z.string(),
			by_name: z.string(),
			act: z.enum(['proposed', 'agreed', 'disagreed']),
			title: localText,
			significance,
			is_chosen: z.boolean(),
			remark: z.string(),
		}),
	),
});
export type RiskProfile = z.infer<typeof riskProfile>;
export type ProfileFactor = RiskProfile['factors'][number];

const profileYear = z.number().int().min(2000).max(2100);
const remark = z.string().trim().max(2000);
export const riskProfileQuery = z.object({ year: z.coerce.number().pipe(profileYear).optional() });
export const riskRatingsBody = z.object({
	year: profileYear,
	ratings: z
		.array(
			z.object({
				factor: id,
				/** by input */
				values: z.record(id, magnitude.nullable()),
				/** null: as the index says */
				significance: significance.nullable(),
				remark,
			}),
		)
		.min(1)
		.max(60),
});
export type RiskRatingsBody = z.infer<typeof riskRatingsBody>;
export const riskAnswersBody = z.object({
	year: profileYear,
	answers: z
		.array(
			z
				.object({
					rating_id: z.number().int().positive(),
					agrees: z.boolean(),
					/** the school takes the factor into its programme */
					is_chosen: z.boolean(),
					remark,
				})
				.refine(({ agrees, remark }) => agrees || remark !== '', {
					path: ['remark'],
					params: { code: 'remark-needed' },
				})
				.refine(({ agrees, is_chosen }) => agrees || !is_chosen, {
					path: ['is_chosen'],
					params: { code: 'chosen-without-agreement' },
				}),
		)
		.min(1)
		.max(60),
});
export type RiskAnswersBody = z.infer<typeof riskAnswersBody>;

export const riskRoutes = {
	factors: {
		method: 'get',
		path: '/api/municipalities/:id/risk-factors',
		summary: 'Risk factors of a municipality: the shipped list with its changes',
		reply: riskFactorList,
	},
	add_factor: {
		method: 'post',
		path: '/api/municipalities/:id/risk-factors',
		summary: 'Add a risk factor',
		body: riskFactorBody,
		reply: riskFactorList,
		status: 201,
	},
	change_factor: {
		method: 'put',
		path: '/api/municipalities/:id/risk-factors/:factor',
		summary: 'Rename a risk factor, change its inputs, switch it on or off',
		body: riskFactorBody,
		reply: riskFactorList,
	},
	profile: {
		method: 'get',
		path: '/api/schools/:id/risk-profile',
		summary: 'Risk profile of a school: proposals and what the school answered',
		query: riskProfileQuery,
		reply: riskProfile,
	},
	propose: {
		method: 'post',
		path: '/api/schools/:id/risk-profile',
		summary: 'Propose how significant factors are for a school and year',
		body: riskRatingsBody,
		reply: riskProfile,
	},
	answer: {
		method: 'post',
		path: '/api/schools/:id/risk-profile/answers',
		summary: 'The school agrees or disagrees, and picks factors for its programme',
		body: riskAnswersBody,
		reply: riskProfile,
	},
} satisfies Record<string, RouteContract>;
