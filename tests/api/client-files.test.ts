import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { serveClient } from '#server/static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'opora-client-'));
mkdirSync(join(folder, 'assets'));
const script = 'console.log("hello");'.repeat(50);
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Опора</title>');
writeFileSync(join(folder, 'assets/main-abc.js'), script);
writeFileSync(join(folder, 'assets/main-abc.js.br'), brotliCompressSync(script));
writeFileSync(join(folder, 'assets/main-abc.js.gz'), gzipSync(script));
writeFileSync(join(folder, '..', `${folder.split('/').at(-1)}-secret`), 'secret');
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
	rmSync(`${folder}-secret`, { force: true });
});
const app = express().use(serveClient(folder));

it('sends a file in the best coding, to be kept for ever', async () => {
	for (const [accepted, coding] of [
		['br, gzip', 'br'],
		['gzip', 'gzip'],
		['identity', undefined],
	] as const) {
		const reply = await request(app)
			.get('/assets/main-abc.js')
			.set('accept-encoding', accepted)
			.buffer(true)
			.parse((stream, done) => {
				stream.on('data', () => undefined);
				stream.on('end', () => done(null, ''));
			});
		expect(reply.headers['content-encoding']).toBe(coding);
		expect(reply.headers['content-type']).toContain('javascript');
		expect(reply.headers['cache-control']).toContain('immutable');
	}
});

it('lets the client find its way in every page address', async () => {
	for (const path of ['/', '/my', '/school/S1', '/campaigns']) {
		const reply = await request(app).get(path);
		expect(reply.text, path).toContain('Опора');
		expect(reply.headers['cache-control']).toBe('no-cache');
	}
});

it('has nothing else: no missing file, no other folder, no interface address', async () => {
	for (const path of [
		'/assets/gone.js',
		'/api/nothing',
		`/..%2f${folder.split('/').at(-1)}-secret`,
		'/assets/main-abc.js.br',
		'/%2e%2e/package.json',
	])
		expect((await request(app).get(path)).status, path).toBe(404);
	expect((await request(app).post('/my')).status).toBe(404);
});
