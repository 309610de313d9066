import type { Response } from 'express';

/** A signal that is aborted when the reader goes before the reply is out: a page left, a computation stopped. */
export function leavingOf(response: Response): AbortSignal {
	const leaving = new AbortController();
	response.once('close', () => {
		if (!response.writableFinished) leaving.abort(new Error('the reader has left'));
	});
	return leaving.signal;
}
