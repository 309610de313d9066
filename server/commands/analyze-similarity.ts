import { answerSimilarity } from '#analytics/statistics/answer-similarity.ts';
import { type OptionTable, readOptionTable } from '#data/warehouse/option-table.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';
import { printTable } from './print-table.ts';
import type { MatrixOptions } from './read-matrix.ts';

/** Fewer persons say too little of which option is chosen at which score. */
const FEWEST_PERSONS = 100;
/** More would take minutes and leave nothing standing after the correction. */
const MOST_PAIRS = 5_000_000;

/**
 * `analyze similarity`: pairs of persons of one group whose raw answers agree more often than their scores lead to expect
 * (method O14). Nothing is stored.
 */
export async function runSimilarity(
	terminal: Terminal,
	{ data, key, person, group, json }: MatrixOptions,
): Promise<number> {
	if (!data) throw new UsageError(say(terminal, 'matrix-needed'));
	if (!key) throw new UsageError(say(terminal, 'key-needed'));
	const table = await read(terminal, {
		data: pathFrom(terminal, data),
		key: pathFrom(terminal, key),
		...(person !== undefined && { person }),
		...(group !== undefined && { group }),
	});
	const n = table.persons.length;
	if (n < FEWEST_PERSONS)
		throw new Refusal(say(terminal, 'similarity-few', { count: n, least: FEWEST_PERSONS }));
	if (pairsOf(table) > MOST_PAIRS) throw new Refusal(say(terminal, 'similarity-many', { most: MOST_PAIRS }));
	const found = answerSimilarity(table);
	if (found === null) throw new Refusal(say(terminal, 'similarity-not-estimable'));
	const pairs = found.flagged.map(({ persons: [first, second], ...pair }) => ({
		group: table.groups[first] ?? '',
		first: table.persons[first]!,
		second: table.persons[second]!,
		items: pair.items,
		matches: pair.matches,
		expected: pair.expected,
		wrong_matches: pair.wrongMatches,
		p: pair.p,
		p_adjusted: pair.adjusted,
	}));
	terminal.tell(say(terminal, 'similarity-found', { pairs: found.pairs, flagged: pairs.length }));
	if (json) terminal.print(JSON.stringify({ persons: n, items: found.items, compared: found.pairs, pairs }));
	else
		terminal.print(
			printTable(
				['group', 'first', 'second', 'items', 'matches', 'expected', 'wrong_matches', 'p', 'p_adjusted'],
				pairs,
			),
		);
	return 0;
}

async function read(terminal: Terminal, choice: Parameters<typeof readOptionTable>[1]): Promise<OptionTable> {
	terminal.showProgress({ stage: 'reading', share: 0 });
	const scratch = await openScratch();
	try {
		return await readOptionTable(scratch, choice);
	} finally {
		terminal.showProgress(null);
		await scratch.close();
	}
}

function pairsOf({ groups }: OptionTable): number {
	const sizes = Map.groupBy(groups, (group) => group);
	sizes.delete(null);
	return [...sizes.values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
}
