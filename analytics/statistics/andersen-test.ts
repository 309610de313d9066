import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import { type AnswerPatterns, chooseItems, chooseRows, countCodes, MISSING } from './answer-patterns.ts';
import { type PartialCredit, partialCredit } from './partial-credit.ts';
import { personSample } from './person-sample.ts';
import { countRanked, rawScoreGroups } from './raw-score-groups.ts';

export interface AndersenTest {
	/** `2·(Σ_g log L_g − log L)` */
	lr: number;
	df: number;
	p: number;
}

/**
 * Likelihood-ratio test of Andersen (1973): under the model the difficulties are the same for persons with a low and with a
 * high raw score, so estimating them apart gains no more than chance. Split at the mean raw score (low: ≤ mean), as
 * `LRtest(splitcr = "mean")` of R eRm; items that lose a category in one of the halves are left out of both.
 *
 * With more than `most` different patterns of gaps a sample of persons stands for all (`personSample`). `told` hears
 * how far it is, 0..1. Returns null when a half cannot be estimated.
 */
export function andersenTest(
	whole: AnswerPatterns,
	most = Number.POSITIVE_INFINITY,
	told?: (share: number) => void,
): AndersenTest | null {
	const patterns = personSample(whole, most)?.patterns ?? whole;
	const scores = rawScores(patterns);
	let [n, sum] = [0, 0];
	for (const [row, count] of patterns.counts.entries()) {
		n += count;
		sum += count * scores[row]!;
	}
	const halves = [
		chooseRows(patterns, (_, row) => scores[row]! <= sum / n),
		chooseRows(patterns, (_, row) => scores[row]! > sum / n),
	];
	const used = halves.map(categoriesUsed);
	const kept = [...new Array(patterns.items).keys()].filter((item) => used[0]![item] === used[1]![item]);
	const [together, ...parts] = [patterns, ...halves].map((part, at) =>
		estimate(chooseItems(part, kept), (share) => told?.((at + share) / 3)),
	);
	if (!together || !parts.every((part) => part !== null)) return null;
	const lr = 2 * parts.reduce((total, part) => total + part.logLikelihood, -together.logLikelihood);
	const df = parts.reduce((total, part) => total + part.parameters, -together.parameters);
	return { lr, df, p: 1 - chiSquareCdf(Math.max(0, lr), df) };
}

function estimate(patterns: AnswerPatterns, told: (share: number) => void): PartialCredit | null {
	const maxima = countCodes(patterns).map((counts) => counts.length - 1);
	const groups = rawScoreGroups(patterns, maxima);
	return partialCredit(groups, countRanked(patterns, groups, maxima), { errors: false, told });
}

/** The categories of each item that persons between the extremes use, as a text to compare. */
function categoriesUsed(patterns: AnswerPatterns): string[] {
	const maxima = countCodes(patterns).map((counts) => counts.length - 1);
	return countRanked(patterns, rawScoreGroups(patterns, maxima), maxima).map((counts) =>
		counts.flatMap((count, code) => (count > 0 ? [code] : [])).join(),
	);
}

function rawScores({ items, codes, counts }: AnswerPatterns): Float64Array {
	return Float64Array.from(counts, (_, row) => {
		let score = 0;
		for (let at = row * items; at < (row + 1) * items; at++) if (codes[at] !== MISSING) score += codes[at]!;
		return score;
	});
}
