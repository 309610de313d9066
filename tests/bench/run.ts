import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, type Measure, type MeasureGoal, type NotRun } from './goal.ts';
import { describeMachine, type MachineScore, scoreMachine } from './machine.ts';
import { type Report, writeMarkdown } from './markdown.ts';
import { notMeasurable } from './not-measurable.ts';
import { printTable } from './table.ts';

/** `npm run bench`, or `npm run bench -- boards memory` for some of the goals only. */
const goals = [
	'submissions',
	'live-response-rate',
	'objectivity-battery',
	'script-size',
	'import-results',
	'memory',
	'start',
	'boards',
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
	const measures: Measure[] = [];
	const notRun: NotRun[] = [...notMeasurable];
	const scores: MachineScore[] = [];
	for (const name of chosen.length > 0 ? chosen : goals) {
		process.stderr.write(`${name}…\n`);
		scores.push(scoreMachine());
		const { measure } = (await import(`./${name}.ts`)) as { measure: MeasureGoal };
		for (const found of await measure()) {
			if ('reason' in found) notRun.push(found);
			else measures.push(found);
		}
	}
	scores.push(scoreMachine());
	const report: Report = {
		date: new Date().toISOString().slice(0, 10),
		machine: describeMachine(),
		scores,
		measures: measures.map((measure) => ({ ...measure, verdict: judge(measure) })),
		not_run: notRun,
	};
	printTable(report);
	mkdirSync(join(root, 'var'), { recursive: true });
	writeFileSync(file, `${JSON.stringify(report, null, '\t')}\n`);
	// A run of some goals says too little to stand in the documents.
	if (chosen.length === 0) writeMarkdown(join(root, 'docs/benchmarks.md'), report);
	return report.measures.some(({ verdict }) => verdict === 'missed') ? 1 : 0;
}

process.exit(await main());
