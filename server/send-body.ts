import type { Request, Response } from 'express';

export interface Body {
	type: string;
	plain: Uint8Array;
	gzip: Buffer | null;
	brotli: Buffer | null;
	etag: string | null;
}

/** Sends a body in the best coding the client takes; one that is unchanged is answered with 304. */
export function sendBody(request: Request, response: Response, body: Body): void {
	response.vary('Accept-Encoding');
	response.set({ 'content-type': body.type, 'cache-control': 'private, no-cache' });
	if (body.etag) {
		response.set('etag', body.etag);
		if (request.fresh) {
			response.status(304).end();
			return;
		}
	}
	const coding = request.acceptsEncodings(['br', 'gzip', 'identity']);
	const packed = coding === 'br' ? body.brotli : coding === 'gzip' ? body.gzip : null;
	if (packed && coding) response.set('content-encoding', coding);
	response.end(packed ?? body.plain);
}
