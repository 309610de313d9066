import { smoothBunching, windowOfScale } from '#analytics/statistics/smooth-bunching.ts';
import { readNumberTable } from '#data/warehouse/number-table.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';
import { printTable } from './print-table.ts';

interface Options {
	data?: string;
	cutoff?: string;
	step?: string;
	window?: string;
	json?: boolean;
}

/** More places of a scale than any examination has: the step is wrong then. */
const MOST_SCORES = 10_001;

/**
 * `analyze bunching`: whether papers of a whole examination gather at a cut-off, against a smooth curve. Columns `score` and
 * `count`, or `score` alone with a row per paper; `--step` is the distance of two scores (1 when not given).
 */
export async function runBunching(terminal: Terminal, options: Options): Promise<number> {
	const { data, json } = options;
	if (!data) throw new UsageError(say(terminal, 'matrix-needed'));
	const amount = (option: 'cutoff' | 'step' | 'window', otherwise?: number): number => {
		const value = options[option] === undefined ? otherwise : Number(options[option]);
		if (value !== undefined && value > 0 && Number.isFinite(value)) return value;
		throw new UsageError(
			say(terminal, 'wrong-option', { option: `--${option}`, value: options[option] ?? '—' }),
		);
	};
	const step = amount('step', 1);
	const place = (score: number, what: string): number => {
		const index = Math.round(score / step);
		if (Math.abs(index * step - score) > 1e-6 * step || index >= MOST_SCORES)
			throw new Refusal(say(terminal, 'score-off-step', { score, step, what }));
		return index;
	};
	const cutoff = place(amount('cutoff'), '--cutoff');
	const scratch = await openScratch();
	try {
		const path = pathFrom(terminal, data);
		const rows = await readNumberTable(scratch, path, { numbers: ['score'], optional: ['count'] });
		const counts: number[] = [];
		for (const { row, numbers } of rows) {
			const index = place(numbers.score!, `${data}:${row}`);
			while (counts.length <= index) counts.push(0);
			counts[index]! += numbers.count ?? 1;
		}
		const window = amount('window', windowOfScale(counts.length));
		if (!Number.isInteger(window))
			throw new UsageError(say(terminal, 'wrong-option', { option: '--window', value: options.window }));
		const found = smoothBunching(counts, cutoff, window);
		if (found === null) throw new Refusal(say(terminal, 'bunching-not-estimable'));
		if (json) terminal.print(JSON.stringify({ cutoff: cutoff * step, window: window * step, ...found }));
		else {
			const shown = { cutoff: cutoff * step, window: window * step, ...found };
			terminal.print(printTable(Object.keys(shown), [shown]));
		}
		return 0;
	} finally {
		await scratch.close();
	}
}
