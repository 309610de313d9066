import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers that keep the page to itself: nothing foreign is loaded, no script but our own files runs, nobody frames us.
 * Styles may stand inline: the component library and the survey set style attributes on elements as they measure them.
 */
export function securityHeaders(options: { isSecure: boolean; isDevelopment: boolean }): RequestHandler {
	const { isSecure, isDevelopment } = options;
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
				frameAncestors: ["'none'"],
				...(isSecure ? { upgradeInsecureRequests: [] } : {}),
			},
		},
		strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
		referrerPolicy: { policy: 'no-referrer' },
		crossOriginOpenerPolicy: isSecure ? { policy: 'same-origin' } : false,
		xFrameOptions: { action: 'deny' },
		originAgentCluster: false,
	});
}
