import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { isStorageFull, RecordsError } from '#data/records/records-error.ts';
import type { ProblemBody, ProblemIssue } from './contract/problem.ts';
import { type Language, translate } from './language.ts';
import type { Log } from './log.ts';

export interface IssueCode {
	path?: string;
	row?: number;
	column?: string;
	code: string;
	values?: Record<string, unknown>;
	/** words that are made already, in the language of the request */
	text?: string;
}

/**
 * The one error of the server (RFC 9457). `code` names its texts under `problem.<code>` in the locales; `values` fill them.
 * 4xx explain to the reader; 5xx say no more than whom to call or to wait, and log the cause.
 */
export class Problem extends Error {
	readonly status: number;
	readonly code: string;
	readonly values: Record<string, unknown>;
	readonly issues: IssueCode[];

	constructor(
		status: number,
		code: string,
		values: Record<string, unknown> = {},
		issues: IssueCode[] = [],
		cause?: unknown,
	) {
		super(code, { cause });
		this.status = status;
		this.code = code;
		this.values = values;
		this.issues = issues;
	}
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Days as a reader writes them. */
function readable(values: Record<string, unknown>, language: Language): Record<string, unknown> {
	const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			// without « г.»: the sentence around it brings its own full stop
			typeof value === 'string' && day.test(value)
				? format.format(new Date(value)).replace(/\s*г\.$/, '')
				: value,
		]),
	);
}

/** The body in words. */
export function problemBody(problem: Problem, language: Language): ProblemBody {
	const values = readable(problem.values, language);
	return {
		type: `urn:opora:problem:${problem.code}`,
		title: translate(language, `problem.${problem.code}.title`, values),
		status: problem.status,
		detail: translate(language, `problem.${problem.code}.detail`, values),
		issues: problem.issues.map(
			({ values, text, ...place }): ProblemIssue => ({
				...place,
				text: text ?? translate(language, `issue.${place.code}`, values),
			}),
		),
	};
}

/** The last middleware: every error leaves as a problem. */
export function problemHandler(log: Log): ErrorRequestHandler {
	return (error, request, response: Response, next) => {
		if (response.headersSent) return next(error);
		const problem = asProblem(error);
		if (problem.status >= 500)
			log.error({ err: error, method: request.method, path: request.path }, 'request failed');
		const language: Language = response.locals.language ?? 'ru';
		response
			.status(problem.status)
			.set('content-type', 'application/problem+json; charset=utf-8')
			.set('cache-control', 'no-store')
			.send(JSON.stringify(problemBody(problem, language)));
	};
}

/** Codes of body-parser's errors, which say what was wrong with a body. */
const bodyFaults: Record<string, string> = {
	'entity.parse.failed': 'bad-json',
	'entity.too.large': 'too-large',
	'encoding.unsupported': 'unsupported-encoding',
	'charset.unsupported': 'unsupported-encoding',
	'request.size.invalid': 'incomplete-body',
	'request.aborted': 'incomplete-body',
};

function asProblem(error: unknown): Problem {
	if (error instanceof Problem) return error;
	const { type, status } = error as { type?: string; status?: number };
	const bodyFault = type ? bodyFaults[type] : undefined;
	if (bodyFault) return new Problem(status ?? 400, bodyFault);
	if (isStorageFull(error)) return new Problem(507, 'storage-full', {}, [], error);
	if (error instanceof RecordsError && error.code === 'writer-busy')
		return new Problem(503, 'busy', {}, [], error);
	if (error instanceof URIError) return new Problem(400, 'bad-request');
	if (typeof status === 'number' && status >= 400 && status < 500 && STATUS_CODES[status])
		return new Problem(status, 'bad-request');
	return new Problem(500, 'internal', {}, [], error);
}
