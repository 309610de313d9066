import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Express } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountItem, auditReply, settingsReply } from '#server/contract/administration.ts';
import { routeAreas } from '#server/openapi.ts';
import { expectProblem } from './problem.ts';
import { PASSWORD, signInAgent, type Town } from './town.ts';
import { townInFolder } from './town-in-folder.ts';

let town: Town;
let remove: () => Promise<void>;
beforeAll(async () => {
	({ town, remove } = await townInFolder());
});
afterAll(async () => {
	await remove();
});

it('is alive, and ready when analysis has caught up', async () => {
	expect((await request(town.app).get('/healthz')).body).toEqual({ status: 'alive' });
	await town.settle();
	const ready = await request(town.app).get('/readyz');
	expect(ready.status, ready.text).toBe(200);
	expect(ready.body).toMatchObject({ ready: true, records: true });
});

it('shows metrics to this machine and to nobody behind a proxy', async () => {
	const metrics = await request(town.app).get('/metrics');
	expect(metrics.text).toContain('opora_request_duration_seconds_count');
	expect(metrics.text).toContain('opora_projector_lag_seconds');
	const outside = await request(town.app).get('/metrics').set('x-forwarded-for', '203.0.113.7');
	expectProblem(outside, 403, 'metrics-closed');
});

it('describes every route it has, and no other', () => {
	const described = Object.values(routeAreas)
		.flatMap((area) => Object.values(area))
		.map(({ method, path }) => `${method} ${path}`);
	expect(new Set(described).size).toBe(described.length);
	expect(listRoutes(town.app).toSorted()).toEqual(described.toSorted());
});

it('describes itself in valid OpenAPI, of the schemas that guard the routes', async () => {
	const { body } = await request(town.app).get('/api/openapi.json');
	expect(body.openapi).toBe('3.1.0');
	const ajv = new Ajv2020({ strict: false });
	const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
		Object.values(methods as object).map((operation) => ({ path, operation })),
	);
	expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
	for (const { path, operation } of operations) {
		const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		const declared = operation.parameters.filter((each: { in: string }) => each.in === 'path');
		expect(declared.map((each: { name: string }) => each.name)).toEqual(named);
		const bodies = [operation.requestBody, ...Object.values(operation.responses)];
		for (const content of bodies.map((each) => (each as { content?: object } | undefined)?.content ?? {}))
			for (const { schema } of Object.values(content))
				if (schema && !schema.$ref) expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
		expect(operation.responses.default.content['application/problem+json'].schema.$ref).toBe(
			'#/components/schemas/Problem',
		);
	}
	const page = await request(town.app).get('/api/docs');
	expect(page.headers['content-type']).toContain('text/html');
	expect(page.text).not.toMatch(/<script|https?:\/\//);
});

it('keeps its pages to itself', async () => {
	const { headers } = await request(town.app).get('/api/docs');
	const policy = String(headers['content-security-policy']);
	expect(policy).toContain("script-src 'self'");
	expect(policy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe-inline/);
	expect(policy).toContain("frame-ancestors 'none'");
	expect(headers['x-content-type-options']).toBe('nosniff');
	expect(headers['x-powered-by']).toBeUndefined();
});

it('lets the administrator keep accounts', async () => {
	const admin = await town.signInAs('admin');
	const made = await admin.post('/api/accounts', {
		login: 'Newcomer',
		name: 'Новый методист',
		password: 'a good password 1',
		grants: [{ role: 'methodist', place: 'municipality/M2' }],
	});
	expect(made.status, made.text).toBe(201);
	const account = accountItem.parse(made.body);
	expect(account).toMatchObject({ login: 'newcomer', disabled: false });
	expect(account.grants[0]).toMatchObject({ role: 'methodist', place_name: 'Округ 2' });
	expect((await signInAgent(town.app, 'newcomer', 'a good password 1')).csrf).not.toBe('');
	const taken = {
		login: 'newcomer',
		name: 'x',
		password: 'a good password 1',
		grants: [{ role: 'methodist', place: 'municipality/M2' }],
	};
	expectProblem(await admin.post('/api/accounts', taken), 409, 'login-taken');
	const elsewhere = await admin.post(`/api/accounts/${account.account_id}/grants`, {
		role: 'methodist',
		place: 'municipality/M3',
	});
	expectProblem(elsewhere, 422, 'unknown-place');
	const disabled = await admin.post(`/api/accounts/${account.account_id}/disable`);
	expect(accountItem.parse(disabled.body).disabled).toBe(true);
	await expect(signInAgent(town.app, 'newcomer', 'a good password 1')).rejects.toThrow(/wrong-credentials/);
	const own = accountItem
		.array()
		.parse((await admin.get('/api/accounts')).body)
		.find(({ login }) => login === 'admin')!;
	expectProblem(await admin.post(`/api/accounts/${own.account_id}/disable`), 409, 'last-admin');
	const revoke = `/api/accounts/${own.account_id}/grants/${own.grants[0]!.grant_id}`;
	expectProblem(await admin.delete(revoke), 409, 'last-admin');
});

it('shows the log to its readers, page by page', async () => {
	const auditor = await signInAgent(town.app, 'auditor', PASSWORD);
	const first = auditReply.parse((await auditor.get('/api/audit?limit=2')).body);
	expect(first.entries).toHaveLength(2);
	expect(first.entries[0]!.seq).toBeGreaterThan(first.entries[1]!.seq);
	const second = auditReply.parse((await auditor.get(`/api/audit?limit=2&before=${first.next}`)).body);
	expect(second.entries[0]!.seq).toBeLessThan(first.next!);
	expectProblem(await auditor.get('/api/audit?limit=9999'), 422, 'invalid-query');
});

it('says what it stands on', async () => {
	const admin = await town.signInAs('admin');
	const settings = settingsReply.parse((await admin.get('/api/settings')).body);
	expect(settings).toMatchObject({ store: 'sqlite', demo: false });
	expect(JSON.stringify(settings)).not.toContain(town.secret);
});

interface Layer {
	route?: { path: string; methods: Record<string, boolean> };
	handle?: { stack?: Layer[] };
}

/** `method path` of every route that the application has mounted. */
function listRoutes(app: Express): string[] {
	const walk = (layers: Layer[]): string[] =>
		layers.flatMap(({ route, handle }) => {
			if (!route) return walk(handle?.stack ?? []);
			return Object.keys(route.methods).map((method) => `${method} ${route.path}`);
		});
	return walk((app as unknown as { router: { stack: Layer[] } }).router.stack);
}
