import { judge, type Measure, type Verdict } from './goal.ts';
import { measuresOf, notRunOf, type Report, type Result } from './report.ts';

const words: Record<Verdict, string> = { goal: 'goal', floor: 'floor holds', missed: 'MISSED' };

export const heads = [
	'goal',
	'measure',
	'value',
	'floor',
	'goal is',
	'verdict',
	'fsync/s',
	'CPU score',
	'core got',
	'date',
];

const formatNumber = (value: number): string =>
	Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

/** A measure as the cells of a table; the last ones say what the machine gave at its time. */
export function cellsOf({ measure: found, result }: { measure: Measure; result: Result }): string[] {
	const { goal, measure, unit, value, floor, target, better } = found;
	const { fsync_per_second, cpu_score, core_share } = result.score;
	const sign = better === 'higher' ? '≥' : '≤';
	return [
		goal,
		measure,
		`${formatNumber(value)} ${unit}`.trim(),
		`${sign} ${formatNumber(floor)}`,
		target === null ? '' : `${sign} ${formatNumber(target)}`,
		words[judge(found)],
		formatNumber(fsync_per_second),
		formatNumber(cpu_score),
		`${Math.round(core_share * 100)} %`,
		result.date,
	];
}

/** Prints the table and, below it, what was not run. */
export function printTable(report: Report): void {
	const rows = [heads, ...measuresOf(report).map(cellsOf)];
	const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	for (const row of rows)
		process.stdout.write(
			`${row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd()}\n`,
		);
	process.stdout.write(`\n${report.machine}\n`);
	for (const { goal, measure, reason } of notRunOf(report))
		process.stdout.write(`not run: ${goal} ${measure}: ${reason}\n`);
}
