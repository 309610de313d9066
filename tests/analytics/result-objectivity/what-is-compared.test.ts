import { describe, expect, test } from 'vitest';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import type { Sign, SignId } from '#analytics/result-objectivity/signs.ts';
import { createRandom } from '#data/simulation/random.ts';
import { schoolRow } from './rows.ts';

const random = createRandom(88);
const papers = (n: number): number[] =>
	Array.from({ length: n }, () => Math.max(0, Math.min(38, Math.round(random.normal(22, 6)))));

/** Signs of one school among the rows given, by id. */
function signsOf(rows: readonly SchoolProcedure[], school: string, presets: object = {}) {
	const context = { presets: { ...definition.presets, ...presets }, filters: {}, language: 'ru' as const };
	const row = compute(rows as never, context).rows.find(({ school_id }) => school_id === school)!;
	const signs = JSON.parse(String(row.signs)) as Sign[];
	return { row, of: (id: SignId) => signs.find((sign) => sign.id === id)! };
}

describe('a school known by its journal marks alone', () => {
	const others = Array.from({ length: 8 }, (_, index) =>
		schoolRow(`S${index}`, papers(30), { raised: 3, confirmed: 18, lowered: 9 }),
	);
	const marks = { raised: 30, confirmed: 5, lowered: 0 };
	const alone = schoolRow('J', [], { ...marks, is_summed: true, gap2: null });

	test('is compared with the others as if its papers were there', () => {
		const without = signsOf([...others, alone], 'J').of('O6');
		const withPapers = signsOf([...others, schoolRow('J', papers(30), marks)], 'J').of('O6');
		// 3 of the 12 changed marks of every other school are raised.
		expect(without.inputs).toMatchObject({ reference_raised_share: 0.25, reference_lowered_share: 0.3 });
		expect([without.p, without.q]).toEqual([withPapers.p, withPapers.q]);
		expect(without.p).toBeGreaterThan(0);
	});

	test('is one of the others for the rest', () => {
		// Seven schools of 3 raised and 9 lowered, and this one: (7·3 + 30) / (7·12 + 30).
		const { inputs } = signsOf([...others, alone], 'S0').of('O6');
		expect(inputs.reference_raised_share).toBeCloseTo(51 / 114, 6);
	});
});

describe('enough others are asked of what the sign rests on', () => {
	const plain = Array.from({ length: 7 }, (_, index) => schoolRow(`S${index}`, papers(30)));
	const items = (n: number, contrast: number, easy: number, hard: number, errors: number) => ({
		...{ contrast_n: n, contrast_mean: contrast, contrast_variance: n > 1 ? 200 : null },
		...{ easy_percent: easy, hard_percent: hard },
		...{ guttman_n: n, guttman_mean: errors, guttman_variance: 0.01 },
	});

	test.each([1, 10])('item scores of %i pupils in one other school are no reference', (n) => {
		const other = schoolRow('R', papers(10), items(n, -40, 80, 40, 0.1));
		const own = schoolRow('B', papers(30), items(30, -20, 70, 50, 0.2));
		const { of } = signsOf([...plain, other, own], 'B');
		for (const id of ['O8', 'O9'] as const)
			expect(of(id)).toMatchObject({ p: null, flagged: false, note: 'no-reference' });
		expect(of('O1').p).not.toBeNull();
	});

	test('nor are twelve pairs with the journal', () => {
		const other = schoolRow('R', papers(12), { raised: 1, confirmed: 10, lowered: 1 });
		const own = schoolRow('B', papers(30), { raised: 3, confirmed: 13, lowered: 14 });
		const { of } = signsOf([...plain, other, own], 'B');
		expect(of('O7')).toMatchObject({ p: null, flagged: false, note: 'no-reference' });
	});
});

describe('a reference from outside needs no other schools', () => {
	const pmf = Array.from({ length: 39 }, (_, score) => Math.exp(-((score - 22) ** 2) / 72));
	const reference = JSON.stringify({ p: { pmf, up_share: 0.3, items: { 1: 80, 2: 40 } } });
	const marks = { raised: 12, confirmed: 40, lowered: 8 };
	const items = {
		contrast_n: 60,
		contrast_mean: -30,
		contrast_variance: 300,
		easy_percent: 75,
		hard_percent: 45,
	};
	const school = (id: string) => schoolRow(id, papers(60), { ...marks, ...items });

	test('three schools are compared with it', () => {
		const { row, of } = signsOf(['A', 'B', 'C'].map(school), 'A', { reference });
		expect(row.reference).toBe('given');
		expect(row.level).not.toBe('X');
		for (const id of ['O1', 'O3', 'O6', 'O8'] as const) expect(of(id).p, id).not.toBeNull();
		expect(of('O6').inputs.reference_raised_share).toBe(0.3);
		expect(of('O8').inputs.reference_contrast).toBe(-40);
	});

	test('one school alone has its borders; what needs the differences of schools says why it is missing', () => {
		const { row, of } = signsOf([school('A')], 'A', { reference });
		expect(of('O3').p).not.toBeNull();
		for (const id of ['O1', 'O6', 'O8'] as const)
			expect(of(id), id).toMatchObject({ p: null, note: 'spread-unknown' });
		expect(String(row.note)).toContain('spread-unknown');
	});

	test('a part that is not given still needs them', () => {
		const onlyShare = JSON.stringify({ p: { up_share: 0.3 } });
		const { of } = signsOf(['A', 'B', 'C'].map(school), 'A', { reference: onlyShare });
		expect(of('O6').p).not.toBeNull();
		for (const id of ['O1', 'O3', 'O8'] as const) expect(of(id).note, id).toBe('no-reference');
	});
});
