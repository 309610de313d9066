import { z } from 'zod';
import type { RouteContract } from './route.ts';
import { localText } from './text.ts';

export const role = z.enum([
	'teacher',
	'school_coordinator',
	'methodist',
	'leader',
	'regional_viewer',
	'admin',
	'auditor',
]);
export type RoleId = z.infer<typeof role>;

/** Names of menu entries; the client maps each to an address, a word and an icon. */
export const menuEntry = z.enum([
	'my_diagnostics',
	'my_profile',
	'school',
	'today',
	'campaigns',
	'workshop',
	'observations',
	'explore',
	'schools',
	'people',
	'imports',
	'plans',
	'settings',
	'log',
]);
export type MenuEntry = z.infer<typeof menuEntry>;

export const sessionBody = z.object({
	account_id: z.string().nullable(),
	/** the same at every entry, and traceable to nobody: tells whose copies a device keeps */
	holder: z.string(),
	kind: z.enum(['account', 'participant']),
	name: z.string(),
	/** the active role */
	role,
	roles: z.array(z.object({ role, place: z.string(), place_name: z.string() })),
	/** address of the first screen: `/my`, `/school/S1`, `/campaigns`, `/today`, `/settings` or `/log` */
	landing: z.string(),
	menu: z.array(menuEntry),
	/** what the active role may do, by name of act: buttons follow it, the server decides */
	acts: z.array(z.string()),
});
export type SessionBody = z.infer<typeof sessionBody>;

export const persona = z.object({
	role,
	login: z.string(),
	password: z.string(),
	name: z.string(),
	title: localText,
	task: localText,
});
export type Persona = z.infer<typeof persona>;

export const signInBody = z.object({
	login: z.string().min(1).max(120),
	password: z.string().min(1).max(200),
});
export const signInReply = z.object({ csrf: z.string(), session: sessionBody });
export type SignInReply = z.infer<typeof signInReply>;

export const sessionReply = z.object({
	csrf: z.string().nullable(),
	session: sessionBody.nullable(),
	/** only in a data folder made by `demo` */
	demo: z.object({ personas: z.array(persona) }).nullable(),
	installation: z.object({ name: z.string() }),
});
export type SessionReply = z.infer<typeof sessionReply>;

export const roleBody = z.object({ role });
export const linkBody = z.object({
	token: z.string().min(1).max(200),
	/** a code that somebody typed, not a link: what is wrong with it is said of a code */
	is_typed: z.boolean().default(false),
	/** `read`: the own data and the consent only, which a link opens also when it is used up or expired */
	to: z.enum(['answer', 'read']).default('answer'),
});
export type LinkAim = z.infer<typeof linkBody>['to'];
export const passwordBody = z.object({
	password: z.string().min(1).max(200),
	new_password: z.string().min(1).max(200),
});

export const sessionRoutes = {
	find: {
		method: 'get',
		path: '/api/session',
		summary: 'Who is signed in, and what the installation is called',
		reply: sessionReply,
		open: true,
	},
	sign_in: {
		method: 'post',
		path: '/api/session',
		summary: 'Sign in with login and password',
		body: signInBody,
		reply: signInReply,
		open: true,
	},
	sign_out: { method: 'delete', path: '/api/session', summary: 'Sign out', status: 204 },
	role: {
		method: 'post',
		path: '/api/session/role',
		summary: 'Switch the active role',
		body: roleBody,
		reply: signInReply,
	},
	link: {
		method: 'post',
		path: '/api/session/link',
		summary: 'Enter one campaign by a personal link',
		body: linkBody,
		reply: signInReply,
		open: true,
	},
	password: {
		method: 'post',
		path: '/api/session/password',
		summary: 'Change the own password',
		body: passwordBody,
		reply: signInReply,
	},
} satisfies Record<string, RouteContract>;
