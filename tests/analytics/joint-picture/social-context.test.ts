import { describe, expect, test } from 'vitest';
import { compute } from '#analytics/joint-picture/compute.ts';
import { definition } from '#analytics/joint-picture/definition.ts';
import type { SchoolYear } from '#analytics/joint-picture/expectation.ts';
import type { Row } from '#analytics/module.ts';
import { contextIndices, thirds } from '#analytics/statistics/context-index.ts';
import { expectedByThird } from '#analytics/statistics/expected-by-third.ts';
import { expectedResults } from '#analytics/statistics/expected-result.ts';

describe('the index of social context', () => {
	test('is the plain mean of standard scores, each turned so that more is harder', () => {
		// sd (n − 1) of 10, 20, 30 is 10, of 60, 40, 20 is 20
		const rows = [
			[60, 10],
			[40, 20],
			[20, 30],
		];
		const { indices, means } = contextIndices(rows, [-1, 1], 2);
		expect(means).toEqual([40, 20]);
		expect(indices.map(({ index }) => index)).toEqual([-1, 0, 1]);
		expect(indices[2]!.scores).toEqual([1, 1]);
	});

	test('asks for the minimum of shares, and knows none that does not vary', () => {
		const { indices } = contextIndices(
			[
				[1, 5, null],
				[2, 5, 3],
				[3, 5, 9],
			],
			[1, 1, 1],
			2,
		);
		expect(indices.map(({ index }) => index === null)).toEqual([true, false, false]);
		expect(indices[0]!.scores).toEqual([-1, null, null]);
		expect(JSON.stringify(contextIndices([[null], [4]], [1], 1))).not.toMatch(/NaN|Infinity/);
	});

	test('adding a constant or another unit changes nothing, nor does the order of schools', () => {
		const rows = [3, 8, 1, 9, 4, 7].map((value, index) => [value, (index * 5) % 7]);
		const plain = contextIndices(rows, [1, -1], 2).indices.map(({ index }) => index!);
		const moved = contextIndices(
			rows.map(([a, b]) => [a! * 10 + 7, b!]),
			[1, -1],
			2,
		).indices.map(({ index }) => index!);
		for (const [index, value] of plain.entries()) expect(moved[index]).toBeCloseTo(value, 12);
		const turned = contextIndices(rows.toReversed(), [1, -1], 2).indices.map(({ index }) => index!);
		for (const [index, value] of plain.entries()) expect(turned.at(-1 - index)).toBeCloseTo(value, 12);
	});

	test('a third is a third; nobody is placed where few have an index or all are alike', () => {
		expect(thirds([5, 1, 9, 2, 8, 3, 7, 4, 6], 9)).toEqual(
			'middle easy hard easy hard easy hard middle middle'.split(' '),
		);
		expect(thirds([1, 2, 3, 4, 5, 6, 7, 8, null], 9).every((third) => third === null)).toBe(true);
		expect(thirds(Array(9).fill(2), 9).includes('hard')).toBe(false);
	});
});

test('an expectation from a third: mean of the others, s·√(1 + 1/m), Student with m − 1', () => {
	const row = (y: number, third: 'easy' | 'hard' | null, fits = true) => ({ y, third, fits });
	const rows = [row(5, 'hard'), row(1, 'hard'), row(2, 'hard'), row(3, 'hard'), row(9, 'hard', false)];
	const [first] = expectedByThird([...rows, row(7, 'easy'), row(7, null)], { minimum: 3 });
	// others 1, 2, 3: mean 2, s = 1, se = √(4/3), t(2, .975) = 4.302653
	expect(first).toEqual({
		expected: 2,
		residual: 3,
		lo: expect.closeTo(3 - 4.302653 * Math.sqrt(4 / 3), 5),
		hi: expect.closeTo(3 + 4.302653 * Math.sqrt(4 / 3), 5),
		z: expect.closeTo(3 / Math.sqrt(4 / 3), 10),
	});
	const found = expectedByThird([...rows, row(7, 'easy'), row(7, null)], { minimum: 3 });
	expect(found.map((one) => one === null)).toEqual([false, false, false, false, false, true, true]);
	// the school that does not fit is judged by all four others
	expect(found[4]!.expected).toBe(2.75);
	expect(
		expectedByThird([row(1, 'easy'), row(2, 'easy'), row(2, 'easy'), row(2, 'easy')], { minimum: 3 })[0],
	).toBeNull();
});

/** Schools whose results fall with the share of incomplete families; `count` of them, none with a fit by place. */
function region(count: number, changes: (index: number) => Partial<SchoolYear> = () => ({})): SchoolYear[] {
	return Array.from({ length: count }, (_, index) => ({
		school_id: `S${index}`,
		school_name: `Школа ${index}`,
		municipality_id: 'M1',
		region_id: 'R1',
		is_shown: true,
		year: 2026,
		kind: 'school',
		locality: index % 2 === 0 ? 'rural' : 'urban',
		pupils: 300,
		n: 60,
		result: -index / count + 0.05 * Math.sin(7 * index),
		higher_education: 60 - index,
		incomplete_families: 10 + index,
		on_registers: 1 + index / 10,
		...changes(index),
	}));
}
const run = (schools: SchoolYear[], presets: object = {}, low: string[] = []) => {
	const used = {
		'low-results': schools.map(({ school_id, year, n }) => ({
			...{ school_id, year, n, label_text: null },
			flag: low.includes(school_id),
		})),
		'result-objectivity': schools.map(({ school_id, year }) => ({ school_id, year, level: '0' })),
	};
	const { rows, notes } = compute(schools as never, {
		presets: { ...definition.presets, ...presets },
		filters: {},
		language: 'ru',
		used: used as never,
	});
	return { rows, notes, of: (id: string) => rows.find(({ school_id }) => school_id === id) as Row };
};

describe('schools in hard social conditions', () => {
	test('the hardest third of the region by index, with its shares beside those of the region', () => {
		const { rows, of } = run(region(12));
		expect(rows.filter(({ is_hard_context }) => is_hard_context).map(({ school_id }) => school_id)).toEqual([
			...['S8', 'S9', 'S10', 'S11'],
		]);
		expect(of('S11')).toMatchObject({ context_basis: 'index', decision: null });
		expect(of('S11').context_text).toMatch(/^сложные социальные условия: в трети/);
		expect(of('S0')).toMatchObject({
			is_hard_context: false,
			context_text: 'к сложным условиям не отнесена',
		});
		const shares = JSON.parse(String(of('S11').shares)) as { title: string; value: number; mean: number }[];
		expect(shares[1]).toMatchObject({ title: 'Неполные семьи', value: 21, mean: 15.5 });
		expect(shares).toHaveLength(3);
	});

	test('a decision names a school whatever its shares; without either nobody can say', () => {
		const named = run(region(12, (index) => (index === 0 ? { decision: 'Приказ № 215' } : {}))).of('S0');
		expect(named).toMatchObject({
			is_hard_context: true,
			context_basis: 'decision',
			decision: 'Приказ № 215',
		});
		const two = run(region(12, () => ({ on_registers: null })));
		expect(two.of('S11')).toMatchObject({ context_index: null, is_hard_context: null });
		expect(two.of('S11').context_text).toBe('социальный состав неизвестен');
		const few = run(region(8));
		expect(few.of('S7').is_hard_context).toBeNull();
		expect(few.of('S7').context_index).not.toBeNull();
	});

	test('the rule of low results stays what it is', () => {
		expect(run(region(12), {}, ['S11']).of('S11')).toMatchObject({ standing: 'low', is_hard_context: true });
	});
});

describe('the expectation with a social context', () => {
	test('takes the index as a variable of the line from thirty schools on', () => {
		const schools = region(40);
		const { of, rows } = run(schools);
		expect(of('S30').expected_basis).toBe('line');
		const x = rows.map((row, index) => [index % 2 === 0 ? 1 : 0, Number(row.context_index)]);
		const reference = expectedResults(
			schools.map(({ result }, index) => ({ x: x[index]!, y: result!, fits: true })),
		)!;
		for (const index of [0, 17, 39])
			expect(of(`S${index}`).expected).toBeCloseTo(reference[index]!.expected, 9);
		// without it a school of hard make-up would be asked for what the others reach
		const without = run(schools.map(({ higher_education: _, ...school }) => school as SchoolYear));
		expect(Number(of('S39').expected)).toBeLessThan(Number(without.of('S39').expected) - 0.3);
	});

	test('below thirty schools the same third takes its place, and the note says so', () => {
		const { of, notes } = run(region(15));
		expect(of('S14')).toMatchObject({ expected_basis: 'thirds', note: 'expected-by-thirds' });
		const others = region(15).slice(10, 14);
		const mean = others.reduce((sum, { result }) => sum + result!, 0) / 4;
		expect(of('S14').expected).toBeCloseTo(mean, 12);
		expect(notes).toEqual([{ code: 'expected-by-thirds', count: 15, values: { schools: 30 } }]);
		// where the contexts of enough schools are alike, thirds take the place of the line, for another reason
		const alike = run(
			region(40, (index) => ({
				locality: 'urban',
				...(index % 4 === 0 ? { higher_education: null, on_registers: null } : {}),
			})),
		);
		expect(alike.of('S39')).toMatchObject({ expected_basis: 'thirds', note: 'thirds-for-alike' });
		expect(alike.notes).toEqual([
			{ code: 'no-expectation-alike', count: 10, values: { schools: 30 } },
			{ code: 'thirds-for-alike', count: 30, values: { schools: 30 } },
		]);
		// a school far above those of its own third is above expectation, whatever the others reach
		const above = run(region(15, (index) => (index === 14 ? { result: 0.6 } : {})));
		expect(above.of('S14').standing).toBe('high');
		expect(run(region(15)).of('S14').standing).toBe('normal');
	});
});
