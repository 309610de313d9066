import { analyseBias, type BiasMethod, type BiasReport, biasMethods } from '#analytics/scale/bias-report.ts';
import { say, type Terminal, UsageError } from './command.ts';
import { printTable } from './print-table.ts';
import { type MatrixOptions, readMatrix } from './read-matrix.ts';

/**
 * `analyze dif`: items that equally able persons of different groups answer differently. One document holds one method;
 * the tables hold the method asked for, or both.
 */
export async function runBias(
	terminal: Terminal,
	options: MatrixOptions & { method?: string },
): Promise<number> {
	if (!options.group) throw new UsageError(say(terminal, 'group-needed'));
	const asked = biasMethods.find((method) => method === options.method);
	if (options.method !== undefined && !asked)
		throw new UsageError(say(terminal, 'wrong-option', { option: '--method', value: options.method }));
	const matrix = await readMatrix(terminal, options);
	const reportBy = (method: BiasMethod): BiasReport =>
		analyseBias(matrix, matrix.groups, {
			titles: matrix.titles,
			language: terminal.language,
			method,
			tell: terminal.showProgress,
		});
	if (options.json) {
		const report = reportBy(asked ?? 'mantel-haenszel');
		terminal.showProgress(null);
		terminal.print(JSON.stringify(report));
		return 0;
	}
	const reports = (asked ? [asked] : biasMethods).map(reportBy);
	terminal.showProgress(null);
	for (const { text } of reports[0]!.notes) terminal.tell(text);
	const groups = reports[0]!.groups.map(({ value, n }) => ({ group: value, n }));
	terminal.print([printTable(['group', 'n'], groups), ...reports.map(itemsOf)].join('\n\n'));
	return 0;
}

function itemsOf({ items }: BiasReport): string {
	const parts = items.some(({ logistic }) => logistic) ? ['p_uniform', 'p_nonuniform'] : [];
	return printTable(
		['item', 'chi2', 'df', 'p', 'q', ...parts, 'effect', 'effect_kind', 'class', 'notes'],
		items.map(({ logistic, notes, ...item }) => ({
			...item,
			p_uniform: logistic?.uniform.p ?? null,
			p_nonuniform: logistic?.nonuniform.p ?? null,
			notes: notes.map(({ code }) => code).join(' '),
		})),
	);
}
