import { describe, expect, test } from 'vitest';
import type { Row } from '#analytics/module.ts';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import type { Sign, SignId } from '#analytics/result-objectivity/signs.ts';
import { createRandom } from '#data/simulation/random.ts';
import { fc } from '../../support/property.ts';
import { aggregate } from './aggregate.ts';
import { schoolRow } from './rows.ts';
import { simulateMunicipality } from './simulate.ts';

const random = createRandom(46);
const papers = (n: number, centre = 20): number[] =>
	Array.from({ length: n }, () => Math.max(0, Math.min(38, Math.round(random.normal(centre, 6)))));
/** A school whose every kind of sign has something to rest on. */
const whole = (id: string, found: Partial<SchoolProcedure> = {}, n = 30): SchoolProcedure =>
	schoolRow(id, papers(n), {
		...{ raised: 4, confirmed: n - 13, lowered: 9, pairs: n, rank_correlation: 0.5 },
		...{ contrast_n: n, contrast_mean: -20 + random.normal(0, 3), contrast_variance: 200 },
		...{ easy_percent: 75, hard_percent: 55, guttman_n: n },
		...{ guttman_mean: 0.1 + random.normal(0, 0.01), guttman_variance: 0.01 },
		...found,
	});
const schools = (count: number): SchoolProcedure[] =>
	Array.from({ length: count }, (_, index) => whole(`S${index}`));
/** The first `count` of them named in a list of the year. */
const listing = (rows: readonly SchoolProcedure[], count: number): SchoolProcedure[] =>
	rows.map((row, index) => (index < count ? { ...row, list_markers: 1 } : row));

function run(rows: readonly SchoolProcedure[], presets: object = {}): Row[] {
	const context = { presets: { ...definition.presets, ...presets }, filters: {}, language: 'ru' as const };
	return compute(rows as never, context).rows;
}
const signs = (row: Row): Sign[] => JSON.parse(String(row.signs));
const sign = (row: Row, id: SignId): Sign => signs(row).find((one) => one.id === id)!;
const rowOf = (rows: readonly Row[], id: string): Row => rows.find(({ school_id }) => school_id === id)!;
/** Notes of a row on its reference. */
const codesOf = ({ note }: Row): string[] =>
	String(note ?? '')
		.split(',')
		.filter((code) => code.startsWith('reference-'));
const COMPARED = ['O1', 'O3', 'O6', 'O8', 'O9'] as const;

/** Mean over the pupils of these schools. */
function meanOf(rows: readonly SchoolProcedure[]): number {
	const pupils = rows.reduce((sum, { n }) => sum + n, 0);
	return rows.reduce((sum, { n, mean }) => sum + n * mean!, 0) / pupils;
}

describe('the reference is chosen in order, and the kind is stored with each sign', () => {
	const twelve = schools(12);

	test('nobody in doubt: all other schools', () => {
		const row = rowOf(run(twelve), 'S5');
		expect([row.reference, row.reference_text]).toEqual(['leave-one-out', 'все другие школы региона']);
		expect(codesOf(row)).toEqual([]);
		for (const id of COMPARED) {
			expect(sign(row, id).inputs, id).toMatchObject({ reference: 'leave-one-out' });
			expect(sign(row, id).inputs, id).not.toHaveProperty('left_out');
		}
	});

	test('listed schools are left out, and are themselves compared with the rest', () => {
		const rows = run(listing(twelve, 3));
		const other = rowOf(rows, 'S5');
		expect(other.reference).toBe('without-flagged');
		expect(codesOf(other)).toEqual(['reference-without-flagged']);
		for (const id of COMPARED)
			expect(sign(other, id).inputs, id).toMatchObject({ reference: 'without-flagged', left_out: 3 });
		const serving = twelve.slice(3);
		expect(sign(other, 'O1').inputs.reference_mean).toBeCloseTo(
			meanOf(serving.filter(({ school_id }) => school_id !== 'S5')),
			5,
		);
		const own = sign(rowOf(rows, 'S0'), 'O1').inputs;
		expect(own).toMatchObject({ reference: 'without-flagged', left_out: 2 });
		expect(own.reference_mean).toBeCloseTo(meanOf(serving), 5);
	});

	test('with most schools in doubt all serve again, and that is said', () => {
		const row = rowOf(run(listing(twelve, 7)), 'S11');
		expect(row.reference).toBe('leave-one-out');
		expect(codesOf(row)).toEqual(['reference-with-flagged']);
		expect(sign(row, 'O1').inputs).toMatchObject({ reference: 'leave-one-out', in_doubt: 7 });
		expect(sign(row, 'O1').inputs.reference_mean).toBeCloseTo(meanOf(twelve.slice(0, 11)), 5);
		// Half of them is the floor, and still enough.
		expect(rowOf(run(listing(twelve, 6)), 'S11').reference).toBe('without-flagged');
	});

	test('with too few others left all serve again, for the school and the kind of sign that lacks them', () => {
		const eight = listing(schools(8), 3);
		const rows = run(eight);
		// Five are left: enough for a listed school, one too few for each of the five.
		expect(sign(rowOf(rows, 'S0'), 'O1').inputs).toMatchObject({ reference: 'without-flagged', left_out: 2 });
		expect(sign(rowOf(rows, 'S7'), 'O1').inputs).toMatchObject({ reference: 'leave-one-out', in_doubt: 3 });
		const without = { contrast_n: 0, contrast_mean: null, contrast_variance: null };
		const nine = listing(schools(12), 3).map((row, index) => (index > 8 ? { ...row, ...without } : row));
		const mixed = rowOf(run(nine), 'S5');
		expect(sign(mixed, 'O1').inputs).toMatchObject({ reference: 'without-flagged', left_out: 3 });
		expect(sign(mixed, 'O8').inputs).toMatchObject({ reference: 'without-flagged', left_out: 3 });
		const eightItems = nine.map((row, index) => (index > 7 ? { ...row, ...without } : row));
		const thin = rowOf(run(eightItems), 'S5');
		expect(sign(thin, 'O8').inputs).toMatchObject({ reference: 'leave-one-out', in_doubt: 3 });
		expect(thin.reference).toBe('without-flagged, leave-one-out');
		expect(codesOf(thin)).toEqual(['reference-without-flagged', 'reference-with-flagged']);
	});

	test('shares from outside come first, in what they speak of', () => {
		const pmf = Array.from({ length: 39 }, () => 1 / 39);
		const row = rowOf(run(listing(twelve, 3), { reference: JSON.stringify({ p: { pmf } }) }), 'S5');
		expect(sign(row, 'O1').inputs).toMatchObject({ reference: 'given', reference_mean: 19 });
		expect(sign(row, 'O6').inputs).toMatchObject({ reference: 'without-flagged', left_out: 3 });
		expect(row.reference).toBe('given, without-flagged');
	});

	test('asked for, all other schools serve as they are', () => {
		const row = rowOf(run(listing(twelve, 3), { reference: 'leave-one-out' }), 'S5');
		expect(sign(row, 'O1').inputs.reference_mean).toBeCloseTo(
			meanOf(twelve.filter(({ school_id }) => school_id !== 'S5')),
			5,
		);
		expect(codesOf(row)).toEqual([]);
	});

	test('a list of one year leaves the other years as they are', () => {
		const before = twelve.map((row) => ({ ...row, procedure_id: 'q', procedure_title: 'q', year: 2024 }));
		const rows = run([...before, ...listing(twelve, 3)]).filter(({ school_id }) => school_id === 'S5');
		expect(rows.map(({ year, reference }) => [year, reference])).toEqual([
			[2024, 'leave-one-out'],
			[2025, 'without-flagged'],
		]);
	});
});

test('whatever a listed school hands in, no other school is held against it', () => {
	const others = schools(12);
	const verdicts = (rows: readonly Row[]) =>
		rows
			.filter(({ school_id }) => school_id !== 'L')
			.map((row) => signs(row).map(({ id, p, statistic, inputs }) => [id, p, statistic, inputs]))
			// The official rule leaves nobody out.
			.map((all) => all.filter(([id]) => !String(id).startsWith('OF-')));
	const expected = verdicts(run([...others, whole('L', { list_markers: 1 })]));
	fc.assert(
		fc.property(
			fc.record({
				scores: fc.array(fc.integer({ min: 0, max: 38 }), { minLength: 1, maxLength: 120 }),
				raised: fc.nat(60),
				lowered: fc.nat(60),
				contrast_mean: fc.integer({ min: -100, max: 100 }),
				guttman_mean: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
			}),
			({ scores, ...found }) => {
				const { n, mean, variance, scores: distinct, score_counts } = schoolRow('L', scores);
				const own = { n, mean, variance, scores: distinct, score_counts };
				const listed = whole('L', { ...own, ...found, list_markers: 1, contrast_n: 25, guttman_n: 25 });
				expect(verdicts(run([...others, listed]))).toEqual(expected);
			},
		),
		{ numRuns: 40 },
	);
});

describe('two passes', () => {
	/** A municipality in which a fifth of the schools lift papers and help with hard items. */
	const planted = (seed: number) => {
		const guilty = Array.from({ length: 8 }, (_, index) => index + 1);
		const conduct = guilty.map((school) => ({ school, lifting: 0.4, help: 0.3 }));
		return aggregate(simulateMunicipality({ seed, schools: 40, planted: conduct }));
	};
	const isGuilty = ({ school_id }: Row): boolean => String(school_id) <= 'S008';
	const old = { reference: 'leave-one-out' };
	const atSigns = (rows: readonly Row[]) => rows.filter(({ level }) => level === '2' || level === '3');

	test('inflation in a fifth of the schools is found more often, and honest schools are not', () => {
		const found = { before: 0, after: 0, honest: 0 };
		for (let seed = 461; seed < 471; seed++) {
			const rows = planted(seed);
			found.before += atSigns(run(rows, old)).filter(isGuilty).length;
			const after = atSigns(run(rows));
			found.after += after.filter(isGuilty).length;
			found.honest += after.filter((row) => !isGuilty(row)).length;
		}
		// Of 80 schools; all of them left out beforehand would be the most that any reference can do.
		expect(found.after).toBeGreaterThan(1.5 * found.before);
		expect(found.after).toBeGreaterThan(30);
		expect(found.honest).toBeLessThan(0.1 * found.after);
	});

	test('where the first pass singles nobody out, the verdicts are those of all other schools', () => {
		let quiet = 0;
		for (let seed = 1; seed <= 12; seed++) {
			const rows = aggregate(simulateMunicipality({ seed, schools: 30 }));
			const before = run(rows, old);
			const isQuiet = before.every(
				({ level, q_combined }) => level === '0' || (level === '1' && Number(q_combined) > 0.01),
			);
			if (!isQuiet) continue;
			quiet++;
			expect(run(rows)).toEqual(before);
		}
		expect(quiet).toBeGreaterThan(8);
	});

	test('whoever the first pass finds is left out in the second, and is judged by the rest', () => {
		const rows = planted(464);
		const first = atSigns(run(rows, old)).map(({ school_id }) => school_id);
		expect(first.length).toBeGreaterThan(0);
		const listed = rows.map((row) => (first.includes(row.school_id) ? { ...row, list_markers: 1 } : row));
		const byList = run(listed, { reference_passes: 1 });
		const byPass = run(rows, { reference_q: 0 });
		for (const [index, row] of byPass.entries())
			expect([row.p_combined, row.reference], String(row.school_id)).toEqual([
				byList[index]!.p_combined,
				byList[index]!.reference,
			]);
	});

	test('names and order of schools do not matter', () => {
		const rows = planted(462);
		const ids = [...new Set(rows.map(({ school_id }) => school_id))];
		const shuffled = createRandom(7);
		const places = new Map(ids.map((id) => [id, shuffled.uniform()]));
		const order = [...ids].sort((a, b) => places.get(a)! - places.get(b)!);
		const renamed = new Map(ids.map((id) => [id, `R${String(order.indexOf(id)).padStart(3, '0')}`]));
		const other = rows
			.map((row) => ({ ...row, school_id: renamed.get(row.school_id)! }))
			.sort((a, b) => (a.school_id < b.school_id ? -1 : 1));
		const relabelled = run(other);
		for (const row of run(rows)) {
			const same = rowOf(relabelled, renamed.get(String(row.school_id))!);
			expect([same.level, same.reference, same.families]).toEqual([row.level, row.reference, row.families]);
			expect(same.q_combined).toBeCloseTo(Number(row.q_combined), 9);
		}
	});
});
