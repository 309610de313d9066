import {
	type AnswerPatterns,
	chooseItems,
	chooseRows,
	countCodes,
	MISSING,
} from '../statistics/answer-patterns.ts';
import type { MatchedStratum } from '../statistics/logistic-functioning.ts';
import { scaleItems } from './report.ts';

/** Persons who answered every item of the scale, matched on the total including the item: what tests of bias are made from. */
export interface MatchedItems {
	/** persons by code of each item, whoever answered */
	codes: number[][];
	/** persons of each group, those left out included */
	sizes: number[];
	/** persons of each group who answered everything */
	matched: number[];
	/** persons without a group or without an answer to some item */
	leftOut: number;
	/** per item; none where it is no part of the scale */
	strata: MatchedStratum[][];
}

/**
 * Matches persons; `groups[row]` = group of each pattern, `values` the groups compared, the reference first. Items `apart` are
 * left out of the totals, except of their own: what works differently would make others seem to.
 */
export function matchItems(
	patterns: AnswerPatterns,
	groups: readonly (string | null)[],
	values: readonly string[],
	apart: ReadonlySet<number> = new Set(),
): MatchedItems {
	const codes = countCodes(patterns);
	const varied = scaleItems(codes);
	const scale = chooseItems(patterns, varied);
	const places = new Map(values.map((value, place) => [value, place]));
	const used: number[] = [];
	const complete = chooseRows(scale, (row, index) => {
		const place = places.get(groups[index] ?? '');
		const holds = place !== undefined && groups[index] !== null && !row.includes(MISSING);
		if (holds) used.push(place);
		return holds;
	});
	const sizes = values.map((value) => sizeOf(patterns.counts, (row) => groups[row] === value));
	const matched = values.map((_, place) => sizeOf(complete.counts, (row) => used[row] === place));
	const everybody = sizeOf(patterns.counts, () => true);
	const rowGroups = Uint16Array.from(used);
	const isAnchor = varied.map((item) => !apart.has(item));
	const totals = totalsOf(complete, isAnchor);
	return {
		codes,
		sizes,
		matched,
		leftOut: everybody - matched.reduce((sum, n) => sum + n, 0),
		strata: codes.map((_, item) => {
			const place = varied.indexOf(item);
			if (place < 0) return [];
			const own = isAnchor[place] ? totals : withItem(complete, totals, place);
			return strataOf(complete, own, { place, rowGroups, groups: values.length });
		}),
	};
}

function sizeOf(counts: Float64Array, holds: (row: number) => boolean): number {
	return counts.reduce((sum, count, row) => (holds(row) ? sum + count : sum), 0);
}

function totalsOf({ items, codes, counts }: AnswerPatterns, isAnchor: readonly boolean[]): Float64Array {
	return Float64Array.from(counts, (_, row) => {
		let total = 0;
		for (let j = 0; j < items; j++) if (isAnchor[j]) total += codes[row * items + j]!;
		return total;
	});
}

const withItem = ({ items, codes }: AnswerPatterns, totals: Float64Array, place: number): Float64Array =>
	totals.map((total, row) => total + codes[row * items + place]!);

/** Persons by total score, group and code of one item. */
function strataOf(
	{ items, codes, counts }: AnswerPatterns,
	totals: Float64Array,
	{ place, rowGroups, groups }: { place: number; rowGroups: Uint16Array; groups: number },
): MatchedStratum[] {
	const strata = new Map<number, number[][]>();
	let highest = 0;
	for (let row = 0; row < counts.length; row++) highest = Math.max(highest, codes[row * items + place]!);
	for (let row = 0; row < counts.length; row++) {
		let stratum = strata.get(totals[row]!);
		if (!stratum) {
			stratum = Array.from({ length: groups }, () => new Array<number>(highest + 1).fill(0));
			strata.set(totals[row]!, stratum);
		}
		stratum[rowGroups[row]!]![codes[row * items + place]!]! += counts[row]!;
	}
	return [...strata].map(([total, stratum]) => ({ total, stratum }));
}
