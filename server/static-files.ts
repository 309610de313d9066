import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { RequestHandler } from 'express';

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.txt': 'text/plain; charset=utf-8',
	'.webmanifest': 'application/manifest+json',
};

interface BuiltFile {
	type: string;
	codings: { name: 'br' | 'gzip'; suffix: string }[];
}

/**
 * Serves the built client: files under `assets/` have their content in their name and are kept for ever; the build left
 * compressed twins beside them. What is no file and asks for a page gets `index.html`: the client finds its own way.
 */
export function serveClient(folder: string): RequestHandler {
	const files = listBuilt(folder);
	return (request, response, next) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') return next();
		const wanted = request.path.slice(1);
		const name = files.has(wanted) ? wanted : isPage(request.path) ? 'index.html' : undefined;
		const file = name && files.get(name);
		if (!file) return next();
		const accepted = request.acceptsEncodings(['br', 'gzip', 'identity']);
		const coding = file.codings.find((each) => each.name === accepted);
		const isForEver = name.startsWith('assets/');
		response.vary('Accept-Encoding').set({
			'content-type': file.type,
			'cache-control': isForEver ? 'public, max-age=31536000, immutable' : 'no-cache',
			...(coding && { 'content-encoding': coding.name }),
		});
		response.sendFile(`${name}${coding?.suffix ?? ''}`, { root: folder, cacheControl: false });
	};
}

/** An address without an extension that is no part of the programming interface. */
function isPage(path: string): boolean {
	return !path.startsWith('/api/') && extname(path) === '';
}

function listBuilt(folder: string): Map<string, BuiltFile> {
	const files = new Map<string, BuiltFile>();
	if (!existsSync(folder)) return files;
	for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const type = types[extname(entry)];
		if (!type || statSync(join(folder, entry)).isDirectory()) continue;
		const codings = [
			{ name: 'br' as const, suffix: '.br' },
			{ name: 'gzip' as const, suffix: '.gz' },
		].filter(({ suffix }) => existsSync(join(folder, entry + suffix)));
		files.set(entry.split(sep).join('/'), { type, codings });
	}
	return files;
}
