import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { type Gain, gainResiduals } from '#analytics/statistics/gain-residuals.ts';
import { studentTwoSided, studentUpperTail } from '#analytics/statistics/student-tail.ts';
import { createRandom } from '#data/simulation/random.ts';
import { sharedData } from '#tests/support/shared-data.ts';

function cohorts(count: number): Gain[] {
	const random = createRandom(3);
	return Array.from({ length: count }, () => {
		const before = random.normal(40, 6);
		const nBefore = random.integer(10, 60);
		return { before, nBefore, after: 5 + 0.8 * before + random.normal(0, 3), nAfter: random.integer(10, 60) };
	});
}

/** The prediction of one cohort from the regression on all others, with its standard error: `t` by another way. */
function refitted(all: readonly Gain[], left: number): number {
	const others = all.filter((_, index) => index !== left);
	const w = others.map(({ nBefore, nAfter }) => nBefore + nAfter);
	const total = w.reduce((sum, one) => sum + one, 0);
	const mean = (key: 'before' | 'after') =>
		others.reduce((sum, one, index) => sum + w[index]! * one[key], 0) / total;
	const [x, y] = [mean('before'), mean('after')];
	const xx = others.reduce((sum, one, index) => sum + w[index]! * (one.before - x) ** 2, 0);
	const xy = others.reduce((sum, one, index) => sum + w[index]! * (one.before - x) * (one.after - y), 0);
	const slope = xy / xx;
	const variance =
		others.reduce((sum, one, index) => sum + w[index]! * (one.after - y - slope * (one.before - x)) ** 2, 0) /
		(others.length - 2);
	const { before, after, nBefore, nAfter } = all[left]!;
	const spread = variance * (1 / (nBefore + nAfter) + 1 / total + (before - x) ** 2 / xx);
	return (after - y - slope * (before - x)) / Math.sqrt(spread);
}

describe('Student’s t', () => {
	// R 4: 2*pt(-2, 10), 2*pt(-12.7062047, 1), pt(-1, 4)
	it('has the tails of the tables', () => {
		expect(studentTwoSided(2, 10)).toBeCloseTo(0.07338803, 7);
		expect(studentTwoSided(12.7062047, 1)).toBeCloseTo(0.05, 8);
		expect(studentUpperTail(1, 4)).toBeCloseTo(0.18695048, 7);
		expect(studentUpperTail(-1, 4)).toBeCloseTo(1 - 0.18695048, 7);
	});
});

describe('residuals of gains', () => {
	it('are those of a regression without the cohort', () => {
		const all = cohorts(30);
		for (const [index, found] of gainResiduals(all).entries()) {
			expect(found!.t).toBeCloseTo(refitted(all, index), 9);
			const { nBefore, nAfter } = all[index]!;
			expect(found!.p).toBeCloseTo(studentTwoSided(found!.t, Math.min(nBefore, nAfter) - 1), 12);
		}
	});

	it('do not depend on the order or the scale of either measurement', () => {
		const all = cohorts(20);
		const scaled = all.map((one) => ({ ...one, before: 3 * one.before - 7, after: 0.5 * one.after + 1 }));
		const back = gainResiduals([...scaled].reverse()).reverse();
		for (const [index, found] of gainResiduals(all).entries())
			expect(back[index]!.t).toBeCloseTo(found!.t, 9);
	});

	it('refuse what cannot be said', () => {
		expect(gainResiduals(cohorts(3))).toEqual([null, null, null]);
		expect(gainResiduals(cohorts(6).map((one) => ({ ...one, before: 40 })))).toEqual(Array(6).fill(null));
		const [first, ...rest] = cohorts(6);
		expect(gainResiduals([{ ...first!, nAfter: 1 }, ...rest])[0]).toBeNull();
		const exact = cohorts(6).map((one) => ({ ...one, after: 2 * one.before }));
		for (const found of gainResiduals(exact)) if (found) expect(Number.isFinite(found.t)).toBe(true);
	});

	const file = sharedData('exams/ajc_new_mexico_math.csv.gz');
	it.skipIf(!file)('are the newspaper’s, every flag of 4,498 cohorts', () => {
		const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file!)), { columns: true });
		let flagged = 0;
		for (const group of Map.groupBy(rows, ({ test_year, grade }) => `${test_year} ${grade}`).values()) {
			const found = gainResiduals(
				group.map(({ ss1, n1, ss2, n2 }) => ({
					before: Number(ss1),
					nBefore: Number(n1),
					after: Number(ss2),
					nAfter: Number(n2),
				})),
			);
			for (const [index, row] of group.entries()) {
				const { predicted, t, p } = found[index]!;
				expect(Math.abs(predicted - Number(row.predicted))).toBeLessThan(1e-5);
				expect(Math.abs(t - Number(row.resid_t))).toBeLessThan(1e-7);
				expect(Math.abs(p - Number(row.tprob))).toBeLessThan(1e-6);
				expect(p < 0.05).toBe(row.flagged_t95 === '1');
				flagged += Number(p < 0.05);
			}
		}
		expect([rows.length, flagged]).toEqual([4498, 230]);
	});
});
