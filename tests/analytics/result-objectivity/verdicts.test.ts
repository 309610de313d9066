import { describe, expect, test } from 'vitest';
import { trustOf } from '#analytics/joint-picture/cells.ts';
import type { Row } from '#analytics/module.ts';
import { compute, summarise } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import type { Sign } from '#analytics/result-objectivity/signs.ts';
import { createRandom } from '#data/simulation/random.ts';
import { aggregate } from './aggregate.ts';
import { schoolRow } from './rows.ts';
import { simulateMunicipality } from './simulate.ts';

const context = { presets: definition.presets, filters: {}, language: 'ru' as const };
const run = (rows: readonly SchoolProcedure[]) => compute([...rows] as never, context);
const signsOf = (row: Row): Sign[] => JSON.parse(String(row.signs));
const find = (rows: readonly Row[], school: string): Row => rows.find((row) => row.school_id === school)!;

describe('planted lifting', () => {
	test.each([11, 12, 13])(
		'the school that lifts papers is found, the honest ones are not (seed %i)',
		(seed) => {
			const lifted = new Map([[2, 0.9]]);
			const simulation = simulateMunicipality({ seed, schools: 40, pupils: [60, 110], lifted });
			const { rows } = run(aggregate(simulation));
			const found = find(rows, 'S003');
			expect(Number(found.level)).toBeGreaterThanOrEqual(1);
			expect(String(found.families)).toContain('border');
			const pooled = signsOf(found).find((sign) => sign.id === 'O3' && sign.procedures.length === 4)!;
			expect(pooled.flagged).toBe(true);
			expect(pooled.p).toBeLessThan(1e-6);
			const honest = rows.filter((row) => row.school_id !== 'S003');
			expect(honest.filter((row) => Number(row.level) >= 2)).toEqual([]);
			// Control of false discovery lets one in ten of those singled out be there by chance.
			expect(honest.filter((row) => Number(row.level) === 1).length).toBeLessThanOrEqual(1);
			const pooledHonest = honest
				.flatMap(signsOf)
				.filter(({ id, procedures }) => id === 'O3' && procedures.length === 4);
			expect(pooledHonest.filter((sign) => sign.flagged)).toEqual([]);
		},
	);

	test('the reasons name the border, what speaks against, and what would change the verdict, in both languages', () => {
		const simulation = simulateMunicipality({
			seed: 11,
			schools: 40,
			pupils: [60, 110],
			lifted: new Map([[2, 0.9]]),
		});
		const reasons = JSON.parse(String(find(run(aggregate(simulation)).rows, 'S003').reasons));
		const codes = (side: string) => reasons[side].map(({ code }: { code: string }) => code);
		expect(codes('for')).toContain('border-pooled');
		expect(codes('against')).toContain('false-discovery');
		expect(codes('change')).toEqual(expect.arrayContaining(['remark', 'reply', 'observe']));
		for (const { text } of [...reasons.for, ...reasons.against, ...reasons.change]) {
			expect(text.ru).toMatch(/[а-яё]/i);
			expect(text.en).not.toMatch(/[а-яё]/i);
			expect(`${text.ru}${text.en}`).not.toMatch(/NaN|undefined|null|нарушени/i);
		}
	});

	test('where every school lifts, the comparison is blind and says so', () => {
		const truth = { seed: 81, schools: 30, pupils: [40, 90] as [number, number] };
		const notes = (lifted: Map<number, number>) =>
			run(aggregate(simulateMunicipality({ ...truth, lifted }))).notes.filter(
				({ code }) => code === 'reference-bunched',
			);
		expect(notes(new Map())).toEqual([]);
		const everywhere = notes(new Map(Array.from({ length: 30 }, (_, index) => [index, 0.8])));
		expect(everywhere).toHaveLength(1);
		expect(everywhere[0]!.values!.procedures).toContain('vpr-2025-4-math');
	});

	test('a strong honest school is not taken for a lifting one', () => {
		const simulation = simulateMunicipality({ seed: 21, schools: 40, pupils: [60, 110] });
		const rows = aggregate(simulation);
		const means = Map.groupBy(rows, (row) => row.school_id);
		const level = (group: SchoolProcedure[]) => group.reduce((sum, row) => sum + row.mean!, 0);
		const best = [...means.values()].sort((a, b) => level(b) - level(a))[0]![0]!.school_id;
		const found = find(run(rows).rows, best);
		expect(Number(found.p_border)).toBeGreaterThan(0.01);
	});
});

describe('invariance', () => {
	const rows = aggregate(simulateMunicipality({ seed: 31, schools: 30, lifted: new Map([[1, 0.9]]) }));
	const essence = (row: Row) => ({ ...row, school_id: '', school_name: '' });
	const numbers = (row: Row) => [
		row.level,
		row.year,
		Number(row.q_combined).toPrecision(8),
		row.official_signs,
		row.note,
	];

	test('the order of rows changes nothing', () => {
		const random = createRandom(5).uniform;
		const shuffled = rows
			.map((row) => ({ row, place: random() }))
			.sort((a, b) => a.place - b.place)
			.map(({ row }) => row);
		const before = new Map(run(rows).rows.map((row) => [row.school_id, numbers(row)]));
		for (const row of run(shuffled).rows) expect(numbers(row)).toEqual(before.get(row.school_id!));
	});

	test('the names of schools change nothing', () => {
		const rename = (id: string) => `Z${999 - Number(id.slice(1))}`;
		const renamed = rows.map((row) => ({ ...row, school_id: rename(row.school_id) }));
		const after = new Map(run(renamed).rows.map((row) => [row.school_id, essence(row)]));
		for (const row of run(rows).rows) expect(after.get(rename(String(row.school_id)))).toEqual(essence(row));
	});
});

describe('data that are merely thin', () => {
	const plain = aggregate(simulateMunicipality({ seed: 41, schools: 30, pupils: [20, 60] }));
	const check = (rows: readonly SchoolProcedure[]) => {
		const computed = run(rows);
		expect(JSON.stringify(computed)).not.toMatch(/NaN|Infinity|undefined/);
		for (const row of computed.rows)
			for (const value of Object.values(row))
				if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
		return computed.rows;
	};
	const change = (school: string, found: Partial<SchoolProcedure>) =>
		plain.map((row) => (row.school_id === school ? { ...row, ...found } : row));

	test('one pupil: level X, notes instead of numbers', () => {
		const one = {
			n: 1,
			variance: null,
			scores: [10],
			score_counts: [1],
			mean: 10,
			literal_n: 1,
			literal_sd: null,
		};
		const journal = { raised: 0, confirmed: 1, lowered: 0, gap2: 0, pairs: 1, rank_correlation: null };
		const items = { contrast_n: 1, contrast_variance: null, guttman_n: 1, guttman_variance: null };
		const row = find(check(change('S001', { ...one, ...journal, ...items })), 'S001');
		expect(row.level).toBe('X');
		expect(row.note).toContain('too-few-respondents');
		for (const sign of signsOf(row).filter(({ id, procedures }) => id !== 'O15' && procedures.length === 1))
			expect(sign.note, sign.id).toBe('too-few-respondents');
	});

	test('nobody came: level X and no mean', () => {
		const none = { n: 0, mean: null, variance: null, scores: [], score_counts: [], absent: 20, literal_n: 0 };
		const empty = { literal_mean: null, literal_sd: null, pairs: 0, rank_correlation: null, contrast_n: 0 };
		const nothing = {
			contrast_mean: null,
			contrast_variance: null,
			easy_percent: null,
			hard_percent: null,
			...{ guttman_n: 0, guttman_mean: null, guttman_variance: null },
		};
		const journal = { raised: 0, confirmed: 0, lowered: 0, gap2: 0 };
		const row = find(check(change('S001', { ...none, ...empty, ...nothing, ...journal })), 'S001');
		expect([row.level, row.n, row.p_combined]).toEqual(['X', 0, null]);
	});

	test('everybody has the same score, in one school and in all', () => {
		const same = (row: SchoolProcedure) => ({
			...row,
			scores: [10],
			score_counts: [row.n],
			mean: 10,
			variance: 0,
			literal_mean: 10,
			literal_sd: 0,
			rank_correlation: null,
			contrast_variance: 0,
		});
		check(plain.map((row) => (row.school_id === 'S001' ? same(row) : row)));
		const rows = check(plain.map(same));
		for (const sign of signsOf(rows[0]!)) if (sign.p === null) expect(sign.flagged, sign.id).toBe(false);
	});

	test('no journal marks, no items, no cut-offs: those signs are missing with a reason, the others stand', () => {
		const rows = check(
			plain.map((row) => ({
				...row,
				...{ raised: 0, confirmed: 0, lowered: 0, gap2: 0, pairs: 0, rank_correlation: null },
				...{
					contrast_n: 0,
					contrast_mean: null,
					contrast_variance: null,
					easy_percent: null,
					hard_percent: null,
					...{ guttman_n: 0, guttman_mean: null, guttman_variance: null },
				},
				...{ cutoff_3: null, cutoff_4: null, cutoff_5: null },
			})),
		);
		const [row] = rows;
		expect([row!.p_border, row!.p_journal]).toEqual([null, null]);
		expect(row!.p_mean).not.toBeNull();
		expect(row!.note).toContain('no-cutoffs');
	});

	test('a school alone has nothing to be compared with', () => {
		const [row] = check(plain.filter(({ school_id }) => school_id === 'S001'));
		expect([row!.level, row!.p_combined]).toEqual(['X', null]);
		expect(row!.note).toBe('not-tested,no-reference');
		const reasons = JSON.parse(String(row!.reasons));
		expect(reasons.change.map(({ code }: { code: string }) => code)).toEqual(['more-to-compare']);
	});

	test('five schools with every paper on a border, and nobody beside them: unknown, not without signs', () => {
		const scores = [14, 24, 33].flatMap((cutoff) => Array<number>(20).fill(cutoff));
		const rows = check(['A', 'B', 'C', 'D', 'E'].map((id) => schoolRow(id, scores)));
		expect(rows.map(({ level }) => level)).toEqual(Array(5).fill('X'));
		const { title } = summarise(rows, context);
		expect(title.ru).toContain('проверить нельзя');
		expect(title.en).toContain('cannot be tested');
		const some = summarise([...rows, { ...rows[0]!, school_id: 'F', level: '0' }], context);
		expect(some.title.ru).toContain('проверить нельзя: школ — 5 из 6');
		const trust = trustOf(rows[0]!.level);
		expect(trust).toBe('unknown');
	});

	test('a subject taught in depth has no sign of a high mean; an unknown type is noted', () => {
		const rows = check(
			plain.map((row) => ({ ...row, advanced_subjects: row.school_id === 'S001' ? ['math'] : null })),
		);
		const means = (school: string) =>
			signsOf(find(rows, school))
				.filter(({ id }) => id === 'O1')
				.map(({ procedures, p, note }) => [procedures[0], p === null, note]);
		expect(means('S001')).toEqual([
			['vpr-2025-4-russian', false, null],
			['vpr-2025-4-math', true, 'advanced-subject'],
			['vpr-2025-5-russian', false, null],
			['vpr-2025-5-math', true, 'advanced-subject'],
		]);
		expect(means('S002').map(([, , note]) => note)).toEqual(Array(4).fill('type-unknown'));
	});
});

describe('several years', () => {
	const year = (seed: number, at: number) =>
		aggregate(
			simulateMunicipality({ seed, year: at, schools: 40, pupils: [60, 110], lifted: new Map([[2, 0.95]]) }),
		);

	test('the years at level 2 or above are counted over the years at hand', () => {
		const { rows } = run([...year(51, 2024), ...year(52, 2025)]);
		const ofSchool = rows.filter((row) => row.school_id === 'S003');
		expect(ofSchool.map((row) => row.year)).toEqual([2024, 2025]);
		const persistence = signsOf(ofSchool[1]!).find(({ id }) => id === 'O15')!;
		expect(persistence.n).toBe(2);
		expect(persistence.statistic).toBe(ofSchool.filter((row) => Number(row.level) >= 2).length);
	});

	test('one year by own signs and one in a list do not recur, and the reason names both sources', () => {
		const both = [{ school: 3, lifting: 0.9, help: 0.3 }];
		const at = { schools: 40, pupils: [60, 110] as [number, number] };
		const before = aggregate(simulateMunicipality({ ...at, seed: 55, year: 2024 }));
		const after = aggregate(simulateMunicipality({ ...at, seed: 56, year: 2025, planted: both }));
		const listed = before.map((row) => (row.school_id === 'S003' ? { ...row, list_markers: 1 } : row));
		const twice = after.map((row) => (row.school_id === 'S003' ? { ...row, list_markers: 2 } : row));
		const of = (rows: readonly SchoolProcedure[]) => {
			const row = run(rows).rows.find(({ school_id, year }) => school_id === 'S003' && year === 2025)!;
			return { row, sign: signsOf(row).find(({ id }) => id === 'O15')! };
		};
		const mixed = of([...listed, ...after]);
		expect(mixed.sign).toMatchObject({
			statistic: 1,
			flagged: false,
			inputs: { own: 1, listed: 1, either: 2 },
		});
		expect(mixed.row.level).toBe('3');
		expect(String(mixed.row.reasons)).toContain('"two-sources"');
		expect(String(mixed.row.reasons)).not.toContain('"persistent"');
		const same = of([...listed, ...twice]);
		expect(same.sign).toMatchObject({
			statistic: 2,
			flagged: true,
			inputs: { own: 1, listed: 2, either: 2 },
		});
		expect(String(same.row.reasons)).toContain('"persistent"');
	});

	test('a sharp change of a cohort is an official sign of the later year', () => {
		const [before, after] = [year(53, 2024), year(54, 2025)];
		const fallen = after.map((row) =>
			row.school_id === 'S010' && row.grade === 5 && row.subject === 'math'
				? { ...row, literal_mean: 1 }
				: row,
		);
		const found = find(
			run([...before, ...fallen]).rows.filter((row) => row.year === 2025),
			'S010',
		);
		const changes = signsOf(found).filter(({ id }) => id === 'OF-change');
		expect(changes.map(({ procedures, flagged }) => [procedures.at(-1), flagged])).toEqual([
			['vpr-2025-5-russian', false],
			['vpr-2025-5-math', true],
		]);
		expect(Number(found.official_signs)).toBeGreaterThanOrEqual(1);
	});
});
