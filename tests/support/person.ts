import type { APIRequestContext, APIResponse } from '@playwright/test';

/** Somebody signed in to a running server: requests carry the session and its token. */
export interface Person {
	get(path: string): Promise<APIResponse>;
	send(method: 'post' | 'put', path: string, data: object | Buffer): Promise<APIResponse>;
}

/** Signs in as one of the demo's people. @throws with the server's words */
export async function signInAs(request: APIRequestContext, address: string, login: string): Promise<Person> {
	const reply = await request.post(`${address}/api/session`, {
		data: { login, password: 'opora-demo-2026' },
	});
	const headers = { 'x-csrf-token': String((await replyOf(reply)).csrf) };
	const type = { 'content-type': 'application/octet-stream' };
	return {
		get: (path) => request.get(address + path, { maxRetries: 2 }),
		send: (method, path, data) =>
			request[method](address + path, {
				data,
				headers: Buffer.isBuffer(data) ? { ...headers, ...type } : headers,
				// a connection that the server lets go in the same moment is opened anew
				maxRetries: 2,
			}),
	};
}

/** The body of a reply that must have succeeded. @throws with the server's words */
export async function replyOf<Reply = Record<string, unknown>>(reply: APIResponse): Promise<Reply> {
	if (!reply.ok()) throw new Error(`${reply.url()}: ${await reply.text()}`);
	return (await reply.json()) as Reply;
}
