import { request as open, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem } from '#server/contract/problem.ts';
import { routeAreas } from '#server/openapi.ts';
import type { Agent, Town } from './town.ts';
import { listen, townInFolder } from './town-in-folder.ts';

let town: Town;
let admin: Agent;
let server: Server;
let remove: () => Promise<void>;
beforeAll(async () => {
	({ town, remove } = await townInFolder());
	admin = await town.signInAs('admin');
	server = await listen(town);
});
afterAll(async () => {
	server.close();
	await remove();
});

const writing = Object.values(routeAreas)
	.flatMap((routes) => Object.values(routes))
	.filter(({ method }) => method !== 'get')
	.map(({ method, path, open: isOpen }) => ({ method, path: path.replaceAll(/:\w+/g, 'X1'), isOpen }));

const SPELLINGS: Record<string, (path: string) => string> = {
	'as it is': (path) => path,
	'in capitals': (path) => path.toUpperCase(),
	'with a capital first': (path) => path.replace('/api', '/Api'),
	'with a capital behind': (path) =>
		path.replace(/^\/api\/(\w)/, (_, letter) => `/api/${letter.toUpperCase()}`),
	'with a slash behind': (path) => `${path}/`,
	'with a doubled slash before': (path) => `/${path}`,
	'with a doubled slash inside': (path) => path.replace('/api/', '/api//'),
	'with an encoded letter before': (path) => path.replace('/api', '/%61pi'),
	'with an encoded letter behind': (path) => path.replace(/^\/api\/s/, '/api/%73').replace(/i$/, '%69'),
	'with an encoded slash': (path) => path.replace('/api/', '/api%2F'),
	'by a way around': (path) => path.replace('/api/', '/api/./'),
};

/** Sends exactly this path, as clients that tidy addresses up would not. */
function send(method: string, path: string, cookie: string): Promise<{ status: number; body: string }> {
	const { port } = server.address() as AddressInfo;
	return new Promise((resolve, reject) => {
		const sent = open(
			{
				...{ host: '127.0.0.1', port, method: method.toUpperCase(), path },
				headers: { cookie, 'content-type': 'application/json', 'content-length': 2 },
			},
			(reply) => {
				let body = '';
				reply.on('data', (piece) => {
					body += piece;
				});
				reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body }));
			},
		);
		sent.on('error', reject);
		sent.end('{}');
	});
}

it.each(Object.entries(SPELLINGS))(
	'no writing route is reached around the guard by a path spelled %s',
	async (_name, spell) => {
		expect(writing.length).toBeGreaterThan(50);
		for (const { method, path, isOpen } of writing) {
			const spelled = spell(path);
			if (isOpen && spelled === path) continue;
			// Signed in, but without the token of the session.
			const { status, body } = await send(method, spelled, admin.cookie);
			const { type } = problem.parse(JSON.parse(body));
			const expected = spelled === path ? ['urn:opora:problem:csrf'] : ['urn:opora:problem:not-found'];
			expect(expected, `${method} ${spelled}: ${status}`).toContain(type);
		}
	},
);

it('reading takes exact paths too', async () => {
	for (const path of ['/API/session', '/api/session/', '//api/session', '/api//session', '/api/Session'])
		expect([path, (await send('get', path, admin.cookie)).status]).toEqual([path, 404]);
	expect((await send('get', '/api/session', admin.cookie)).status).toBe(200);
});

it('writing beside the programming interface is refused by the same guard', async () => {
	expect((await send('post', '/apis', admin.cookie)).status).toBe(401);
});
