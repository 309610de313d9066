import { type NominalModel, nominalRegression, optionChances } from './nominal-regression.ts';
import { atLeast } from './poisson-binomial.ts';

/** Chosen options of a test: `answers[item][person]` = option 0.., −1 = none. */
export interface OptionAnswers {
	answers: readonly Int8Array[];
	/** options of each item */
	options: readonly number[];
	/** the right option of each item */
	right: readonly number[];
	/** only pairs of one group are compared, such as a class; null = in no group */
	groups: readonly (string | null)[];
}

/** Two persons whose answers agree more often than their scores lead to expect. */
export interface SimilarPair {
	persons: [first: number, second: number];
	/** items that both answered, equal answers among them, and how many the model expects */
	items: number;
	matches: number;
	expected: number;
	/** equal answers that are wrong */
	wrongMatches: number;
	p: number;
	/** p times the number of pairs compared, at most 1 */
	adjusted: number;
}

export interface Similarity {
	/** pairs compared */
	pairs: number;
	/** items with a model: at least two options were chosen */
	items: number;
	/** pairs whose adjusted p is at most the level, the least likely first */
	flagged: SimilarPair[];
}

/** Fewest common answers for a pair to be compared. */
const FEWEST_ITEMS = 10;

/**
 * Similarity of answers (method O14): the generalised binomial test of van der Linden and Sotaridona (2006). Under honesty two
 * persons answer each item apart, so that the number of equal answers is a sum of independent events with chances
 * `Σ_o P_1(o)·P_2(o)`, whose upper tail is exact (Poisson-binomial). The chances are those of a nominal model on the person's
 * own score, as in Wollack's ω (1997), whose numerator is the same count; an item that one of both left out is no match and no
 * mismatch. Bonferroni over all pairs compared.
 *
 * Returns null when no item has two chosen options or no pair has ten common answers.
 */
export function answerSimilarity(test: OptionAnswers, level = 0.05): Similarity | null {
	const persons = test.groups.length;
	const scores = standardisedScores(test);
	const used = test.answers.flatMap((_, item) => {
		const model = nominalRegression(test.answers[item]!, scores, test.options[item]!);
		const chosen = new Set(test.answers[item]!.filter((option) => option >= 0)).size;
		return model && chosen >= 2 ? [{ item, chances: chancesOf(model, scores, test.options[item]!) }] : [];
	});
	const groups = Map.groupBy(
		Array.from({ length: persons }, (_, person) => person).filter((person) => test.groups[person] !== null),
		(person) => test.groups[person],
	);
	let pairs = 0;
	const found: Omit<SimilarPair, 'adjusted'>[] = [];
	for (const members of groups.values())
		for (const [place, first] of members.entries())
			for (let other = place + 1; other < members.length; other++) {
				const pair = compare(test, used, first, members[other]!);
				if (pair === null) continue;
				pairs++;
				if (pair.p <= level) found.push(pair);
			}
	if (pairs === 0) return null;
	const flagged = found
		.map((pair) => ({ ...pair, adjusted: Math.min(1, pair.p * pairs) }))
		.filter(({ adjusted }) => adjusted <= level)
		.toSorted((a, b) => a.p - b.p);
	return { pairs, items: used.length, flagged };
}

interface ModelledItem {
	item: number;
	/** `[person * options + option]` */
	chances: Float64Array;
}

function compare(
	{ answers, options, right }: OptionAnswers,
	used: readonly ModelledItem[],
	first: number,
	second: number,
): Omit<SimilarPair, 'adjusted'> | null {
	const equal: number[] = [];
	let [matches, wrongMatches, expected, variance] = [0, 0, 0, 0];
	for (const { item, chances } of used) {
		const one = answers[item]![first]!;
		const other = answers[item]![second]!;
		if (one < 0 || other < 0) continue;
		const width = options[item]!;
		let chance = 0;
		for (let o = 0; o < width; o++) chance += chances[first * width + o]! * chances[second * width + o]!;
		equal.push(Math.min(1, chance));
		expected += chance;
		variance += chance * (1 - chance);
		if (one !== other) continue;
		matches++;
		if (one !== right[item]) wrongMatches++;
	}
	if (equal.length < FEWEST_ITEMS) return null;
	// The exact tail of most pairs is not worth its sum: no more matches than expected have p far above any level.
	const p = matches - expected <= Math.sqrt(variance) ? 1 : atLeast(matches, equal);
	return { persons: [first, second], items: equal.length, matches, expected, wrongMatches, p };
}

/** Shares of right answers among the items answered, standardised; 0 for who answered none. */
function standardisedScores({ answers, right, groups }: OptionAnswers): Float64Array {
	const shares = Float64Array.from(groups, (_, person) => {
		let [answered, solved] = [0, 0];
		for (const [item, choices] of answers.entries()) {
			if (choices[person]! < 0) continue;
			answered++;
			if (choices[person] === right[item]) solved++;
		}
		return answered === 0 ? Number.NaN : solved / answered;
	});
	const known = shares.filter((share) => !Number.isNaN(share));
	const mean = known.reduce((sum, share) => sum + share, 0) / known.length;
	const sd = Math.sqrt(known.reduce((sum, share) => sum + (share - mean) ** 2, 0) / known.length);
	return shares.map((share) => (Number.isNaN(share) || !(sd > 0) ? 0 : (share - mean) / sd));
}

function chancesOf(model: NominalModel, scores: Float64Array, options: number): Float64Array {
	const chances = new Float64Array(scores.length * options);
	for (const [person, score] of scores.entries())
		optionChances(model, score, chances.subarray(person * options, (person + 1) * options));
	return chances;
}
