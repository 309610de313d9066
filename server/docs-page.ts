import { type Language, translate } from './language.ts';

interface Operation {
	summary: string;
	security: unknown[];
	parameters: { name: string; in: string; required: boolean }[];
	requestBody?: { content: Record<string, { schema?: object }> };
	responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

/** The description of the interface as one page: no script, no foreign file. */
export function docsPage(api: Record<string, unknown>, language: Language): string {
	const title = translate(language, 'docs.title');
	const paths = Object.entries(api.paths as Record<string, Record<string, Operation>>);
	const operations = paths.flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => describe(path, method, operation, language)),
	);
	return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body>
<h1>${title}</h1>
<p><a href="/api/openapi.json">openapi.json</a></p>
${operations.join('\n')}
</body>
</html>
`;
}

function describe(path: string, method: string, operation: Operation, language: Language): string {
	const { summary, security, parameters, requestBody, responses } = operation;
	const open = security.length === 0 ? ` (${translate(language, 'docs.open')})` : '';
	const names = parameters.map((each) => `<code>${escapeHtml(each.name)}</code>${each.required ? '' : '?'}`);
	const bodies = Object.entries({ request: requestBody, ...responses }).flatMap(([name, body]) =>
		Object.entries(body?.content ?? {}).map(
			([medium, { schema }]) =>
				`<details><summary>${escapeHtml(name)}: ${escapeHtml(medium)}</summary><pre>${escapeHtml(
					schema ? JSON.stringify(schema, null, 2) : '',
				)}</pre></details>`,
		),
	);
	return `<section>
<h2><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(summary)}${open}</p>
${names.length > 0 ? `<p>${names.join(', ')}</p>` : ''}
${bodies.join('\n')}
</section>`;
}

function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
