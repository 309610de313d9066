import { KNOWN_DIFFERENCES } from '#surveys/known-differences.ts';
import type { CorpusReport } from './check-corpus.ts';

/** What Chromium made of the surveys that can be published. */
export interface RenderReport {
	rendered: number;
	/** file and what the page said */
	errors: { file: string; message: string }[];
}

/** The report in numbers: what passed, what was refused and for which first reasons. */
export function countCorpus({ entries, verified }: CorpusReport) {
	const refused = entries.filter((entry) => entry.refused.length > 0);
	const failed = entries.filter((entry) => entry.failed !== undefined);
	const reasons = count(refused.flatMap((entry) => [...new Set(entry.refused.map(({ code }) => code))]));
	return {
		surveys: entries.length,
		passed: entries.length - refused.length - failed.length,
		refused: refused.length,
		failed: failed.map(({ file, failed: why }) => `${file}: ${why}`),
		reasons,
		types: count(entries.flatMap(({ types }) => types)),
		passed_types: count(entries.filter((entry) => entry.refused.length === 0).flatMap(({ types }) => types)),
		responses: entries.reduce((sum, { responses }) => sum + responses, 0),
		verified,
	};
}

function count(words: readonly string[]): Record<string, number> {
	const found = new Map<string, number>();
	for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
	return Object.fromEntries([...found].sort(([one, a], [other, b]) => b - a || one.localeCompare(other)));
}

/** The report as the docs keep it. */
export function describeCorpus(report: CorpusReport, render: RenderReport | null): string {
	const counts = countCorpus(report);
	const refused = report.entries.filter((entry) => entry.refused.length > 0);
	return `${[
		'# The corpus of survey definitions',
		'',
		"Made by `npm run check-surveys -- FOLDER --write` over the definitions that SurveyJS's authors use in their own documentation and tests. Each survey is published or refused with a reason; what is published is answered as its form offers, checked by the compiled rules, stored, brought into the warehouse, verified there and exported.",
		'',
		`${counts.surveys} surveys: ${counts.passed} passed, ${counts.refused} refused, ${counts.failed.length} failed. ${counts.responses} responses were stored; the warehouse ${counts.verified ? 'equals' : 'DIFFERS FROM'} the records.`,
		'',
		render
			? `Chromium rendered ${render.rendered} of the surveys that passed, page errors in ${render.errors.length}${render.errors.length > 0 ? `: ${render.errors.map(({ file, message }) => `${file} (${message})`).join('; ')}` : ''}.`
			: 'Rendering in Chromium was not part of this run.',
		'',
		'## Question types',
		'',
		'| Type | Surveys | of them passed |',
		'|---|---|---|',
		...Object.entries(counts.types).map(
			([type, n]) => `| ${type} | ${n} | ${counts.passed_types[type] ?? 0} |`,
		),
		'',
		'## Refused, and why',
		'',
		'| Reason | Surveys |',
		'|---|---|',
		...Object.entries(counts.reasons).map(([code, n]) => `| ${code} | ${n} |`),
		'',
		'| Survey | First reason | At |',
		'|---|---|---|',
		...refused.map(({ file, refused: [first] }) => {
			const what = Object.values(first?.params ?? {})
				.join(', ')
				.replaceAll('|', '\\|')
				.replaceAll('\n', ' ');
			return `| ${file.replace(/\.json$/, '')} | ${first?.code}: ${what.slice(0, 120)} | ${first?.at.replaceAll('|', '\\|')} |`;
		}),
		'',
		"## Known differences from survey-core's model",
		'',
		...Object.entries(KNOWN_DIFFERENCES).map(([name, text]) => `* **${name}**: ${text}`),
	].join('\n')}\n`;
}
