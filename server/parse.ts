import type { Request, Response } from 'express';
import type { z } from 'zod';
import { hasText, type Language, schemaWords, translate } from './language.ts';
import { Problem } from './problem.ts';

/** Reads a body by its schema. @throws {Problem} 422 with an issue for each wrong place */
export function parseBody<Schema extends z.ZodType>(
	schema: Schema,
	request: Request,
	response: Response,
): z.infer<Schema> {
	if (!request.is('application/json')) throw new Problem(415, 'not-json');
	return parse(schema, request.body, response.locals.language, 'invalid-body');
}

/** Reads query parameters by their schema. @throws {Problem} 422 */
export function parseQuery<Schema extends z.ZodType>(
	schema: Schema,
	request: Request,
	response: Response,
): z.infer<Schema> {
	const { lang: _, ...query } = request.query;
	return parse(schema, query, response.locals.language, 'invalid-query');
}

function parse<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	language: Language,
	code: string,
): z.infer<Schema> {
	const parsed = schema.safeParse(value, { error: schemaWords[language] });
	if (parsed.success) return parsed.data;
	const issues = parsed.error.issues.slice(0, 100).map((issue) => {
		const own = 'params' in issue ? issue.params?.code : undefined;
		const known = typeof own === 'string' && hasText(`issue.${own}`);
		return {
			path: issue.path.join('.'),
			code: known ? own : issue.code,
			text: known ? translate(language, `issue.${own}`) : issue.message,
		};
	});
	throw new Problem(422, code, {}, issues);
}
