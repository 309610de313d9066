import { MOST_PATTERNS } from '#analytics/scale/difficulties.ts';
import { analyseScale, type ScaleReport } from '#analytics/scale/report.ts';
import { andersenTest } from '#analytics/statistics/andersen-test.ts';
import type { Terminal } from './command.ts';
import { printTable } from './print-table.ts';
import { type MatrixOptions, readMatrix } from './read-matrix.ts';

/** `analyze scale`: reliability of a scale, its items and the abilities of its scores. */
export async function runScale(terminal: Terminal, options: MatrixOptions): Promise<number> {
	const matrix = await readMatrix(terminal, options);
	const report = analyseScale(matrix, {
		titles: matrix.titles,
		language: terminal.language,
		tell: terminal.showProgress,
	});
	const andersen =
		options.json || report.person_table.length === 0 ? null : andersenTest(matrix, MOST_PATTERNS);
	terminal.showProgress(null);
	if (options.json) {
		terminal.print(JSON.stringify(report));
		return 0;
	}
	for (const { text } of report.notes) terminal.tell(text);
	terminal.print([summaryOf(report), itemsOf(report), personsOf(report)].join('\n\n'));
	if (andersen)
		terminal.print(
			`\n${printTable(['andersen_lr', 'df', 'p'], [{ ...andersen, andersen_lr: andersen.lr }])}`,
		);
	return 0;
}

function summaryOf({ n, alpha, alpha_ci, omega_total, sem, separation }: ScaleReport): string {
	const columns = ['n', 'alpha', 'alpha_lo', 'alpha_hi', 'omega_total', 'sem', 'separation'];
	const [alpha_lo, alpha_hi] = alpha_ci ?? [null, null];
	return printTable(columns, [{ n, alpha, alpha_lo, alpha_hi, omega_total, sem, separation }]);
}

function itemsOf({ items }: ScaleReport): string {
	const columns = [
		'item',
		'n',
		'max',
		'facility',
		'item_rest_r',
		'difficulty',
		'se',
		'infit',
		'outfit',
		'notes',
	];
	return printTable(
		columns,
		items.map(({ rasch_difficulty, rasch_se, notes, ...numbers }) => ({
			...numbers,
			difficulty: listOrNumber(rasch_difficulty),
			se: listOrNumber(rasch_se),
			notes: notes.map(({ code }) => code).join(' '),
		})),
	);
}

function personsOf({ person_table }: ScaleReport): string {
	return printTable(
		['raw_score', 'ability', 'se', 'ability_ml'],
		person_table.map((row) => ({ ...row })),
	);
}

function listOrNumber(value: ScaleReport['items'][0]['rasch_difficulty']): string | number | null {
	return Array.isArray(value) ? value.map((part) => part?.toFixed(2) ?? '—').join(' ') : value;
}
