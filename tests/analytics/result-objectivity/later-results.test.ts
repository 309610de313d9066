import { describe, expect, test } from 'vitest';
import type { Row } from '#analytics/module.ts';
import * as module from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { journalSigns } from '#analytics/result-objectivity/journal-signs.ts';
import { jumpSigns, unconfirmedSigns } from '#analytics/result-objectivity/later-signs.ts';
import { referenceChoice } from '#analytics/result-objectivity/reference-choice.ts';
import {
	groupBy,
	procedureKey,
	type SchoolProcedure,
} from '#analytics/result-objectivity/school-procedure.ts';
import { type RawSign, rawSign, type Sign } from '#analytics/result-objectivity/signs.ts';
import { runModule } from '#analytics/run.ts';
import { aggregate } from './aggregate.ts';
import { scratchWith } from './scratch.ts';
import { simulateMunicipality } from './simulate.ts';

const { presets } = definition;
const context = { presets, filters: {}, language: 'ru' as const };
const run = (rows: readonly SchoolProcedure[]) => module.compute([...rows] as never, context).rows;
const signsOf = (row: Row): Sign[] => JSON.parse(String(row.signs));

/** One school in one procedure: mean, variance, n; the rest as where nothing else is known. */
function row(
	school: string,
	kind: string,
	grade: number | null,
	year: number,
	found: Partial<SchoolProcedure>,
): SchoolProcedure {
	return {
		...{ school_id: school, school_name: school, municipality_id: 'M1', region_id: 'R1', is_shown: true },
		...{
			advanced_subjects: null,
			procedure_id: `${kind}-${year}-${grade}`,
			procedure_title: `${kind} ${grade}`,
		},
		...{ kind, year, grade, subject: 'math', max_score: 20, cutoff_3: null, cutoff_4: null, cutoff_5: null },
		...{ absent: 0, above_max: 0, n: 25, mean: 10, variance: 16, scores: [], score_counts: [], literal_n: 0 },
		...{ literal_mean: null, literal_sd: null, raised: 0, confirmed: 0, lowered: 0, gap2: 0, pairs: 0 },
		...{ rank_correlation: null, contrast_n: 0, contrast_mean: null, contrast_variance: null },
		...{ easy_percent: null, hard_percent: null, guttman_n: 0, guttman_mean: null, guttman_variance: null },
		...found,
	};
}

function referencesOf(rows: readonly SchoolProcedure[]) {
	return new Map(
		[...groupBy(rows, procedureKey)].map(([key, group]) => [key, referenceChoice(group, () => false)]),
	);
}

describe('fall of a cohort (O11)', () => {
	const before = [9, 10, 11, 10.5, 9.5, 10, 14];
	const after = [11, 12, 13, 12.5, 11.5, 12, 12];
	const pair = (index: number, found: Partial<SchoolProcedure> = {}): SchoolProcedure[] => [
		row(`S${index}`, 'vpr', 4, 2024, { mean: before[index] }),
		row(`S${index}`, 'vpr', 5, 2025, { mean: after[index], variance: 25, n: 50, ...found }),
	];
	const all = before.flatMap((_, index) => pair(index));

	test('is that of the formula, worked out apart', () => {
		const signs = jumpSigns(all, referencesOf(all), presets);
		const sign = signs.get(all.find(({ school_id, grade }) => school_id === 'S6' && grade === 4)!)!;
		// Others: mean 10 in grade 4 (σ 4), 12 in grade 5 (σ 5): z4 = 1, z5 = 0, SE² = 1/25 + 1/50, z = 1/√.06 = 4.0825.
		expect(sign.inputs.earlier).toBeCloseTo(1, 12);
		expect(sign.inputs.later).toBeCloseTo(0, 12);
		expect(sign.inputs.z).toBeCloseTo(4.0825, 4);
		// DerSimonian and Laird over the seven differences, worked out in R: τ² = .13586227.
		expect(sign.inputs.between_variance).toBeCloseTo(0.13586227, 6);
		expect(sign.statistic).toBeCloseTo(1 / Math.sqrt(0.06 + 0.13586227), 5);
		expect(sign.procedures).toEqual(['vpr-2024-4', 'vpr-2025-5']);
		expect(sign.family).toBe('mean');
		expect(sign.isLarge).toBe(false);
	});

	test('where schools do not usually change, z is that of the method: large from 2.58 on', () => {
		const calm = (fallen: number): RawSign => {
			const rows = Array.from({ length: 12 }, (_, index) => [
				row(`S${index}`, 'vpr', 8, 2024, { mean: index === 11 ? fallen : 10, n: 36, variance: 16 }),
				row(`S${index}`, 'oge', 9, 2025, { mean: 10, n: 64, variance: 16 }),
			]).flat();
			return [...jumpSigns(rows, referencesOf(rows), presets).values()].at(-1)!;
		};
		// z8 = 2.5/4 = .625, SE² = 1/36 + 1/64: z = .625/.2083333 = 3, p = 1 − Φ(3) = .0013499
		expect(calm(12.5).statistic).toBeCloseTo(3, 10);
		expect(calm(12.5).p).toBeCloseTo(0.0013499, 7);
		expect([calm(12.5).isLarge, calm(12.16).isLarge, calm(12.14).isLarge]).toEqual([true, true, false]);
	});

	test('needs enough papers in both years, the next grade and the next year', () => {
		const few = before.flatMap((_, index) => pair(index, index === 6 ? { n: 9 } : {}));
		const note = [...jumpSigns(few, referencesOf(few), presets).values()].find(({ n }) => n === 9);
		expect([note!.note, note!.p]).toEqual(['too-few-respondents', null]);
		const later = all.map((one) => (one.grade === 5 ? { ...one, year: 2026 } : one));
		expect(jumpSigns(later, referencesOf(later), presets).size).toBe(0);
		const other = all.map((one) => (one.grade === 5 ? { ...one, subject: 'russian' } : one));
		expect(jumpSigns(other, referencesOf(other), presets).size).toBe(0);
		const sixth = all.map((one) => (one.grade === 5 ? { ...one, grade: 6 } : one));
		expect(jumpSigns(sixth, referencesOf(sixth), presets).size).toBe(0);
	});
});

describe('a high mean and a later exam (O2)', () => {
	const others = Array.from({ length: 6 }, (_, index) => index);
	const world = (examMean: number, found: Partial<SchoolProcedure> = {}) => [
		...others.flatMap((index) => [
			row(`S${index}`, 'vpr', 8, 2023, { mean: 10 }),
			row(`S${index}`, 'oge', 9, 2025, { mean: 10 }),
		]),
		row('S9', 'vpr', 8, 2023, { mean: 15 }),
		row('S9', 'oge', 9, 2025, { mean: examMean, ...found }),
	];
	const judge = (rows: SchoolProcedure[], flagged = true): RawSign | undefined => {
		const own = rows.filter(({ school_id }) => school_id === 'S9');
		const mean = rawSign('O1', 'mean', [own[0]!], { n: 25, flagged });
		const signs = unconfirmedSigns(own, (one) => (one === own[0] ? [mean] : []), referencesOf(rows), presets);
		return signs[0]?.[1];
	};

	test.each([
		['below the others', 9, -0.25, true],
		['exactly at the others', 10, 0, true],
		['above the others', 12, 0.5, false],
	])('%s', (_, mean, z, flagged) => {
		const sign = judge(world(mean))!;
		expect(sign.statistic).toBeCloseTo(z, 12);
		expect([sign.flagged, sign.p, sign.family]).toEqual([flagged, null, null]);
	});

	test('says nothing without O1, without an exam of the subject in three years, or with few papers', () => {
		expect(judge(world(9), false)).toBeUndefined();
		expect(judge(world(9, { n: 9 }))).toBeUndefined();
		expect(judge(world(9, { subject: 'russian' }))).toBeUndefined();
		expect(judge(world(9, { year: 2027 }))).toBeUndefined();
		expect(judge(world(9, { year: 2023 }))).toBeUndefined();
		expect(judge(world(9, { kind: 'vpr' }))).toBeUndefined();
	});

	test('the nearest year speaks', () => {
		const near = others.map((index) => row(`S${index}`, 'ege', 11, 2024, { mean: 60 }));
		const rows = [...world(9), ...near, row('S9', 'ege', 11, 2024, { mean: 62 })];
		const sign = judge(rows)!;
		expect([sign.flagged, sign.procedures[1]]).toEqual([false, 'ege-2024-11']);
	});
});

describe('year marks above those of the exam (O12)', () => {
	const others = [0, 1, 2, 3, 4, 5].map((index) =>
		row(`S${index}`, 'oge', 9, 2025, { raised: 10, confirmed: 30, lowered: 10, n: 50, mean: 10 }),
	);
	const school = row('S9', 'oge', 9, 2025, { raised: 3, confirmed: 13, lowered: 14, n: 30, mean: 10 });
	const signs = (one: SchoolProcedure) =>
		journalSigns(
			one,
			referenceChoice([...others, one], () => false),
			presets,
		);

	test('is the vector of O7, one tail, in place of O6 and O7', () => {
		const found = signs(school);
		expect(found.map(({ id, family }) => [id, family])).toEqual([['O12', 'journal']]);
		// P(Bin(17, .5) ≥ 14) = .006363 (the vector of O7); the others raise and lower alike, and do not differ.
		expect(found[0]!.p).toBeCloseTo(0.006363, 6);
		expect(found[0]!.statistic).toBeCloseTo(14 / 30, 12);
		expect(found[0]!.isLarge).toBe(true);
	});

	test('marks of the exam above the year mark are none', () => {
		const [sign] = signs({ ...school, raised: 14, lowered: 3 });
		expect(sign!.p).toBeGreaterThan(0.99);
		expect(sign!.isLarge).toBe(false);
	});

	test('a share of lowered below the least of the method is small, whatever its p', () => {
		const [sign] = signs({ ...school, raised: 0, confirmed: 120, lowered: 40, n: 160 });
		expect(sign!.p).toBeLessThan(0.01);
		expect(sign!.isLarge).toBe(false);
	});

	test('an exam without year marks has no such sign, other procedures keep O6 and O7', () => {
		expect(signs({ ...school, raised: 0, confirmed: 0, lowered: 0 })).toEqual([]);
		const vpr = [...others, school].map((one) => ({ ...one, kind: 'vpr' }));
		const found = journalSigns(
			vpr.at(-1)!,
			referenceChoice(vpr, () => false),
			presets,
		);
		expect(found.map(({ id }) => id)).toEqual(['O6', 'O7']);
	});
});

describe('in the battery', () => {
	const maxima = [1, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 2];
	const items = maxima.map((max, index) => ({ max, difficulty: -2 + (3.6 * index) / 14 }));
	const cutoffs = { '3': 6, '4': 10, '5': 15 };
	const procedures = [
		{ kind: 'vpr' as const, grade: 8, subject: 'math', cutoffs, items },
		{ kind: 'oge' as const, grade: 9, subject: 'math', cutoffs, items },
	];
	const simulation = simulateMunicipality({
		...{ seed: 91, schools: 40, pupils: [40, 80], years: [2024, 2025], procedures },
		planted: [{ school: 3, years: [2024], pupils: 80, effect: -0.3, help: 0.9 }],
	});

	test('answers given away in grade 8 and an honest exam a year later: O1, O2 and O11 of the earlier year', () => {
		const rows = run(aggregate(simulation));
		const of = (year: number) => rows.find((one) => one.school_id === 'S003' && one.year === year)!;
		const flagged = signsOf(of(2024)).filter((sign) => sign.flagged);
		expect(flagged.map(({ id }) => id)).toEqual(expect.arrayContaining(['O1', 'O2', 'O11']));
		const reasons = JSON.parse(String(of(2024).reasons));
		const codes = (side: string) => reasons[side].map(({ code }: { code: string }) => code);
		expect(codes('for')).toEqual(expect.arrayContaining(['not-confirmed', 'grade-jump']));
		expect(codes('change')).not.toContain('later-exam');
		for (const { text } of [...reasons.for, ...reasons.against, ...reasons.change])
			expect(`${text.ru}${text.en}`).not.toMatch(/NaN|undefined|null/);
		expect(signsOf(of(2025)).map(({ id }) => id)).not.toContain('O11');
		const honest = rows.filter(({ school_id }) => school_id !== 'S003');
		expect(honest.filter((one) => signsOf(one).some(({ id, flagged }) => id === 'O11' && flagged))).toEqual(
			[],
		);
		// the exam of the first year is held against the year marks, not against a later one
		expect(signsOf(of(2024)).map(({ id }) => id)).toContain('O12');
	});

	test('until the exam has come, its results are what would change the verdict', () => {
		const early = aggregate(simulation).filter(({ year }) => year === 2024);
		const one = run(early).find(({ school_id }) => school_id === 'S003')!;
		const { change } = JSON.parse(String(one.reasons));
		expect(change.map(({ code }: { code: string }) => code)).toEqual(
			expect.arrayContaining(['remark', 'reply', 'observe', 'later-exam']),
		);
		expect(signsOf(one).map(({ id }) => id)).not.toContain('O2');
	});

	test('a selection of the earlier year still looks at the exam after it, and shows only its year', async () => {
		const { warehouse, places } = await scratchWith(simulation);
		const viewer = { role: 'methodist' as const, places, codes: [] };
		const ask = (filters: object) =>
			runModule({ definition, ...module }, { warehouse, viewer, filters, language: 'ru' });
		const whole = await ask({});
		const one = await ask({ year: 2024, school: 'S003' });
		expect(one.columns.year).toEqual([2024]);
		const at = whole.columns.school_id!.findIndex(
			(school, index) => school === 'S003' && whole.columns.year![index] === 2024,
		);
		expect(one.columns.signs![0]).toBe(whole.columns.signs![at]);
		expect(String(one.columns.signs![0])).toContain('"O11"');
	});
});
