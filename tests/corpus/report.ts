import { KNOWN_DIFFERENCES } from '#surveys/known-differences.ts';
import { type CorpusReport, RESPONSES } from './check-corpus.ts';
import { STORED_DIFFERENCES } from './stored-answers.ts';
import type { CorpusWalk } from './walk-corpus.ts';

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

/** The walk through workshop, page, records and export in numbers. */
export function countWalk({ forms, verified }: CorpusWalk) {
	const published = forms.filter(({ refused }) => refused.length === 0);
	const passed = published.filter(({ faults }) => faults.length === 0);
	return {
		uploaded: forms.length,
		published: published.length,
		refused: forms.length - published.length,
		rendered: published.filter(({ screens, faults }) => screens > 0 && !faults.some(isOfScreen)).length,
		answered: published.filter(({ isSent }) => isSent).length,
		stored: published.filter(({ isStored }) => isStored).length,
		exported: published.filter(({ isExported }) => isExported).length,
		passed: passed.length,
		screens: published.reduce((sum, { screens }) => sum + screens, 0),
		withheld: published.reduce((sum, { withheld }) => sum + withheld, 0),
		mended: count(published.flatMap(({ mended }) => mended)),
		differences: count(published.flatMap(({ differences }) => differences)),
		failed: published
			.filter(({ faults }) => faults.length > 0)
			.map(({ file, faults }) => `${file}: ${faults.join('; ')}`),
		verified,
	};
}

const isOfScreen = (fault: string): boolean => /^(shown|console|page error|asks elsewhere)/.test(fault);

/** The report as the docs keep it. */
export function describeCorpus(report: CorpusReport, walk: CorpusWalk): string {
	const counts = countCorpus(report);
	const refused = report.entries.filter((entry) => entry.refused.length > 0);
	const sent = new Set(
		walk.forms.filter(({ isExported, faults }) => isExported && faults.length === 0).map(({ file }) => file),
	);
	const sentTypes = count(report.entries.filter(({ file }) => sent.has(file)).flatMap(({ types }) => types));
	return `${[
		'# The corpus of survey definitions',
		'',
		"Made by `npm run check-surveys -- FOLDER --write` over the definitions that SurveyJS's authors use in their own documentation and tests. Each survey is published or refused with a reason.",
		'',
		`${counts.surveys} surveys: ${counts.passed} passed the check, ${counts.refused} refused, ${counts.failed.length} failed.`,
		'',
		...describeWalk(report, walk),
		'## Without a browser',
		'',
		`What is published is answered ${RESPONSES} times as its form offers, checked by the compiled rules, stored, brought into the warehouse, verified there and exported. ${counts.responses} responses were stored; the warehouse ${counts.verified ? 'equals' : 'DIFFERS FROM'} the records.`,
		'',
		'## Question types',
		'',
		'| Type | Surveys | of them passed the check | through Chromium to the export |',
		'|---|---|---|---|',
		...Object.entries(counts.types).map(
			([type, n]) => `| ${type} | ${n} | ${counts.passed_types[type] ?? 0} | ${sentTypes[type] ?? 0} |`,
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
				.replaceAll('\n', ' ');
			return row(nameOf(file), `${first?.code}: ${what.slice(0, 120)}`, first?.at ?? '');
		}),
		'',
		"## Known differences from survey-core's model",
		'',
		...Object.entries(KNOWN_DIFFERENCES).map(([name, text]) => `* **${name}**: ${text}`),
	].join('\n')}\n`;
}

const nameOf = (file: string): string => file.replace(/\.json$/, '');
const row = (...cells: (string | number)[]): string =>
	`| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;

function describeWalk(report: CorpusReport, walk: CorpusWalk): string[] {
	const counts = countWalk(walk);
	const checked = new Map(report.entries.map(({ file, refused }) => [file, refused]));
	const refusedHere = walk.forms.filter(
		({ file, refused }) => refused.length > 0 && checked.get(file)?.length === 0,
	);
	return [
		'## Through Chromium',
		'',
		"Each definition goes the way of an instrument: uploaded in the workshop, completed where its author must, sent to review, published by a second person, asked in a campaign. A teacher's page in Chromium opens it from the list, where an earlier visit left its answers; files are chosen and signatures drawn on the spot; every screen is turned by its visible button, folded parts are opened, the answers are looked through and sent. On every screen the questions are those that survey-core's model of the same answers shows, no error is said, nothing is asked of another address. What the page hands in is compared with the records, and the records with the exported file.",
		'',
		...(walk.forms.length < report.entries.length
			? [
					`This run reached ${walk.forms.length} of ${report.entries.length} definitions; \`--failed\` goes on with the rest.`,
					'',
				]
			: []),
		'| Step | Surveys |',
		'|---|---|',
		row('uploaded in the workshop', counts.uploaded),
		row('refused with a reason', counts.refused),
		row('published', counts.published),
		row('rendered, every screen as the model shows it, without an error', counts.rendered),
		row('answered and sent', counts.answered),
		row('stored as handed in', counts.stored),
		row('exported as stored', counts.exported),
		row('**all of it**', `**${counts.passed}**`),
		'',
		`${counts.screens} screens were turned. A warehouse built from the records afterwards ${counts.verified ? 'equals' : 'DIFFERS FROM'} them. ${counts.withheld} cells of words were withheld by the export, because fewer than ten wrote. Authors had to complete texts in a second language (${counts.mended['missing-text'] ?? 0} surveys) and to take right answers out of the form into the key (${counts.mended['key-material'] ?? 0}).`,
		'',
		'Where the records hold other than the page handed in:',
		'',
		...Object.entries(STORED_DIFFERENCES).map(
			([name, text]) => `* **${name}** (${counts.differences[name] ?? 0} surveys): ${text}`,
		),
		'',
		...(refusedHere.length > 0
			? [
					'Refused by the workshop beyond the check of the survey:',
					'',
					...refusedHere.map(({ file, refused }) => `* ${nameOf(file)}: ${refused.join('; ')}`),
					'',
				]
			: []),
		...(counts.failed.length > 0 ? ['Let down:', '', ...counts.failed.map((each) => `* ${each}`), ''] : []),
	];
}
