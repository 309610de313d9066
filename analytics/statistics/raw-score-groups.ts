import { type AnswerPatterns, MISSING } from './answer-patterns.ts';

/** Persons with answers to the same items: what conditional likelihood, abilities and fit take one group at a time. */
export interface RawScoreGroup {
	/** indices of the items answered, ascending */
	items: readonly number[];
	/** highest raw score over these items */
	most: number;
	/** persons by raw score, extreme ones left out: they say nothing of the items */
	scores: Float64Array;
	/** the rows behind `scores` */
	rows: number[];
	/** persons left out for a score of 0, and for all points */
	lowest: number;
	highest: number;
}

/** Groups rows by the items they answered; `maxima` = highest code of each item. Rows without an answer are in no group. */
export function rawScoreGroups(patterns: AnswerPatterns, maxima: readonly number[]): RawScoreGroup[] {
	const { items, codes, counts } = patterns;
	const groups: RawScoreGroup[] = [];
	const patternOf = patternFinder(items);
	for (let row = 0; row < counts.length; row++) {
		const start = row * items;
		let answered = 0;
		let score = 0;
		for (let at = start; at < start + items; at++) {
			if (codes[at] === MISSING) continue;
			answered++;
			score += codes[at]!;
		}
		if (answered === 0) continue;
		const pattern = patternOf(codes, start, answered === items);
		groups[pattern] ??= emptyGroup(codes, start, maxima);
		const group = groups[pattern];
		if (score === 0) group.lowest += counts[row]!;
		else if (score === group.most) group.highest += counts[row]!;
		else {
			group.scores[score]! += counts[row]!;
			group.rows.push(row);
		}
	}
	return groups;
}

/** Persons by code of each item, extreme scores left out: `[item][code]`. */
export function countRanked(
	{ items, codes, counts }: AnswerPatterns,
	groups: readonly RawScoreGroup[],
	maxima: readonly number[],
): number[][] {
	const table = maxima.map((most) => new Array<number>(most + 1).fill(0));
	for (const group of groups)
		for (const row of group.rows)
			for (const item of group.items) table[item]![codes[row * items + item]!]! += counts[row]!;
	return table;
}

/** So many gaps make one number of a key; with 2^29 patterns before it, the key is still a whole number. */
const CHUNK = 24;

/** Numbers the patterns of answered items in the order of their appearance: a map per chunk of items, keyed by the pattern so far. */
export function patternFinder(
	items: number,
): (codes: Uint8Array, start: number, isComplete: boolean) => number {
	const chunks = Array.from({ length: Math.ceil(items / CHUNK) }, () => new Map<number, number>());
	let complete: number | undefined;
	const find = (codes: Uint8Array, start: number): number => {
		let pattern = 0;
		for (const [chunk, known] of chunks.entries()) {
			let mask = 0;
			const from = start + chunk * CHUNK;
			for (let at = from; at < Math.min(from + CHUNK, start + items); at++)
				mask = mask * 2 + (codes[at] === MISSING ? 1 : 0);
			const key = pattern * 2 ** CHUNK + mask;
			const found = known.get(key) ?? known.size;
			if (found === known.size) known.set(key, found);
			pattern = found;
		}
		return pattern;
	};
	return (codes, start, isComplete) => {
		if (!isComplete) return find(codes, start);
		// Complete rows are the many: their pattern is not looked for each time.
		complete ??= find(codes, start);
		return complete;
	};
}

function emptyGroup(codes: Uint8Array, start: number, maxima: readonly number[]): RawScoreGroup {
	const items = [...maxima.keys()].filter((item) => codes[start + item] !== MISSING);
	const most = items.reduce((sum, item) => sum + maxima[item]!, 0);
	return { items, most, scores: new Float64Array(most + 1), rows: [], lowest: 0, highest: 0 };
}
