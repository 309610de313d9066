import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Floors } from './floors.ts';
import { createImportJobs } from './jobs/imports.ts';
import { createReminderSender, type ReminderSender } from './jobs/reminders.ts';
import { knownPathsOnly } from './known-paths.ts';
import { findLanguage } from './language.ts';
import { createMetrics } from './metrics.ts';
import { routeAreas } from './openapi.ts';
import { Problem, problemHandler } from './problem.ts';
import { createPublished } from './published.ts';
import { administrationRouter } from './routes/administration.ts';
import { analyticsRouter } from './routes/analytics.ts';
import { answerFilesRouter } from './routes/answer-files.ts';
import { campaignCentreRouter } from './routes/campaign-centre.ts';
import { diagnosticsRouter } from './routes/diagnostics.ts';
import { importsRouter } from './routes/imports.ts';
import { myRouter } from './routes/my.ts';
import { myDataRouter } from './routes/my-data.ts';
import { myExplanationsRouter } from './routes/my-explanations.ts';
import { observationsRouter } from './routes/observations.ts';
import { operationsRouter } from './routes/operations.ts';
import { populationRouter } from './routes/population.ts';
import { registryRouter } from './routes/registry.ts';
import { remarkingsRouter } from './routes/remarkings.ts';
import { remindersRouter } from './routes/reminders.ts';
import { resultsRouter } from './routes/results.ts';
import { risksRouter } from './routes/risks.ts';
import { sessionRouter } from './routes/session.ts';
import { supportRouter } from './routes/support.ts';
import { workshopRouter } from './routes/workshop.ts';
import { securityHeaders } from './security.ts';
import { createSessions, guardWriting } from './session.ts';

export interface AppOptions {
	/** serves the pages: the built client, or the bundler in development */
	client?: RequestHandler;
	isDevelopment?: boolean;
	/** sends reminders; the server starts and stops it */
	reminders?: ReminderSender;
}

const BODY_LIMIT = '1mb';
const UPLOAD = /^\/api\/(?:imports|workshop\/files|my\/diagnostics\/[^/]+\/[^/]+\/files)$/;

/** Builds the application from its floors; opens no port. */
export function createApp(floors: Floors, options: AppOptions = {}): Express {
	const { client, isDevelopment = false, reminders = createReminderSender(floors) } = options;
	const { config, log, records } = floors;
	const app = express();
	const sessions = createSessions(floors);
	const published = createPublished(records);
	const metrics = createMetrics(floors);
	const readJson = express.json({ limit: BODY_LIMIT });
	const pack = compression({ threshold: 1024 });

	app.disable('x-powered-by');
	app.disable('etag');
	app.set('query parser', 'simple');
	app.set('case sensitive routing', true);
	app.set('strict routing', true);
	if (config.TRUST_PROXY !== undefined) app.set('trust proxy', config.TRUST_PROXY);

	app.use(metrics.measure);
	app.use(securityHeaders({ isSecure: sessions.isSecure, isDevelopment }));
	app.use(findLanguage);
	app.use(operationsRouter(floors, metrics));
	app.use('/api', (_request, response, next) => {
		response.set('cache-control', 'no-store');
		next();
	});
	app.use(knownPathsOnly(routeAreas));
	app.use('/api', (request, response, next) => {
		// Replies to writing are short: only what is read is worth packing.
		if (request.method === 'GET') pack(request, response, next);
		else next();
	});
	app.use('/api', sessions.recognise);
	// Whatever the path: no route is reached around the guard.
	app.use(guardWriting);
	app.use((request, response, next) => {
		if (request.method === 'POST' && UPLOAD.test(request.path)) next();
		else readJson(request, response, next);
	});
	// First what a whole town does at once.
	app.use(myRouter(floors, published));
	app.use(myDataRouter(floors, published));
	app.use(myExplanationsRouter(floors, published));
	app.use(answerFilesRouter(floors, published));
	app.use(sessionRouter(floors, sessions));
	app.use(registryRouter(floors));
	app.use(populationRouter(floors));
	app.use(diagnosticsRouter(floors, published));
	app.use(observationsRouter(floors, published));
	app.use(campaignCentreRouter(floors, published));
	app.use(remindersRouter(floors, reminders));
	app.use(resultsRouter(floors));
	app.use(remarkingsRouter(floors));
	app.use(importsRouter(floors, createImportJobs(records, log)));
	app.use(supportRouter(floors));
	app.use(risksRouter(floors));
	app.use(workshopRouter(floors));
	app.use(analyticsRouter(floors));
	app.use(administrationRouter(floors, sessions));
	app.use('/api', () => {
		throw new Problem(404, 'not-found');
	});
	if (client) app.use(client);
	app.use(() => {
		throw new Problem(404, 'not-found');
	});
	app.use(problemHandler(log));
	return app;
}
