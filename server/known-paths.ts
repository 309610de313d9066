import type { RequestHandler } from 'express';
import type { RouteContract } from './contract/route.ts';
import { Problem } from './problem.ts';

/** How a path may begin that a lenient router, or a proxy in front, would take for the programming interface. */
const LOOKS_LIKE_API = /^[\\/]+api(?:[\\/]|$)/i;

/**
 * Lets through to the programming interface only paths that are spelled exactly as a route is: guards and routers then
 * see one and the same path. Another case, a trailing or a doubled slash and encoded letters are unknown addresses.
 */
export function knownPathsOnly(areas: Record<string, Record<string, RouteContract>>): RequestHandler {
	const paths = Object.values(areas).flatMap((routes) => Object.values(routes).map(({ path }) => path));
	const known = new RegExp(`^(?:${[...new Set(paths)].map(writePattern).join('|')})$`);
	return (request, _response, next) => {
		if (LOOKS_LIKE_API.test(decodeLetters(request.path)) && !known.test(request.path))
			throw new Problem(404, 'not-found');
		next();
	};
}

/** `/api/plans/:id` as the text of a regular expression. */
function writePattern(path: string): string {
	const steps = path.split('/').map((step) => (step.startsWith(':') ? '[^/]+' : step.replaceAll('.', '\\.')));
	return steps.join('/');
}

function decodeLetters(path: string): string {
	return path.replaceAll(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}
