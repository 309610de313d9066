import { expect, test } from 'vitest';
import { tilt } from './battery.ts';
import {
	certainty,
	coverageTable,
	forecastTable,
	honestYearsTable,
	honestyTable,
	powerTable,
	spreadTable,
	tiltTable,
} from './tables.ts';

/** A little of what `npm run calibrate` simulates, with the same seeds: each promise that breaks is named. */
test('95 % intervals cover 93 to 97 %', () => {
	expect(coverageTable('quick').broken).toEqual([]);
}, 180_000);

test('a certainty of 80 % is right in 80 of 100 schools', () => {
	expect(certainty('quick').broken).toEqual([]);
});

test('forecasts hold as many as they promise', () => {
	expect(forecastTable('quick').broken).toEqual([]);
});

test('honest municipalities show no school at level 2', () => {
	expect(honestyTable('quick').broken).toEqual([]);
});

test('nor do they over two years, with an exam after', () => {
	const table = honestYearsTable('quick');
	expect(table.broken).toEqual([]);
	expect(table.rows.map(([sign]) => sign)).toEqual(expect.arrayContaining(['O11', 'O12']));
});

test('a school that lifts 40 % of its papers over the border is found where enough of them stand there', () => {
	expect(powerTable('quick').broken).toEqual([]);
});

test('what a fifth of the schools does is found more often once those found do not serve as reference', () => {
	const table = spreadTable('quick');
	expect(table.broken).toEqual([]);
}, 60_000);

test('a better honest school trips the border signs no more often than their level, thanks to the tilt alone', () => {
	expect(tiltTable('quick').broken).toEqual([]);
	const { pooled, untilted } = tilt(100, 60);
	expect(pooled).toBeLessThan(0.1);
	expect(untilted).toBeGreaterThan(0.4);
});
