import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers that keep the page to itself: nothing foreign is loaded, no script but our own files runs, nobody frames us.
 * Styles may stand inline: the component library and the survey set style attributes on elements as they measure them.
 */
export function securityHeaders(options: { isSecure: boolean; isDevelopment: boolean }): RequestHandler {
	const everywhere = headersFor(options, "'none'");
	const framed = headersFor(options, "'self'");
	return (request, response, next) =>
		(request.path === PREVIEW ? framed : everywhere)(request, response, next);
}

/** The one page that may stand in a frame, and only in a page of this site: the workshop's preview. */
const PREVIEW = '/preview';

function headersFor(
	{ isSecure, isDevelopment }: { isSecure: boolean; isDevelopment: boolean },
	frameAncestors: "'none'" | "'self'",
): RequestHandler {
	return helmet({
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				defaultSrc: ["'self'"],
				// In development the bundler puts a script of its own into the page.
				scriptSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'"],
				styleSrc: ["'self'", "'unsafe-inline'"],
				imgSrc: ["'self'", 'data:', 'blob:'],
				fontSrc: ["'self'"],
				connectSrc: isDevelopment ? ["'self'", 'ws:'] : ["'self'"],
				workerSrc: ["'self'"],
				manifestSrc: ["'self'"],
				objectSrc: ["'none'"],
				baseUri: ["'none'"],
				formAction: ["'self'"],
				frameSrc: ["'self'"],
				frameAncestors: [frameAncestors],
				...(isSecure ? { upgradeInsecureRequests: [] } : {}),
			},
		},
		strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
		referrerPolicy: { policy: 'no-referrer' },
		crossOriginOpenerPolicy: isSecure ? { policy: 'same-origin' } : false,
		xFrameOptions: { action: frameAncestors === "'none'" ? 'deny' : 'sameorigin' },
		originAgentCluster: false,
	});
}
