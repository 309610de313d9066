import { describe, expect, test } from 'vitest';
import { type ContextRow, expectedResults } from '#analytics/statistics/expected-result.ts';

/** Anscombe's first set (R: datasets::anscombe). */
const x1 = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const y1 = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
const anscombe = (fits: (index: number) => boolean = () => true): ContextRow[] =>
	x1.map((x, index) => ({ x: [x], y: y1[index]!, fits: fits(index) }));

/** R: datasets::mtcars, weight and horsepower; the 18th is the Fiat 128. */
const mtcars = [
	[21, 2.62, 110],
	[21, 2.875, 110],
	[22.8, 2.32, 93],
	[21.4, 3.215, 110],
	[18.7, 3.44, 175],
	[18.1, 3.46, 105],
	[14.3, 3.57, 245],
	[24.4, 3.19, 62],
	[22.8, 3.15, 95],
	[19.2, 3.44, 123],
	[17.8, 3.44, 123],
	[16.4, 4.07, 180],
	[17.3, 3.73, 180],
	[15.2, 3.78, 180],
	[10.4, 5.25, 205],
	[10.4, 5.424, 215],
	[14.7, 5.345, 230],
	[32.4, 2.2, 66],
	[30.4, 1.615, 52],
	[33.9, 1.835, 65],
	[21.5, 2.465, 97],
	[15.5, 3.52, 150],
	[15.2, 3.435, 150],
	[13.3, 3.84, 245],
	[19.2, 3.845, 175],
	[27.3, 1.935, 66],
	[26, 2.14, 91],
	[30.4, 1.513, 113],
	[15.8, 3.17, 264],
	[19.7, 2.77, 175],
	[15, 3.57, 335],
	[21.4, 2.78, 109],
].map(([mpg, wt, hp]): ContextRow => ({ x: [wt!, Math.log(hp!)], y: mpg!, fits: true }));

describe('expected results', () => {
	test('deleted and studentised residuals are those of R: residuals/(1 − hatvalues), rstudent(lm(y1 ~ x1))', () => {
		const found = expectedResults(anscombe())!;
		const deleted = [0.0433333333333, -0.0564646464646, -2.5159523809524, 1.44, -0.1960416666667];
		const z = [0.0313446444849, -0.0408447720051, -2.0810989067193, 1.1267999313924, -0.1398011820448];
		for (const [index, value] of deleted.entries()) expect(found[index]!.residual).toBeCloseTo(value, 10);
		for (const [index, value] of z.entries()) expect(found[index]!.z).toBeCloseTo(value, 10);
	});

	test('the interval is R’s prediction without the school: predict(lm(y1 ~ x1, anscombe[-3,]), interval = "prediction")', () => {
		for (const third of [expectedResults(anscombe())![2]!, expectedResults(anscombe((i) => i !== 2))![2]!]) {
			expect(third.expected).toBeCloseTo(10.095952381, 8);
			expect(y1[2]! - third.hi).toBeCloseTo(7.30809997484, 8);
			expect(y1[2]! - third.lo).toBeCloseTo(12.8838047871, 8);
		}
	});

	test('several variables: lm(mpg ~ wt + log(hp), mtcars)', () => {
		const found = expectedResults(mtcars)!;
		const fiat = found[17]!;
		expect([found[0]!.residual, fiat.residual, found[30]!.residual]).toEqual([
			expect.closeTo(-2.2240880725, 8),
			expect.closeTo(5.40668315574, 8),
			expect.closeTo(2.05641508728, 8),
		]);
		expect([found[0]!.z, fiat.z, found[30]!.z]).toEqual([
			expect.closeTo(-0.927877948445, 8),
			expect.closeTo(2.360129418053, 8),
			expect.closeTo(0.767382992759, 8),
		]);
		expect(32.4 - fiat.hi).toBeCloseTo(22.3007401131, 7);
		expect(32.4 - fiat.lo).toBeCloseTo(31.6858935754, 7);
	});

	test('order and units of the context change nothing', () => {
		const turned = mtcars.map(({ x, ...row }) => ({ ...row, x: [1000 * x[1]! - 7, x[0]!] })).reverse();
		const found = expectedResults(turned)!.reverse();
		for (const [index, value] of expectedResults(mtcars)!.entries())
			expect(found[index]!.z).toBeCloseTo(value!.z, 7);
	});

	test('a row that does not fit has no part in the expectation of the others', () => {
		const honest = expectedResults(anscombe((index) => index !== 2))!;
		const wild = anscombe((index) => index !== 2).map((row, index) =>
			index === 2 ? { ...row, y: 900 } : row,
		);
		const found = expectedResults(wild)!;
		for (const index of [0, 1, 3, 4]) expect(found[index]).toEqual(honest[index]);
		expect(found[2]!.expected).toBeCloseTo(honest[2]!.expected, 10);
	});

	test('refuses what no line can be drawn through, and never says NaN', () => {
		expect(expectedResults([])).toBeNull();
		expect(expectedResults(anscombe((index) => index < 3))).toBeNull();
		expect(expectedResults(anscombe().map((row) => ({ ...row, x: [5] })))).toBeNull();
		expect(expectedResults(mtcars.map((row) => ({ ...row, x: [row.x[0]!, 2 * row.x[0]!] })))).toBeNull();
		const exact = expectedResults(anscombe().map((row) => ({ ...row, y: 2 })))!;
		expect(JSON.stringify(exact)).not.toMatch(/NaN|Infinity/);
		const alone = anscombe().map((row, index) => ({ ...row, x: [index === 4 ? 1 : 0] }));
		expect(expectedResults(alone)![4]).toBeNull();
	});
});
