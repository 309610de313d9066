import { type AnswerPatterns, countCodes, MISSING } from '../statistics/answer-patterns.ts';
import { joinSparse } from './join-sparse.ts';

/**
 * The same answers with categories in place of points: 0, 1, 2 … in the order of the points, so that an item worth 0 or 3 is
 * an item of two categories. A category with fewer than `least` people is joined to its smaller neighbour: its threshold
 * would be a guess. An item may end with one category; then it says nothing to a model.
 */
export function rankCodes(patterns: AnswerPatterns, least: number): AnswerPatterns {
	const { items, codes, counts } = patterns;
	const ranks = countCodes(patterns).map((people) => ranksOf(people, least));
	const ranked = codes.slice();
	for (let at = 0; at < ranked.length; at++)
		if (ranked[at] !== MISSING) ranked[at] = ranks[at % items]![ranked[at]!]!;
	return { items, codes: ranked, counts };
}

function ranksOf(people: readonly number[], least: number): number[] {
	const given = people.flatMap((n, code) => (n > 0 ? [{ n, codes: [code] }] : []));
	const groups = joinSparse(given, least, {
		people: ({ n }) => n,
		join: (left, right) => ({ n: left.n + right.n, codes: [...left.codes, ...right.codes] }),
	});
	const ranks = new Array<number>(people.length).fill(0);
	for (const [rank, group] of groups.entries()) for (const code of group.codes) ranks[code] = rank;
	return ranks;
}
