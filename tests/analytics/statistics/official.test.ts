import { describe, expect, it } from 'vitest';
import { cronbachAlpha } from '#analytics/statistics/cronbach-alpha.ts';
import { meanVariance } from '#analytics/statistics/mean-variance.ts';
import { officialChange } from '#analytics/statistics/official-change.ts';
import { officialIndex } from '#analytics/statistics/official-index.ts';
import { officialJournal } from '#analytics/statistics/official-journal.ts';
import { officialInterval, officialMean, type SampleSums } from '#analytics/statistics/official-mean.ts';
import { listExams, readRows } from './vpr-files.ts';

describe('official mean (OF-mean)', () => {
	const region = { n: 10_000, mean: 10, sd: 4 };
	const high = 10 + (1.96 * 4) / 100;

	it('compares the lower end of the school with the upper end of the region', () => {
		const school = { n: 25, mean: 12, sd: 4 };
		expect(officialMean(school, region)).toEqual({
			schoolLow: 12 - (1.96 * 4) / 5,
			regionHigh: high,
			flagged: true,
		});
		expect(officialMean({ ...school, mean: 11.6 }, region)?.flagged).toBe(false);
	});

	it('needs strictly more than the region', () => {
		expect(officialMean({ n: 5, mean: high, sd: 0 }, region)?.flagged).toBe(false);
	});

	it('tests a school whose pupils all have one score', () => {
		expect(officialMean({ n: 2, mean: 11, sd: 0 }, region)?.flagged).toBe(true);
	});

	it('says nothing of a single participant', () => {
		expect(officialMean({ n: 1, mean: 20, sd: null }, region)).toBeNull();
		expect(officialInterval({ n: 1, mean: 20, sd: null })).toBeNull();
	});
});

describe('official journal sign (OF-journal)', () => {
	const pupils = (marks: (number | null)[], scores: number[]) =>
		marks.map((journalMark, i) => ({ journalMark, score: scores[i]! }));

	it('flags a negative rank correlation and nothing else', () => {
		expect(officialJournal(pupils([3, 4, 5], [12, 9, 7]))).toEqual({
			pairs: 3,
			correlation: -1,
			flagged: true,
		});
		expect(officialJournal(pupils([3, 4, 5], [7, 9, 12]))?.flagged).toBe(false);
	});

	it('does not take a correlation of zero for a negative one', () => {
		const zero = officialJournal(pupils([3, 3, 4, 4], [1, 2, 1, 2]));
		expect(zero?.correlation).toBeCloseTo(0, 15);
		expect(zero?.flagged).toBe(false);
	});

	it('counts only journal marks from 2 to 5, and at least three pairs', () => {
		expect(officialJournal(pupils([1, 0, null, 5, 4], [9, 8, 7, 1, 2]))).toBeNull();
		expect(officialJournal([])).toBeNull();
	});

	it('is undefined when all marks or all scores are alike', () => {
		expect(officialJournal(pupils([4, 4, 4], [1, 2, 3]))).toBeNull();
		expect(officialJournal(pupils([3, 4, 5], [7, 7, 7]))).toBeNull();
	});
});

describe('official change (OF-change)', () => {
	const ratios = [0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 2];

	it('finds the one fall of the worked example', () => {
		const change = officialChange(ratios.map((k) => ({ earlier: 50 * k, later: 50 })));
		expect(change.limits?.low).toBeCloseTo(0.375, 12);
		expect(change.limits?.high).toBeCloseTo(1.6875, 12);
		expect(change.signs).toEqual([null, null, null, null, null, null, null, 'fall']);
	});

	it('finds a rise', () => {
		const change = officialChange([...ratios, 0.2].map((k) => ({ earlier: 50 * k, later: 50 })));
		expect(change.signs.at(-1)).toBe('rise');
	});

	it('leaves out schools without both results above zero', () => {
		const change = officialChange([
			{ earlier: 50, later: 0 },
			{ earlier: null, later: 40 },
			{ earlier: 50, later: null },
		]);
		expect(change).toEqual({ ratios: [null, null, null], signs: [null, null, null], limits: null });
	});

	it('draws no fence beyond the numbers', () => {
		const schools = [
			{ earlier: 4e-16, later: 5e-324 },
			{ earlier: 5e-324, later: 0.5 },
		];
		expect(officialChange(schools)).toMatchObject({ signs: [null, null], limits: null });
	});

	it('cannot flag the only school', () => {
		expect(officialChange([{ earlier: 90, later: 10 }]).signs).toEqual([null]);
	});
});

describe('official index of a territory', () => {
	it('is 100 minus the percent of schools with a sign', () => {
		expect(officialIndex([0, 2, 0, 1])).toBe(50);
		expect(officialIndex([0])).toBe(100);
		expect(officialIndex([])).toBeNull();
	});
});

const exams = listExams();

function sums(scores: number[]): SampleSums {
	const { n, mean, variance } = meanVariance(scores)!;
	return { n, mean, sd: variance === null ? null : Math.sqrt(variance) };
}

describe.skipIf(exams.length === 0)('official signs on the ВПР of a region, against R', () => {
	it.each(exams)('%s', (_, exam) => {
		const rows = readRows(exam.file);
		expect(rows.length).toBe(exam.records_with_total_and_variant);
		const schools = Map.groupBy(rows, (row) => row.school);
		expect(schools.size).toBe(exam.schools);

		const region = sums(rows.map((row) => row.score));
		expect(region.mean).toBeCloseTo(exam.region.mean, 9);
		expect(region.sd).toBeCloseTo(exam.region.sd, 9);
		expect(officialInterval(region)?.lo).toBeCloseTo(exam.region.ci_low, 8);
		expect(officialInterval(region)?.hi).toBeCloseTo(exam.region.ci_high, 8);

		const inflated: string[] = [];
		const negative: string[] = [];
		for (const [school, pupils] of schools) {
			if (officialMean(sums(pupils.map((row) => row.score)), region)?.flagged) inflated.push(school);
			if (officialJournal(pupils)?.flagged) negative.push(school);
		}
		expect(inflated.sort()).toEqual(exam.inflated);
		expect(negative.sort()).toEqual(exam.negative_rho);

		expect(cronbachAlpha(rows.map((row) => row.items))).toBeCloseTo(exam.alpha_missing_as_zero, 9);
	});
});
