import type { Measure, Verdict } from './goal.ts';
import type { MachineScore } from './machine.ts';
import type { Report } from './markdown.ts';
import { median } from './timing.ts';

const words: Record<Verdict, string> = { goal: 'goal', floor: 'floor holds', missed: 'MISSED' };

/** Three significant digits, and no more than two decimals. */
export const formatNumber = (value: number): string =>
	Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3).replace(/\.?0+$/, '');

/** A measure as the cells of a table. */
export function cellsOf(found: Measure & { verdict: Verdict }): string[] {
	const { goal, measure, unit, value, floor, target, better, verdict } = found;
	const sign = better === 'higher' ? '≥' : '≤';
	return [
		goal,
		measure,
		`${formatNumber(value)} ${unit}`.trim(),
		`${sign} ${formatNumber(floor)}`,
		target === null ? '' : `${sign} ${formatNumber(target)}`,
		words[verdict],
	];
}

export const heads = ['goal', 'measure', 'value', 'floor', 'goal is', 'verdict'];

/** What the machine gave during the run, in one line. */
export function describeScores(scores: readonly MachineScore[]): string {
	const of = (name: keyof MachineScore): number => median(scores.map((score) => score[name]));
	const share = of('core_share');
	const noise = share < 0.9 ? `; noisy: a busy thread got ${Math.round(share * 100)} % of a core` : '';
	return `${formatNumber(of('fsync_per_second'))} fsync/s, CPU score ${formatNumber(of('cpu_score'))}${noise}`;
}

/** Prints the table and, below it, what was not run. */
export function printTable({ machine, scores, measures, not_run }: Report): void {
	const rows = [heads, ...measures.map(cellsOf)];
	const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	for (const row of rows)
		process.stdout.write(
			`${row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd()}\n`,
		);
	process.stdout.write(`\n${machine}\n${describeScores(scores)}\n`);
	for (const { goal, measure, reason } of not_run)
		process.stdout.write(`not run: ${goal} ${measure}: ${reason}\n`);
}
