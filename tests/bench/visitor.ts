import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface Answer {
	status: number;
	body: string;
	headers: IncomingHttpHeaders;
	/** as they travelled */
	bytes: number;
	milliseconds: number;
}

/** Somebody signed in at a server, with connections that stay open. */
export interface Visitor {
	get(path: string): Promise<Answer>;
	send(method: string, path: string, body: string | Buffer): Promise<Answer>;
	close(): void;
}

export interface Pass {
	cookie: string;
	csrf: string;
}

/** One request; rejects only when the connection fails. */
export function ask(
	agent: Agent,
	address: string,
	{
		method = 'GET',
		path,
		pass,
		body,
	}: { method?: string; path: string; pass?: Pass; body?: string | Buffer },
): Promise<Answer> {
	const began = performance.now();
	const headers: Record<string, string | number> = { 'accept-encoding': 'gzip' };
	if (pass) Object.assign(headers, { cookie: pass.cookie, 'x-csrf-token': pass.csrf });
	if (body !== undefined)
		Object.assign(headers, {
			'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream',
			'content-length': Buffer.byteLength(body),
		});
	return new Promise((resolve, reject) => {
		const sent = request(`${address}${path}`, { agent, method, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				const milliseconds = performance.now() - began;
				const bytes = Buffer.concat(chunks);
				const plain = response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
				const { statusCode: status = 0, headers } = response;
				resolve({ status, headers, milliseconds, body: plain.toString(), bytes: bytes.length });
			});
		});
		// The server may close an idle connection just as it is taken up again: browsers then ask once more, and so do we.
		sent.on('error', (error: NodeJS.ErrnoException) => {
			if (!sent.reusedSocket || error.code !== 'ECONNRESET') reject(error);
			else
				resolve(
					ask(agent, address, { method, path, ...(pass && { pass }), ...(body !== undefined && { body }) }),
				);
		});
		sent.end(body);
	});
}

const PASSWORD = 'opora-demo-2026';

/** Signs a person of the demo in. */
export async function signIn(address: string, login: string): Promise<Visitor> {
	const agent = new Agent({ keepAlive: true, maxSockets: 64 });
	const reply = await ask(agent, address, {
		method: 'POST',
		path: '/api/session',
		body: JSON.stringify({ login, password: PASSWORD }),
	});
	if (reply.status !== 200) throw new Error(`sign-in of ${login}: ${reply.status} ${reply.body}`);
	const cookies = (reply.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]!);
	const pass: Pass = {
		cookie: cookies.filter((cookie) => !cookie.endsWith('=')).join('; '),
		csrf: JSON.parse(reply.body).csrf,
	};
	return {
		get: (path) => ask(agent, address, { path, pass }),
		send: (method, path, body) => ask(agent, address, { method, path, pass, body }),
		close: () => agent.destroy(),
	};
}
