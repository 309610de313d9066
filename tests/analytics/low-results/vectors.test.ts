import { describe, expect, test } from 'vitest';
import { betaFromMoments, betaPrior } from '#analytics/statistics/beta-prior.ts';
import { binomialUpperTail } from '#analytics/statistics/binomial-tail.ts';
import { atLeast } from '#analytics/statistics/poisson-binomial.ts';
import { posteriorExceedance } from '#analytics/statistics/posterior-exceedance.ts';

/** The table of the regulation's rule by chance: one procedure at three true shares, rule A at 15 % in 4, 6 and 8. */
describe('the rule of low results by chance', () => {
	const low = (n: number, share: number): number => binomialUpperTail(Math.ceil(0.3 * n - 1e-9), n, share);

	test.each([
		[3, ['0.271', '0.386', '0.488'], ['0.500', '0.744', '0.878']],
		[5, ['0.081', '0.165', '0.263'], ['0.129', '0.259', '0.389']],
		[10, ['0.070', '0.180', '0.322'], ['0.151', '0.295', '0.436']],
		[20, ['0.011', '0.067', '0.196'], ['0.025', '0.057', '0.097']],
	])('in a school of %i', (n, one, ruleA) => {
		expect([0.1, 0.15, 0.2].map((share) => low(n, share).toFixed(3))).toEqual(one);
		expect([4, 6, 8].map((m) => atLeast(2, new Array(m).fill(low(n, 0.15))).toFixed(3))).toEqual(ruleA);
	});

	test('in a school of 50', () => {
		expect([low(50, 0.1).toFixed(4), low(50, 0.15).toFixed(3), low(50, 0.2).toFixed(3)]).toEqual([
			'0.0001',
			'0.005',
			'0.061',
		]);
		const ruleA = [4, 6, 8].map((m) => atLeast(2, new Array(m).fill(low(50, 0.15))).toFixed(4));
		expect(ruleA).toEqual(['0.0002', '0.0004', '0.0008']);
	});
});

test('the observed spread in place of the true one would turn 8 of 20 from .422 into .598', () => {
	const [m, v] = [0.15, 0.0075];
	expect(posteriorExceedance(betaFromMoments(m, v)!, 8, 20, 0.3)).toBeCloseTo(0.422, 3);
	const observed = v * (1 - 1 / 20) + (m * (1 - m)) / 20;
	expect(posteriorExceedance(betaFromMoments(m, observed)!, 8, 20, 0.3)).toBeCloseTo(0.598, 2);
	// and from schools of twenty with that observed spread the prior finds the true one again
	const step = Math.sqrt(observed * (39 / 40)) * 20;
	const schools = Array.from({ length: 40 }, (_, index) => ({ n: 20, x: 3 + (index % 2 ? step : -step) }));
	const prior = betaPrior(schools)!;
	expect(prior.alpha).toBeCloseTo(2.4, 6);
	expect(prior.beta).toBeCloseTo(13.6, 6);
});
