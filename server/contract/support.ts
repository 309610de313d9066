import { z } from 'zod';
import { analyticsAnswer } from './analytics.ts';
import type { RouteContract } from './route.ts';
import { id, isoDate, line, paragraph } from './text.ts';

export const planState = z.enum(['draft', 'agreed', 'active', 'completed', 'cancelled']);
export type PlanState = z.infer<typeof planState>;
export const planBasis = z.enum(['flag', 'request', 'federal_list']);
export const measureState = z.enum(['planned', 'in_progress', 'done', 'cancelled']);
export type MeasureState = z.infer<typeof measureState>;

export const measureItem = z.object({
	measure_id: z.string(),
	title: z.string(),
	owner: z.string(),
	starts_on: z.string(),
	due_on: z.string(),
	state: measureState,
	progress: z.string(),
	done_on: z.string().nullable(),
});
export type MeasureItem = z.infer<typeof measureItem>;

export const planItem = z.object({
	plan_id: z.string(),
	school_id: z.string(),
	school_name: z.string(),
	title: z.string(),
	basis: planBasis,
	state: planState,
	goal: z.string(),
	indicator: z.string(),
	baseline: z.number().nullable(),
	target: z.number().nullable(),
	unit: z.string(),
	due_on: z.string(),
	curator: z.string(),
	created_at: z.string(),
	measures_total: z.number(),
	measures_done: z.number(),
	measures_overdue: z.number(),
});
export type PlanItem = z.infer<typeof planItem>;

/** The evidence as it stood on the day of the plan: the module's answer, never asked anew. */
export const planEvidence = analyticsAnswer.nullable();
export const planDetail = planItem.extend({
	evidence: planEvidence,
	measures: z.array(measureItem),
	events: z.array(z.object({ at: z.string(), by_name: z.string(), action: z.string(), detail: z.string() })),
	/** states it may go to from here, for my role */
	next_states: z.array(planState),
});
export type PlanDetail = z.infer<typeof planDetail>;

export const measureBody = z
	.object({ title: line, owner: line, starts_on: isoDate, due_on: isoDate })
	.refine((body) => body.due_on >= body.starts_on, { path: ['due_on'], params: { code: 'before-start' } });
export type MeasureBody = z.infer<typeof measureBody>;

export const planBody = z.object({
	school_id: id,
	title: line,
	basis: planBasis,
	/** the module is run anew by the server and its answer frozen; null for a plan by request */
	evidence: z
		.object({
			module: id,
			filters: z.record(z.string(), z.union([z.string().max(200), z.number(), z.null()])),
		})
		.nullable(),
	goal: paragraph,
	indicator: line,
	baseline: z.number().nullable(),
	target: z.number().nullable(),
	unit: z.string().trim().max(60),
	due_on: isoDate,
	curator: line,
	measures: z.array(measureBody).max(100),
});
export type PlanBody = z.infer<typeof planBody>;

export const planQuery = z.object({ school: id.optional(), state: planState.optional() });
export const planStateBody = z.object({ to: planState });
export const measurePatch = z
	.object({
		state: measureState,
		progress: z.string().trim().max(2000),
		done_on: isoDate.nullable(),
	})
	.partial();
export type MeasurePatch = z.infer<typeof measurePatch>;

export const supportRoutes = {
	plans: {
		method: 'get',
		path: '/api/plans',
		summary: 'Support plans of my places',
		query: planQuery,
		reply: z.array(planItem),
	},
	create: {
		method: 'post',
		path: '/api/plans',
		summary: 'Draft a support plan; its evidence is frozen',
		body: planBody,
		reply: planDetail,
		status: 201,
	},
	plan: { method: 'get', path: '/api/plans/:id', summary: 'One plan', reply: planDetail },
	state: {
		method: 'post',
		path: '/api/plans/:id/state',
		summary: 'Move a plan to another state',
		body: planStateBody,
		reply: planDetail,
	},
	measure: {
		method: 'post',
		path: '/api/plans/:id/measures',
		summary: 'Add a measure',
		body: measureBody,
		reply: planDetail,
		status: 201,
	},
	update_measure: {
		method: 'patch',
		path: '/api/plans/:id/measures/:measure',
		summary: 'Report progress of a measure',
		body: measurePatch,
		reply: planDetail,
	},
} satisfies Record<string, RouteContract>;
