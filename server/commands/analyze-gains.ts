import { gainResiduals } from '#analytics/statistics/gain-residuals.ts';
import { readNumberTable } from '#data/warehouse/number-table.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { pathFrom, say, type Terminal, UsageError } from './command.ts';
import { printTable } from './print-table.ts';

/**
 * `analyze gains`: cohorts measured twice whose second mean is not what the first leads to expect, by the regression of each
 * group (a year and grade, say). Columns `before`, `n_before`, `after`, `n_after`, and those named by `--group`.
 */
export async function runGains(
	terminal: Terminal,
	{ data, group = '', json }: { data?: string; group?: string; json?: boolean },
): Promise<number> {
	if (!data) throw new UsageError(say(terminal, 'matrix-needed'));
	const texts = group
		.split(',')
		.map((title) => title.trim().toLowerCase())
		.filter((title) => title !== '');
	const scratch = await openScratch();
	try {
		const numbers = ['before', 'n_before', 'after', 'n_after'];
		const read = await readNumberTable(scratch, pathFrom(terminal, data), { numbers, texts });
		const rows = [...Map.groupBy(read, (one) => texts.map((title) => one.texts[title]).join(' · '))]
			.flatMap(([name, cohorts]) => {
				const found = gainResiduals(
					cohorts.map(({ numbers: { before, n_before, after, n_after } }) => ({
						before: before!,
						nBefore: n_before!,
						after: after!,
						nAfter: n_after!,
					})),
				);
				return cohorts.map(({ row, numbers: { before, after } }, index) => ({
					row,
					group: name,
					before: before!,
					after: after!,
					predicted: found[index]?.predicted ?? null,
					t: found[index]?.t ?? null,
					p: found[index]?.p ?? null,
				}));
			})
			.toSorted((a, b) => a.row - b.row);
		const counts = { cohorts: rows.length, below: rows.filter(({ p }) => p !== null && p < 0.05).length };
		terminal.tell(say(terminal, 'gains-found', { ...counts, chance: Math.round(rows.length * 0.05) }));
		if (json) terminal.print(JSON.stringify({ rows }));
		else terminal.print(printTable(['row', 'group', 'before', 'after', 'predicted', 't', 'p'], rows));
		return 0;
	} finally {
		await scratch.close();
	}
}
