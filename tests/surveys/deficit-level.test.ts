import { describe, expect, it } from 'vitest';
import { BASIC_CUT_SCORES, deficitLevel, findAdjacentLevels, isBorderline } from '#surveys/deficit-level.ts';

describe('deficit level (method D6)', () => {
	it.each([
		[100, 'low'],
		[80, 'low'],
		[79.99, 'medium'],
		[60, 'medium'],
		[59.99, 'high'],
		[0, 'high'],
	])('%s %% is %s', (percent, level) => {
		expect(deficitLevel(percent, BASIC_CUT_SCORES)).toBe(level);
	});

	it('does not lose a border to rounding', () => {
		expect(deficitLevel(0.1 * 3 * 200, BASIC_CUT_SCORES)).toBe('medium');
		expect(deficitLevel(79.9999999999999, BASIC_CUT_SCORES)).toBe('low');
	});

	it('follows other cut scores in any order', () => {
		const cuts = [
			{ level: 'high', from: 0, to: 50 },
			{ level: 'low', from: 50, to: 100 },
		] as const;
		expect(deficitLevel(50, cuts)).toBe('low');
		expect(deficitLevel(49.9, cuts)).toBe('high');
	});

	it('refuses a percent that is none', () => {
		expect(() => deficitLevel(120, BASIC_CUT_SCORES)).toThrow(RangeError);
		expect(() => deficitLevel(Number.NaN, BASIC_CUT_SCORES)).toThrow(RangeError);
	});
});

describe('borderline (method D11)', () => {
	it.each([
		[80 + 1.96 * 5, true],
		[80 + 1.96 * 5 + 0.01, false],
		[80 - 1.96 * 5, true],
		[60 - 1.96 * 5 - 0.01, false],
		[70, false],
	])('%s %% with an error of 5 %%: %s', (percent, expected) => {
		expect(isBorderline(percent, 5, BASIC_CUT_SCORES)).toBe(expected);
	});

	it('never counts the ends of the scale', () => {
		expect(isBorderline(1, 3, BASIC_CUT_SCORES)).toBe(false);
		expect(isBorderline(99, 3, BASIC_CUT_SCORES)).toBe(false);
	});

	it('names the two levels at the nearest border', () => {
		expect(findAdjacentLevels(78, 12, BASIC_CUT_SCORES)).toEqual(['medium', 'low']);
		expect(findAdjacentLevels(62, 12, BASIC_CUT_SCORES)).toEqual(['high', 'medium']);
		expect(findAdjacentLevels(30, 5, BASIC_CUT_SCORES)).toBeNull();
	});
});
