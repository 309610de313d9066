import { z } from 'zod';
import type { RouteContract } from './route.ts';

export const healthReply = z.object({ status: z.literal('alive') });
export const readinessReply = z.object({
	ready: z.boolean(),
	records: z.boolean(),
	caught_up: z.boolean(),
	lag_seconds: z.number(),
});

export const operationsRoutes = {
	health: { method: 'get', path: '/healthz', summary: 'Alive', reply: healthReply, open: true },
	readiness: {
		method: 'get',
		path: '/readyz',
		summary: 'Records open and warehouse caught up; 503 otherwise',
		reply: readinessReply,
		open: true,
	},
	metrics: {
		method: 'get',
		path: '/metrics',
		summary: 'Prometheus metrics, from loopback or with a token',
		media: ['text/plain'],
		open: true,
	},
	openapi: {
		method: 'get',
		path: '/api/openapi.json',
		summary: 'This description',
		reply: z.record(z.string(), z.unknown()),
		open: true,
	},
	docs: {
		method: 'get',
		path: '/api/docs',
		summary: 'This description as a page',
		media: ['text/html'],
		open: true,
	},
} satisfies Record<string, RouteContract>;
