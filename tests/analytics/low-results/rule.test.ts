import { describe, expect, test } from 'vitest';
import { compute } from '#analytics/low-results/compute.ts';
import { definition } from '#analytics/low-results/definition.ts';
import { isLow, judgeSchool, labelOf, type SchoolProcedure } from '#analytics/low-results/rule.ts';
import type { Row } from '#analytics/module.ts';

const { presets } = definition;
const context = { presets, filters: {}, language: 'ru' as const };

function result(found: Partial<SchoolProcedure> & { n: number; fail: number }): SchoolProcedure {
	return {
		school_id: 'S1',
		school_name: 'Школа 1',
		municipality_id: 'M1',
		region_id: 'R1',
		is_shown: true,
		procedure_id: `vpr-${found.year ?? 2025}-${found.grade ?? 4}-${found.subject ?? 'math'}`,
		procedure_title: 'ВПР',
		kind: 'vpr',
		year: 2025,
		grade: 4,
		subject: 'math',
		max_score: 20,
		unscaled: 0,
		above_max: 0,
		...found,
	};
}

/** Twelve other schools in every procedure of the rows, a sixth of their pupils below the threshold on average. */
function withOthers(rows: SchoolProcedure[]): SchoolProcedure[] {
	const procedures = [...new Map(rows.map((row) => [row.procedure_id, row])).values()];
	const fails = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 3, 4];
	const others = procedures.flatMap((row) =>
		fails.map((fail, index) => ({ ...row, school_id: `T${index}`, is_shown: false, n: 30, fail })),
	);
	return [...rows, ...others];
}

const run = (rows: SchoolProcedure[], asked: object = {}) =>
	compute(withOthers(rows) as never, { ...context, presets: { ...presets, ...asked } });
const only = (rows: SchoolProcedure[], asked: object = {}): Row => {
	const computed = run(rows, asked).rows.filter((row) => row.year === 2025);
	expect(computed).toHaveLength(1);
	return computed[0]!;
};

describe('the rule, literally', () => {
	test.each([
		[3, 10, true],
		[2, 10, false],
		[6, 20, true],
		[27, 90, true],
		[33, 110, true],
		[299, 1000, false],
		[0, 0, false],
		[1, 1, true],
	])('%i of %i at 30 %%', (fail, n, low) => {
		expect(isLow(fail, n, 0.3)).toBe(low);
	});

	const low = { n: 20, fail: 8 };
	const fine = { n: 20, fail: 1 };

	test('rule A: two low procedures of one year', () => {
		const two = only([result(low), result({ ...low, subject: 'russian' })]);
		expect([two.rule_a, two.rule_b, two.flag, two.low_procedures]).toEqual([true, false, true, 2]);
		const one = only([result(low), result({ ...fine, subject: 'russian' })]);
		expect([one.rule_a, one.rule_b, one.flag]).toEqual([false, false, false]);
	});

	test('rule B: the same procedure in two years running', () => {
		const running = only([result({ ...low, year: 2024 }), result(low)]);
		expect([running.rule_a, running.rule_b, running.flag]).toEqual([false, true, true]);
		const otherGrade = only([result({ ...low, year: 2024, grade: 5 }), result(low)]);
		expect(otherGrade.rule_b).toBe(false);
		const gap = only([result({ ...low, year: 2023 }), result(low)]);
		expect(gap.rule_b).toBe(false);
	});

	test('rule B never pairs different exams, whatever their ids', () => {
		const exam = (id: string, year: number, max_score: number, found: { n: number; fail: number }) =>
			result({ ...found, procedure_id: `${id}-${year}`, kind: 'ege', grade: null, year, max_score } as never);
		for (const [basic, advanced] of [
			['a', 'b'],
			['b', 'a'],
		] as const) {
			const ofBoth = (now: SchoolProcedure[], then: SchoolProcedure[]) =>
				only([...now, ...then].sort((one, other) => (one.procedure_id < other.procedure_id ? -1 : 1)));
			// the advanced exam was low last year, the basic one is low this year: not the same
			const other = ofBoth(
				[exam(basic, 2025, 21, low), exam(advanced, 2025, 100, fine)],
				[exam(basic, 2024, 21, fine), exam(advanced, 2024, 100, low)],
			);
			expect([other.rule_b, other.flag]).toEqual([false, false]);
			for (const which of [21, 100]) {
				const of = (scale: number) => (scale === which ? low : fine);
				const years = [2025, 2024].map((year) => [
					exam(basic, year, 21, of(21)),
					exam(advanced, year, 100, of(100)),
				]);
				expect(ofBoth(years[0]!, years[1]!).rule_b).toBe(true);
			}
			// one alone in a year is not paired with the other
			expect(ofBoth([exam(basic, 2025, 21, low)], [exam(advanced, 2024, 100, low)]).rule_b).toBe(false);
		}
	});

	test('rule B takes sittings of one exam together, and levels of a subject by their scales', () => {
		const vpr = (id: string, year: number, max_score: number, found: { n: number; fail: number }) =>
			result({ ...found, procedure_id: `${id}-${year}`, year, max_score });
		// a scale that changes from year to year does not part a procedure
		expect(only([vpr('a', 2024, 18, low), vpr('a', 2025, 20, low)]).rule_b).toBe(true);
		for (const [first, second] of [
			[low, fine],
			[fine, low],
		] as const) {
			const sittings = [vpr('a', 2025, 20, first), vpr('b', 2025, 20, second)];
			expect(only([...sittings, vpr('a', 2024, 18, low)]).rule_b).toBe(true);
			const levels = [vpr('a', 2025, 19, first), vpr('b', 2025, 25, second)];
			expect(only([...levels, vpr('a', 2024, 19, low)]).rule_b).toBe(first === low);
		}
	});

	test('any or all', () => {
		const both = [result({ ...low, year: 2024 }), result(low), result({ ...low, subject: 'russian' })];
		expect(only(both, { combine: 'all' }).flag).toBe(true);
		expect(only(both.slice(1), { combine: 'all' }).flag).toBe(false);
		expect(only(both.slice(1), { combine: 'any' }).flag).toBe(true);
	});

	test('the threshold is a setting', () => {
		const rows = [result({ n: 20, fail: 5 }), result({ n: 20, fail: 5, subject: 'russian' })];
		expect(only(rows).flag).toBe(false);
		expect(only(rows, { threshold: 0.25 }).flag).toBe(true);
	});
});

describe('certainty', () => {
	const judged = (p_low: number | null, found: Partial<SchoolProcedure> = {}) => ({
		row: result({ n: 20, fail: 8, ...found }),
		low: true,
		p_low,
	});

	test('rule A by the Poisson-binomial of the single certainties', () => {
		const verdict = judgeSchool(
			[0.152, 0.126, 0.422, 0.745].map((p) => judged(p)),
			[],
			presets,
		);
		expect(verdict.certainty).toBeCloseTo(0.457, 3);
	});

	test('rule B by the largest product over pairs of years; any takes the larger', () => {
		const now = [judged(0.9), judged(0.1, { subject: 'russian' })];
		const before = [judged(0.8, { year: 2024 }), judged(0.9, { year: 2024, subject: 'russian' })];
		expect(judgeSchool(now, before, presets).certainty).toBeCloseTo(0.72, 12);
		const all = judgeSchool(now, before, { ...presets, combine: 'all' });
		expect(all.certainty).toBeCloseTo(0.09, 12);
	});

	test.each([
		[0.8, 'stable'],
		[0.79, 'likely'],
		[0.5, 'likely'],
		[0.49, 'chance'],
		[null, null],
	])('%s is called %s', (certainty, label) => {
		expect(labelOf({ rule_a: true, rule_b: false, flag: true, certainty }, presets)).toBe(label);
	});

	test('a label never cancels the formal status, and a school without one has no label', () => {
		const small = only([result({ n: 10, fail: 3 }), result({ n: 10, fail: 3, subject: 'russian' })]);
		expect([small.flag, small.label]).toEqual([true, 'chance']);
		expect(small.label_text).toMatch(/возможно случайно/);
		const large = only([result({ n: 100, fail: 60 }), result({ n: 100, fail: 60, subject: 'russian' })]);
		expect([large.flag, large.label, large.label_text]).toEqual([true, 'stable', 'устойчиво']);
		const fine = only([result({ n: 100, fail: 5 })]);
		expect([fine.flag, fine.label]).toEqual([false, null]);
	});

	test('schools that agree by chance do not outvote a large school of their own', () => {
		const rows = [result({ n: 200, fail: 100 }), result({ n: 200, fail: 100, subject: 'russian' })];
		const alike = rows.flatMap((row) =>
			Array.from({ length: 5 }, (_, index) => ({ ...row, school_id: `T${index}`, n: 20, fail: 2 })),
		);
		const found = compute([...rows, ...alike] as never, context).rows.find((row) => row.school_id === 'S1');
		expect(found!.label).toBe('stable');
	});

	test('where nobody failed elsewhere a bad school is no less certain than where one pupil did', () => {
		const bad = [result({ n: 60, fail: 45 }), result({ n: 60, fail: 40, subject: 'russian' })];
		const border = [result({ n: 20, fail: 8 }), result({ n: 20, fail: 8, subject: 'russian' })];
		const among = (rows: SchoolProcedure[], failed: (index: number) => number) => {
			const others = rows.flatMap((row) =>
				Array.from({ length: 8 }, (_, index) => ({
					...row,
					school_id: `T${index}`,
					n: 40,
					fail: failed(index),
				})),
			);
			const found = compute([...rows, ...others] as never, context).rows;
			return found.find((row) => row.school_id === 'S1')!;
		};
		const nobody = among(bad, () => 0);
		expect([nobody.flag, nobody.label, nobody.note]).toEqual([true, 'stable', null]);
		expect(Number(nobody.certainty)).toBeGreaterThan(0.999);
		expect(among(bad, (index) => (index === 0 ? 1 : 0)).certainty).toBeCloseTo(Number(nobody.certainty), 9);
		// the other edge, by mirroring: everybody failed elsewhere
		expect(among(bad, () => 40).label).toBe('stable');
		// 8 of 20 is not sure where all others are without a fail, and one fail there does not turn it either
		const [none, one] = [() => 0, (index: number) => (index === 0 ? 1 : 0)].map((failed) =>
			Number(among(border, failed).certainty),
		);
		expect([among(border, () => 0).label, one]).toEqual(['chance', none]);
		expect(none).toBeGreaterThan(0.01);
	});

	test('a low procedure that nothing is known to compare with is neither certain nor impossible', () => {
		const { certainty: one } = judgeSchool(
			[judged(0.99), judged(null, { subject: 'chemistry' })],
			[],
			presets,
		);
		expect(one).toBeNull();
		const sure = [judged(0.99), judged(0.99, { subject: 'russian' }), judged(null, { subject: 'chemistry' })];
		// .9801 whatever the third is, at most .9999
		expect(judgeSchool(sure, [], presets).certainty).toBeCloseTo(0.9801, 12);
		// P(A) of .3 and .4 is .12, and .58 if the third were true
		const open = [judged(0.3), judged(0.4, { subject: 'russian' }), judged(null, { subject: 'chemistry' })];
		expect(judgeSchool(open, [], presets).certainty).toBeNull();
		const notLow = open.map((one) => ({ ...one, low: one.p_low !== null }));
		expect(judgeSchool(notLow, [], presets).certainty).toBeCloseTo(0.12, 12);
		// nobody came to the third: no result that could decide
		const nobody = judged(null, { n: 0, fail: 0, subject: 'chemistry' });
		expect(judgeSchool([judged(0.99), { ...nobody, low: false }], [], presets).certainty).toBe(0);
	});

	test('a pair of years with an unknown one is unknown, unless it cannot matter', () => {
		const before = [judged(null, { year: 2024 })];
		expect(judgeSchool([judged(0.9)], before, presets).certainty).toBeNull();
		expect(judgeSchool([judged(0.04)], before, presets).certainty).toBe(0);
		const both = [judged(0.99), judged(0.99, { subject: 'russian' })];
		expect(judgeSchool(both, before, presets).certainty).toBeCloseTo(0.9801, 12);
		expect(judgeSchool(both, before, { ...presets, combine: 'all' }).certainty).toBeNull();
	});

	test('the same share is less certain in a small school', () => {
		const sized = (n: number) =>
			Number(
				only([result({ n, fail: 0.4 * n }), result({ n, fail: 0.4 * n, subject: 'russian' })]).certainty,
			);
		expect(sized(10)).toBeLessThan(sized(50));
		expect(sized(50)).toBeLessThan(sized(200));
	});
});

describe('data that are merely thin', () => {
	test('without other schools there is a status but no certainty, and the row says so', () => {
		const [row] = compute(
			[result({ n: 10, fail: 5 }), result({ n: 10, fail: 5, subject: 'russian' })] as never,
			context,
		).rows;
		expect([row!.flag, row!.certainty, row!.label]).toEqual([true, null, null]);
		expect(row!.note).toContain('no-reference');
	});

	test('nobody came, or the scale gives no verdict', () => {
		const empty = only([result({ n: 0, fail: 0 })]);
		expect([empty.share, empty.ci_low, empty.flag, empty.limit_high]).toEqual([null, null, false, null]);
		const unscaled = only([result({ n: 0, fail: 0, unscaled: 12 })]);
		expect(unscaled.note).toBe('too-few-respondents,no-cutoffs');
		expect(JSON.stringify([empty, unscaled])).not.toMatch(/NaN|Infinity/);
	});

	test('the rows that the viewer may not see stay in the module', () => {
		const { rows } = run([result({ n: 20, fail: 8 })]);
		expect(rows.map((row) => row.school_id)).toEqual(['S1']);
		expect(JSON.stringify(rows)).not.toContain('"T');
	});

	test('funnel limits are binomial where schools differ by chance only, and wider where they truly differ', () => {
		const school = (index: number, fail: number) => result({ school_id: `S${index}`, n: 200, fail });
		const limitsOf = (fails: number[]) => {
			const { rows } = compute(fails.map((fail, index) => school(index, fail)) as never, context);
			const { reference_share, limit_low, limit_high } = rows[0]!;
			return [reference_share, limit_low, limit_high].map(Number);
		};
		// p₀ = .2, n = 200: .2 ± 1.96·√(.16/200)
		const [centre, low, high] = limitsOf([38, 42, 39, 41, 40, 40]);
		expect([centre, low, high]).toEqual([
			0.2,
			expect.closeTo(0.2 - 1.96 * Math.sqrt(0.0008), 12),
			expect.closeTo(0.2 + 1.96 * Math.sqrt(0.0008), 12),
		]);
		// shares .1 and .3: z = ±√12.5, Q = 6·12.5; τ² = (75 − 5)·.16/(1200 − 200) = .0112
		const [same, lower, higher] = limitsOf([20, 60, 20, 60, 20, 60]);
		expect([same, lower, higher]).toEqual([
			0.2,
			expect.closeTo(Math.max(0, 0.2 - 1.96 * Math.sqrt(0.0008 + 0.0112)), 10),
			expect.closeTo(0.2 + 1.96 * Math.sqrt(0.0008 + 0.0112), 10),
		]);
	});

	test('funnel limits surround the share of the region and narrow with n', () => {
		const at = (n: number) => only([result({ n, fail: Math.round(0.2 * n) })]);
		for (const n of [5, 20, 100, 400]) {
			const row = at(n);
			expect(Number(row.alarm_low)).toBeLessThanOrEqual(Number(row.limit_low));
			expect(Number(row.limit_low)).toBeLessThanOrEqual(Number(row.reference_share));
			expect(Number(row.reference_share)).toBeLessThanOrEqual(Number(row.limit_high));
			expect(Number(row.limit_high)).toBeLessThanOrEqual(Number(row.alarm_high));
		}
		const width = (row: Row) => Number(row.limit_high) - Number(row.limit_low);
		expect(width(at(400))).toBeLessThan(width(at(20)));
	});
});
