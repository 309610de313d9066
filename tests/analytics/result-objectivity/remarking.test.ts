import { describe, expect, test } from 'vitest';
import type { Row } from '#analytics/module.ts';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import { objectiveShare, reachesTarget } from '#analytics/statistics/objective-share.ts';
import { aggregate } from './aggregate.ts';
import { simulateMunicipality } from './simulate.ts';

const context = { presets: definition.presets, filters: {}, language: 'ru' as const };

describe('objective share', () => {
	// R: prop.test(unchanged, remarked, correct = FALSE)$conf.int
	test.each([
		[8, 10, 0.8, 0.4901625, 0.9433178],
		[27, 30, 0.9, 0.7437892, 0.9654001],
		[0, 5, 0, 0, 0.4344825],
		[5, 5, 1, 0.5655175, 1],
	])('%i of %i', (unchanged, remarked, share, low, high) => {
		const found = objectiveShare(unchanged, remarked)!;
		expect(found.share).toBeCloseTo(share, 12);
		expect(found.low).toBeCloseTo(low, 6);
		expect(found.high).toBeCloseTo(high, 6);
	});

	test('nothing marked and impossible counts have none', () => {
		expect([objectiveShare(0, 0), objectiveShare(3, 2), objectiveShare(-1, 2)]).toEqual([null, null, null]);
	});

	test('nine of ten reach ninety percent at any number of papers', () => {
		for (let tens = 1; tens <= 500; tens++) {
			expect(reachesTarget(9 * tens, 10 * tens, 0.9)).toBe(true);
			expect(reachesTarget(9 * tens - 1, 10 * tens, 0.9)).toBe(false);
		}
	});
});

describe('re-marking and the level', () => {
	const rows = aggregate(simulateMunicipality({ seed: 31, schools: 30 }));
	const first = rows.find(({ school_id }) => school_id === 'S001')!;
	/** School S001 with a marker of a list (level 2) or without, and a re-marking of its first procedure. */
	const judge = (counts: [unchanged: number, remarked: number][], listed = true): Row => {
		const ids = ['vpr-2025-4-math', 'vpr-2025-4-russian'].slice(0, counts.length);
		const remarked: Partial<SchoolProcedure> = {
			remark_procedures: ids,
			remark_titles: ids.map((id) => `ВПР ${id}`),
			remark_counts: counts.map(([, n]) => n),
			remark_unchanged: counts.map(([unchanged]) => unchanged),
			list_markers: listed ? 1 : null,
		};
		const changed = rows.map((row) => (row.school_id === first.school_id ? { ...row, ...remarked } : row));
		return compute(changed as never, context).rows.find((row) => row.school_id === 'S001')!;
	};
	const reasonsOf = (row: Row) => JSON.parse(String(row.reasons));
	const codes = (row: Row, side: string): string[] =>
		reasonsOf(row)[side].map(({ code }: { code: string }) => code);

	test('a share below the target makes level 2 level 3, with share and interval in the words', () => {
		const row = judge([[16, 30]]);
		expect(row.level).toBe('3');
		expect(row.objective_share).toBeCloseTo(16 / 30, 12);
		expect(codes(row, 'for')[0]).toBe('remarking-confirmed');
		expect(codes(row, 'against')).not.toContain('remarking-few');
		const [{ text }] = reasonsOf(row).for;
		// R: prop.test(16, 30, correct = FALSE) gives .3614 to .6977
		expect(text.ru).toContain('в 16 из 30 работ, это 53 % (95 %: 36 % — 70 %) при целевых 90 %');
		expect(text.en).toContain('in 16 of 30 papers, 53 % (95 %: 36 % to 70 %); the target is 90 %');
	});

	test('a share below the target that may be chance says so beside', () => {
		const row = judge([[8, 10]]);
		expect(row.level).toBe('3');
		expect(codes(row, 'against')).toContain('remarking-few');
	});

	test('a share at the target confirms objectivity, leaves the level and asks for no second re-marking', () => {
		const row = judge([[27, 30]]);
		expect(row.level).toBe('2');
		expect(codes(row, 'against')[0]).toBe('remarking-objective');
		expect(codes(row, 'for')).not.toContain('remarking-confirmed');
		expect(codes(row, 'change')).toEqual(['reply', 'observe']);
		expect(reasonsOf(row).against[0].text.ru).toContain('перепроверка подтвердила объективность');
	});

	test('procedures are judged one by one: one below the target is enough', () => {
		const row = judge([
			[100, 100],
			[5, 10],
		]);
		expect(row.level).toBe('3');
		expect(codes(row, 'for')).toContain('remarking-confirmed');
		expect(codes(row, 'against')).toContain('remarking-objective');
		expect(row.objective_share).toBeCloseTo(105 / 110, 12);
	});

	test('without signs a re-marking never makes a level, and is said all the same', () => {
		const row = judge([[5, 30]], false);
		expect(row.level).toBe('0');
		expect([codes(row, 'for'), codes(row, 'beside')]).toEqual([[], ['remarking-confirmed']]);
		const without = compute(rows as never, context).rows.find(({ school_id }) => school_id === 'S001')!;
		expect([without.level, without.objective_share]).toEqual(['0', null]);
	});
});
