import { describe, expect, test } from 'vitest';
import { type IndexInput, riskIndex, significanceOf } from '#analytics/statistics/risk-index.ts';

const input = (value: number | null, changes: Partial<IndexInput> = {}): IndexInput => ({
	value,
	good: 20,
	bad: 70,
	weight: 1,
	...changes,
});

describe('the index of a risk factor', () => {
	test.each([
		[20, 0],
		[45, 50],
		[70, 100],
		[5, 0],
		[95, 100],
	])('norms %s between good 20 and bad 70 to %s', (value, index) => {
		expect(riskIndex([input(value)])).toBeCloseTo(index, 12);
	});

	test('runs the other way where much is good', () => {
		expect(riskIndex([input(50, { good: 80, bad: 30 })])).toBeCloseTo(60, 12);
		expect(riskIndex([input(0, { good: 1, bad: 0 })])).toBe(100);
	});

	test('weighs what is known, and says nothing when nothing is', () => {
		expect(riskIndex([input(70, { weight: 3 }), input(20)])).toBe(75);
		expect(riskIndex([input(70), input(null, { weight: 9 })])).toBe(100);
		expect(riskIndex([input(null)])).toBeNull();
		expect(riskIndex([])).toBeNull();
		expect(riskIndex([input(30, { bad: 20 }), input(30, { weight: 0 })])).toBeNull();
	});

	test.each([
		[0, 'low'],
		[33.999, 'low'],
		[34, 'medium'],
		[66.999, 'medium'],
		[67, 'high'],
		[100, 'high'],
	])('%s is of %s significance', (index, significance) => {
		expect(significanceOf(index)).toBe(significance);
	});
});
