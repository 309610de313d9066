import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { id, isoDate, line } from './text.ts';

const seniorityBand = z.enum(['0-3', '4-10', '11-20', '21+', 'unknown']);
const category = z.enum(['none', 'first', 'highest', 'teacher_methodist', 'teacher_mentor']);

/** Who counts as young: full years on the reference day, with or without the last one, and years of teaching at most. */
export const youngDefinition = z.object({
	age_limit: z.number().int().min(18).max(70),
	inclusive: z.boolean(),
	max_years: z.number().int().min(0).max(50).nullable(),
});
export type YoungDefinition = z.infer<typeof youngDefinition>;

/** Conditions that all have to hold; null = none of this kind. */
export const populationFields = {
	schools: z.array(id).max(5000).nullable(),
	subjects: z.array(line).max(200).nullable(),
	positions: z.array(line).max(200).nullable().default(null),
	seniority_bands: z.array(seniorityBand).min(1).max(5).nullable().default(null),
	categories: z.array(category).min(1).max(5).nullable().default(null),
	young: youngDefinition.nullable().default(null),
	reference_day: isoDate,
};

/** The conditions as a campaign shows them. */
export const populationShown = {
	schools: z.array(z.string()).nullable(),
	subjects: z.array(z.string()).nullable(),
	positions: z.array(z.string()).nullable(),
	seniority_bands: z.array(seniorityBand).nullable(),
	categories: z.array(z.string()).nullable(),
	young: youngDefinition.nullable(),
	reference_day: z.string(),
};
const populationReply = z.object(populationShown);
export type PopulationConditions = z.infer<typeof populationReply>;

export const populationBody = z.object({ municipality_id: id, ...populationFields });
export type PopulationBody = z.infer<typeof populationBody>;

export const campaignPreview = z.object({
	people: z.number(),
	schools: z.number(),
	by_school: z.array(z.object({ school_id: z.string(), name: z.string(), people: z.number() })),
	/** everything else holds, but the registry has no date of birth, so the age is not known */
	without_birth_date: z.number(),
	/** everything else holds, but the registry has no year of beginning */
	without_seniority: z.number(),
	/** stands for exactly these people at these schools: sent with the approval, it refuses others */
	fingerprint: z.string(),
});
export type CampaignPreview = z.infer<typeof campaignPreview>;

const search = z.string().trim().max(100).default('');
const page = z.coerce.number().int().min(1).max(100_000).default(1);
const size = z.coerce.number().int().min(5).max(50).default(50);
export const populationPeopleBody = populationBody.extend({
	search,
	school_id: id.nullable().default(null),
	page,
	size,
});
export const campaignPeopleQuery = z.object({ search, school: id.optional(), page, size });

export const populationPerson = z.object({
	person_id: z.string(),
	full_name: z.string(),
	school_id: z.string(),
	school_name: z.string(),
	/** null once invited: the invitation keeps only what analysis may use */
	position: z.string().nullable(),
	subjects: z.array(z.string()),
	category: z.string().nullable(),
	seniority_band: seniorityBand,
});
export type PopulationPerson = z.infer<typeof populationPerson>;
export const populationPeople = z.object({
	/** all of the population */
	total: z.number(),
	/** those that the search and the school leave */
	found: z.number(),
	page: z.number(),
	page_size: z.number(),
	people: z.array(populationPerson),
	/** true: these were invited; false: these would be invited now */
	is_frozen: z.boolean(),
	fingerprint: z.string(),
});
export type PopulationPeople = z.infer<typeof populationPeople>;

const choice = z.object({ value: z.string(), people: z.number() });
export const populationChoices = z.object({
	positions: z.array(choice),
	subjects: z.array(choice),
	categories: z.array(choice),
	seniority_bands: z.array(choice),
});
export type PopulationChoices = z.infer<typeof populationChoices>;
export const populationChoicesQuery = z.object({ municipality: id, day: isoDate });

export const populationRoutes = {
	choices: {
		method: 'get',
		path: '/api/population-choices',
		summary: 'Positions, subjects, categories and seniority of the staff of a day, to choose from',
		query: populationChoicesQuery,
		reply: populationChoices,
	},
	preview: {
		method: 'post',
		path: '/api/campaigns/preview',
		summary: 'How many people a population has',
		body: populationBody,
		reply: campaignPreview,
	},
	preview_people: {
		method: 'post',
		path: '/api/campaigns/preview/people',
		summary: 'Who exactly is in a population, by name, page by page',
		body: populationPeopleBody,
		reply: populationPeople,
	},
	people: {
		method: 'get',
		path: '/api/campaigns/:id/people',
		summary: 'Who is invited to a campaign by name, or would be while it is a draft',
		query: campaignPeopleQuery,
		reply: populationPeople,
	},
} satisfies Record<string, RouteContract>;
