import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { line, localText } from './text.ts';

export const importKind = z.enum([
	'schools',
	'staff',
	'procedures',
	'results',
	'federal-list',
	'medal-candidates',
	'school-context',
]);
export type ImportKind = z.infer<typeof importKind>;

/** Rows of pupils, or one of the tables of sums by school. */
export const resultForm = z.enum(['pupils', 'marks', 'scores', 'journal', 'item-rows']);
export type ResultForm = z.infer<typeof resultForm>;

export const importQuery = z.object({
	kind: importKind,
	file_name: z.string().min(1).max(300),
	/** id of the procedure, for results that name none */
	procedure: z.string().max(120).optional(),
	/** name of a saved profile of foreign column names */
	profile: z.string().max(60).optional(),
});
export const importStarted = z.object({ id: z.string() });

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const importIssue = z.object({
	row: z.number().nullable(),
	column: z.string().nullable(),
	code: z.string(),
	text: z.string(),
	value: z.string().nullable(),
});
export const importCoerced = z.object({
	row: z.number(),
	column: z.string(),
	from: z.string(),
	to: z.string(),
});
export const importCounts = z.object({
	new: z.number(),
	changed: z.number(),
	skipped: z.number(),
	refused: z.number(),
	absent: z.number(),
	/** of the refused: rows that only wait for schools to be created */
	waiting: z.number(),
});
export const importReport = z.object({
	counts: importCounts,
	/** the first 200 */
	issues: z.array(importIssue),
	issue_total: z.number(),
	/** the first 50 cells that were read differently than written */
	coerced: z.array(importCoerced),
	coerced_total: z.number(),
	notes: z.array(z.object({ code: z.string(), text: z.string(), count: z.number() })),
	unknown_schools: z.array(z.string()),
	unknown_municipalities: z.array(z.string()),
	preview: z.object({
		columns: z.array(z.object({ name: z.string(), label: z.string() })),
		rows: z.array(z.record(z.string(), cell)),
	}),
});
export type ImportReport = z.infer<typeof importReport>;

export const importJob = z.object({
	id: z.string(),
	kind: importKind,
	file_name: z.string(),
	started_at: z.string(),
	state: z.enum(['checking', 'checked', 'storing', 'stored', 'refused', 'failed']),
	/** what it does right now: `reading`, `checking`, `storing`, or empty */
	phase: z.string(),
	done: z.number(),
	total: z.number(),
	report: importReport.nullable(),
	/** id of the stored batch */
	batch: z.string().nullable(),
	/** why the file was refused as a whole, or what failed */
	problem: z.object({ code: z.string(), text: z.string() }).nullable(),
});
export type ImportJob = z.infer<typeof importJob>;

export const confirmBody = z.object({ create_schools: z.boolean() });
export const sheetQuery = z.object({
	format: z.enum(['xlsx', 'csv']).default('xlsx'),
	/** for the template of results: the procedure whose items become columns */
	procedure: z.string().max(120).optional(),
	/** for the template of results: rows of pupils, or one of the tables of sums by school */
	form: resultForm.optional(),
});

export const importProfile = z.object({ name: z.string(), kind: importKind, title: localText });

export const batchItem = z.object({
	batch_id: z.string(),
	kind: z.string(),
	file_name: z.string(),
	procedure_id: z.string().nullable(),
	procedure_title: z.string().nullable(),
	rows_new: z.number(),
	rows_changed: z.number(),
	rows_skipped: z.number(),
	rows_refused: z.number(),
	imported_by_name: z.string(),
	imported_at: z.string(),
	withdrawn_at: z.string().nullable(),
});
export type BatchItem = z.infer<typeof batchItem>;
export const withdrawBody = z.object({ reason: line });

const sheetMedia = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'];
export const importRoutes = {
	start: {
		method: 'post',
		path: '/api/imports',
		summary: 'Upload a file for a dry run (raw bytes, 30 MB at most)',
		query: importQuery,
		body: 'bytes',
		reply: importStarted,
		status: 202,
	},
	list: {
		method: 'get',
		path: '/api/imports',
		summary: 'My dry runs and imports of this run of the server',
		reply: z.array(importJob),
	},
	profiles: {
		method: 'get',
		path: '/api/imports/profiles',
		summary: 'Saved profiles of foreign column names',
		reply: z.array(importProfile),
	},
	template: {
		method: 'get',
		path: '/api/imports/templates/:kind',
		summary: 'The canonical sheet of a kind',
		query: sheetQuery,
		media: sheetMedia,
	},
	find: { method: 'get', path: '/api/imports/:id', summary: 'State of an import', reply: importJob },
	confirm: {
		method: 'post',
		path: '/api/imports/:id/confirm',
		summary: 'Store what the dry run showed',
		body: confirmBody,
		reply: importStarted,
		status: 202,
	},
	refused: {
		method: 'get',
		path: '/api/imports/:id/refused',
		summary: 'The refused rows with their reasons',
		query: sheetQuery,
		media: sheetMedia,
	},
	cancel: { method: 'delete', path: '/api/imports/:id', summary: 'Forget a dry run', status: 204 },
	batches: {
		method: 'get',
		path: '/api/batches',
		summary: 'Stored imports, newest first',
		reply: z.array(batchItem),
	},
	withdraw: {
		method: 'post',
		path: '/api/batches/:id/withdraw',
		summary: 'Withdraw an import as a whole',
		body: withdrawBody,
		reply: batchItem,
	},
} satisfies Record<string, RouteContract>;
