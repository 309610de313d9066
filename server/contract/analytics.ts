import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { localText } from './text.ts';

export const fieldType = z.enum(['integer', 'double', 'varchar', 'boolean', 'date']);
export const fieldFormat = z.enum([
	'text',
	'id',
	'count',
	'number',
	'percent',
	'share',
	'p_value',
	'flag',
	'deficit_level',
	'channel',
	'date',
	'json',
]);

/** A field of an answer: label and unit in the language of the request. */
export const answerField = z.object({
	name: z.string(),
	type: fieldType,
	label: z.string(),
	unit: z.string().optional(),
	format: fieldFormat.optional(),
});
export type AnswerField = z.infer<typeof answerField>;

/** A module as the catalogue describes it: enough to draw a card without knowing it by name. */
export const moduleItem = z.object({
	id: z.string(),
	version: z.string(),
	question: localText,
	grain: localText,
	filters: z.array(z.string()),
	dimensions: z.array(z.string()),
	fields: z.array(
		z.object({
			name: z.string(),
			type: fieldType,
			label: localText,
			unit: localText.optional(),
			format: fieldFormat.optional(),
		}),
	),
	/** Vega-Lite specification with named data `rows` */
	chart: z.record(z.string(), z.unknown()),
	/** the method card, Markdown */
	card: z.string(),
	presets: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	references: z.array(z.string()),
	/** rows about one person: a teacher's own, or those of one who agreed (`person` in the query) */
	is_individual: z.boolean(),
});
export type ModuleItem = z.infer<typeof moduleItem>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const filterValue = z.union([z.string(), z.number(), z.null()]);

export const note = z.object({ code: z.string(), text: z.string(), count: z.number().optional() });

/** A columnar answer. */
export const analyticsAnswer = z.object({
	fields: z.array(answerField),
	columns: z.record(z.string(), z.array(cell)),
	notes: z.array(note),
	finding: z.object({ title: z.string(), subtitle: z.string(), summary: z.string() }),
	meta: z.object({
		module: z.string(),
		version: z.string(),
		rows: z.number(),
		filters: z.record(z.string(), filterValue),
		presets: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
		/** last change of the records that these rows reflect */
		watermark: z.number(),
		computed_at: z.string(),
	}),
});
export type AnalyticsAnswer = z.infer<typeof analyticsAnswer>;

/** How far an answer is that is being worked out. */
export const answerProgress = z.object({
	/** false: nobody waits for this answer; it is ready, or was not asked */
	is_waiting: z.boolean(),
	stage: z.string().nullable(),
	/** share of the work that is done, 0..1 */
	share: z.number().min(0).max(1).nullable(),
	/** what is being done, in the language of the request */
	text: z.string().nullable(),
});
export type AnswerProgress = z.infer<typeof answerProgress>;

/** Filters by name beside `format`; several values of one filter are not taken. */
export const analyticsQuery = z.looseObject({
	format: z.enum(['json', 'arrow', 'csv']).optional(),
	lang: z.enum(['ru', 'en']).optional(),
});

/** For each filter of the module: what can be chosen within my places. */
export const filterValues = z.record(
	z.string(),
	z.array(z.object({ value: z.union([z.string(), z.number()]), label: z.string() })),
);
export type FilterValues = z.infer<typeof filterValues>;

export const analyticsRoutes = {
	catalogue: {
		method: 'get',
		path: '/api/analytics',
		summary: 'Modules of my role in reading order',
		reply: z.array(moduleItem),
	},
	filters: {
		method: 'get',
		path: '/api/analytics/:module/filters',
		summary: 'Values that the filters of a module can take',
		reply: filterValues,
	},
	progress: {
		method: 'get',
		path: '/api/analytics/:module/progress',
		summary: 'How far the answer to the same filters is; leaving that request stops the computation',
		query: analyticsQuery,
		reply: answerProgress,
	},
	answer: {
		method: 'get',
		path: '/api/analytics/:module',
		summary: 'The answer of a module, after scope and disclosure',
		query: analyticsQuery,
		reply: analyticsAnswer,
		media: ['application/vnd.apache.arrow.stream', 'text/csv'],
	},
} satisfies Record<string, RouteContract>;
