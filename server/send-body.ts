import type { Request, Response } from 'express';
import type { Coding, PackedBody } from './packed-body.ts';

const codings: Coding[] = ['br', 'gzip', 'identity'];

/** Sends a kept body in the best coding the client takes; one that is unchanged is answered with 304. */
export async function sendBody(request: Request, response: Response, body: PackedBody): Promise<void> {
	response.vary('Accept-Encoding');
	response.set({ 'content-type': body.type, 'cache-control': 'private, no-cache', etag: body.etag });
	if (request.fresh) {
		response.status(304).end();
		return;
	}
	const wanted = request.acceptsEncodings(codings) as Coding | false;
	const { bytes, coding } = await body.as(wanted || 'identity');
	if (coding !== 'identity') response.set('content-encoding', coding);
	response.end(bytes);
}
