import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forecastCount, poissonDispersion } from '#analytics/statistics/count-forecast.ts';
import { createRandom } from '#data/simulation/random.ts';

interface Limits {
	ahead: number;
	events: number;
	low: number;
	median: number;
	high: number;
}
const golden: {
	mixture: (Limits & { exposure: number; waiting: number })[];
	qnbinom: (Limits & { days: number })[];
} = JSON.parse(readFileSync(new URL('../../golden/count-forecast/expected.json', import.meta.url), 'utf8'));

describe('forecast of answers (Poisson–gamma)', () => {
	it('agrees with R’s integration of the mixture in every case', () => {
		expect(golden.mixture).toHaveLength(135);
		for (const { low, median, high, ...given } of golden.mixture)
			expect(forecastCount(given), JSON.stringify(given)).toEqual({ low, median, high });
	});

	it('is the negative binomial of R’s qnbinom where very many wait', () => {
		expect(golden.qnbinom).toHaveLength(80);
		const waiting = 1e9;
		for (const { low, median, high, days, ...given } of golden.qnbinom) {
			const forecast = forecastCount({ ...given, exposure: days * waiting, waiting })!;
			for (const [name, value] of Object.entries({ low, median, high }))
				expect(
					Math.abs(forecast[name as 'low'] - value),
					`${name} of ${JSON.stringify({ ...given, days })}`,
				).toBeLessThanOrEqual(value > 10_000 ? 1 : 0);
		}
	});

	it('holds what it promises: about 80 of 100 counts fall inside where everybody answers at one rate', () => {
		const random = createRandom(7).uniform;
		let inside = 0;
		const rounds = 600;
		for (let round = 0; round < rounds; round++) {
			const rate = 0.01 + 0.05 * random();
			// 200 people, each answering after an exponential wait; a week is seen, twelve days are to come.
			const waits = Array.from({ length: 200 }, () => -Math.log(1 - random()) / rate);
			const seen = waits.filter((wait) => wait <= 7);
			const waiting = waits.length - seen.length;
			const exposure = seen.reduce((sum, wait) => sum + wait, 0) + 7 * waiting;
			const forecast = forecastCount({ events: seen.length, exposure, waiting, ahead: 12 })!;
			const came = waits.filter((wait) => wait > 7 && wait <= 19).length;
			if (came >= forecast.low && came <= forecast.high) inside++;
		}
		// Counts are whole, so the promise is kept a little more than exactly.
		expect(inside / rounds).toBeGreaterThan(0.77);
		expect(inside / rounds).toBeLessThan(0.9);
	});

	it('measures bursts by Pearson’s χ² and widens by them', () => {
		// Mean 4, squares 4·(4² ) + 2·8² over 4, five degrees of freedom: (64 + 128) / 4 / 5.
		expect(poissonDispersion([0, 12, 0, 0, 12, 0])).toBeCloseTo(192 / 4 / 5, 12);
		expect(poissonDispersion([3, 3, 3, 3])).toBe(1);
		expect(poissonDispersion([0, 0, 0])).toBe(1);
		expect(poissonDispersion([0, 9])).toBe(1);
		const given = { events: 24, exposure: 1200, waiting: 180, ahead: 6 };
		const steady = forecastCount(given)!;
		const bursty = forecastCount({ ...given, dispersion: 9.6 })!;
		expect(bursty.low).toBeLessThan(steady.low);
		expect(bursty.high).toBeGreaterThan(steady.high);
	});

	it('refuses what cannot be', () => {
		const given = { events: 3, exposure: 70, waiting: 10, ahead: 1 };
		const wrong = [
			{ events: -1 },
			{ exposure: 0 },
			{ waiting: -1 },
			{ ahead: -1 },
			{ dispersion: 0.5 },
			{ events: Number.NaN },
		];
		for (const each of wrong) expect(forecastCount({ ...given, ...each }), JSON.stringify(each)).toBeNull();
		expect(forecastCount(given, 1)).toBeNull();
	});

	it('is certain where nobody waits or no time is left', () => {
		const none = { low: 0, median: 0, high: 0 };
		expect(forecastCount({ events: 9, exposure: 40, waiting: 0, ahead: 5 })).toEqual(none);
		expect(forecastCount({ events: 9, exposure: 40, waiting: 20, ahead: 0 })).toEqual(none);
	});
});
