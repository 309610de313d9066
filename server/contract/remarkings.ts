import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { id, isoDate, line } from './text.ts';

const papers = z.number().int().min(0).max(100_000);
const optionalLine = z.string().trim().max(300);

export const remarkingBody = z
	.object({
		procedure_id: id,
		/** null = papers of all classes */
		class: z.string().trim().min(1).max(20).nullable(),
		remarked_on: isoDate,
		/** papers chosen, marked again, and with the same mark as before */
		sampled: papers,
		remarked: papers.min(1),
		unchanged: papers,
		/** of those with another mark; both or neither */
		raised: papers.nullable(),
		lowered: papers.nullable(),
		commission: line,
		document: optionalLine,
		remark: z.string().trim().max(2000),
	})
	.refine((body) => body.remarked <= body.sampled, {
		path: ['remarked'],
		params: { code: 'more-remarked-than-sampled' },
	})
	.refine((body) => body.unchanged <= body.remarked, {
		path: ['unchanged'],
		params: { code: 'more-unchanged-than-remarked' },
	})
	.refine((body) => (body.raised === null) === (body.lowered === null), {
		path: ['raised'],
		params: { code: 'one-direction-only' },
	})
	.refine(
		({ raised, lowered, remarked, unchanged }) =>
			raised === null ||
			lowered === null ||
			unchanged > remarked ||
			raised + lowered === remarked - unchanged,
		{ path: ['raised'], params: { code: 'directions-do-not-add-up' } },
	);
export type RemarkingBody = z.infer<typeof remarkingBody>;

export const remarkingItem = z.object({
	remarking_id: z.string(),
	school_id: z.string(),
	procedure_id: z.string(),
	procedure_title: z.string(),
	year: z.number(),
	class: z.string().nullable(),
	remarked_on: z.string(),
	sampled: z.number(),
	remarked: z.number(),
	unchanged: z.number(),
	raised: z.number().nullable(),
	lowered: z.number().nullable(),
	/** unchanged ÷ remarked with its interval of 95 %, 0..1 */
	share: z.number(),
	low: z.number(),
	high: z.number(),
	/** share from which on objectivity is confirmed, and whether it is reached */
	target: z.number(),
	is_objective: z.boolean(),
	commission: z.string(),
	document: z.string(),
	remark: z.string(),
	withdrawn_at: z.string().nullable(),
	/** oldest first */
	events: z.array(
		z.object({
			at: z.string(),
			by_name: z.string(),
			action: z.enum(['recorded', 'changed', 'withdrawn']),
			reason: z.string(),
			changes: z.array(
				z.object({
					field: z.string(),
					from: z.union([z.string(), z.number(), z.null()]),
					to: z.union([z.string(), z.number(), z.null()]),
				}),
			),
		}),
	),
});
export type RemarkingItem = z.infer<typeof remarkingItem>;

export const remarkingWithdrawBody = z.object({ reason: line });

export const remarkingRoutes = {
	remarkings: {
		method: 'get',
		path: '/api/schools/:id/remarkings',
		summary: 'Re-markings of a school’s papers, withdrawn ones among them',
		reply: z.array(remarkingItem),
	},
	record: {
		method: 'post',
		path: '/api/schools/:id/remarkings',
		summary: 'Record that papers were marked a second time',
		body: remarkingBody,
		reply: remarkingItem,
		status: 201,
	},
	change: {
		method: 'put',
		path: '/api/schools/:id/remarkings/:remarking',
		summary: 'Correct a record of re-marking; what it was before is kept',
		body: remarkingBody,
		reply: remarkingItem,
	},
	withdraw: {
		method: 'post',
		path: '/api/schools/:id/remarkings/:remarking/withdraw',
		summary: 'Withdraw a record of re-marking',
		body: remarkingWithdrawBody,
		reply: remarkingItem,
	},
} satisfies Record<string, RouteContract>;
