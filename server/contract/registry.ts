import { z } from 'zod';
import type { RouteContract } from './route.ts';

export const schoolItem = z.object({
	school_id: z.string(),
	name: z.string(),
	municipality_id: z.string(),
	municipality_name: z.string(),
	kind: z.string(),
	locality: z.string().nullable(),
	pupils: z.number().nullable(),
	/** people who work there today; null where the role may not know */
	teachers: z.number().nullable(),
});
export type SchoolItem = z.infer<typeof schoolItem>;

export const schoolQuery = z.object({ search: z.string().max(200).optional() });

export const schoolDetail = schoolItem.extend({
	/** null when the registry does not say */
	advanced_subjects: z.array(z.string()).nullable(),
	staff_count: z.number().nullable(),
	region_name: z.string(),
});
export type SchoolDetail = z.infer<typeof schoolDetail>;

export const staffItem = z.object({
	person_id: z.string(),
	full_name: z.string(),
	position: z.string(),
	subjects: z.array(z.string()),
	category: z.string(),
	teaching_since: z.number().nullable(),
	started_on: z.string(),
	ended_on: z.string().nullable(),
});
export type StaffItem = z.infer<typeof staffItem>;

/** One who lets the methodist see the own results. */
export const agreedPerson = z.object({
	person_id: z.string(),
	full_name: z.string(),
	school_id: z.string(),
	school_name: z.string(),
	/** when the newest of these consents was given */
	given_at: z.string(),
});
export type AgreedPerson = z.infer<typeof agreedPerson>;

export const placesReply = z.object({
	regions: z.array(z.object({ region_id: z.string(), name: z.string() })),
	municipalities: z.array(z.object({ municipality_id: z.string(), region_id: z.string(), name: z.string() })),
});
export type PlacesReply = z.infer<typeof placesReply>;

export const registryRoutes = {
	schools: {
		method: 'get',
		path: '/api/schools',
		summary: 'Schools under my places, by name',
		query: schoolQuery,
		reply: z.array(schoolItem),
	},
	school: { method: 'get', path: '/api/schools/:id', summary: 'One school', reply: schoolDetail },
	staff: {
		method: 'get',
		path: '/api/schools/:id/staff',
		summary: 'Who works at a school, and who did',
		reply: z.array(staffItem),
	},
	agreed: {
		method: 'get',
		path: '/api/people/agreed',
		summary: 'Teachers under my places who let me see their results, by name',
		reply: z.array(agreedPerson),
	},
	places: {
		method: 'get',
		path: '/api/places',
		summary: 'Regions and municipalities that I can see',
		reply: placesReply,
	},
} satisfies Record<string, RouteContract>;
