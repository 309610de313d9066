import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { localText } from './text.ts';

export const myExplanations = z.object({
	campaign_id: z.string(),
	title: z.string(),
	instrument: z.string(),
	instrument_title: localText,
	tasks: z.array(
		z.object({
			item: z.string(),
			question: localText,
			/** my own answer in words; null = not answered */
			answer: localText.nullable(),
			points: z.number(),
			max_points: z.number(),
			/** why the right answer is right; null where the key says it of each decision only */
			why: localText.nullable(),
			/** of a situation: every decision, best first, with what speaks for or against it */
			decisions: z.array(
				z.object({ title: localText, points: z.number(), why: localText, is_mine: z.boolean() }),
			),
		}),
	),
});
export type MyExplanations = z.infer<typeof myExplanations>;

export const myExplanationRoutes = {
	explanations: {
		method: 'get',
		path: '/api/my/profile/:campaign/:instrument/explanations',
		summary: 'What is behind the right answers of a test of mine whose result I may read',
		reply: myExplanations,
	},
} satisfies Record<string, RouteContract>;
