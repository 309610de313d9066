import type { Response } from 'supertest';
import { expect } from 'vitest';
import { problem } from '#server/contract/problem.ts';

/** Holds when a reply is a whole RFC 9457 problem of this status and code, in words. */
export function expectProblem(reply: Response, status: number, code?: string): void {
	expect(reply.status, reply.text).toBe(status);
	expect(reply.headers['content-type']).toContain('application/problem+json');
	const body = problem.strict().parse(reply.body);
	expect(body.status).toBe(status);
	if (code) expect(body.type).toBe(`urn:opora:problem:${code}`);
	for (const text of [body.title, body.detail, ...body.issues.map((issue) => issue.text)]) {
		expect(text).not.toBe('');
		// A key without words would come back as itself.
		expect(text).not.toMatch(/^(problem|issue|import)[.:]/);
		expect(text).not.toMatch(/\{\{|undefined|\[object/);
	}
}
