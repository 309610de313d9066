import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { betaBinomialUpperTail, intraclassCorrelation } from '#analytics/statistics/beta-binomial.ts';
import { binomialUpperTail } from '#analytics/statistics/binomial-tail.ts';
import { atLeast, poissonBinomialUpperTail } from '#analytics/statistics/poisson-binomial.ts';
import { fc } from '#tests/support/property.ts';

const golden: {
	binomial: { k: number; n: number; p: number; tail: number }[];
	poisson_binomial: { parts: { n: number; p: number }[]; observed: number; tail: number }[];
	beta_binomial: { k: number; n: number; mean: number; rho: number; tail: number }[];
} = JSON.parse(readFileSync(new URL('../../golden/statistics/expected.json', import.meta.url), 'utf8'));

/** Tails are compared relatively: 1e-20 against 1e-24 must not pass as "both nothing". */
function expectClose(value: number, expected: number, relative = 1e-10) {
	expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-300);
}

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('binomial upper tail', () => {
	it.each(golden.binomial)('P(X ≥ $k), Bin($n, $p)', ({ k, n, p, tail }) => {
		expectClose(binomialUpperTail(k, n, p), tail);
	});

	it('gives the worked values of the signs', () => {
		expect(binomialUpperTail(49, 54, 0.62963)).toBeCloseTo(3.765e-6, 9);
		expect(binomialUpperTail(28, 30, 0.571429)).toBeCloseTo(1.372e-5, 8);
		expect(binomialUpperTail(12, 14, 0.25)).toBeCloseTo(3.211e-6, 9);
		expect(binomialUpperTail(14, 17, 0.5)).toBeCloseTo(0.006363, 6);
	});

	it('is the chance of low results by luck', () => {
		// Share at or above 30 %: at least ceil(.3·n) of n.
		const chance = (n: number, p: number) => binomialUpperTail(Math.ceil(0.3 * n - 1e-9), n, p);
		expect([0.1, 0.15, 0.2].map((p) => chance(3, p).toFixed(3))).toEqual(['0.271', '0.386', '0.488']);
		expect([0.1, 0.15, 0.2].map((p) => chance(10, p).toFixed(3))).toEqual(['0.070', '0.180', '0.322']);
		expect([0.1, 0.15, 0.2].map((p) => chance(20, p).toFixed(3))).toEqual(['0.011', '0.067', '0.196']);
		expect(chance(50, 0.1).toFixed(4)).toBe('0.0001');
	});

	it('knows the degenerate cases', () => {
		expect(binomialUpperTail(0, 0, 0.3)).toBe(1);
		expect(binomialUpperTail(1, 0, 0.3)).toBe(0);
		expect(binomialUpperTail(-2, 5, 0.3)).toBe(1);
		expect(binomialUpperTail(1, 5, 0)).toBe(0);
		expect(binomialUpperTail(5, 5, 1)).toBe(1);
	});

	it('refuses what is no experiment', () => {
		for (const [k, n, p] of [
			[1, -1, 0.5],
			[1, 2.5, 0.5],
			[0.5, 2, 0.5],
			[1, 2, 1.1],
			[1, 2, Number.NaN],
		] as const) {
			expect(() => binomialUpperTail(k, n, p)).toThrow(RangeError);
		}
	});

	it('is a probability that falls with k and grows with p', () => {
		fc.assert(
			fc.property(fc.nat(200), fc.nat(200), probability, (n, k, p) => {
				const tail = binomialUpperTail(k, n, p);
				expect(tail).toBeGreaterThanOrEqual(0);
				expect(tail).toBeLessThanOrEqual(1);
				expect(binomialUpperTail(k + 1, n, p)).toBeLessThanOrEqual(tail + 1e-12);
				expect(binomialUpperTail(k, n, p / 2)).toBeLessThanOrEqual(tail + 1e-12);
			}),
		);
	});
});

describe('Poisson-binomial upper tail', () => {
	it.each(golden.poisson_binomial)('observed $observed', ({ parts, observed, tail }) => {
		expectClose(poissonBinomialUpperTail(parts, observed), tail, 1e-9);
	});

	it('gives the worked pooled border', () => {
		const parts = [
			{ n: 6, p: 0.5 },
			{ n: 9, p: 0.55 },
			{ n: 7, p: 0.6 },
		];
		expect(poissonBinomialUpperTail(parts, 19)).toBeCloseTo(0.002052, 6);
	});

	it('counts certain procedures', () => {
		expect(atLeast(2, [0.152, 0.126, 0.422, 0.745])).toBeCloseTo(0.457, 3);
		expect(atLeast(1, [0.5, 0.5])).toBeCloseTo(0.75, 15);
		expect(atLeast(3, [0.5, 0.5])).toBe(0);
		expect(atLeast(0, [])).toBe(1);
		expect(atLeast(1, [])).toBe(0);
		expect(atLeast(2, [1, 1, 0])).toBe(1);
	});

	it('gives the chance of two low procedures for an honest school', () => {
		const ruleA = (n: number, m: number) => {
			const low = binomialUpperTail(Math.ceil(0.3 * n - 1e-9), n, 0.15);
			return atLeast(2, new Array(m).fill(low));
		};
		expect([4, 6, 8].map((m) => ruleA(10, m).toFixed(3))).toEqual(['0.151', '0.295', '0.436']);
		expect([4, 6, 8].map((m) => ruleA(3, m).toFixed(3))).toEqual(['0.500', '0.744', '0.878']);
		expect([4, 6, 8].map((m) => ruleA(20, m).toFixed(3))).toEqual(['0.025', '0.057', '0.097']);
	});

	it('refuses what is no experiment', () => {
		expect(() => poissonBinomialUpperTail([{ n: 3, p: -0.1 }], 1)).toThrow(RangeError);
		expect(() => poissonBinomialUpperTail([{ n: 1.5, p: 0.1 }], 1)).toThrow(RangeError);
	});

	it('is the binomial when all parts share one probability, in any order', () => {
		const sizes = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(sizes, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(60), (ns, p, k) => {
				const parts = ns.map((n) => ({ n, p }));
				const total = ns.reduce((sum, n) => sum + n, 0);
				const tail = poissonBinomialUpperTail(parts, k);
				expectClose(tail, binomialUpperTail(k, total, p), 1e-9);
				expectClose(poissonBinomialUpperTail(parts.reverse(), k), tail, 1e-9);
			}),
		);
	});

	it('keeps large groups from underflowing', () => {
		expectClose(
			poissonBinomialUpperTail([{ n: 3000, p: 0.9 }], 2750),
			binomialUpperTail(2750, 3000, 0.9),
			1e-8,
		);
	});
});

describe('beta-binomial upper tail', () => {
	it.each(golden.beta_binomial)('P(X ≥ $k), n $n, mean $mean, ρ $rho', ({ k, n, mean, rho, tail }) => {
		expectClose(betaBinomialUpperTail(k, n, mean, rho), tail, 1e-9);
	});

	it('gives the worked journal comparison at ρ = .1 and at ρ = 0', () => {
		expect(betaBinomialUpperTail(12, 14, 0.25, 0.1)).toBeCloseTo(0.002396, 6);
		expect(betaBinomialUpperTail(14, 17, 0.5, 0.1)).toBeCloseTo(0.069211, 6);
		expect(betaBinomialUpperTail(12, 14, 0.25, 0)).toBe(binomialUpperTail(12, 14, 0.25));
	});

	it('approaches the binomial as ρ falls to 0, and a single draw as ρ rises to 1', () => {
		expectClose(betaBinomialUpperTail(9, 20, 0.3, 1e-7), binomialUpperTail(9, 20, 0.3), 1e-4);
		expect(betaBinomialUpperTail(5, 20, 0.3, 1)).toBe(0.3);
		expect(betaBinomialUpperTail(5, 20, 0.3, 0.9999)).toBeCloseTo(0.3, 3);
	});

	it('knows the degenerate cases', () => {
		expect(betaBinomialUpperTail(0, 0, 0.3, 0.1)).toBe(1);
		expect(betaBinomialUpperTail(0, 7, 0.3, 0.1)).toBe(1);
		expect(betaBinomialUpperTail(8, 7, 0.3, 0.1)).toBe(0);
		expect(betaBinomialUpperTail(1, 7, 0, 0.1)).toBe(0);
		expect(betaBinomialUpperTail(7, 7, 1, 0.1)).toBe(1);
		expect(() => betaBinomialUpperTail(1, 2, 0.5, -0.1)).toThrow(RangeError);
		expect(() => betaBinomialUpperTail(1, 2.5, 0.5, 0.1)).toThrow(RangeError);
		expect(() => betaBinomialUpperTail(1, 2, 1.5, 0.1)).toThrow(RangeError);
	});

	it('has two tails that make up the whole', () => {
		const open = fc.double({ min: 0.01, max: 0.99, noNaN: true });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 150 }), fc.nat(150), open, open, (n, k, mean, rho) => {
				const at = Math.min(k, n);
				const upper = betaBinomialUpperTail(at, n, mean, rho);
				const lower = betaBinomialUpperTail(n - at + 1, n, 1 - mean, rho);
				expect(upper).toBeGreaterThanOrEqual(0);
				expect(upper).toBeLessThanOrEqual(1);
				expect(upper + lower).toBeCloseTo(1, 9);
			}),
		);
	});
});

describe('intra-class correlation of counts', () => {
	it('is the moment formula over schools with ten or more', () => {
		const schools = [
			{ n: 20, x: 12 },
			{ n: 30, x: 5 },
			{ n: 9, x: 9 },
		];
		const chi = ((12 - 8) ** 2 + (5 - 12) ** 2) / 0.24;
		expect(intraclassCorrelation(schools, 0.4)).toBeCloseTo((chi - 50) / (20 * 19 + 30 * 29), 12);
	});

	it('never falls below zero', () => {
		expect(intraclassCorrelation([{ n: 20, x: 8 }], 0.4)).toBe(0);
	});

	it('is not estimable without large enough schools or with a share at an end', () => {
		expect(intraclassCorrelation([], 0.4)).toBeNull();
		expect(intraclassCorrelation([{ n: 9, x: 3 }], 0.4)).toBeNull();
		expect(intraclassCorrelation([{ n: 20, x: 0 }], 0)).toBeNull();
	});
});
