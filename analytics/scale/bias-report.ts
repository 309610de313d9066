import type { Language } from '../module.ts';
import { type NoteCode, noteText } from '../notes.ts';
import type { Tell } from '../progress.ts';
import type { AnswerPatterns } from '../statistics/answer-patterns.ts';
import {
	type DifferenceSize,
	etsDelta,
	standardisedMeanDifference,
} from '../statistics/differential-functioning.ts';
import { benjaminiHochberg } from '../statistics/false-discovery.ts';
import {
	jodoinGierlClass,
	type LikelihoodRatio,
	logisticFunctioning,
	type MatchedStratum,
} from '../statistics/logistic-functioning.ts';
import { mantelTest, type Stratum } from '../statistics/mantel-test.ts';
import { matchItems } from './matched-items.ts';
import { MINIMUM, type Note } from './report.ts';
import { asTwoValues } from './two-values.ts';

/** By Mantel and Haenszel unless asked; `logistic` by ordinal logistic regression, uniform and not. */
export const biasMethods = ['mantel-haenszel', 'logistic'] as const;
export type BiasMethod = (typeof biasMethods)[number];

/** `analyze dif --json`. */
export interface BiasReport {
	/** the group that the others are compared with: the lowest value */
	reference: string | null;
	groups: { value: string; n: number }[];
	items: ({
		item: string;
		chi2: number | null;
		df: number | null;
		p: number | null;
		/** Benjamini and Hochberg over the items */
		q: number | null;
		/** of several focal groups the largest */
		effect: number | null;
		effect_kind: 'ets-delta' | 'smd' | 'delta-r2';
		class: 'A' | 'B' | 'C' | null;
		notes: Note[];
	} & {
		/** by `logistic` alone: the test of both in its two parts */
		logistic?: { uniform: LikelihoodRatio; nonuniform: LikelihoodRatio };
	})[];
	notes: Note[];
}

/** What one method says of one item. */
interface Finding {
	test: LikelihoodRatio | null;
	size: DifferenceSize | null;
	kind: BiasReport['items'][0]['effect_kind'];
	code?: NoteCode;
	logistic?: { uniform: LikelihoodRatio; nonuniform: LikelihoodRatio };
}

/**
 * Differential item functioning: whether equally able persons of different groups answer an item differently. Matched on
 * the total including the item, by persons who answered every item of the scale. `groups[row]` = group of each pattern.
 */
export function analyseBias(
	patterns: AnswerPatterns,
	groups: readonly (string | null)[],
	{
		titles,
		language,
		method = 'mantel-haenszel',
		tell,
	}: { titles: readonly string[]; language: Language; method?: BiasMethod; tell?: Tell },
): BiasReport {
	const noteOf = (code: NoteCode, values: Record<string, number> = {}): Note => ({
		code,
		text: noteText(code, language, values),
	});
	const values = [...new Set(groups.filter((value) => value !== null))].sort(compareValues);
	const { codes, sizes, leftOut, strata } = matchItems(patterns, groups, values);
	const judge = method === 'logistic' ? byLogistic : byMantel;
	const tested = titles.map((item, j): Finding & { item: string } => {
		tell?.({ stage: 'groups', share: 0.5 + j / titles.length / 2 });
		const { matched, isBinary } = asTwoValues(strata[j]!, codes[j]!);
		const found = judge(matched, isBinary);
		const code: NoteCode | undefined =
			codes[j]!.length === 0
				? 'all-missing'
				: strata[j]!.length === 0
					? 'no-variance'
					: found.test && found.size
						? undefined
						: (found.code ?? 'no-reference');
		return { item, ...found, ...(code && { code }) };
	});
	const q = benjaminiHochberg(tested.map(({ test }) => test?.p ?? null));
	return {
		reference: values[0] ?? null,
		groups: values.map((value, place) => ({ value, n: sizes[place]! })),
		items: tested.map(({ item, test, size, kind, code, logistic }, j) => ({
			item,
			chi2: test?.chi2 ?? null,
			df: test?.df ?? null,
			p: test?.p ?? null,
			q: q[j] ?? null,
			effect: size?.effect ?? null,
			effect_kind: kind,
			class: size?.class ?? null,
			notes: code ? [noteOf(code)] : [],
			...(logistic && { logistic }),
		})),
		notes: [
			...(values.length < 2 ? [noteOf('no-reference')] : []),
			...(sizes.some((n) => n < MINIMUM) ? [noteOf('too-few-respondents')] : []),
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

function byMantel(matched: readonly MatchedStratum[], isBinary: boolean): Finding {
	const strata = matched.map(({ stratum }) => stratum);
	const test = mantelTest(strata);
	return { test, size: test && largest(strata, isBinary), kind: isBinary ? 'ets-delta' : 'smd' };
}

function byLogistic(matched: readonly MatchedStratum[]): Finding {
	const found = logisticFunctioning(matched);
	if (!found)
		return {
			test: null,
			size: null,
			kind: 'delta-r2',
			...(mantelTest(matched.map(({ stratum }) => stratum)) && { code: 'not-converged' }),
		};
	const { both, uniform, nonuniform, deltaR2 } = found;
	return {
		test: both,
		size: { effect: deltaR2, class: jodoinGierlClass(deltaR2) },
		kind: 'delta-r2',
		logistic: { uniform, nonuniform },
	};
}

function largest(strata: readonly Stratum[], isBinary: boolean): DifferenceSize | null {
	const focal = (strata[0]?.length ?? 1) - 1;
	const sizes = Array.from({ length: focal }, (_, g) =>
		isBinary ? etsDelta(strata, g + 1) : standardisedMeanDifference(strata, g + 1),
	);
	return sizes.reduce<DifferenceSize | null>(
		(most, size) => (size && (!most || Math.abs(size.effect) > Math.abs(most.effect)) ? size : most),
		null,
	);
}
