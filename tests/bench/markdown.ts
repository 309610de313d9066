import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Measure, NotRun, Verdict } from './goal.ts';
import type { MachineScore } from './machine.ts';
import { cellsOf, describeScores, heads } from './table.ts';

/** One run of the benchmarks, as `var/bench.json` holds it. */
export interface Report {
	/** YYYY-MM-DD */
	date: string;
	machine: string;
	scores: MachineScore[];
	measures: (Measure & { verdict: Verdict })[];
	not_run: NotRun[];
}

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Writes the tables of a run into the document, in place of the ones before; the crash drill's own part stays. */
export function writeMarkdown(path: string, report: Report): void {
	const text = [
		`Run of ${report.date} on ${report.machine}; ${describeScores(report.scores)}.`,
		'',
		lineOf(heads),
		lineOf(heads.map(() => '---')),
		...report.measures.map((measure) => lineOf(cellsOf(measure))),
		'',
		'Not run:',
		'',
		...report.not_run.map(({ goal, measure, reason }) => `* ${goal}, ${measure}: ${reason}`),
	].join('\n');
	writePart(path, 'bench', text);
}

const FRAME = `# Benchmarks

Written by \`npm run bench\` and \`npm run bench:crash\`; do not edit by hand. *Floor* must hold, *goal* is what we are after.
Ratios are medians over interleaved rounds of one run, absolute limits the best of their rounds. Other machines give other
seconds: read them beside the score of the machine.

## Goals

<!-- bench -->
<!-- /bench -->

## Crash drill

<!-- crash -->
Not run yet.
<!-- /crash -->
`;

/** Replaces one marked part of the document, which is begun when it is not there. */
export function writePart(path: string, part: 'bench' | 'crash', text: string): void {
	const before = existsSync(path) ? readFileSync(path, 'utf8') : FRAME;
	const marked = new RegExp(`(<!-- ${part} -->\\n)[\\s\\S]*?(<!-- /${part} -->)`);
	writeFileSync(
		path,
		before.replace(marked, (_, open: string, close: string) => `${open}${text}\n${close}`),
	);
}
