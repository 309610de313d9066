import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { measuresOf, notRunOf, type Report } from './report.ts';
import { cellsOf, heads } from './table.ts';

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Writes the tables of a run into the document, in place of the ones before; the crash drill's own part stays. */
export function writeMarkdown(path: string, report: Report): void {
	const text = [
		`${report.machine}.`,
		'',
		lineOf(heads),
		lineOf(heads.map(() => '---')),
		...measuresOf(report).map((measure) => lineOf(cellsOf(measure))),
		'',
		'Not run:',
		'',
		...notRunOf(report).map(({ goal, measure, reason }) => `* ${goal}, ${measure}: ${reason}`),
	].join('\n');
	writePart(path, 'bench', text);
}

const FRAME = `# Benchmarks

Written by \`npm run bench\` and \`npm run bench:crash\`; do not edit by hand. *Floor* must hold, *goal* is what we are after.
Ratios are medians over interleaved rounds of one run, absolute limits the best of their rounds. Other machines give other
seconds: *fsync/s* and *CPU score* say what this one gave before and after each measurement, and *core got* the share of a
core that a busy thread had: far below 100 % others were at work, and seconds say little.

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
