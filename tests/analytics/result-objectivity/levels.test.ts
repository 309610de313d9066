import { describe, expect, test } from 'vitest';
import { definition } from '#analytics/result-objectivity/definition.ts';
import {
	combineFamilies,
	controlSigns,
	type Evidence,
	levelOfYear,
	setLevels,
} from '#analytics/result-objectivity/evidence.ts';
import { type Family, families, type RawSign } from '#analytics/result-objectivity/signs.ts';
import { readConfig } from '#server/config.ts';

const { presets } = definition;

function sign(family: Family, found: Partial<RawSign> = {}): RawSign {
	return {
		id: 'O3',
		family,
		procedures: ['P'],
		statistic: 1,
		p: 0.001,
		q: 0.001,
		flagged: true,
		n: 50,
		note: null,
		inputs: {},
		group: 'G',
		isLarge: true,
		pooledYears: false,
		mirrorOf: null,
		...found,
	};
}

function evidence(year: number, signs: RawSign[], found: Partial<Evidence> = {}): Evidence {
	return {
		school_id: 'S1',
		region_id: 'R1',
		year,
		largest_n: 50,
		listed: 0,
		confirmed: false,
		signs,
		p: { mean: null, border: null, journal: null, pattern: null },
		p_combined: 0.001,
		q_combined: 0.001,
		marked: families.filter((family) => signs.some((one) => one.family === family && one.flagged)),
		level: '0',
		years_marked: 0,
		years_own: 0,
		years_listed: 0,
		...found,
	};
}

describe('level of one year', () => {
	test.each([
		['no sign', { marked: [], q_combined: 0.001 }, '0'],
		['signs of one family', { marked: ['border'], q_combined: 0.1 }, '1'],
		['signs of one family, the school not standing out', { marked: ['border'], q_combined: 0.1001 }, '0'],
		['two families', { marked: ['border', 'mean'], q_combined: 0.02 }, '2'],
		['two families, the school not standing out', { marked: ['border', 'mean'], q_combined: 0.2 }, '0'],
		['nothing testable', { marked: [], q_combined: null }, 'X'],
		['nothing testable, but listed', { marked: [], q_combined: null, listed: 1 }, '2'],
		['a list of the authority alone', { marked: [], q_combined: 0.9, listed: 1 }, '2'],
		[
			'fewer than ten results everywhere',
			{ marked: ['mean', 'border'], q_combined: 0.001, largest_n: 9 },
			'X',
		],
		['ten results in one procedure', { marked: ['mean', 'border'], q_combined: 0.001, largest_n: 10 }, '2'],
	] as const)('%s', (_, school, level) => {
		expect(levelOfYear({ largest_n: 50, listed: 0, ...school }, presets)).toBe(level);
	});
});

describe('persistence', () => {
	const two = () => [sign('border'), sign('mean')];
	const levels = (schools: Evidence[]) => {
		setLevels(schools, presets);
		return schools.map(({ level }) => level);
	};

	test('level 2 in two of three years is level 3', () => {
		expect(levels([evidence(2023, two()), evidence(2024, []), evidence(2025, two())])).toEqual([
			'2',
			'0',
			'3',
		]);
	});

	test('years by own signs and years in a list are counted apart', () => {
		const schools = [
			evidence(2023, two()),
			evidence(2024, [], { listed: 1 }),
			evidence(2025, two(), { listed: 2 }),
		];
		setLevels(schools, presets);
		expect(
			schools.map(({ years_own, years_listed, years_marked }) => [years_own, years_listed, years_marked]),
		).toEqual([
			[1, 0, 1],
			[1, 1, 2],
			[2, 2, 3],
		]);
		expect(schools.map(({ level }) => level)).toEqual(['2', '3', '3']);
	});

	test('level 2 three years ago is forgotten', () => {
		expect(levels([evidence(2022, two()), evidence(2025, two())])).toEqual(['2', '2']);
	});

	test('a year without signs stays without, whatever came before', () => {
		expect(levels([evidence(2024, two()), evidence(2025, [])])).toEqual(['2', '0']);
		expect(levels([evidence(2024, two()), evidence(2025, [sign('mean')])])).toEqual(['2', '1']);
	});

	test('papers borrowed from the year before do not make a sign persistent', () => {
		const borrowed = [sign('mean'), sign('border', { pooledYears: true })];
		expect(levels([evidence(2024, two()), evidence(2025, borrowed)])).toEqual(['2', '2']);
	});

	test('other schools do not count', () => {
		expect(levels([evidence(2024, two()), evidence(2025, two(), { school_id: 'S2' })])).toEqual(['2', '2']);
	});
});

describe('false discovery', () => {
	test('q is over the schools of a group, and a small effect is never flagged', () => {
		const strong = sign('mean', { p: 0.01, q: null, flagged: false });
		const small = sign('mean', { p: 0.002, q: null, flagged: false, isLarge: false });
		const other = sign('mean', { p: 0.01, q: null, flagged: false, group: 'H' });
		const rest = Array.from({ length: 8 }, () => sign('mean', { p: 0.9, q: null, flagged: false }));
		controlSigns([strong, small, other, ...rest], presets);
		expect(strong.q).toBeCloseTo(0.05, 12);
		expect(small.q).toBeCloseTo(0.02, 12);
		expect(other.q).toBeCloseTo(0.01, 12);
		expect([strong.flagged, small.flagged, other.flagged]).toEqual([true, false, true]);
	});

	test('the two tails of one count are counted once', () => {
		const raised = sign('journal', { id: 'O6', p: 0.03, q: null });
		const lowered = sign('journal', { id: 'O7', p: 0.03, q: null, mirrorOf: raised, isLarge: false });
		controlSigns([raised, lowered], presets);
		expect([raised.q, lowered.q]).toEqual([0.03, 0.03]);
		expect([raised.flagged, lowered.flagged]).toEqual([true, false]);
		const school = evidence(2025, [raised, lowered]);
		combineFamilies([school], presets);
		expect(school.p.journal).toBe(0.03);
	});

	test('families are combined by Simes within and over, then corrected over schools of the year', () => {
		const signs = [0.004, 0.03, 0.2, 0.6].map((p) => sign('mean', { p }));
		const first = evidence(2025, [...signs, sign('border', { p: 0.5 })]);
		const second = evidence(2025, [sign('border', { p: 0.4 })], { school_id: 'S2' });
		const elsewhere = evidence(2024, [sign('border', { p: 0.4 })], { school_id: 'S3' });
		combineFamilies([first, second, elsewhere], presets);
		expect(first.p.mean).toBeCloseTo(0.016, 12);
		expect(first.p_combined).toBeCloseTo(0.032, 12);
		expect(first.q_combined).toBeCloseTo(0.064, 12);
		expect(elsewhere.q_combined).toBe(0.4);
		// by Yekutieli times 1 + 1/2 over two schools
		combineFamilies([first, second, elsewhere], { ...presets, q_method: 'yekutieli' });
		expect(first.q_combined).toBeCloseTo(0.096, 12);
		expect(elsewhere.q_combined).toBe(0.4);
		const { modulePresets } = readConfig({ OBJECTIVITY_Q_METHOD: 'yekutieli' });
		expect(modulePresets['result-objectivity']).toEqual({ q_method: 'yekutieli' });
	});
});
