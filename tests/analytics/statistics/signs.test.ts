import { describe, expect, it } from 'vitest';
import { gradeJump, linkedJump } from '#analytics/statistics/grade-jump.ts';
import { guttmanErrors, normedGuttmanErrors } from '#analytics/statistics/guttman.ts';
import { homogeneity, homogeneityReference } from '#analytics/statistics/homogeneity.ts';
import { contrastReference, contrastTest, itemProfile } from '#analytics/statistics/item-profile.ts';
import { compareWithJournal, journalReference } from '#analytics/statistics/journal-comparison.ts';
import { meanTooHigh } from '#analytics/statistics/mean-too-high.ts';
import { meanVariance } from '#analytics/statistics/mean-variance.ts';
import { fc } from '#tests/support/property.ts';

function normals(seed: number): () => number {
	let state = seed;
	const uniform = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return (state + 0.5) / 2 ** 32;
	};
	return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe('mean too high (O1)', () => {
	const reference = { mean: 12, withinVariance: 20.25, betweenVariance: 1.44 };

	it('counts the usual difference between schools', () => {
		const test = meanTooHigh({ n: 25, mean: 16 }, reference)!;
		expect(test.z).toBeCloseTo(4 / Math.sqrt(0.81 + 1.44), 12);
		expect(test.p).toBeCloseTo(0.00383, 5);
		expect(test.effect).toBeCloseTo(4 / 4.5, 12);
	});

	it('keeps small tails and gives one half at the reference', () => {
		expect(meanTooHigh({ n: 25, mean: 12 }, reference)?.p).toBe(0.5);
		const far = meanTooHigh({ n: 25, mean: 27 }, reference)!;
		expect(far.z).toBeCloseTo(10, 12);
		expect(far.p / 7.619853e-24).toBeCloseTo(1, 6);
	});

	it('is not estimable without pupils or variance', () => {
		expect(meanTooHigh({ n: 0, mean: 12 }, reference)).toBeNull();
		const none = { mean: 12, withinVariance: 0, betweenVariance: 0 };
		expect(meanTooHigh({ n: 5, mean: 12 }, none)).toBeNull();
		expect(meanTooHigh({ n: 5, mean: 13 }, { ...none, betweenVariance: 1 })).toMatchObject({
			z: 1,
			effect: null,
		});
	});
});

describe('journal comparison (O6, O7)', () => {
	it('gives the worked tails with and without over-dispersion', () => {
		const raised = { raised: 12, confirmed: 20, lowered: 2 };
		expect(compareWithJournal(raised, { raisedShare: 0.25, rho: 0 })!.pRaised).toBeCloseTo(3.211e-6, 9);
		expect(compareWithJournal(raised, { raisedShare: 0.25, rho: 0.1 })!.pRaised).toBeCloseTo(0.002396, 6);
		const lowered = { raised: 3, confirmed: 20, lowered: 14 };
		expect(compareWithJournal(lowered, { raisedShare: 0.5, rho: 0 })!.pLowered).toBeCloseTo(0.006363, 6);
		expect(compareWithJournal(lowered, { raisedShare: 0.5, rho: 0.1 })!.pLowered).toBeCloseTo(0.069211, 6);
	});

	it('enters both tails as one p', () => {
		const test = compareWithJournal({ raised: 12, confirmed: 6, lowered: 2 }, { raisedShare: 0.25, rho: 0 })!;
		expect(test).toMatchObject({ pairs: 20, raisedShare: 0.6, loweredShare: 0.1 });
		expect(test.p).toBeCloseTo(2 * test.pRaised, 15);
		const usual = compareWithJournal({ raised: 1, confirmed: 6, lowered: 3 }, { raisedShare: 0.25, rho: 0 })!;
		expect(usual.p).toBe(1);
	});

	it('has nothing against a school that confirmed every mark', () => {
		const quiet = compareWithJournal(
			{ raised: 0, confirmed: 9, lowered: 0 },
			{ raisedShare: 0.25, rho: 0.1 },
		);
		expect(quiet).toMatchObject({ pRaised: 1, pLowered: 1, p: 1 });
	});

	it('takes its reference from the region', () => {
		const schools = [
			{ raised: 2, confirmed: 30, lowered: 10 },
			{ raised: 9, confirmed: 20, lowered: 5 },
			{ raised: 1, confirmed: 2, lowered: 1 },
		];
		const reference = journalReference(schools)!;
		expect(reference.raisedShare).toBeCloseTo(12 / 28, 12);
		expect(reference.loweredShare).toBeCloseTo(16 / 80, 12);
		const share = 12 / 28;
		const squares = (2 - 12 * share) ** 2 + (9 - 14 * share) ** 2;
		const rho = (squares / (share * (1 - share)) - 26) / (12 * 11 + 14 * 13);
		expect(reference.rho).toBeCloseTo(Math.max(0, rho), 12);
	});

	it('is not estimable without pairs or without both directions in the region', () => {
		expect(
			compareWithJournal({ raised: 0, confirmed: 0, lowered: 0 }, { raisedShare: 0.3, rho: 0 }),
		).toBeNull();
		expect(
			compareWithJournal({ raised: 1, confirmed: 1, lowered: 1 }, { raisedShare: 0, rho: 0 }),
		).toBeNull();
		expect(journalReference([])).toBeNull();
		expect(journalReference([{ raised: 0, confirmed: 5, lowered: 4 }])).toBeNull();
		expect(journalReference([{ raised: 1, confirmed: 5, lowered: 4 }])?.rho).toBe(0);
	});

	it('mirrors when the marks are exchanged', () => {
		const count = fc.nat(40);
		fc.assert(
			fc.property(count, count, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (up, down, share) => {
				const one = compareWithJournal(
					{ raised: up, confirmed: 1, lowered: down },
					{ raisedShare: share, rho: 0.1 },
				)!;
				const other = compareWithJournal(
					{ raised: down, confirmed: 1, lowered: up },
					{ raisedShare: 1 - share, rho: 0.1 },
				)!;
				expect(one.pRaised).toBeCloseTo(other.pLowered, 10);
				expect(one.p).toBeGreaterThanOrEqual(0);
				expect(one.p).toBeLessThanOrEqual(1);
			}),
		);
	});
});

describe('item profile (O8)', () => {
	it('gives the worked differences', () => {
		const profile = itemProfile([85, 74, 68, 60, 58, 50], [90, 80, 70, 50, 40, 30])!;
		expect(profile.easy).toBeCloseTo(-4.333, 3);
		expect(profile.hard).toBeCloseTo(16, 12);
		expect(profile.contrast).toBeCloseTo(20.333, 3);
	});

	it('counts exactly 60 % as easy and needs both kinds of items', () => {
		expect(itemProfile([50, 50], [60, 59])).toEqual({ easy: -10, hard: -9, contrast: 1 });
		expect(itemProfile([90, 80], [70, 60])).toBeNull();
		expect(itemProfile([9, 8], [7, 6])).toBeNull();
		expect(itemProfile([], [])).toBeNull();
		expect(itemProfile([90], [70, 20])).toBeNull();
	});

	it('tests the contrast of pupils with the variance between schools', () => {
		const test = contrastTest({ n: 25, mean: 10, variance: 400 }, { mean: -5, betweenVariance: 9 })!;
		expect(test.z).toBeCloseTo(15 / 5, 12);
		expect(test.p).toBeCloseTo(0.00135, 5);
	});

	it('is not estimable from one pupil or without variance', () => {
		const reference = { mean: 0, betweenVariance: 0 };
		expect(contrastTest({ n: 1, mean: 10, variance: null }, reference)).toBeNull();
		expect(contrastTest({ n: 5, mean: 10, variance: 0 }, reference)).toBeNull();
		expect(contrastReference([])).toBeNull();
		expect(contrastReference([{ n: 5, mean: 1, variance: 4 }])).toBeNull();
		expect(
			contrastReference([
				{ n: 5, mean: 1, variance: 0 },
				{ n: 5, mean: 2, variance: 0 },
			]),
		).toBeNull();
	});

	it('keeps its size when schools differ', () => {
		const normal = normals(3);
		const schools = Array.from({ length: 600 }, (_, s) => {
			const level = -20 + 4 * normal();
			return meanVariance(Array.from({ length: 12 + (s % 60) }, () => level + 22 * normal()))!;
		});
		const reference = contrastReference(schools)!;
		expect(reference.betweenVariance).toBeCloseTo(16, -1);
		const alarms = schools.filter((school) => contrastTest(school, reference)!.p <= 0.05).length / 600;
		expect(alarms).toBeGreaterThan(0.02);
		expect(alarms).toBeLessThan(0.08);
	});
});

describe('Guttman errors (O9)', () => {
	it('gives the worked patterns', () => {
		expect(guttmanErrors([0, 1, 0, 1, 1])).toBe(5);
		expect(normedGuttmanErrors([0, 1, 0, 1, 1])).toBeCloseTo(0.8333, 4);
		expect(normedGuttmanErrors([1, 1, 1, 0, 0])).toBe(0);
		expect(normedGuttmanErrors([0, 0, 1, 1])).toBe(1);
	});

	it('skips pupils who show no order', () => {
		expect(normedGuttmanErrors([0, 0, 0])).toBeNull();
		expect(normedGuttmanErrors([1, 1, 1])).toBeNull();
		expect(normedGuttmanErrors([])).toBeNull();
		expect(guttmanErrors([])).toBe(0);
	});

	it('counts the same pairs as the definition, and the reverse complements it', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(1), { minLength: 2, maxLength: 30 }), (pattern) => {
				let pairs = 0;
				pattern.forEach((easy, i) => {
					for (const hard of pattern.slice(i + 1)) if (easy === 0 && hard === 1) pairs++;
				});
				expect(guttmanErrors(pattern)).toBe(pairs);
				const normed = normedGuttmanErrors(pattern);
				if (normed === null) return;
				expect(normed + normedGuttmanErrors(pattern.toReversed())!).toBeCloseTo(1, 12);
			}),
		);
	});
});

describe('too homogeneous (O10)', () => {
	const normal = normals(11);
	/** Schools whose pupils spread less the higher their mean, and differently from school to school. */
	const schools = Array.from({ length: 500 }, (_, s) => {
		const mean = 12 + 2 * normal();
		const sd = (6 - 0.2 * mean) * Math.exp(0.1 * normal());
		return meanVariance(Array.from({ length: 12 + (s % 70) }, () => mean + sd * normal()))!;
	});
	const reference = homogeneityReference(schools);

	it('keeps its size when variance falls with the mean and schools differ', () => {
		const rate = (list: typeof schools) =>
			list.filter((school) => homogeneity(school, reference)!.p <= 0.05).length / list.length;
		expect(rate(schools)).toBeGreaterThan(0.02);
		expect(rate(schools)).toBeLessThan(0.08);
		expect(rate(schools.filter((school) => school.mean > 15))).toBeLessThan(0.12);
		expect(rate(schools.filter((school) => school.n < 30))).toBeLessThan(0.09);
	});

	it('sees a school whose pupils are alike', () => {
		const test = homogeneity({ n: 40, mean: 13, variance: 1.5 }, reference)!;
		expect(test.p).toBeLessThan(1e-4);
		expect(test.neighbours).toBe(80);
		expect(test.expectedVariance).toBeGreaterThan(8);
		expect(test.expectedVariance).toBeLessThan(16);
		expect(homogeneity({ n: 40, mean: 13, variance: 0 }, reference)!.p).toBeLessThan(1e-6);
	});

	it('never compares a school with itself', () => {
		const odd = { n: 300, mean: 13, variance: 0.5 };
		const withOdd = homogeneityReference([...schools, odd]);
		expect(homogeneity(odd, withOdd)).toEqual(homogeneity({ ...odd }, reference));
	});

	it('is not estimable from thin data', () => {
		expect(homogeneity({ n: 1, mean: 13, variance: null }, reference)).toBeNull();
		expect(homogeneity({ n: 20, mean: 13, variance: 4 }, [])).toBeNull();
		expect(
			homogeneity({ n: 20, mean: 13, variance: 4 }, homogeneityReference(schools.slice(0, 19))),
		).toBeNull();
		const flat = homogeneityReference(Array.from({ length: 30 }, () => ({ n: 20, mean: 13, variance: 0 })));
		expect(homogeneity({ n: 20, mean: 13, variance: 4 }, flat)).toBeNull();
	});

	it('leaves small and single schools out of the reference', () => {
		expect(homogeneityReference([{ n: 9, mean: 3, variance: 2 }])).toHaveLength(0);
		expect(homogeneityReference([{ n: 1, mean: 3, variance: null }], 1)).toHaveLength(0);
		expect(homogeneityReference([{ n: 10, mean: 3, variance: 2 }])).toHaveLength(1);
	});

	it('works when all reference schools have one mean', () => {
		const same = homogeneityReference(
			Array.from({ length: 40 }, (_, i) => ({ n: 30, mean: 10, variance: 9 + (i % 5) })),
		);
		const test = homogeneity({ n: 30, mean: 10, variance: 11 }, same)!;
		expect(test.p).toBeGreaterThan(0.2);
		expect(test.expectedVariance).toBeCloseTo(11.2, 0);
	});
});

describe('grade jump (O11)', () => {
	it('is the standardised fall of the cohort', () => {
		const jump = gradeJump({ z: 1.2, se: 0.3 }, { z: 0.2, se: 0.4 })!;
		expect(jump.z).toBeCloseTo(2, 12);
		expect(jump.p).toBeCloseTo(0.02275, 5);
		expect(gradeJump({ z: 0.2, se: 0.3 }, { z: 1.2, se: 0.4 })!.p).toBeCloseTo(0.97725, 5);
	});

	it('needs an error', () => {
		expect(gradeJump({ z: 1, se: 0 }, { z: 0, se: 0 })).toBeNull();
	});

	it('of linked pupils has the error of their mean change', () => {
		// 25 pupils, r = .68: v = .64, SE = .8/5 = .16, z = .4/.16 = 2.5, p = 1 − Φ(2.5) = .0062097
		const jump = linkedJump({ n: 25, difference: 0.4, variance: 0.64 })!;
		expect(jump.z).toBeCloseTo(2.5, 12);
		expect(jump.p).toBeCloseTo(0.0062097, 7);
		// the usual change of schools, SD .12: SE = √(.0256 + .0144) = .2
		expect(linkedJump({ n: 25, difference: 0.4, variance: 0.64, tau2: 0.0144 })!.z).toBeCloseTo(2, 12);
		// scores that do not correlate: the form of cohorts of equal size
		const cohorts = gradeJump({ z: 0.7, se: 1 / 6 }, { z: 0.1, se: 1 / 6 })!;
		expect(linkedJump({ n: 36, difference: 0.6, variance: 2 })!.p).toBeCloseTo(cohorts.p, 12);
		for (const variance of [0, -1e-17]) expect(linkedJump({ n: 25, difference: 1, variance })).toBeNull();
		expect(linkedJump({ n: 0, difference: 1, variance: 1 })).toBeNull();
	});
});
