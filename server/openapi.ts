import { z } from 'zod';
import { administrationRoutes } from './contract/administration.ts';
import { analyticsRoutes } from './contract/analytics.ts';
import { answerFileRoutes } from './contract/answer-files.ts';
import { campaignCentreRoutes } from './contract/campaign-centre.ts';
import { diagnosticsRoutes } from './contract/diagnostics.ts';
import { importRoutes } from './contract/imports.ts';
import { myRoutes } from './contract/my.ts';
import { myDataRoutes } from './contract/my-data.ts';
import { myExplanationRoutes } from './contract/my-explanations.ts';
import { observationRoutes } from './contract/observations.ts';
import { operationsRoutes } from './contract/operations.ts';
import { populationRoutes } from './contract/population.ts';
import { problem } from './contract/problem.ts';
import { registryRoutes } from './contract/registry.ts';
import { remarkingRoutes } from './contract/remarkings.ts';
import { resultsRoutes } from './contract/results.ts';
import { riskRoutes } from './contract/risks.ts';
import type { RouteContract } from './contract/route.ts';
import { sessionRoutes } from './contract/session.ts';
import { supportRoutes } from './contract/support.ts';
import { workshopRoutes } from './contract/workshop.ts';

/** Every route by area, as the outside sees it. */
export const routeAreas: Record<string, Record<string, RouteContract>> = {
	session: sessionRoutes,
	my: myRoutes,
	my_data: myDataRoutes,
	my_explanations: myExplanationRoutes,
	answer_files: answerFileRoutes,
	registry: registryRoutes,
	population: populationRoutes,
	diagnostics: diagnosticsRoutes,
	observations: observationRoutes,
	campaign_centre: campaignCentreRoutes,
	results: resultsRoutes,
	remarkings: remarkingRoutes,
	imports: importRoutes,
	support: supportRoutes,
	risks: riskRoutes,
	workshop: workshopRoutes,
	analytics: analyticsRoutes,
	administration: administrationRoutes,
	operations: operationsRoutes,
};

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of all routes, made from the schemas that guard them. */
export function describeApi(version: string): Json {
	const paths: Record<string, Json> = {};
	for (const [area, routes] of Object.entries(routeAreas)) {
		for (const [name, route] of Object.entries(routes)) {
			const path = route.path.replace(/:(\w+)/g, '{$1}');
			paths[path] ??= {};
			paths[path][route.method] = describeRoute(area, name, route);
		}
	}
	return {
		openapi: '3.1.0',
		info: { title: 'Opora', version },
		paths,
		components: {
			schemas: { Problem: jsonSchema(problem, 'output') },
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: 'opora.session_token' },
				csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
			},
		},
	};
}

function describeRoute(area: string, name: string, route: RouteContract): Json {
	const isWriting = route.method !== 'get';
	const success: Json = { description: 'Success' };
	const content: Json = {};
	if (route.reply) content['application/json'] = { schema: jsonSchema(route.reply, 'output') };
	for (const medium of route.media ?? []) content[medium] = {};
	if (Object.keys(content).length > 0) success.content = content;
	return {
		operationId: `${area}_${name}`,
		tags: [area],
		summary: route.summary,
		parameters: [...pathParameters(route.path), ...queryParameters(route)],
		...(route.body && { requestBody: describeBody(route.body) }),
		responses: {
			[String(route.status ?? 200)]: success,
			default: {
				description: 'A problem, in the language of the request',
				content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
			},
		},
		security: route.open ? [] : [isWriting ? { session: [], csrf: [] } : { session: [] }],
	};
}

function describeBody(body: NonNullable<RouteContract['body']>): Json {
	const content =
		body === 'bytes'
			? { 'application/octet-stream': {} }
			: { 'application/json': { schema: jsonSchema(body, 'input') } };
	return { required: true, content };
}

function pathParameters(path: string): Json[] {
	return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
		name,
		in: 'path',
		required: true,
		schema: { type: 'string' },
	}));
}

function queryParameters({ query }: RouteContract): Json[] {
	if (!query) return [];
	const schema = jsonSchema(query, 'input') as { properties?: Record<string, Json>; required?: string[] };
	return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
		name,
		in: 'query',
		required: schema.required?.includes(name) ?? false,
		schema: property,
	}));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
	const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
	return rest;
}
