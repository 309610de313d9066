import { describe, expect, it } from 'vitest';
import {
	formatCell,
	formatDate,
	formatDay,
	formatInterval,
	formatNumber,
	formatPercent,
	formatPlusMinus,
	formatPValue,
	formatShare,
	formatShort,
} from '#client/format.ts';

/** Intl separates thousands by a space that does not break; which one is not our concern. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers', () => {
	it('has a decimal comma, a true minus and thousands apart in Russian', () => {
		expect(plain(formatNumber(-1234.5, 'ru', 1))).toBe('−1 234,5');
		expect(formatNumber(-1234.5, 'en', 1)).toBe('−1,234.5');
	});

	it('shows decimals only when they say something', () => {
		expect(formatShort(4, 'ru')).toBe('4');
		expect(formatShort(4.25, 'ru')).toBe('4,3');
	});

	it('puts a space before the percent sign in Russian only', () => {
		expect(plain(formatPercent(41, 'ru'))).toBe('41 %');
		expect(formatPercent(41, 'en')).toBe('41%');
		expect(plain(formatShare(0.414, 'ru'))).toBe('41 %');
	});

	it('writes an interval beside its value, and none when there is none', () => {
		expect(plain(formatInterval(41, 36, 46, 'ru'))).toBe('41 % [36–46]');
		expect(plain(formatInterval(41, null, 46, 'ru'))).toBe('41 %');
		expect(plain(formatPlusMinus(62, 7, 'ru'))).toBe('62 ± 7');
	});

	it('never writes a p-value of zero', () => {
		expect(formatPValue(0.0324, 'ru')).toBe('0,032');
		expect(plain(formatPValue(0.00004, 'ru'))).toBe('< 0,001');
		expect(plain(formatPValue(0.00004, 'en'))).toBe('< 0.001');
	});
});

describe('days', () => {
	it('keeps a calendar day where it is, whatever the zone', () => {
		expect(plain(formatDate('2026-12-12', 'ru'))).toBe('12 декабря 2026 г.');
		expect(formatDate('2026-12-12', 'en')).toBe('12 December 2026');
		expect(formatDay('2026-01-01', 'ru')).toBe('01.01.2026');
	});
});

describe('cells', () => {
	it('leaves years and ids without separators', () => {
		expect(formatCell(2026, undefined, 'ru')).toBe('2026');
		expect(formatCell(10234, 'id', 'ru')).toBe('10234');
		expect(plain(formatCell(10234, 'count', 'ru'))).toBe('10 234');
	});

	it('reads a share as percent and a percent as it is', () => {
		expect(plain(formatCell(0.41, 'share', 'ru'))).toBe('41 %');
		expect(plain(formatCell(41.5, 'percent', 'ru'))).toBe('41,5 %');
		expect(formatCell(true, undefined, 'ru')).toBe('да');
	});
});
