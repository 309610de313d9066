import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forecastCount, poissonDispersion } from '#analytics/statistics/count-forecast.ts';
import { randomFrom } from '../result-objectivity/random.ts';

interface Case {
	events: number;
	days: number;
	ahead: number;
	low: number;
	median: number;
	high: number;
}
const golden: Case[] = JSON.parse(
	readFileSync(new URL('../../golden/count-forecast/expected.json', import.meta.url), 'utf8'),
);

describe('forecast of a count (Poisson–gamma)', () => {
	it('agrees with qnbinom of R in every case', () => {
		expect(golden).toHaveLength(120);
		for (const { low, median, high, ...given } of golden)
			expect(forecastCount(given), JSON.stringify(given)).toEqual({ low, median, high });
	});

	it('holds what it promises: about 80 of 100 counts of a steady stream fall inside', () => {
		const random = randomFrom(7);
		let inside = 0;
		const rounds = 2000;
		for (let round = 0; round < rounds; round++) {
			const rate = 2 + 6 * random();
			const [days, ahead] = [7, 12];
			const forecast = forecastCount({ events: poisson(rate * days, random), days, ahead })!;
			const came = poisson(rate * ahead, random);
			if (came >= forecast.low && came <= forecast.high) inside++;
		}
		// Counts are whole, so the promise is kept a little more than exactly.
		expect(inside / rounds).toBeGreaterThan(0.78);
		expect(inside / rounds).toBeLessThan(0.87);
	});

	it('measures bursts by Pearson’s χ² and widens by them', () => {
		// Mean 4, squares 4·(4² ) + 2·8² over 4, five degrees of freedom: (64 + 128) / 4 / 5.
		expect(poissonDispersion([0, 12, 0, 0, 12, 0])).toBeCloseTo(192 / 4 / 5, 12);
		expect(poissonDispersion([3, 3, 3, 3])).toBe(1);
		expect(poissonDispersion([0, 0, 0])).toBe(1);
		expect(poissonDispersion([0, 9])).toBe(1);
		const steady = forecastCount({ events: 24, days: 6, ahead: 6 })!;
		const bursty = forecastCount({ events: 24, days: 6, ahead: 6, dispersion: 9.6 })!;
		expect(bursty.low).toBeLessThan(steady.low);
		expect(bursty.high).toBeGreaterThan(steady.high);
	});

	it('refuses what cannot be', () => {
		expect(forecastCount({ events: -1, days: 7, ahead: 1 })).toBeNull();
		expect(forecastCount({ events: 3, days: 0, ahead: 1 })).toBeNull();
		expect(forecastCount({ events: 3, days: 7, ahead: -1 })).toBeNull();
		expect(forecastCount({ events: 3, days: 7, ahead: 1, dispersion: 0.5 })).toBeNull();
		expect(forecastCount({ events: 3, days: 7, ahead: 1 }, 1)).toBeNull();
	});
});

/** By exponential waits. */
function poisson(mean: number, random: () => number): number {
	let count = -1;
	let waited = 0;
	while (waited <= mean) {
		waited += -Math.log(random());
		count += 1;
	}
	return count;
}
