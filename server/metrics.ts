import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Floors } from './floors.ts';

/** What the operator's monitoring reads; routes are named by pattern, so no id of a person or school is among the labels. */
export function createMetrics({ projector }: Pick<Floors, 'projector'>) {
	const register = new Registry();
	collectDefaultMetrics({ register });
	const duration = new Histogram({
		name: 'opora_request_duration_seconds',
		help: 'Duration of requests by route and status',
		labelNames: ['method', 'route', 'status'],
		buckets: [0.002, 0.01, 0.05, 0.2, 1, 5],
		registers: [register],
	});
	new Gauge({
		name: 'opora_projector_lag_seconds',
		help: 'Seconds since the warehouse had caught up with the records',
		registers: [register],
		collect() {
			this.set(projector.lagSeconds());
		},
	});
	new Gauge({
		name: 'opora_projector_watermark',
		help: 'Last change of the records in the warehouse',
		registers: [register],
		collect() {
			this.set(projector.watermark());
		},
	});
	const measure: RequestHandler = (request, response, next) => {
		const began = performance.now();
		response.on('finish', () => {
			const route: string = request.route?.path ?? 'other';
			duration
				.labels(request.method, String(route), String(response.statusCode))
				.observe((performance.now() - began) / 1000);
		});
		next();
	};
	return {
		type: register.contentType,
		read: () => register.metrics(),
		measure,
		close: () => register.clear(),
	};
}
export type Metrics = ReturnType<typeof createMetrics>;
