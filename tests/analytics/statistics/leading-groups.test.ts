import { expect, it } from 'vitest';
import { type AnswerPatterns, countCodes, MISSING } from '#analytics/statistics/answer-patterns.ts';
import { partialCredit } from '#analytics/statistics/partial-credit.ts';
import { countRanked, rawScoreGroups } from '#analytics/statistics/raw-score-groups.ts';
import { createRandom } from '#data/simulation/random.ts';

const ITEMS = 8;
const all = Array.from({ length: ITEMS }, (_, item) => item);

/** Seven booklets that each leave one of seven items out, and the same with an eighth item; Rasch answers. */
function booklets(sizes: readonly number[]): AnswerPatterns {
	const random = createRandom(5);
	const rows: number[][] = [];
	for (const [booklet, size] of sizes.entries())
		for (let person = 0; person < size; person++) {
			const ability = random.normal();
			rows.push(
				all.map((item) => {
					const isAsked = item === 7 ? booklet >= 7 : item !== booklet % 7;
					return isAsked ? Number(random.uniform() < 1 / (1 + Math.exp(item / 4 - 1 - ability))) : MISSING;
				}),
			);
		}
	return { items: ITEMS, codes: Uint8Array.from(rows.flat()), counts: new Float64Array(rows.length).fill(1) };
}

/**
 * How many of those who answered it are expected to have an item right, given the items and the raw score of each, over all
 * possible answers: at the maximum of the conditional likelihood as many as have it.
 */
function expectedRight({ codes, counts }: AnswerPatterns, beta: readonly number[]): number[] {
	const right = all.map(() => 0);
	const groups = new Map<string, { items: number[]; score: number; persons: number }>();
	for (let row = 0; row < counts.length; row++) {
		const items = all.filter((item) => codes[row * ITEMS + item] !== MISSING);
		const score = items.reduce((sum, item) => sum + codes[row * ITEMS + item]!, 0);
		const group = groups.get(`${items}:${score}`) ?? { items, score, persons: 0 };
		groups.set(`${items}:${score}`, { ...group, persons: group.persons + 1 });
	}
	for (const { items, score, persons } of groups.values()) {
		let whole = 0;
		const own = items.map(() => 0);
		for (let answers = 0; answers < 2 ** items.length; answers++) {
			const chosen = items.map((_, place) => (answers >> place) & 1);
			if (chosen.reduce((sum, one) => sum + one, 0) !== score) continue;
			const weight = Math.exp(-chosen.reduce((sum, one, place) => sum + one * beta[items[place]!]!, 0));
			whole += weight;
			for (const [place, one] of chosen.entries()) own[place]! += one * weight;
		}
		for (const [place, item] of items.entries()) right[item]! += (persons * own[place]!) / whole;
	}
	return right;
}

it.each([
	// the eighth item is in one of the six largest booklets, or in none
	[[300, 300, 300, 300, 300, 200, 200, 250, 200, 200, 200, 200, 200, 200]],
	[[300, 300, 300, 300, 300, 300, 200, 200, 200, 200, 200, 200, 200, 200]],
	[[300, 300, 300, 300, 300, 50, 50, 3000, 20, 20, 20, 20, 20, 20]],
])('the maximum is found where an item is rarer in the largest groups than in all: %j', (sizes) => {
	const patterns = booklets(sizes);
	const maxima = countCodes(patterns).map((counts) => counts.length - 1);
	const groups = rawScoreGroups(patterns, maxima);
	expect(groups.length).toBeGreaterThan(12);
	const found = partialCredit(groups, countRanked(patterns, groups, maxima));
	const beta = found!.cumulative.map((item) => item[1]!);
	const observed = all.map((item) =>
		patterns.codes.reduce((sum, code, place) => sum + (place % ITEMS === item && code === 1 ? 1 : 0), 0),
	);
	for (const [item, right] of expectedRight(patterns, beta).entries())
		expect(right).toBeCloseTo(observed[item]!, 4);
});
