import { administrationRoutes } from '#server/contract/administration.ts';
import { analyticsRoutes } from '#server/contract/analytics.ts';
import { diagnosticsRoutes } from '#server/contract/diagnostics.ts';
import { importRoutes } from '#server/contract/imports.ts';
import { myRoutes } from '#server/contract/my.ts';
import { myDataRoutes } from '#server/contract/my-data.ts';
import { registryRoutes } from '#server/contract/registry.ts';
import { resultsRoutes } from '#server/contract/results.ts';
import type { RouteContract } from '#server/contract/route.ts';
import { sessionRoutes } from '#server/contract/session.ts';
import { supportRoutes } from '#server/contract/support.ts';

const contracts: RouteContract[] = [
	sessionRoutes,
	registryRoutes,
	myRoutes,
	myDataRoutes,
	diagnosticsRoutes,
	importRoutes,
	resultsRoutes,
	supportRoutes,
	analyticsRoutes,
	administrationRoutes,
].flatMap((routes) => Object.values(routes));

/** Fixed words before parameters, as the server mounts them: `/api/imports/profiles` is not an import. */
const routes = contracts
	.map((contract) => ({
		contract,
		pattern: new RegExp(`^${contract.path.replace(/:[a-z_]+/g, '([^/]+)')}$`),
		parameters: contract.path.split(':').length - 1,
	}))
	.sort((left, right) => left.parameters - right.parameters);

/**
 * Refuses a reply that is not what the contract of its route says. Loaded in development and in tests only: the server
 * builds its replies from the same schemas, and on a slow phone every kilobyte waits.
 */
export function checkReply(method: string, address: string, reply: unknown): void {
	const path = address.split('?')[0]!;
	const route = routes.find(
		({ contract, pattern }) => contract.method === method.toLowerCase() && pattern.test(path),
	);
	if (!route) throw new Error(`no contract for ${method} ${path}`);
	const checked = route.contract.reply?.safeParse(reply);
	if (checked && !checked.success)
		throw new Error(`${method} ${path} answers against its contract: ${checked.error.message}`);
}
