import type { CookieOptions, Request } from 'express';

/** Cookies of a request by name; a malformed value is as if absent. */
export function readCookies(request: Request): Record<string, string> {
	const cookies: Record<string, string> = {};
	for (const part of (request.headers.cookie ?? '').split(';')) {
		const at = part.indexOf('=');
		if (at < 1) continue;
		try {
			cookies[part.slice(0, at).trim()] ??= decodeURIComponent(part.slice(at + 1).trim());
		} catch {
			// Not ours: ours are always well formed.
		}
	}
	return cookies;
}

/** Every cookie of ours: out of reach of scripts and of foreign sites. */
export function cookieOptions(isSecure: boolean, hours: number): CookieOptions {
	return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure, maxAge: hours * 3_600_000 };
}
