import { request as open, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '#server/app.ts';
import { problem } from '#server/contract/problem.ts';
import en from '../../server/locales/en.json' with { type: 'json' };
import ru from '../../server/locales/ru.json' with { type: 'json' };
import { campaignBody } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, agentOf, type Town } from './town.ts';
import { listen, townInFolder } from './town-in-folder.ts';

let town: Town;
let methodist: Agent;
let server: Server;
let remove: () => Promise<void>;
beforeAll(async () => {
	({ town, remove } = await townInFolder());
	methodist = await town.signInAs('methodist');
	server = await listen(town);
});
afterAll(async () => {
	server.close();
	await remove();
});

it('answers an unknown address with a problem', async () => {
	expectProblem(await request(town.app).get('/api/nothing/here'), 404, 'not-found');
	expectProblem(await request(town.app).get('/nothing.js'), 404, 'not-found');
	expectProblem(await request(town.app).get('/api/%E0%A4%A'), 404);
});

it('answers a body that is no JSON, or not sent as JSON', async () => {
	const broken = await methodist
		.post('/api/campaigns')
		.set('content-type', 'application/json')
		.send('{"title":');
	expectProblem(broken, 400, 'bad-json');
	const form = await methodist.post('/api/campaigns').set('content-type', 'text/plain').send('title=x');
	expectProblem(form, 415, 'not-json');
});

it('names each wrong place of a body, in the language of the request', async () => {
	const body = { ...campaignBody(), title: '', mode: 'secret', closes_on: '2031-02-30' };
	for (const language of ['ru', 'en']) {
		const reply = await methodist.post('/api/campaigns', body).set('accept-language', language);
		expectProblem(reply, 422, 'invalid-body');
		const paths = reply.body.issues.map((issue: { path: string }) => issue.path);
		expect(paths).toEqual(['title', 'mode', 'closes_on']);
		const isRussian = /[а-я]/i.test(reply.body.issues[0].text);
		expect(isRussian).toBe(language === 'ru');
	}
	const early = await methodist.post('/api/campaigns', campaignBody([], { closes_on: '2020-01-01' }));
	expectProblem(early, 422, 'invalid-body');
});

it('refuses query parameters that are not on the list', async () => {
	expectProblem(await methodist.get('/api/plans?state=sleeping'), 422, 'invalid-query');
	expectProblem(await methodist.get('/api/analytics/deficit-map?password=1'), 422, 'unknown-filter');
	expectProblem(await methodist.get('/api/analytics/deficit-map?by=shoe_size'), 422, 'unknown-dimension');
	const quality = '/api/analytics/response-quality';
	expect((await methodist.get(`${quality}?by=school`)).status).toBe(200);
	const refused = await methodist.get(`${quality}?by=locality`);
	expectProblem(refused, 422, 'unknown-dimension');
	expect(refused.body.detail).toBe(
		'Разрез «locality» здесь не применяется. Есть такие: municipality, school.',
	);
	expectProblem(await methodist.get('/api/analytics/low-results?year=many'), 422, 'unclear-filter');
	const twice = await methodist.get(`${quality}?by=school&by=school`);
	expectProblem(twice, 422, 'unclear-filter');
	expect(twice.body.detail).toContain('«by»');
	expectProblem(await methodist.get('/api/analytics/no-such-module'), 404, 'unknown-module');
	expectProblem(await methodist.get('/api/analytics/..%2F..%2Fpackage'), 404, 'unknown-module');
});

it('refuses a body of 200 MB without reading it', async () => {
	for (const path of ['/api/campaigns', '/api/imports?kind=results&file_name=a.csv']) {
		const before = process.memoryUsage().rss;
		const reply = await sendEndless(path, 200 * 1024 * 1024);
		expect(reply.status, path).toBe(413);
		expect(problem.parse(JSON.parse(reply.body)).type).toBe('urn:opora:problem:too-large');
		expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
	}
});

it('says nothing of the cause of an own failure', async () => {
	const failing = createApp({
		...town,
		analyst: {
			...town.analyst,
			answer: () => Promise.reject(new Error('the password of the store is hunter2')),
		},
	});
	const reply = await agentOf(failing, methodist.cookie, methodist.csrf).get('/api/analytics/deficit-map');
	expectProblem(reply, 500, 'internal');
	expect(reply.text).not.toContain('hunter2');
});

it('has the same words in both languages', () => {
	const keysOf = (value: object, prefix = ''): string[] =>
		Object.entries(value).flatMap(([key, inner]) =>
			typeof inner === 'object' ? keysOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
		);
	expect(keysOf(en).toSorted()).toEqual(keysOf(ru).toSorted());
});

/** Sends a body piece by piece, as fast as the other side takes it, until it answers. */
function sendEndless(path: string, bytes: number): Promise<{ status: number; body: string }> {
	const { port } = server.address() as AddressInfo;
	return new Promise((resolve, reject) => {
		const sending = open(
			{
				port,
				path,
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					cookie: methodist.cookie,
					'x-csrf-token': methodist.csrf,
					'transfer-encoding': 'chunked',
				},
			},
			(reply) => {
				let body = '';
				reply.setEncoding('utf8');
				reply.on('data', (piece) => {
					body += piece;
				});
				reply.on('end', () => {
					sending.destroy();
					resolve({ status: reply.statusCode ?? 0, body });
				});
			},
		);
		sending.on('error', reject);
		const piece = Buffer.alloc(256 * 1024, 0x20);
		let sent = 0;
		const push = (): void => {
			while (sent < bytes && !sending.destroyed) {
				sent += piece.length;
				if (!sending.write(piece)) {
					sending.once('drain', push);
					return;
				}
			}
			if (!sending.destroyed) sending.end();
		};
		push();
	});
}
