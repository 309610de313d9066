import { describe, expect, it } from 'vitest';
import { boundaryTests } from '#analytics/statistics/boundary-bunching.ts';
import { benjaminiHochberg } from '#analytics/statistics/false-discovery.ts';
import { homogeneity, homogeneityReference } from '#analytics/statistics/homogeneity.ts';
import { compareWithJournal, journalReference } from '#analytics/statistics/journal-comparison.ts';
import { meanTooHigh } from '#analytics/statistics/mean-too-high.ts';
import { momentsOfCounts, pooledVariance } from '#analytics/statistics/mean-variance.ts';
import { betweenVariance } from '#analytics/statistics/over-dispersion.ts';
import { pooledBunching } from '#analytics/statistics/pooled-bunching.ts';
import { referenceDistribution } from '#analytics/statistics/reference-distribution.ts';
import { listExams, readRows } from './vpr-files.ts';

const exams = listExams();

/** Share of p-values at or below .05. */
function size(pValues: number[]): number {
	return pValues.filter((p) => p <= 0.05).length / pValues.length;
}

/**
 * Most schools of a region are honest, so the signs must stay near their nominal size on real results, where
 * scores follow no textbook distribution.
 */
describe.skipIf(exams.length === 0)('signs on the ВПР of a region', () => {
	it.each(exams)('%s', (_, exam) => {
		const { max } = exam.cutoffs;
		const marksFrom = [exam.cutoffs[3], exam.cutoffs[4], exam.cutoffs[5]];
		const region = new Array(max + 1).fill(0);
		const schools = [...Map.groupBy(readRows(exam.file), (row) => row.school).values()].map((rows) => {
			const counts = new Array(max + 1).fill(0);
			const journal = { raised: 0, confirmed: 0, lowered: 0 };
			for (const { score, journalMark } of rows) {
				counts[Math.min(score, max)]++;
				region[Math.min(score, max)]++;
				if (journalMark === null || journalMark < 2 || journalMark > 5) continue;
				const mark = 2 + marksFrom.filter((cutoff) => score >= cutoff).length;
				if (mark > journalMark) journal.raised++;
				else if (mark < journalMark) journal.lowered++;
				else journal.confirmed++;
			}
			return { counts, journal, spread: momentsOfCounts(counts)! };
		});
		const large = schools.filter((school) => school.spread.n >= 10);
		expect(large.length).toBeGreaterThan(400);

		const spreads = schools.map((school) => school.spread);
		const reference = homogeneityReference(spreads);
		const alike = size(large.map((school) => homogeneity(school.spread, reference)!.p));
		expect(alike).toBeGreaterThan(0.02);
		expect(alike).toBeLessThan(0.08);

		const withinVariance = pooledVariance(spreads)!;
		const between = betweenVariance(spreads, withinVariance)!;
		const funnel = { mean: between.mean, withinVariance, betweenVariance: between.tau2 };
		const high = size(large.map((school) => meanTooHigh(school.spread, funnel)!.p));
		expect(high).toBeGreaterThan(0.02);
		expect(high).toBeLessThan(0.08);

		const marks = journalReference(schools.map((school) => school.journal))!;
		const compared = large.map((school) => compareWithJournal(school.journal, marks));
		const pairs = compared.filter((one) => one !== null);
		expect(size(pairs.map((one) => one.pRaised))).toBeLessThan(0.09);
		expect(size(pairs.map((one) => one.pLowered))).toBeLessThan(0.06);

		const borders = large.map(({ counts }) => {
			const own = referenceDistribution(region, counts)!;
			return pooledBunching(boundaryTests({ counts, reference: own, cutoffs: marksFrom })).p;
		});
		const flagged = benjaminiHochberg(borders).filter((q) => q !== null && q <= 0.05).length;
		expect(flagged).toBeGreaterThan(0);
		expect(flagged / large.length).toBeLessThan(0.1);
	});
});
