import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { betaFromMoments, betaPrior, edgePrior } from '#analytics/statistics/beta-prior.ts';
import { binomialLimits } from '#analytics/statistics/binomial-limits.ts';
import { binomialUpperTail } from '#analytics/statistics/binomial-tail.ts';
import { benjaminiHochberg, benjaminiYekutieli } from '#analytics/statistics/false-discovery.ts';
import { meanLimits, normalShareLimits, shareLimits } from '#analytics/statistics/funnel-limits.ts';
import { newcombeInterval } from '#analytics/statistics/newcombe-interval.ts';
import { posteriorExceedance } from '#analytics/statistics/posterior-exceedance.ts';
import { simes } from '#analytics/statistics/simes.ts';
import { wilsonInterval } from '#analytics/statistics/wilson-interval.ts';
import { fc } from '#tests/support/property.ts';

const golden: {
	wilson: { x: number; n: number; confidence: number; lo: number; hi: number }[];
	discovery: { p: number[]; bh: number[]; by: number[] }[];
	posterior: { alpha: number; beta: number; x: number; n: number; threshold: number; p: number }[];
} = JSON.parse(readFileSync(new URL('../../golden/statistics/expected.json', import.meta.url), 'utf8'));
const pValue = fc.double({ min: 0, max: 1, noNaN: true });

describe('Wilson interval (D14)', () => {
	it.each(golden.wilson)('$x of $n at $confidence', ({ x, n, confidence, lo, hi }) => {
		const interval = wilsonInterval(x, n, { confidence });
		expect(interval?.lo).toBeCloseTo(lo, 12);
		expect(interval?.hi).toBeCloseTo(hi, 12);
	});

	it('gives the worked values', () => {
		expect(wilsonInterval(3, 10)?.lo).toBeCloseTo(0.1078, 4);
		expect(wilsonInterval(3, 10)?.hi).toBeCloseTo(0.6032, 4);
		expect(wilsonInterval(15, 50)?.lo).toBeCloseTo(0.191, 4);
		expect(wilsonInterval(15, 50)?.hi).toBeCloseTo(0.4375, 4);
	});

	it('narrows for a finite population and closes at a complete count', () => {
		const whole = wilsonInterval(3, 10)!;
		const half = wilsonInterval(3, 10, { population: 20 })!;
		expect(half.lo).toBeGreaterThan(whole.lo);
		expect(half.hi).toBeLessThan(whole.hi);
		// n(N−1)/(N−n) = 19 in place of 10, at the same share.
		expect(half.hi).toBeCloseTo(wilsonInterval(0.3 * 19, 19)!.hi, 12);
		expect(wilsonInterval(3, 10, { population: 10 })).toEqual({ lo: 0.3, hi: 0.3 });
		expect(wilsonInterval(3, 10, { population: 7 })).toEqual(whole);
	});

	it('is not estimable without people or with impossible counts', () => {
		expect(wilsonInterval(0, 0)).toBeNull();
		expect(wilsonInterval(4, 3)).toBeNull();
		expect(wilsonInterval(-1, 3)).toBeNull();
		expect(wilsonInterval(Number.NaN, 3)).toBeNull();
		expect(wilsonInterval(1, 3, { confidence: 1 })).toBeNull();
	});

	it('lies in 0..1 around the share', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, u) => {
				const x = Math.round(u * n);
				const { lo, hi } = wilsonInterval(x, n)!;
				expect(lo).toBeGreaterThanOrEqual(0);
				expect(lo).toBeLessThanOrEqual(x / n);
				expect(hi).toBeGreaterThanOrEqual(x / n);
				expect(hi).toBeLessThanOrEqual(1);
			}),
		);
	});
});

describe('Simes', () => {
	it('gives the worked value in any order', () => {
		expect(simes([0.004, 0.03, 0.2, 0.6])).toBeCloseTo(0.016, 12);
		expect(simes([0.6, 0.2, 0.004, 0.03])).toBeCloseTo(0.016, 12);
	});

	it('leaves one p alone and needs at least one', () => {
		expect(simes([0.2])).toBe(0.2);
		expect(simes([])).toBeNull();
		expect(simes([1, 1, 1])).toBe(1);
	});

	it('lies between the smallest p and both the largest p and Bonferroni', () => {
		fc.assert(
			fc.property(fc.array(pValue, { minLength: 1 }), (ps) => {
				const combined = simes(ps)!;
				expect(combined).toBeGreaterThanOrEqual(Math.min(...ps));
				expect(combined).toBeLessThanOrEqual(Math.max(...ps) + 1e-12);
				expect(combined).toBeLessThanOrEqual(ps.length * Math.min(...ps) + 1e-12);
			}),
		);
	});
});

describe('false discovery', () => {
	const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];

	it('gives the worked q-values', () => {
		const q = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057, 0.216, 0.216, 0.216];
		benjaminiHochberg(p).forEach((value, i) => {
			expect(value).toBeCloseTo(q[i]!, 4);
		});
		expect(benjaminiYekutieli(p)[0]).toBeCloseTo(0.0293, 4);
	});

	it.each(golden.discovery)('agrees with SciPy', ({ p: ps, bh, by }) => {
		benjaminiHochberg(ps).forEach((q, i) => {
			expect(q).toBeCloseTo(bh[i]!, 12);
		});
		benjaminiYekutieli(ps).forEach((q, i) => {
			expect(q).toBeCloseTo(by[i]!, 12);
		});
	});

	it('leaves out what could not be estimated', () => {
		expect(benjaminiHochberg([null, 0.01, null, 0.04])).toEqual([null, 0.02, null, 0.04]);
		expect(benjaminiHochberg([null])).toEqual([null]);
		expect(benjaminiHochberg([])).toEqual([]);
		expect(benjaminiYekutieli([0.3])).toEqual([0.3]);
	});

	it('keeps the order of p, is never below p, and Yekutieli is never below Hochberg', () => {
		fc.assert(
			fc.property(fc.array(fc.option(pValue), { maxLength: 60 }), (ps) => {
				const bh = benjaminiHochberg(ps);
				const by = benjaminiYekutieli(ps);
				ps.forEach((one, i) => {
					if (one === null) {
						expect(bh[i]).toBeNull();
						return;
					}
					expect(bh[i]).toBeGreaterThanOrEqual(one);
					expect(bh[i]).toBeLessThanOrEqual(1);
					expect(by[i]).toBeGreaterThanOrEqual(bh[i]!);
					expect(by[i]).toBeLessThanOrEqual(1);
					ps.forEach((other, j) => {
						if (other !== null && one < other) expect(bh[i]).toBeLessThanOrEqual(bh[j]!);
					});
				});
			}),
		);
	});

	it('does not depend on the order of the schools', () => {
		fc.assert(
			fc.property(fc.array(pValue, { maxLength: 40 }), (ps) => {
				expect(benjaminiHochberg(ps.toReversed()).toReversed()).toEqual(benjaminiHochberg(ps));
			}),
		);
	});

	it('keeps its promise on honest schools', () => {
		// All hypotheses true: any q ≤ .10 is a false alarm, allowed in 10 % of municipalities.
		let state = 20260;
		const uniform = () => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return state / 2 ** 32;
		};
		let alarms = 0;
		for (let trial = 0; trial < 2000; trial++) {
			const ps = Array.from({ length: 30 }, uniform);
			if (benjaminiHochberg(ps).some((q) => q! <= 0.1)) alarms++;
		}
		expect(alarms / 2000).toBeGreaterThan(0.07);
		expect(alarms / 2000).toBeLessThan(0.13);
	});
});

describe('funnel limits', () => {
	it('gives the worked upper limits of a share of .20', () => {
		const upper = (z: number) =>
			[10, 25, 50, 100].map((n) => normalShareLimits(0.2, n, { z })!.hi.toFixed(3));
		expect(upper(1.96)).toEqual(['0.448', '0.357', '0.311', '0.278']);
		expect(upper(3.09)).toEqual(['0.591', '0.447', '0.375', '0.324']);
	});

	it('widens by the variance between schools and stays on the scale', () => {
		const narrow = normalShareLimits(0.2, 50)!;
		const wide = normalShareLimits(0.2, 50, { betweenVariance: 0.004 })!;
		expect(wide.hi).toBeGreaterThan(narrow.hi);
		expect(normalShareLimits(0.02, 4)?.lo).toBe(0);
		expect(normalShareLimits(0.98, 4)?.hi).toBe(1);
		expect(shareLimits(0.2, 10, { betweenVariance: 0.01 })!.hi).toBeGreaterThanOrEqual(
			shareLimits(0.2, 10)!.hi,
		);
	});

	it('is exact where the normal curve is too rough', () => {
		expect(shareLimits(0.2, 100)).toEqual(normalShareLimits(0.2, 100));
		expect(shareLimits(0.2, 10)).toEqual({ lo: 0, hi: 0.5 });
	});

	it('has exact limits that chance crosses at most α/2 of the time, and no wider ones', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 120 }),
				fc.double({ min: 0.01, max: 0.99, noNaN: true }),
				(n, p) => {
					const { lo, hi } = binomialLimits(p, n)!;
					const u = Math.round(hi * n);
					const l = Math.round(lo * n);
					expect(binomialUpperTail(u + 1, n, p)).toBeLessThanOrEqual(0.025 + 1e-12);
					if (u > 0) expect(binomialUpperTail(u, n, p)).toBeGreaterThan(0.025 - 1e-12);
					expect(1 - binomialUpperTail(l, n, p)).toBeLessThanOrEqual(0.025 + 1e-9);
					expect(l).toBeLessThanOrEqual(u);
				},
			),
		);
	});

	it('knows the degenerate cases', () => {
		expect(binomialLimits(0.2, 0)).toBeNull();
		expect(binomialLimits(1.2, 10)).toBeNull();
		expect(binomialLimits(0, 10)).toEqual({ lo: 0, hi: 0 });
		expect(binomialLimits(1, 10)).toEqual({ lo: 1, hi: 1 });
		expect(shareLimits(0.2, 0)).toBeNull();
		expect(meanLimits(0, { mean: 12, withinVariance: 4, betweenVariance: 1 })).toBeNull();
		expect(meanLimits(5, { mean: 12, withinVariance: 0, betweenVariance: 0 })).toBeNull();
	});

	it('is as wide as known for a mean, in standard deviations', () => {
		const reference = { mean: 0, withinVariance: 1, betweenVariance: 0 };
		const half = [5, 10, 15, 25, 50, 100].map((n) => meanLimits(n, reference)!.hi.toFixed(2));
		expect(half).toEqual(['0.88', '0.62', '0.51', '0.39', '0.28', '0.20']);
	});
});

describe('low-results certainty', () => {
	const prior = { alpha: 2.4, beta: 13.6 };

	it('has the prior of the worked moments', () => {
		const beta = betaFromMoments(0.15, 0.0075)!;
		expect(beta.alpha).toBeCloseTo(2.4, 10);
		expect(beta.beta).toBeCloseTo(13.6, 10);
	});

	it.each([
		[2, 5, 0.152],
		[3, 10, 0.126],
		[8, 20, 0.422],
		[20, 50, 0.745],
		[60, 200, 0.353],
	])('gives the worked certainty of %i of %i', (x, n, certainty) => {
		expect(posteriorExceedance(prior, x, n, 0.3)).toBeCloseTo(certainty, 3);
	});

	it.each(golden.posterior)('agrees with SciPy: $x of $n', ({ alpha, beta, x, n, threshold, p }) => {
		expect(posteriorExceedance({ alpha, beta }, x, n, threshold)).toBeCloseTo(p, 11);
	});

	it('takes the chance of small schools out of the spread', () => {
		const schools = [
			{ x: 1, n: 10 },
			{ x: 4, n: 10 },
			{ x: 2, n: 20 },
			{ x: 9, n: 30 },
			{ x: 0, n: 0 },
		];
		const mean = (0.1 + 0.4 + 0.1 + 0.3) / 4;
		const raw = (2 * 0.125 ** 2 + 0.175 ** 2 + 0.075 ** 2) / 3;
		const inverse = (0.1 + 0.1 + 0.05 + 1 / 30) / 4;
		const variance = (raw - mean * (1 - mean) * inverse) / (1 - inverse);
		const fitted = betaPrior(schools)!;
		const { alpha, beta } = betaFromMoments(mean, variance)!;
		expect(fitted.alpha).toBeCloseTo(alpha, 10);
		expect(fitted.beta).toBeCloseTo(beta, 10);
	});

	it('stays proper when schools differ less than by chance', () => {
		const { alpha, beta } = betaPrior([
			{ x: 2, n: 10 },
			{ x: 2, n: 10 },
		])!;
		expect(alpha / (alpha + beta)).toBeCloseTo(0.2, 10);
		expect(Number.isFinite(alpha)).toBe(true);
	});

	it('at an edge keeps a half and as much of the results as the least spread allows', () => {
		const moments = ({ alpha, beta }: { alpha: number; beta: number }) => {
			const size = alpha + beta;
			return { mean: alpha / size, spread: Math.sqrt((alpha * beta) / (size * size * (size + 1))) };
		};
		// 320 results without a fail: the size at which Beta(½, ·) has a standard deviation of .05
		const many = edgePrior(0, 320, 0.05);
		expect(many.alpha).toBe(0.5);
		expect(many.beta).toBeCloseTo(12.884475, 5);
		expect(moments(many).spread).toBeCloseTo(0.05, 12);
		expect(edgePrior(1, 320, 0.05)).toEqual({ alpha: many.beta, beta: 0.5 });
		// six results: (0 + ½)/(6 + 1), as wide as seven leave it
		expect(moments(edgePrior(0, 6, 0.05)).mean).toBeCloseTo(0.5 / 7, 12);
		expect(moments(edgePrior(0, 6, 0.05)).spread).toBeGreaterThan(0.05);
		expect(edgePrior(0, 1000, 0.5)).toEqual({ alpha: 0.5, beta: 0.5 });
	});

	it('is not estimable from nothing', () => {
		expect(betaPrior([])).toBeNull();
		expect(betaPrior([{ x: 2, n: 10 }])).toBeNull();
		expect(
			betaPrior([
				{ x: 0, n: 10 },
				{ x: 0, n: 12 },
			]),
		).toBeNull();
		expect(
			betaPrior([
				{ x: 1, n: 1 },
				{ x: 0, n: 1 },
			]),
		).toBeNull();
		expect(betaFromMoments(0.2, 0.16)).toBeNull();
		expect(posteriorExceedance(prior, 3, 2, 0.3)).toBeNull();
		expect(posteriorExceedance(prior, 1, 2, 1)).toBeNull();
		expect(posteriorExceedance({ alpha: 0, beta: 1 }, 1, 2, 0.3)).toBeNull();
	});

	it('grows with every failure', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(199), (n, k) => {
				const x = Math.min(k, n - 1);
				const more = posteriorExceedance(prior, x + 1, n, 0.3)!;
				expect(more).toBeGreaterThan(posteriorExceedance(prior, x, n, 0.3)! - 1e-12);
			}),
		);
	});
});

describe('Newcombe interval (H4)', () => {
	it('gives the worked values', () => {
		const change = newcombeInterval({ x: 12, n: 60 }, { x: 24, n: 60 })!;
		expect(100 * change.difference).toBeCloseTo(-20, 10);
		expect((100 * change.lo).toFixed(1)).toBe('-35.0');
		expect((100 * change.hi).toFixed(1)).toBe('-3.6');
	});

	it('needs people in both groups', () => {
		expect(newcombeInterval({ x: 0, n: 0 }, { x: 1, n: 5 })).toBeNull();
		expect(newcombeInterval({ x: 1, n: 5 }, { x: 0, n: 0 })).toBeNull();
	});

	it('turns round with its groups and stays in −1..1', () => {
		const group = fc
			.integer({ min: 1, max: 300 })
			.chain((n) => fc.record({ x: fc.nat(n), n: fc.constant(n) }));
		fc.assert(
			fc.property(group, group, (one, two) => {
				const there = newcombeInterval(one, two)!;
				const back = newcombeInterval(two, one)!;
				expect(there.lo).toBeCloseTo(-back.hi, 12);
				expect(there.lo).toBeGreaterThanOrEqual(-1 - 1e-12);
				expect(there.hi).toBeLessThanOrEqual(1 + 1e-12);
			}),
		);
	});
});
