import { describe, expect, it } from 'vitest';
import { answerSimilarity, type OptionAnswers } from '#analytics/statistics/answer-similarity.ts';
import { nominalRegression, optionChances } from '#analytics/statistics/nominal-regression.ts';
import { createRandom } from '#data/simulation/random.ts';
import { copyAnswers as copy, honestTest, similarityTable } from '../../calibration/similarity.ts';

const chancesAt = (model: NonNullable<ReturnType<typeof nominalRegression>>, score: number): number[] => {
	const chances = new Float64Array(model.intercepts.length);
	optionChances(model, score, chances);
	return [...chances];
};

describe('nominal regression', () => {
	it('of two options is logistic regression, by the closed form of a table', () => {
		// x = 0: 3 of 8 choose option 1, x = 1: 12 of 16. Saturated: the chances are those shares, the log odds their difference.
		const [scores, choices] = [[] as number[], [] as number[]];
		const add = (x: number, option: number, times: number) => {
			for (let k = 0; k < times; k++) {
				scores.push(x);
				choices.push(option);
			}
		};
		add(0, 1, 3);
		add(0, 0, 5);
		add(1, 1, 12);
		add(1, 0, 4);
		const model = nominalRegression(choices, scores, 2, 1e-9)!;
		expect(chancesAt(model, 0)[1]).toBeCloseTo(3 / 8, 6);
		expect(chancesAt(model, 1)[1]).toBeCloseTo(12 / 16, 6);
		expect(model.intercepts[1]! - model.intercepts[0]!).toBeCloseTo(Math.log(3 / 5), 6);
		expect(model.slopes[1]! - model.slopes[0]!).toBeCloseTo(Math.log(3) - Math.log(3 / 5), 6);
	});

	it('of three options meets the shares of a saturated table; who chose nothing is left out', () => {
		const [scores, choices] = [[] as number[], [] as number[]];
		for (const [x, counts] of [
			[-1, [6, 3, 1]],
			[1, [2, 4, 14]],
		] as const)
			for (const [option, count] of counts.entries())
				for (let k = 0; k < count; k++) {
					scores.push(x);
					choices.push(option);
				}
		const model = nominalRegression([...choices, -1, -1], [...scores, 9, -9], 3, 1e-9)!;
		for (const [option, share] of [0.6, 0.3, 0.1].entries())
			expect(chancesAt(model, -1)[option]).toBeCloseTo(share, 6);
		for (const [option, share] of [0.1, 0.2, 0.7].entries())
			expect(chancesAt(model, 1)[option]).toBeCloseTo(share, 6);
	});

	it('keeps an option that nobody chose, and settles where the score parts the options', () => {
		const model = nominalRegression([0, 0, 1, 1], [-1, -1, 1, 1], 3)!;
		const chances = chancesAt(model, 1);
		expect(chances.every((chance) => chance > 0 && chance < 1)).toBe(true);
		expect(chances[1]).toBeGreaterThan(0.7);
		expect(nominalRegression([-1, -1], [0, 0], 3)).toBeNull();
	});
});

describe('similarity of answers (O14)', () => {
	it('counts equal answers, and their tail is that of every outcome written out', () => {
		const test = honestTest(createRandom(4), 6, 20);
		copy(test, 40, 41, 1, createRandom(1));
		const found = answerSimilarity(test)!;
		const [pair] = found.flagged;
		expect(pair!.persons).toEqual([40, 41]);
		const both = test.answers.filter((choices) => choices[40]! >= 0 && choices[41]! >= 0);
		expect([pair!.items, pair!.matches]).toEqual([both.length, both.length]);
		expect(pair!.wrongMatches).toBe(both.filter((choices) => choices[40] !== 0).length);
		expect(found.pairs).toBe(6 * 190);
		expect(pair!.adjusted).toBeCloseTo(Math.min(1, pair!.p * found.pairs), 15);
		// all answers equal: the tail is one product, of the chances that the model gives
		const scores = standardised(test);
		const product = test.answers.reduce((total, choices, item) => {
			if (choices[40]! < 0 || choices[41]! < 0) return total;
			const model = nominalRegression(choices, scores, test.options[item]!)!;
			const [one, other] = [chancesAt(model, scores[40]!), chancesAt(model, scores[41]!)];
			return total * one.reduce((sum, chance, option) => sum + chance * other[option]!, 0);
		}, 1);
		expect(pair!.p / product).toBeCloseTo(1, 8);
	});

	it('under honesty a file is flagged no more often than the level says; who copies much is found', () => {
		const { broken, rows } = similarityTable('quick');
		expect(broken).toEqual([]);
		const [, , others, found] = rows[1]!;
		expect(Number.parseFloat(found!)).toBeGreaterThanOrEqual(30);
		expect(Number.parseFloat(others!)).toBeLessThanOrEqual(15);
	});

	it('does not depend on the order of persons or items, or on the names of options; compares inside groups only', () => {
		const test = honestTest(createRandom(8), 6, 20);
		// who solves everything is like everybody who does: the one to copy from solves half
		const [from, to] = [halfway(test), 19];
		copy(test, from, to, 1, createRandom(2));
		const turned: OptionAnswers = {
			answers: test.answers.map((choices) => choices.map((o) => (o < 0 ? o : 3 - o)).reverse()).reverse(),
			options: [...test.options].reverse(),
			right: test.right.map((o) => 3 - o).reverse(),
			groups: [...test.groups].reverse(),
		};
		const [one, other] = [answerSimilarity(test)!, answerSimilarity(turned)!];
		expect(other.flagged.map(({ persons }) => persons)).toEqual([[119 - to, 119 - from]]);
		expect(other.flagged[0]!.p / one.flagged[0]!.p).toBeCloseTo(1, 6);
		const apart = test.groups.map((group, person) => (person === to ? 'another' : group));
		expect(answerSimilarity({ ...test, groups: apart })!.flagged).toEqual([]);
	});

	it('says nothing where nothing can be compared, and never NaN', () => {
		const test = honestTest(createRandom(8), 5, 20);
		expect(answerSimilarity({ ...test, groups: test.groups.map(() => null) })).toBeNull();
		expect(answerSimilarity({ ...test, answers: test.answers.slice(0, 9) })).toBeNull();
		const same = test.answers.map((choices) => choices.map(() => 0));
		expect(answerSimilarity({ ...test, answers: same })).toBeNull();
		const blank = test.answers.map((choices) => choices.map((o, person) => (person === 3 ? -1 : o)));
		const found = answerSimilarity({ ...test, answers: blank })!;
		expect(found.pairs).toBe(5 * 190 - 19);
		for (const pair of found.flagged)
			for (const value of [pair.p, pair.expected]) expect(Number.isFinite(value)).toBe(true);
	});
});

/** Who of the first class but its last has the share of right answers nearest to one half. */
function halfway({ answers, right }: OptionAnswers): number {
	const distance = (person: number) =>
		Math.abs(answers.filter((choices, item) => choices[person] === right[item]).length - answers.length / 2);
	return Array.from({ length: 19 }, (_, person) => person).toSorted((a, b) => distance(a) - distance(b))[0]!;
}

function standardised({ answers, right, groups }: OptionAnswers): number[] {
	const shares = groups.map((_, person) => {
		const given = answers.flatMap((choices, item) =>
			choices[person]! < 0 ? [] : [choices[person] === right[item]],
		);
		return given.filter(Boolean).length / given.length;
	});
	const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
	const sd = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
	return shares.map((share) => (share - mean) / sd);
}
