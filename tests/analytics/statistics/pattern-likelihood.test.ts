import { describe, expect, it } from 'vitest';
import { type AnswerPatterns, countCodes, MISSING } from '#analytics/statistics/answer-patterns.ts';
import { type Conditional, conditional } from '#analytics/statistics/conditional-likelihood.ts';
import { partialCredit } from '#analytics/statistics/partial-credit.ts';
import { conditionalOf } from '#analytics/statistics/pattern-likelihood.ts';
import { countRanked, rawScoreGroups } from '#analytics/statistics/raw-score-groups.ts';
import { symmetricInverse } from '#analytics/statistics/symmetric-inverse.ts';
import { createRandom } from '#data/simulation/random.ts';

/** Answers of the model with gaps at random: abilities and difficulties spread evenly. */
function gappy(persons: number, items: number, codes: number, gaps: number, seed: number): AnswerPatterns {
	const random = createRandom(seed);
	const matrix = new Uint8Array(persons * items);
	for (let person = 0; person < persons; person++) {
		const ability = 4 * random.uniform() - 2;
		for (let item = 0; item < items; item++) {
			let points = 0;
			for (let step = 1; step < codes; step++)
				if (random.uniform() < 1 / (1 + Math.exp((3 * item) / items - 1.5 - ability))) points++;
			matrix[person * items + item] = random.uniform() < gaps ? MISSING : points;
		}
	}
	return { items, codes: matrix, counts: new Float64Array(persons).fill(1) };
}

const maximaOf = (patterns: AnswerPatterns) => countCodes(patterns).map(({ length }) => length - 1);

describe('the likelihood over shared pieces of gap patterns', () => {
	it.each([
		['0/1, gaps here and there', 3000, 21, 2, 0.05],
		['several categories, many gaps', 400, 16, 4, 0.3],
		['few items, half of them open', 500, 8, 3, 0.5],
		['a lone item in one half', 600, 15, 2, 0.4],
	])('is that of the groups one by one: %s', (_, persons, items, codes, gaps) => {
		const patterns = gappy(persons, items, codes, gaps, 11);
		const maxima = maximaOf(patterns);
		const groups = rawScoreGroups(patterns, maxima);
		expect(groups.length).toBeGreaterThan(100);
		let size = 0;
		const places = maxima.map((most) => Array.from({ length: most + 1 }, (_, h) => (h === 0 ? -1 : size++)));
		const random = createRandom(5);
		const weights = maxima.map((most) => {
			const raw = Float64Array.from({ length: most + 1 }, () => 0.05 + random.uniform());
			const sum = raw.reduce((total, weight) => total + weight, 0);
			return raw.map((weight) => weight / sum);
		});
		const one = conditional(groups, weights, places, size)!;
		const shared = conditionalOf(
			groups,
			maxima.map((most) => most + 1),
		)(weights, places, size, null)!;
		expectAlike(shared, one);
	});

	it('gives estimates and errors that do not depend on how the groups are summed', () => {
		const patterns = gappy(2000, 20, 2, 0.06, 3);
		const maxima = maximaOf(patterns);
		const groups = rawScoreGroups(patterns, maxima);
		const codes = countRanked(patterns, groups, maxima);
		const found = partialCredit(groups, codes)!;
		// At the maximum expected and observed counts agree, here summed group by group.
		const weights = found.cumulative.map((beta) => {
			const raw = Float64Array.from(beta, (value) => Math.exp(-value!));
			const sum = raw.reduce((total, weight) => total + weight, 0);
			return raw.map((weight) => weight / sum);
		});
		const places = maxima.map((_, item) => [-1, item]);
		const { expected, information } = conditional(groups, weights, places, maxima.length)!;
		for (const [item, persons] of expected.entries()) expect(persons).toBeCloseTo(codes[item]![1]!, 6);
		// Errors from that information: filled up along the one direction it does not see, which the inverse then gives back.
		const [k, filling] = [maxima.length, 50];
		const inverse = symmetricInverse(information.map((row) => row.map((value) => value + filling)))!;
		for (const [item, row] of inverse.entries())
			expect(found.errors[item]![0]).toBeCloseTo(Math.sqrt(row[item]! - 1 / (filling * k * k)), 8);
	});
});

function expectAlike(found: Conditional, expected: Conditional): void {
	expect(found.logNormaliser).toBeCloseTo(expected.logNormaliser, 8);
	const far = expected.expected.reduce(
		(most, persons, a) =>
			Math.max(
				most,
				Math.abs(found.expected[a]! - persons),
				...expected.information[a]!.map((value, b) => Math.abs(found.information[a]![b]! - value)),
			),
		0,
	);
	expect(far).toBeLessThan(1e-8);
}
