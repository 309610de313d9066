import { expect, test } from 'vitest';
import { noteText } from '#analytics/notes.ts';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { agreementNotes, listAgreement } from '#analytics/result-objectivity/list-agreement.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import { cohenKappa } from '#analytics/statistics/cohen-kappa.ts';
import { aggregate } from './aggregate.ts';
import { simulateMunicipality } from './simulate.ts';

const { presets } = definition;

// R psych::cohen.kappa(matrix(c(both, onlyFirst, onlySecond, neither), 2, byrow = TRUE)), with its limits of 95 %.
test.each([
	[{ both: 20, onlyFirst: 5, onlySecond: 10, neither: 65 }, 0.625, 0.4540234624, 0.7959765376],
	[{ both: 3, onlyFirst: 7, onlySecond: 2, neither: 18 }, 0.2285714286, -0.1206035979, 0.5777464551],
])('κ and its interval are those of R', (counts, kappa, low, high) => {
	const found = cohenKappa(counts)!;
	expect(found.kappa).toBeCloseTo(kappa, 9);
	expect(found.low).toBeCloseTo(low, 9);
	expect(found.high).toBeCloseTo(high, 9);
	const swapped = cohenKappa({ ...counts, onlyFirst: counts.onlySecond, onlySecond: counts.onlyFirst })!;
	expect(swapped.kappa).toBeCloseTo(kappa, 9);
	expect(swapped.low).toBeCloseTo(low, 9);
});

test('κ by hand: 8 of 10 agree, 5 expected by chance', () => {
	// p_o = .8, p_e = .5·.5 + .5·.5 = .5, κ = .3/.5
	expect(cohenKappa({ both: 4, onlyFirst: 1, onlySecond: 1, neither: 4 })!.kappa).toBeCloseTo(0.6, 12);
	expect(cohenKappa({ both: 5, onlyFirst: 0, onlySecond: 0, neither: 5 })).toMatchObject({
		kappa: 1,
		low: 1,
		high: 1,
	});
	expect(cohenKappa({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 9 })).toBeNull();
	expect(cohenKappa({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toBeNull();
});

type Judged = Parameters<typeof listAgreement>[0][number];
function school(
	markers: number | null,
	own: boolean,
	found: Partial<Judged> & { place?: string } = {},
): Judged {
	const { place = 'M1', ...rest } = found;
	return {
		year: 2025,
		listed: markers ?? 0,
		marked: own ? ['border', 'mean'] : ['mean'],
		p_combined: 0.01,
		q_combined: 0.05,
		rows: [{ municipality_id: place, list_markers: markers } as SchoolProcedure],
		...rest,
	};
}
const many = (count: number, one: Judged): Judged[] => Array.from({ length: count }, () => one);

test('the list is held against two families and q, over schools that both speak of', () => {
	const schools = [
		...many(20, school(2, true)),
		...many(5, school(1, false)),
		...many(10, school(0, true)),
		...many(60, school(0, false)),
		// two families, yet the school does not stand out: the own battery does not speak
		...many(5, school(0, true, { q_combined: 0.2 })),
		// a whole list that does not name a school, and a school that nothing could be tested in
		...many(7, school(null, true)),
		...many(3, school(1, false, { p_combined: null })),
	];
	const [found] = listAgreement(schools, presets);
	expect(found).toMatchObject({ year: 2025, n: 100 });
	expect(found!.kappa).toBeCloseTo(0.625, 9);
	expect(agreementNotes(schools, presets, 'ru')).toEqual([
		{
			code: 'list-agreement',
			values: { year: 2025, kappa: '0,63', low: '0,45', high: '0,80', same: 85, schools: 100 },
		},
	]);
});

test('a list that names only the marked leaves the other schools of its municipalities unmarked', () => {
	const schools = [
		...many(3, school(1, true)),
		...many(7, school(2, false)),
		...many(2, school(null, true)),
		...many(18, school(null, false)),
		...many(50, school(null, true, { place: 'M2' })),
	];
	const [found] = listAgreement(schools, presets);
	expect(found!.n).toBe(30);
	expect(found!.kappa).toBeCloseTo(0.2285714286, 9);
});

test('years apart, and no κ over fewer than ten schools or without a list', () => {
	const first = [...many(6, school(1, true)), ...many(6, school(0, false))];
	const second = first.map((one) => ({ ...one, year: 2024 }));
	expect(listAgreement([...first, ...second], presets).map(({ year, n }) => [year, n])).toEqual([
		[2025, 12],
		[2024, 12],
	]);
	expect(listAgreement(first.slice(0, 9), presets)).toEqual([]);
	expect(listAgreement(many(20, school(null, true)), presets)).toEqual([]);
});

test('the module says it beside the markers: a list and a battery that agree as by chance have κ = 0', () => {
	const rows = aggregate(simulateMunicipality({ seed: 31, schools: 30 })).map((one) => ({
		...one,
		list_markers: one.school_id === 'S001' ? 2 : 0,
	}));
	for (const language of ['ru', 'en'] as const) {
		const found = compute(rows as never, { presets, filters: {}, language });
		expect(found.rows.filter(({ families_marked }) => Number(families_marked) > 1)).toEqual([]);
		expect(found.rows.map(({ school_id, list_markers }) => [school_id, list_markers]).slice(0, 2)).toEqual([
			['S001', 2],
			['S002', 0],
		]);
		const note = found.notes.find(({ code }) => code === 'list-agreement')!;
		// one of thirty is listed, none is marked: p_o = p_e = 29/30
		expect(note.values).toMatchObject({ year: 2025, same: 97, schools: 30 });
		expect(noteText(note.code, language, note.values)).toContain(language === 'ru' ? 'κ = 0,00' : 'κ = 0.00');
	}
});

test('the list has no part in the checks that it is held against', () => {
	const guilty = Array.from({ length: 8 }, (_, index) => index + 1);
	const planted = guilty.map((school) => ({ school, lifting: 0.4, help: 0.3 }));
	const rows = aggregate(simulateMunicipality({ seed: 464, schools: 40, planted })).map((one) => ({
		...one,
		list_markers: one.school_id <= 'S008' ? 1 : 0,
	}));
	const answer = (reference: string) =>
		compute(rows as never, {
			presets: { ...presets, reference } as never,
			filters: {},
			language: 'ru',
		});
	const [aided, apart] = [answer('without-flagged'), answer('leave-one-out')];
	const kappa = ({ notes }: typeof aided) => notes.find(({ code }) => code === 'list-agreement')!.values;
	const own = ({ rows: of }: typeof aided) =>
		of.filter((row) => Number(row.families_marked) > 1 && Number(row.q_combined) <= 0.1).length;
	expect(own(aided)).toBeGreaterThan(own(apart));
	expect(kappa(aided)).toEqual(kappa(apart));
});
