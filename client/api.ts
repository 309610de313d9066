import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AnalyticsAnswer, AnswerField } from '#server/contract/analytics.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { currentLanguage } from './i18n.ts';

/** What the server says when it refuses (RFC 9457); `status` 0 means that it could not be reached. */
export class ApiProblem extends Error {
	readonly status: number;
	readonly type: string;
	readonly detail: string;
	readonly issues: ProblemIssue[];
	/** the draft that another device has saved, with `draft-changed` */
	readonly draft: unknown;

	constructor(problem: {
		status: number;
		title: string;
		type?: string;
		detail?: string;
		issues?: ProblemIssue[];
		draft?: unknown;
	}) {
		super(problem.title);
		this.name = 'ApiProblem';
		this.status = problem.status;
		this.type = problem.type ?? 'about:blank';
		this.detail = problem.detail ?? '';
		this.issues = problem.issues ?? [];
		this.draft = problem.draft;
	}

	get isOffline(): boolean {
		return this.status === 0;
	}
}

let csrfToken: string | null = null;
const signedOut = new Set<() => void>();

/** The token of this session, sent back with every change. */
export function rememberCsrf(token: string | null): void {
	csrfToken = token;
}

let findSession: (() => Promise<void>) | null = null;

/** How a page that opened without a connection finds its session when it first has something to send. */
export function onSessionNeeded(find: (() => Promise<void>) | null): void {
	findSession = find;
}

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: () => void): () => void {
	signedOut.add(listener);
	return () => signedOut.delete(listener);
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** `/api/x?a=1`: empty values are left out, so that an address says only what was chosen. */
export function withQuery(path: string, query: Query = {}): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
	}
	const text = parameters.toString();
	return text ? `${path}?${text}` : path;
}

interface Request {
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	json?: unknown;
	bytes?: Blob;
	signal?: AbortSignal;
	accept?: string;
	/** the page may be closing: let the browser finish this small request */
	keepalive?: boolean;
}

/** One call; throws ApiProblem for every refusal and for a lost connection. */
async function send(path: string, request: Request = {}): Promise<Response> {
	const method = request.method ?? 'GET';
	if (method !== 'GET' && !csrfToken && !path.startsWith('/api/session')) await findSession?.();
	const headers: Record<string, string> = {
		accept: request.accept ?? 'application/json',
		'accept-language': currentLanguage(),
	};
	if (method !== 'GET' && csrfToken) headers['x-csrf-token'] = csrfToken;
	if (request.json !== undefined) headers['content-type'] = 'application/json';
	if (request.bytes) headers['content-type'] = 'application/octet-stream';
	let response: Response;
	try {
		response = await fetch(path, {
			method,
			headers,
			body: request.bytes ?? (request.json === undefined ? undefined : JSON.stringify(request.json)),
			signal: request.signal,
			credentials: 'same-origin',
			keepalive: request.keepalive,
		});
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') throw error;
		throw new ApiProblem({ status: 0, title: 'offline', type: 'offline' });
	}
	if (response.ok) return response;
	throw await readProblem(response);
}

async function readProblem(response: Response): Promise<ApiProblem> {
	if (response.status === 401) for (const listener of signedOut) listener();
	const isProblem = response.headers.get('content-type')?.includes('json');
	const body = isProblem ? await response.json().catch(() => ({})) : {};
	return new ApiProblem({ title: `HTTP ${response.status}`, ...body, status: response.status });
}

/** JSON in, JSON out. In development the reply is checked against the schema of its route (see checks.ts). */
async function call<Reply>(path: string, request?: Request): Promise<Reply> {
	const response = await send(path, request);
	if (response.status === 204) return undefined as Reply;
	const reply = await response.json();
	if (import.meta.env.DEV) {
		const { checkReply } = await import('./checks.ts');
		checkReply(request?.method ?? 'GET', path, reply);
	}
	return reply;
}

export const get = <Reply>(path: string, query?: Query, signal?: AbortSignal) =>
	call<Reply>(withQuery(path, query), { signal });
export const post = <Reply>(path: string, json?: unknown) => call<Reply>(path, { method: 'POST', json });
export const put = <Reply>(path: string, json: unknown, keepalive?: boolean) =>
	call<Reply>(path, { method: 'PUT', json, keepalive });
export const patch = <Reply>(path: string, json: unknown) => call<Reply>(path, { method: 'PATCH', json });
export const remove = (path: string) => call<void>(path, { method: 'DELETE' });
/** Posts the bytes of a file as they are. */
export const postFile = <Reply>(path: string, query: Query, file: Blob) =>
	call<Reply>(withQuery(path, query), { method: 'POST', bytes: file });

/** Gets a file from the server and hands it to the browser's downloads. */
export async function download(path: string, query: Query, fileName: string): Promise<void> {
	const response = await send(withQuery(path, query), { accept: '*/*' });
	saveAs(await response.blob(), fileName);
}

/** The same for a file that is made from what is sent. */
export async function downloadPosted(path: string, json: unknown, fileName: string): Promise<void> {
	const response = await send(path, { method: 'POST', json, accept: '*/*' });
	saveAs(await response.blob(), fileName);
}

/** Hands bytes made here to the browser's downloads. */
export function saveAs(bytes: Blob, fileName: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(bytes);
	link.download = fileName;
	link.click();
	// the download has read the address by then
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A reply of the server as state of a component: cached by address, refetched when the language changes. */
export function useReply<Reply>(path: string | null, query: Query = {}) {
	return useQuery({
		queryKey: ['reply', path, query, currentLanguage()],
		queryFn: ({ signal }) => get<Reply>(path!, query, signal),
		enabled: path !== null,
		placeholderData: keepPreviousData,
	});
}

export type Cell = string | number | boolean | null;

export type ResultField = AnswerField;
/** The answer of one analytics module: columns of equal length, with what one must know to read them. */
export type ModuleResult = AnalyticsAnswer;

export type ResultRow = Record<string, Cell>;

/** Above this many rows columns travel as Arrow. */
const arrowAbove = 2000;

/** Asks one module; `rows` says how many rows are expected, and large answers come as Arrow. */
export async function runModule(
	module: string,
	filters: Query,
	signal?: AbortSignal,
	rows = 0,
): Promise<ModuleResult> {
	const path = `/api/analytics/${module}`;
	if (rows <= arrowAbove) return get<ModuleResult>(path, { ...filters, format: 'json' }, signal);
	const response = await send(withQuery(path, { ...filters, format: 'arrow' }), { accept: '*/*', signal });
	const [{ decodeResult }, bytes] = await Promise.all([import('./arrow.ts'), response.arrayBuffer()]);
	return decodeResult(new Uint8Array(bytes));
}

/** Where the answer of a module is kept. */
export const moduleKey = (module: string, filters: Query) => ['module', module, filters, currentLanguage()];

/** A module's answer as state; the previous answer stays on screen while filters change. */
export function useModule(module: string, filters: Query = {}, rows?: number) {
	return useQuery({
		queryKey: moduleKey(module, filters),
		queryFn: ({ signal }) => runModule(module, filters, signal, rows),
		placeholderData: keepPreviousData,
	});
}

/** Columns turned into row objects, for charts and tables. */
export function rowsOf(result: Pick<ModuleResult, 'fields' | 'columns'>): ResultRow[] {
	const names = result.fields.map((field) => field.name);
	const length = names[0] ? (result.columns[names[0]]?.length ?? 0) : 0;
	const rows: ResultRow[] = [];
	for (let index = 0; index < length; index++) {
		const row: ResultRow = {};
		for (const name of names) row[name] = result.columns[name]?.[index] ?? null;
		rows.push(row);
	}
	return rows;
}
