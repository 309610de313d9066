import { Router } from 'express';
import { operationsRoutes } from '../contract/operations.ts';
import { docsPage } from '../docs-page.ts';
import type { Floors } from '../floors.ts';
import type { Metrics } from '../metrics.ts';
import { describeApi } from '../openapi.ts';
import { Problem } from '../problem.ts';
import { sameText } from '../secret.ts';
import { VERSION } from '../version.ts';

/** Behind the records by more than this, a board would show an old picture. */
const MOST_LAG_SECONDS = 5;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export function operationsRouter({ config, projector, records }: Floors, metrics: Metrics): Router {
	const router = Router();
	const api = describeApi(VERSION);

	router.get(operationsRoutes.health.path, (_request, response) => {
		response.json({ status: 'alive' });
	});

	router.get(operationsRoutes.readiness.path, async (_request, response) => {
		const open = await records.db
			.selectFrom('setting')
			.select('name')
			.limit(1)
			.execute()
			.then(
				() => true,
				() => false,
			);
		const lag_seconds = projector.lagSeconds();
		const hasCaughtUp = projector.watermark() > 0 || projector.caughtUp();
		const ready = open && hasCaughtUp && lag_seconds < MOST_LAG_SECONDS;
		response
			.status(ready ? 200 : 503)
			.json({ ready, records: open, caught_up: projector.caughtUp(), lag_seconds });
	});

	router.get(operationsRoutes.metrics.path, async (request, response) => {
		const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
		const hasToken = config.METRICS_TOKEN !== undefined && sameText(bearer, config.METRICS_TOKEN);
		// The socket's own address: a proxy in front is no loopback of its visitors.
		const isLocal =
			LOOPBACK.has(request.socket.remoteAddress ?? '') && request.get('x-forwarded-for') === undefined;
		if (!hasToken && !isLocal) throw new Problem(403, 'metrics-closed');
		response.set('content-type', metrics.type).send(await metrics.read());
	});

	router.get(operationsRoutes.openapi.path, (_request, response) => {
		response.json(api);
	});

	router.get(operationsRoutes.docs.path, (_request, response) => {
		response.type('html').send(docsPage(api, response.locals.language));
	});

	return router;
}
