import { analyseBias } from '#analytics/scale/bias-report.ts';
import { say, type Terminal, UsageError } from './command.ts';
import { printTable } from './print-table.ts';
import { type MatrixOptions, readMatrix } from './read-matrix.ts';

/** `analyze dif`: items that equally able persons of different groups answer differently. */
export async function runBias(terminal: Terminal, options: MatrixOptions): Promise<number> {
	if (!options.group) throw new UsageError(say(terminal, 'group-needed'));
	const matrix = await readMatrix(terminal, options);
	const report = analyseBias(matrix, matrix.groups, { titles: matrix.titles, language: terminal.language });
	if (options.json) {
		terminal.print(JSON.stringify(report));
		return 0;
	}
	for (const { text } of report.notes) terminal.tell(text);
	terminal.print(
		[
			printTable(
				['group', 'n'],
				report.groups.map(({ value, n }) => ({ group: value, n })),
			),
			printTable(
				['item', 'chi2', 'df', 'p', 'q', 'effect', 'effect_kind', 'class', 'notes'],
				report.items.map((item) => ({ ...item, notes: item.notes.map(({ code }) => code).join(' ') })),
			),
		].join('\n\n'),
	);
	return 0;
}
