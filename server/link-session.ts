import type { Request } from 'express';
import { sameText, sign } from './secret.ts';

/** What the cookie of a personal link says. */
export interface LinkPass {
	/** the link it came from: making a fresh link ends the sessions of the former one */
	link_hash: string;
	/** milliseconds since the epoch */
	until: number;
}

export const LINK_COOKIE = 'opora_link';
export const LINK_HOURS = 12;

export function writePass(secret: string, pass: LinkPass): string {
	const text = Buffer.from(JSON.stringify(pass)).toString('base64url');
	return `${text}.${sign(secret, 'link', text)}`;
}

/** The pass of a cookie; undefined when it is not ours or has run out. */
export function readPass(secret: string, cookie: string, now = Date.now()): LinkPass | undefined {
	const [text = '', signature = '', ...more] = cookie.split('.');
	if (more.length > 0 || !sameText(sign(secret, 'link', text), signature)) return undefined;
	const pass = JSON.parse(Buffer.from(text, 'base64url').toString()) as LinkPass;
	return pass.until > now ? pass : undefined;
}

/** Address that opens a campaign for one person; the token stands behind `#`, so it never reaches a log. */
export function linkAddress(request: Request, publicUrl: string | undefined, token: string): string {
	const base = publicUrl ?? `${request.protocol}://${request.get('host')}`;
	return formatAddress(base, token);
}

/** The page of a link under the address of an installation. */
export const formatAddress = (base: string, token: string): string =>
	`${base.replace(/\/$/, '')}/link#${token}`;
