import type { Language } from '../module.ts';
import { type NoteCode, noteText } from '../notes.ts';
import {
	type AnswerPatterns,
	chooseItems,
	chooseRows,
	countCodes,
	MISSING,
} from '../statistics/answer-patterns.ts';
import {
	type DifferenceSize,
	etsDelta,
	standardisedMeanDifference,
} from '../statistics/differential-functioning.ts';
import { benjaminiHochberg } from '../statistics/false-discovery.ts';
import { mantelTest, type Stratum } from '../statistics/mantel-test.ts';
import { MINIMUM, type Note, scaleItems } from './report.ts';

/** `analyze dif --json`. */
export interface BiasReport {
	/** the group that the others are compared with: the lowest value */
	reference: string | null;
	groups: { value: string; n: number }[];
	items: {
		item: string;
		chi2: number | null;
		df: number | null;
		p: number | null;
		/** Benjamini and Hochberg over the items */
		q: number | null;
		/** of several focal groups the largest */
		effect: number | null;
		effect_kind: 'ets-delta' | 'smd';
		class: 'A' | 'B' | 'C' | null;
		notes: Note[];
	}[];
	notes: Note[];
}

/**
 * Differential item functioning: whether equally able persons of different groups answer an item differently. Matched on
 * the total including the item, by persons who answered every item of the scale. `groups[row]` = group of each pattern.
 */
export function analyseBias(
	patterns: AnswerPatterns,
	groups: readonly (string | null)[],
	{ titles, language }: { titles: readonly string[]; language: Language },
): BiasReport {
	const noteOf = (code: NoteCode, values: Record<string, number> = {}): Note => ({
		code,
		text: noteText(code, language, values),
	});
	const codes = countCodes(patterns);
	const varied = scaleItems(codes);
	const values = [...new Set(groups.filter((value) => value !== null))].sort(compareValues);
	const scale = chooseItems(patterns, varied);
	const used: string[] = [];
	const complete = chooseRows(scale, (row, index) => {
		const group = groups[index] ?? null;
		const holds = group !== null && !row.includes(MISSING);
		if (holds) used.push(group);
		return holds;
	});
	const sizes = values.map((value) => ({
		value,
		n: sizeOf(patterns.counts, (row) => groups[row] === value),
	}));
	const leftOut = sizeOf(patterns.counts, () => true) - sizeOf(complete.counts, () => true);
	const rowGroups = Uint16Array.from(used, (value) => values.indexOf(value));
	const totals = totalsOf(complete);
	const tested = titles.map((item, j) => {
		const place = varied.indexOf(j);
		const binary = codes[j]!.length <= 2;
		const strata = place < 0 ? [] : strataOf(complete, totals, { place, rowGroups, groups: values.length });
		const test = mantelTest(strata);
		const size = test && largest(strata, binary);
		const code: NoteCode | null =
			codes[j]!.length === 0
				? 'all-missing'
				: place < 0
					? 'no-variance'
					: test && size
						? null
						: 'no-reference';
		return { item, test, size, kind: binary ? ('ets-delta' as const) : ('smd' as const), code };
	});
	const q = benjaminiHochberg(tested.map(({ test }) => test?.p ?? null));
	return {
		reference: values[0] ?? null,
		groups: sizes,
		items: tested.map(({ item, test, size, kind, code }, j) => ({
			item,
			chi2: test?.chi2 ?? null,
			df: test?.df ?? null,
			p: test?.p ?? null,
			q: q[j] ?? null,
			effect: size?.effect ?? null,
			effect_kind: kind,
			class: size?.class ?? null,
			notes: code ? [noteOf(code)] : [],
		})),
		notes: [
			...(values.length < 2 ? [noteOf('no-reference')] : []),
			...(sizes.some(({ n }) => n < MINIMUM) ? [noteOf('too-few-respondents')] : []),
			...(leftOut > 0 ? [noteOf('left-out', { count: leftOut })] : []),
		],
	};
}

/** Numbers by size, words by the alphabet. */
function compareValues(left: string, right: string): number {
	const difference = Number(left) - Number(right);
	if (Number.isNaN(difference)) return left < right ? -1 : Number(left > right);
	return difference;
}

function sizeOf(counts: Float64Array, holds: (row: number) => boolean): number {
	return counts.reduce((sum, count, row) => (holds(row) ? sum + count : sum), 0);
}

function totalsOf({ items, codes, counts }: AnswerPatterns): Float64Array {
	return Float64Array.from(counts, (_, row) => {
		let total = 0;
		for (let at = row * items; at < (row + 1) * items; at++) total += codes[at]!;
		return total;
	});
}

/** Persons by total score, group and code of one item. */
function strataOf(
	{ items, codes, counts }: AnswerPatterns,
	totals: Float64Array,
	{ place, rowGroups, groups }: { place: number; rowGroups: Uint16Array; groups: number },
): Stratum[] {
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
	return [...strata.values()];
}

function largest(strata: readonly Stratum[], binary: boolean): DifferenceSize | null {
	const focal = (strata[0]?.length ?? 1) - 1;
	const sizes = Array.from({ length: focal }, (_, g) =>
		binary ? etsDelta(strata, g + 1) : standardisedMeanDifference(strata, g + 1),
	);
	return sizes.reduce<DifferenceSize | null>(
		(most, size) => (size && (!most || Math.abs(size.effect) > Math.abs(most.effect)) ? size : most),
		null,
	);
}
