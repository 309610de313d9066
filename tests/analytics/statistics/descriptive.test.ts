import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cronbachAlpha } from '#analytics/statistics/cronbach-alpha.ts';
import { shrunkenMean } from '#analytics/statistics/empirical-bayes.ts';
import { meanVariance, momentsOfCounts, pooledVariance } from '#analytics/statistics/mean-variance.ts';
import { betweenVariance } from '#analytics/statistics/over-dispersion.ts';
import { quantile, quantileOfSorted } from '#analytics/statistics/quantile.ts';
import { reliableChange } from '#analytics/statistics/reliable-change.ts';
import { averageRanks, spearman } from '#analytics/statistics/spearman.ts';
import {
	standardErrorOfMeasurement,
	standardErrorPercent,
} from '#analytics/statistics/standard-error-of-measurement.ts';
import { fc } from '#tests/support/property.ts';

const golden: {
	spearman: { x: number[]; y: number[]; r: number | null }[];
	quantile: { values: number[]; at: [number, number][] }[];
	alpha: { rows: number[][]; alpha: number }[];
	between: { n: number[]; mean: number[]; within: number; q: number; tau2: number }[];
} = JSON.parse(readFileSync(new URL('../../golden/statistics/expected.json', import.meta.url), 'utf8'));

const small = fc.integer({ min: -50, max: 50 });

describe('mean and variance', () => {
	it('uses the sample divisor', () => {
		expect(meanVariance([2, 4, 4, 6])).toEqual({ n: 4, mean: 4, variance: 8 / 3 });
	});

	it('knows degenerate lists', () => {
		expect(meanVariance([])).toBeNull();
		expect(meanVariance([7])).toEqual({ n: 1, mean: 7, variance: null });
		expect(meanVariance([7, 7, 7])).toEqual({ n: 3, mean: 7, variance: 0 });
		expect(momentsOfCounts([])).toBeNull();
		expect(momentsOfCounts([0, 0, 0])).toBeNull();
		expect(momentsOfCounts([0, 0, 1])).toEqual({ n: 1, mean: 2, variance: null });
	});

	it('agrees between a list and its histogram', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(30), { minLength: 2, maxLength: 80 }), (scores) => {
				const counts = new Array(31).fill(0);
				for (const score of scores) counts[score]++;
				const list = meanVariance(scores)!;
				const histogram = momentsOfCounts(counts)!;
				expect(histogram.n).toBe(list.n);
				expect(histogram.mean).toBeCloseTo(list.mean, 10);
				expect(histogram.variance).toBeCloseTo(list.variance!, 9);
			}),
		);
	});

	it('pools within-group variances by their degrees of freedom', () => {
		const groups = [
			{ n: 3, variance: 4 },
			{ n: 11, variance: 1 },
			{ n: 1, variance: null },
		];
		expect(pooledVariance(groups)).toBeCloseTo((2 * 4 + 10 * 1) / 12, 12);
		expect(pooledVariance([{ n: 1, variance: null }])).toBeNull();
		expect(pooledVariance([])).toBeNull();
	});
});

describe('quantile, type 7', () => {
	it.each(golden.quantile)('agrees with NumPy on $values', ({ values, at }) => {
		for (const [p, expected] of at) expect(quantile(values, p)).toBeCloseTo(expected, 12);
	});

	it('interpolates and does not touch its input', () => {
		const values = [4, 1, 3, 2];
		expect(quantile(values, 0.25)).toBe(1.75);
		expect(values).toEqual([4, 1, 3, 2]);
		expect(quantileOfSorted([1, 2, 3, 4], 0.5)).toBe(2.5);
	});

	it('needs values and a level from 0 to 1', () => {
		expect(quantile([], 0.5)).toBeNull();
		expect(quantile([1], 1.5)).toBeNull();
		expect(quantile([1], Number.NaN)).toBeNull();
		expect(quantile([5], 0.3)).toBe(5);
	});
});

describe('Spearman', () => {
	it.each(golden.spearman)('agrees with SciPy', ({ x, y, r }) => {
		if (r === null) expect(spearman(x, y)).toBeNull();
		else expect(spearman(x, y)).toBeCloseTo(r, 12);
	});

	it('shares ranks among ties', () => {
		expect([...averageRanks([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
		expect([...averageRanks([])]).toEqual([]);
	});

	it('is undefined without pairs or without variance', () => {
		expect(spearman([], [])).toBeNull();
		expect(spearman([1], [1])).toBeNull();
		expect(spearman([3, 3, 3], [1, 2, 3])).toBeNull();
		expect(spearman([1, 2, 3], [0.1, 0.1, 0.1])).toBeNull();
		expect(spearman([1, 2], [1, 2, 3])).toBeNull();
	});

	it('is symmetric, in −1..1, and blind to order-keeping changes of scale', () => {
		const pairs = fc.array(fc.tuple(small, small), { minLength: 2, maxLength: 40 });
		fc.assert(
			fc.property(pairs, (list) => {
				const x = list.map(([a]) => a);
				const y = list.map(([, b]) => b);
				const r = spearman(x, y);
				if (r === null) return;
				expect(Math.abs(r)).toBeLessThanOrEqual(1);
				expect(spearman(y, x)).toBeCloseTo(r, 12);
				expect(
					spearman(
						x.map((v) => v ** 3),
						y.map((v) => -v),
					),
				).toBeCloseTo(-r, 12);
			}),
		);
	});
});

describe("Cronbach's α and the standard error (D9, D10)", () => {
	const rows = [
		[2, 3, 3, 4],
		[1, 2, 2, 2],
		[4, 4, 3, 4],
		[3, 3, 4, 4],
		[2, 2, 1, 3],
	];

	it('gives the worked values', () => {
		const alpha = cronbachAlpha(rows);
		expect(alpha).toBeCloseTo(0.9029, 4);
		const { variance } = meanVariance(rows.map((row) => row.reduce((sum, x) => sum + x, 0)))!;
		expect(standardErrorOfMeasurement(Math.sqrt(variance!), alpha)).toBeCloseTo(1.1106, 4);
	});

	it.each(golden.alpha)('agrees with the covariance form', (set) => {
		expect(cronbachAlpha(set.rows)).toBeCloseTo(set.alpha, 12);
	});

	it('is not estimable from thin data', () => {
		expect(cronbachAlpha([])).toBeNull();
		expect(cronbachAlpha([[1, 2, 3]])).toBeNull();
		expect(cronbachAlpha([[1], [2]])).toBeNull();
		expect(cronbachAlpha([[1, 2], [1]])).toBeNull();
		expect(
			cronbachAlpha([
				[1, 2],
				[1, 2],
			]),
		).toBeNull();
	});

	it('is not estimable when all totals are alike', () => {
		expect(
			cronbachAlpha([
				[0.1, 0.2],
				[0.2, 0.1],
				[0.15, 0.15],
			]),
		).toBeNull();
	});

	it('is 1 for items that say the same, and ignores the order of items and people', () => {
		expect(
			cronbachAlpha([
				[1, 1, 1],
				[4, 4, 4],
				[2, 2, 2],
			]),
		).toBeCloseTo(1, 12);
		const matrix = fc.array(fc.array(small, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 20 });
		fc.assert(
			fc.property(matrix, (cells) => {
				const alpha = cronbachAlpha(cells);
				const turned = cronbachAlpha(cells.toReversed().map((row) => row.toReversed()));
				if (alpha === null) expect(turned).toBeNull();
				else expect(turned).toBeCloseTo(alpha, 6);
			}),
		);
	});

	it('turns the standard error into percent of the scale', () => {
		expect(standardErrorPercent(1.1106, 12)).toBeCloseTo(9.255, 3);
		expect(standardErrorPercent(null, 12)).toBeNull();
		expect(standardErrorPercent(1, 0)).toBeNull();
		expect(standardErrorOfMeasurement(2, null)).toBeNull();
		expect(standardErrorOfMeasurement(null, 0.5)).toBeNull();
		expect(standardErrorOfMeasurement(2, 1)).toBe(0);
	});
});

describe('reliable change (D13)', () => {
	it('gives the worked value', () => {
		const change = reliableChange(64, 78, 5, 5);
		expect(change?.index).toBeCloseTo(1.98, 2);
		expect(change?.verdict).toBe('improved');
	});

	it('calls a fall worse and a small step unchanged', () => {
		expect(reliableChange(78, 64, 5, 5)?.verdict).toBe('worse');
		expect(reliableChange(64, 77, 5, 5)?.verdict).toBe('unchanged');
	});

	it('needs to know the errors', () => {
		expect(reliableChange(64, 78, null, 5)).toBeNull();
		expect(reliableChange(64, 78, 5, null)).toBeNull();
		expect(reliableChange(64, 78, 0, 0)).toBeNull();
	});
});

describe('between-school variance', () => {
	const n = [20, 25, 30, 40, 50];
	const groups = (sizes: number[], means: number[]) => sizes.map((size, i) => ({ n: size, mean: means[i]! }));
	const five = groups(n, [11, 12.5, 14, 10.5, 13]);
	const ten = groups([...n, ...n], [11, 12.5, 14, 10.5, 13, 12, 11.5, 12.2, 12.4, 18]);

	it('gives the worked DerSimonian–Laird values', () => {
		const between = betweenVariance(five, 20.25)!;
		expect(between.mean).toBeCloseTo(12.2576, 4);
		expect(between.q).toBeCloseTo(13.5952, 4);
		expect(between.tau2).toBeCloseTo(1.5123, 4);
		expect(betweenVariance(ten, 20.25, { winsorised: false })?.tau2).toBeCloseTo(5.2554, 4);
	});

	it('gives the worked winsorised values, by default from ten schools', () => {
		const between = betweenVariance(ten, 20.25)!;
		expect(between.phi).toBeCloseTo(2.0173, 4);
		expect(between.tau2).toBeCloseTo(1.43, 4);
		expect(betweenVariance(ten, 20.25, { corrected: false })?.tau2).toBeCloseTo(0.7709, 4);
		expect(betweenVariance(five, 20.25)).toEqual(betweenVariance(five, 20.25, { winsorised: false }));
	});

	it.each(golden.between)('agrees with matrix algebra', ({ n: sizes, mean, within, q, tau2 }) => {
		const between = betweenVariance(groups(sizes, mean), within, { winsorised: false })!;
		expect(between.q).toBeCloseTo(q, 9);
		expect(between.tau2).toBeCloseTo(tau2, 10);
	});

	it('leaves out empty schools and needs two', () => {
		expect(betweenVariance([...five, { n: 0, mean: 0 }], 20.25)).toEqual(betweenVariance(five, 20.25));
		expect(betweenVariance([], 20.25)).toBeNull();
		expect(betweenVariance([{ n: 5, mean: 3 }], 20.25)).toBeNull();
		expect(betweenVariance(five, 0)).toBeNull();
	});

	it('is zero when schools differ less than pupils would make them', () => {
		expect(betweenVariance(groups([10, 10, 10], [5, 5, 5]), 4)?.tau2).toBe(0);
	});

	it('recovers a simulated variance, also with a few extreme schools when winsorised', () => {
		let state = 77;
		const uniform = () => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return (state + 0.5) / 2 ** 32;
		};
		const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
		const schools = Array.from({ length: 4000 }, (_, i) => {
			const size = 10 + (i % 50);
			return { n: size, mean: 12 + 1.2 * normal() + Math.sqrt(20 / size) * normal() };
		});
		expect(betweenVariance(schools, 20)?.tau2).toBeCloseTo(1.44, 0);
		for (let i = 0; i < 120; i++) schools[i * 30]!.mean += 9;
		const robust = betweenVariance(schools, 20)!.tau2;
		const plain = betweenVariance(schools, 20, { winsorised: false })!.tau2;
		expect(Math.abs(robust - 1.44)).toBeLessThan(0.4);
		expect(plain).toBeGreaterThan(3);
	});
});

describe('empirical Bayes mean', () => {
	const reference = { mean: 12, withinVariance: 20.25, betweenVariance: 1.44 };

	it('gives the worked values', () => {
		const tiny = shrunkenMean({ n: 6, mean: 15 }, reference)!;
		expect(tiny.weight).toBeCloseTo(0.2991, 4);
		expect(tiny.mean).toBeCloseTo(12.897, 3);
		const large = shrunkenMean({ n: 60, mean: 15 }, reference)!;
		expect(large.weight).toBeCloseTo(0.8101, 4);
		expect(large.mean).toBeCloseTo(14.43, 3);
	});

	it('takes the mean of all schools when they do not differ, and needs pupils', () => {
		expect(shrunkenMean({ n: 6, mean: 15 }, { ...reference, betweenVariance: 0 })?.mean).toBe(12);
		expect(shrunkenMean({ n: 0, mean: 15 }, reference)).toBeNull();
		expect(shrunkenMean({ n: 6, mean: 15 }, { mean: 12, withinVariance: 0, betweenVariance: 0 })).toBeNull();
	});
});
