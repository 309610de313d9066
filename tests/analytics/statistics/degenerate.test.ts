import { describe, expect, it } from 'vitest';
import { alphaInterval } from '#analytics/statistics/alpha-interval.ts';
import { andersenTest } from '#analytics/statistics/andersen-test.ts';
import { type AnswerPatterns, MISSING } from '#analytics/statistics/answer-patterns.ts';
import { intraclassCorrelation } from '#analytics/statistics/beta-binomial.ts';
import { betaFromMoments, betaPrior, edgePrior } from '#analytics/statistics/beta-prior.ts';
import { binomialLimits } from '#analytics/statistics/binomial-limits.ts';
import { boundaryBunching } from '#analytics/statistics/boundary-bunching.ts';
import { etsDelta, standardisedMeanDifference } from '#analytics/statistics/differential-functioning.ts';
import { shrunkenMean } from '#analytics/statistics/empirical-bayes.ts';
import { benjaminiHochberg, benjaminiYekutieli } from '#analytics/statistics/false-discovery.ts';
import { meanLimits, normalShareLimits, shareLimits } from '#analytics/statistics/funnel-limits.ts';
import { gainResiduals } from '#analytics/statistics/gain-residuals.ts';
import { gradeJump } from '#analytics/statistics/grade-jump.ts';
import { guttmanErrors, normedGuttmanErrors } from '#analytics/statistics/guttman.ts';
import { homogeneity, homogeneityReference } from '#analytics/statistics/homogeneity.ts';
import { contrastReference, contrastTest, itemProfile } from '#analytics/statistics/item-profile.ts';
import { compareWithJournal, journalReference } from '#analytics/statistics/journal-comparison.ts';
import { mantelTest } from '#analytics/statistics/mantel-test.ts';
import { meanTooHigh } from '#analytics/statistics/mean-too-high.ts';
import { meanVariance, momentsOfCounts, pooledVariance } from '#analytics/statistics/mean-variance.ts';
import { newcombeInterval } from '#analytics/statistics/newcombe-interval.ts';
import { officialChange } from '#analytics/statistics/official-change.ts';
import { officialIndex } from '#analytics/statistics/official-index.ts';
import { officialJournal } from '#analytics/statistics/official-journal.ts';
import { officialMean } from '#analytics/statistics/official-mean.ts';
import { omegaTotal } from '#analytics/statistics/omega-total.ts';
import { betweenVariance } from '#analytics/statistics/over-dispersion.ts';
import { pairwiseMoments } from '#analytics/statistics/pairwise-covariance.ts';
import { posteriorExceedance } from '#analytics/statistics/posterior-exceedance.ts';
import { quantile } from '#analytics/statistics/quantile.ts';
import { referenceDistribution } from '#analytics/statistics/reference-distribution.ts';
import { referenceFreeBunching } from '#analytics/statistics/reference-free-bunching.ts';
import { reliableChange } from '#analytics/statistics/reliable-change.ts';
import { shareLifted } from '#analytics/statistics/share-lifted.ts';
import { simes } from '#analytics/statistics/simes.ts';
import { smoothBunching } from '#analytics/statistics/smooth-bunching.ts';
import { spearman } from '#analytics/statistics/spearman.ts';
import {
	standardErrorOfMeasurement,
	standardErrorPercent,
} from '#analytics/statistics/standard-error-of-measurement.ts';
import { tiltReference } from '#analytics/statistics/tilted-reference.ts';
import { wilsonInterval } from '#analytics/statistics/wilson-interval.ts';
import { type Arbitrary, fc } from '#tests/support/property.ts';
import { expectPlainNumbers } from '../../support/plain-numbers.ts';

/** Where data run thin: nobody, one, all alike, at the ends of the scale. */
const size = fc.constantFrom(0, 1, 2, 3, 9, 10, 250);
const share = fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
const spread = fc.constantFrom(0, 1e-12, 0.04, 1, 30);
const value = fc.constantFrom(0, 1, 2, 4.5, -3, 100);
const maybe = <Value>(of: Arbitrary<Value>): Arbitrary<Value | null> => fc.option(of, { freq: 3 });
const counted = fc.tuple(size, share).map(([n, part]) => ({ n, x: Math.round(n * part) }));
const moments = fc.record({ n: size, mean: value, variance: maybe(spread) });
const within = fc.record({ mean: value, withinVariance: spread, betweenVariance: spread });
const scores: Arbitrary<number[]> = fc.array(fc.constantFrom(0, 0, 1, 7, 40), {
	minLength: 1,
	maxLength: 16,
});
const list = fc.array(value, { maxLength: 6 });
const journal = fc.record({ raised: size, confirmed: size, lowered: size });
const cells = fc.array(fc.constantFrom(0, 0, 1, 5), { minLength: 2, maxLength: 2 });
const strata = fc.array(fc.tuple(cells, cells), { maxLength: 4 });

/** One statistic with arguments drawn from the edges of what it takes. */
function edge<Drawn extends unknown[]>(
	name: string,
	drawn: { [Place in keyof Drawn]: Arbitrary<Drawn[Place]> },
	statistic: (...values: Drawn) => unknown,
): [string, Arbitrary<unknown>] {
	return [name, fc.tuple<Drawn>(...drawn).map((values) => ({ values, found: statistic(...values) }))];
}

const edges = [
	edge('alphaInterval', [maybe(share), size, size], (alpha, n, k) => alphaInterval(alpha, n, k)),
	edge('betaFromMoments', [share, spread], betaFromMoments),
	edge('betaPrior', [fc.array(counted)], betaPrior),
	edge('edgePrior', [fc.constantFrom(0, 1), size, share], edgePrior),
	edge('binomialLimits', [share, size], (p, n) => binomialLimits(p, n)),
	edge('boundaryBunching', [scores, scores], (counts, reference) => {
		const total = reference.reduce((sum, count) => sum + count, 0) || 1;
		const length = Math.min(counts.length, reference.length);
		return boundaryBunching({
			counts: counts.slice(0, length),
			reference: reference.slice(0, length).map((count) => count / total),
			cutoffs: [2, 5, 8].filter((cutoff) => cutoff < length),
			sample: reference.slice(0, length),
		});
	}),
	edge('shrunkenMean', [moments, within], shrunkenMean),
	edge('benjaminiHochberg', [fc.array(maybe(share))], benjaminiHochberg),
	edge('benjaminiYekutieli', [fc.array(maybe(share))], benjaminiYekutieli),
	edge('meanLimits', [size, within], (n, reference) => meanLimits(n, reference)),
	edge('normalShareLimits', [share, size], (p, n) => normalShareLimits(p, n)),
	edge('shareLimits', [share, size, spread], (p, n, betweenVariance) =>
		shareLimits(p, n, { betweenVariance }),
	),
	edge(
		'gainResiduals',
		[fc.array(fc.record({ before: value, nBefore: size, after: value, nAfter: size }))],
		gainResiduals,
	),
	edge('gradeJump', [value, spread, value, spread], (a, se, b, other) =>
		gradeJump({ z: a, se }, { z: b, se: other }),
	),
	edge('guttmanErrors', [fc.array(fc.constantFrom(0, 1))], guttmanErrors),
	edge('normedGuttmanErrors', [fc.array(fc.constantFrom(0, 1))], normedGuttmanErrors),
	edge('homogeneity', [moments, fc.array(moments, { maxLength: 40 })], (school, others) =>
		homogeneity(school, homogeneityReference([school, ...others])),
	),
	edge(
		'itemProfile',
		[fc.array(share, { minLength: 3, maxLength: 3 }), fc.tuple(share, share, share)],
		itemProfile,
	),
	edge('contrastTest', [moments, fc.array(moments)], (school, others) => {
		const reference = contrastReference([school, ...others]);
		return reference && contrastTest(school, reference);
	}),
	edge('compareWithJournal', [journal, fc.array(journal)], (school, others) => {
		const reference = journalReference([school, ...others]);
		return reference && compareWithJournal(school, reference);
	}),
	edge('meanTooHigh', [moments, within], meanTooHigh),
	edge('meanVariance', [list], meanVariance),
	edge('momentsOfCounts', [scores], momentsOfCounts),
	edge('pooledVariance', [fc.array(moments)], pooledVariance),
	edge('newcombeInterval', [counted, counted], (one, two) => newcombeInterval(one, two)),
	edge(
		'officialChange',
		[fc.array(fc.record({ earlier: maybe(share), later: maybe(share) }))],
		officialChange,
	),
	edge('officialIndex', [fc.array(fc.constantFrom(0, 1))], officialIndex),
	edge(
		'officialJournal',
		[fc.array(fc.record({ journalMark: maybe(fc.constantFrom(1, 2, 3, 5)), score: value }))],
		officialJournal,
	),
	edge('officialMean', [size, value, maybe(spread), maybe(spread)], (n, mean, sd, all) =>
		officialMean({ n, mean, sd }, { n: 100, mean: 3, sd: all }),
	),
	edge('betweenVariance', [fc.array(moments), spread, fc.boolean()], (schools, variance, winsorised) =>
		betweenVariance(schools, variance, { winsorised }),
	),
	edge('intraclassCorrelation', [fc.array(counted), share], (schools, mean) =>
		intraclassCorrelation(schools, mean),
	),
	edge('posteriorExceedance', [share, spread, counted, share], (mean, variance, { x, n }, threshold) => {
		const prior = betaFromMoments(mean, variance);
		return prior && posteriorExceedance(prior, x, n, threshold);
	}),
	edge('quantile', [list, share], quantile),
	edge('referenceFreeBunching', [scores, fc.nat(16)], (counts, cutoff) =>
		referenceFreeBunching(counts, cutoff),
	),
	edge('reliableChange', [value, value, maybe(spread), maybe(spread)], reliableChange),
	edge('shareLifted', [scores, scores, fc.nat(16)], (counts, reference, cutoff) => {
		const pmf = referenceDistribution(reference);
		return pmf && shareLifted(counts, pmf, cutoff, 1);
	}),
	edge('simes', [fc.array(share)], simes),
	edge('smoothBunching', [scores, fc.nat(16)], (counts, cutoff) => smoothBunching(counts, cutoff)),
	edge('spearman', [fc.array(fc.tuple(value, value))], (pairs) =>
		spearman(
			pairs.map(([x]) => x),
			pairs.map(([, y]) => y),
		),
	),
	edge('standardErrorOfMeasurement', [maybe(spread), maybe(share)], standardErrorOfMeasurement),
	edge('standardErrorPercent', [maybe(spread), size], standardErrorPercent),
	edge('tiltReference', [scores, scores, fc.nat(16)], (counts, reference, cutoff) => {
		const pmf = referenceDistribution(reference);
		return pmf && tiltReference(pmf, counts, cutoff, 1);
	}),
	edge('wilsonInterval', [counted, maybe(size)], ({ x, n }, more) =>
		wilsonInterval(x, n, more === null ? {} : { population: n + more }),
	),
	edge('etsDelta', [strata], (of) => etsDelta(of, 1)),
	edge('standardisedMeanDifference', [strata], (of) => standardisedMeanDifference(of, 1)),
	edge('mantelTest', [strata], mantelTest),
];

describe('a statistic of thin data', () => {
	it.each(edges)('%s is a number or nothing, never NaN', (name, drawn) => {
		fc.assert(
			fc.property(drawn, (found) => expectPlainNumbers(found, name)),
			{ numRuns: 300 },
		);
	});
});

describe('a statistic over schools', () => {
	const schools = fc.array(
		fc.record({
			n: fc.integer({ min: 0, max: 60 }),
			mean: fc.integer({ min: 0, max: 20 }),
			variance: spread,
			part: share,
		}),
		{ minLength: 2, maxLength: 40 },
	);
	type School = { n: number; mean: number; variance: number; part: number };
	const count = ({ n, part }: School) => ({ n, x: Math.round(n * part) });
	const marks = ({ n, part }: School) => ({
		raised: Math.round(n * part),
		confirmed: n - Math.round(n * part),
		lowered: n,
	});
	const whole: [string, (all: School[]) => unknown][] = [
		['betweenVariance', (all) => betweenVariance(all, 4)],
		['betweenVariance, winsorised', (all) => betweenVariance(all, 4, { winsorised: true })],
		['intraclassCorrelation', (all) => intraclassCorrelation(all.map(count), 0.4)],
		['betaPrior', (all) => betaPrior(all.map(count))],
		['contrastReference', contrastReference],
		['journalReference', (all) => journalReference(all.map(marks))],
		['pooledVariance', pooledVariance],
	];
	const each: [string, (all: School[]) => unknown[]][] = [
		[
			'gainResiduals',
			(all) =>
				gainResiduals(
					all.map(({ n, mean, variance }) => ({ before: mean, nBefore: n, after: variance, nAfter: n })),
				),
		],
		[
			'officialChange',
			(all) => officialChange(all.map(({ mean, n }) => ({ earlier: mean, later: n }))).signs,
		],
		['benjaminiHochberg', (all) => benjaminiHochberg(all.map(({ part }) => part))],
	];
	const near = (left: unknown, right: unknown): void => {
		if (typeof left === 'number' && typeof right === 'number')
			expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(left)));
		else if (left && right && typeof left === 'object')
			for (const [name, part] of Object.entries(left)) near(part, (right as Record<string, unknown>)[name]);
		else expect(left).toEqual(right);
	};

	it.each(whole)('%s does not ask which school is which', (_, statistic) => {
		fc.assert(fc.property(schools, (all) => near(statistic(all), statistic(all.toReversed()))));
	});

	it.each(each)('%s says the same of a school wherever it stands', (_, statistic) => {
		fc.assert(fc.property(schools, (all) => near(statistic(all), statistic(all.toReversed()).toReversed())));
	});
});

const answer = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(MISSING));
const matrix = fc
	.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 14 }))
	.chain(([items, persons]) =>
		fc.array(fc.array(answer, { minLength: items, maxLength: items }), {
			minLength: persons,
			maxLength: persons,
		}),
	)
	.filter((rows) => rows.length > 0);
const patternsOf = (rows: readonly (readonly number[])[]): AnswerPatterns => ({
	items: rows[0]!.length,
	codes: Uint8Array.from(rows.flat()),
	counts: Float64Array.from(rows, (_, row) => 1 + (row % 3)),
});

describe('pairwise moments', () => {
	it('are those of the persons who answered both, whoever left what open', () => {
		fc.assert(
			fc.property(matrix, (rows) => {
				const { covariances, correlations } = pairwiseMoments(patternsOf(rows));
				const people = rows.flatMap((row, at) => new Array<readonly number[]>(1 + (at % 3)).fill(row));
				for (const [j, line] of covariances.entries())
					for (const [k, found] of line.entries()) {
						const both = people.filter((row) => row[j] !== MISSING && row[k] !== MISSING);
						const mean = (item: number) => both.reduce((sum, row) => sum + row[item]!, 0) / both.length;
						const moment = (one: number, other: number) =>
							both.reduce((sum, row) => sum + (row[one]! - mean(one)) * (row[other]! - mean(other)), 0) /
							(both.length - 1);
						if (both.length < 2) {
							expect(found).toBeNull();
							continue;
						}
						expect(found).toBeCloseTo(moment(j, k), 9);
						const spreads = Math.sqrt(moment(j, j) * moment(k, k));
						if (spreads > 1e-9) expect(correlations[j]![k]).toBeCloseTo(moment(j, k) / spreads, 9);
						else expect(correlations[j]![k]).toBeNull();
					}
				expectPlainNumbers(omegaTotal(correlations));
			}),
			{ numRuns: 200 },
		);
	});
});

describe('Andersen’s test', () => {
	it('is a test or nothing, and the same in any order of persons and items', () => {
		fc.assert(
			fc.property(matrix, (rows) => {
				const test = andersenTest({ ...patternsOf(rows), counts: new Float64Array(rows.length).fill(20) });
				expectPlainNumbers(test);
				const turned = rows.toReversed().map((row) => row.toReversed());
				const again = andersenTest({ ...patternsOf(turned), counts: new Float64Array(rows.length).fill(20) });
				if (test === null) expect(again).toBeNull();
				else {
					expect(again!.df).toBe(test.df);
					expect(again!.lr).toBeCloseTo(test.lr, 5);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('gives no number where only rounding ends the way of a difficulty to infinity', () => {
		const open = MISSING;
		const rows = [
			[0, 1, 1],
			[0, 0, 0],
			[2, 0, 1],
			[0, 1, 2],
			[1, 0, open],
			[open, open, 3],
			[0, open, 1],
			[1, 0, 2],
			[0, 0, 2],
		];
		for (const order of [rows, rows.map((row) => row.toReversed())])
			expect(
				andersenTest({ ...patternsOf(order), counts: new Float64Array(rows.length).fill(20) }),
			).toBeNull();
	});
});

describe('sizes of bias', () => {
	it('change their sign when answers are turned round, and groups exchanged', () => {
		const full = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 2 });
		fc.assert(
			fc.property(fc.array(fc.tuple(full, full), { minLength: 1, maxLength: 5 }), (of) => {
				const delta = etsDelta(of, 1)!.effect;
				const turned = of.map((stratum) => stratum.map((counts) => counts.toReversed()));
				expect(etsDelta(turned, 1)!.effect).toBeCloseTo(-delta, 9);
				expect(
					etsDelta(
						of.map((stratum) => stratum.toReversed()),
						1,
					)!.effect,
				).toBeCloseTo(-delta, 9);
				const difference = standardisedMeanDifference(of, 1)!.effect;
				expect(standardisedMeanDifference(turned, 1)!.effect).toBeCloseTo(-difference, 9);
				expect(mantelTest(turned)!.chi2).toBeCloseTo(mantelTest(of)!.chi2, 9);
			}),
		);
	});
});
