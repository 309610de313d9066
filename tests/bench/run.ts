import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, type MeasureGoal } from './goal.ts';
import { describeMachine, meanScore, scoreMachine } from './machine.ts';
import { writeMarkdown } from './markdown.ts';
import { notMeasurable } from './not-measurable.ts';
import { measuresOf, type Report } from './report.ts';
import { printTable } from './table.ts';

/** `npm run bench`, or `npm run bench -- boards memory` for some of the goals only. */
const goals = [
	'submissions',
	'postgres',
	'mix',
	'live-response-rate',
	'answer-check',
	'objectivity-battery',
	'script-size',
	'import-results',
	'rebuild',
	'memory',
	'start',
	'boards',
	'scale',
	'scale-million',
	'scale-gaps',
];

const root = join(import.meta.dirname, '../..');
const file = join(root, 'var/bench.json');

async function main(): Promise<number> {
	const chosen = process.argv.slice(2);
	const unknown = chosen.filter((name) => !goals.includes(name));
	if (unknown.length > 0) {
		process.stderr.write(`unknown: ${unknown.join(', ')}; known: ${goals.join(', ')}\n`);
		return 2;
	}
	const before = readBefore();
	const results = new Map(before.results.map((result) => [result.file, result]));
	let report = reportOf(results);
	for (const name of chosen.length > 0 ? chosen : goals) {
		process.stderr.write(`${name}…\n`);
		const { measure } = (await import(`./${name}.ts`)) as { measure: MeasureGoal };
		const scores = [scoreMachine()];
		const found = await measure();
		scores.push(scoreMachine());
		const date = new Date().toISOString().slice(0, 10);
		results.set(name, { file: name, date, score: meanScore(scores), found });
		// At once: what comes later may fail, and minutes of measuring would be lost.
		report = reportOf(results);
		keep(report);
	}
	printTable(report);
	return measuresOf(report).some(({ measure }) => judge(measure) === 'missed') ? 1 : 0;
}

const reportOf = (results: ReadonlyMap<string, Report['results'][number]>): Report => ({
	machine: describeMachine(),
	results: goals.flatMap((name) => results.get(name) ?? []),
	not_measurable: notMeasurable,
});

function keep(report: Report): void {
	mkdirSync(join(root, 'var'), { recursive: true });
	writeFileSync(file, `${JSON.stringify(report, null, '\t')}\n`);
	writeMarkdown(join(root, 'docs/benchmarks.md'), report);
}

/** What was measured before: a run of some goals leaves the others as they were. */
function readBefore(): Pick<Report, 'results'> {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { results: [] };
}

process.exit(await main());
