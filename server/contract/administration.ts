import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { role } from './session.ts';
import { line } from './text.ts';

export const grantItem = z.object({
	grant_id: z.string(),
	role,
	place: z.string(),
	place_name: z.string(),
	granted_at: z.string(),
	revoked_at: z.string().nullable(),
});
export const accountItem = z.object({
	account_id: z.string(),
	login: z.string(),
	name: z.string(),
	disabled: z.boolean(),
	created_at: z.string(),
	grants: z.array(grantItem),
});
export type AccountItem = z.infer<typeof accountItem>;

export const grantBody = z.object({
	role,
	place: z.string().regex(/^(region|municipality|school)\/.{1,100}$/),
});
export const accountBody = z.object({
	login: z
		.string()
		.trim()
		.regex(/^[a-z0-9._-]{3,60}$/i),
	name: line,
	password: z.string().min(1).max(200),
	grants: z.array(grantBody).max(50),
});

export const auditQuery = z.object({
	before: z.coerce.number().int().positive().optional(),
	limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const auditReply = z.object({
	entries: z.array(
		z.object({
			seq: z.number(),
			at: z.string(),
			who_name: z.string(),
			role: z.string(),
			action: z.string(),
			object: z.string(),
			purpose: z.string(),
		}),
	),
	/** pass as `before` for the next page; null at the end */
	next: z.number().nullable(),
});
export type AuditReply = z.infer<typeof auditReply>;

/** Settings that a person may read here; they are set by the environment at the start. */
export const settingsReply = z.object({
	installation: z.object({ name: z.string() }),
	store: z.enum(['sqlite', 'postgres']),
	projector: z.object({ caught_up: z.boolean(), lag_seconds: z.number(), watermark: z.number() }),
	demo: z.boolean(),
	version: z.string(),
});
export type SettingsReply = z.infer<typeof settingsReply>;

export const administrationRoutes = {
	accounts: {
		method: 'get',
		path: '/api/accounts',
		summary: 'Accounts with their grants',
		reply: z.array(accountItem),
	},
	create: {
		method: 'post',
		path: '/api/accounts',
		summary: 'Create an account',
		body: accountBody,
		reply: accountItem,
		status: 201,
	},
	disable: {
		method: 'post',
		path: '/api/accounts/:id/disable',
		summary: 'Disable an account and end its sessions',
		reply: accountItem,
	},
	grant: {
		method: 'post',
		path: '/api/accounts/:id/grants',
		summary: 'Grant a role at a place',
		body: grantBody,
		reply: accountItem,
		status: 201,
	},
	revoke: {
		method: 'delete',
		path: '/api/accounts/:id/grants/:grant',
		summary: 'Revoke a grant',
		reply: accountItem,
	},
	audit: {
		method: 'get',
		path: '/api/audit',
		summary: 'The chained log, newest first',
		query: auditQuery,
		reply: auditReply,
	},
	settings: {
		method: 'get',
		path: '/api/settings',
		summary: 'State of this installation',
		reply: settingsReply,
	},
} satisfies Record<string, RouteContract>;
