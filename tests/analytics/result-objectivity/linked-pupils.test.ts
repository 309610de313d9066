import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as module from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { linkedSigns, type Step } from '#analytics/result-objectivity/linked-pupils.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import type { Sign } from '#analytics/result-objectivity/signs.ts';
import { runModule } from '#analytics/run.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { freshFolder } from './scratch.ts';

const { presets } = definition;

interface Planted {
	n?: number;
	now?: number;
	next?: number;
	covariance?: number;
}

/** A school with 30 papers in both years, of which `n` are linked: variances 16, covariance 8 (r = .5, v = 1). */
function step(index: number, { n = 25, now = 10, next = 12, covariance = 8 }: Planted = {}): Step {
	const paper = { school_id: `S${index}`, region_id: 'R1', n: 30 };
	const later = { ...paper, procedure_id: 'later', procedure_title: 'ВПР 5' } as SchoolProcedure;
	const earlier = {
		...{ ...paper, procedure_id: 'earlier', procedure_title: 'ВПР 4' },
		...{ linked_procedures: ['other', 'later'], linked_counts: [9, n] },
		...{
			linked_means: [
				[0, 0],
				[now, next],
			],
		},
		...{
			linked_variances: [
				[1, 1, 1],
				[16, 16, covariance],
			],
		},
	} as unknown as SchoolProcedure;
	return { earlier, later, isDoubtful: false };
}

describe('fall of linked pupils (O11)', () => {
	const others = Array.from({ length: 11 }, (_, index) => step(index));

	test('is the mean change of a pupil over its error: worked out by hand', () => {
		// v = 2(1 − .5) = 1, SE = 1/√25 = .2; 2.4 points are .6 standard deviations: z = 3, p = 1 − Φ(3)
		const planted = step(11, { now: 12.4 });
		const { signs, isDoubtful } = linkedSigns([...others, planted], presets);
		const sign = signs.get(planted.earlier)!;
		expect(sign.inputs).toMatchObject({ form: 'linked', later_n: 25, later_title: 'ВПР 5' });
		expect(sign.inputs.correlation).toBeCloseTo(0.5, 12);
		expect([sign.inputs.earlier, sign.inputs.later]).toEqual([
			expect.closeTo(0.6, 12),
			expect.closeTo(0, 12),
		]);
		expect(sign.inputs.z).toBeCloseTo(3, 10);
		expect(sign.p).toBeCloseTo(0.0013499, 6);
		expect([sign.isLarge, sign.n, sign.family, isDoubtful]).toEqual([true, 25, 'mean', false]);
		// who rises as much has the same z with the other sign
		const risen = step(11, { next: 14.4 });
		const rise = linkedSigns([...others, risen], presets).signs.get(risen.earlier)!;
		expect([rise.inputs.z, rise.isLarge]).toEqual([expect.closeTo(-3, 10), false]);
	});

	test('a mean that is high in both years is no fall, and the usual change of schools widens the error', () => {
		const strong = step(11, { now: 14, next: 16 });
		const sign = linkedSigns([...others, strong], presets).signs.get(strong.earlier)!;
		expect(sign.statistic).toBeCloseTo(0, 10);
		const restless = Array.from({ length: 11 }, (_, index) => step(index, { now: index % 2 ? 8 : 12 }));
		const planted = step(11, { now: 12.4 });
		const widened = linkedSigns([...restless, planted], presets).signs.get(planted.earlier)!;
		expect(Number(widened.inputs.between_variance)).toBeGreaterThan(0.1);
		expect(widened.isLarge).toBe(false);
	});

	test.each([
		['nine linked', { n: 9 }],
		['less than half of the papers', { n: 14 }],
	])('%s: the school keeps the form of cohorts, the others their linked pupils', (_, planted) => {
		const few = step(11, planted);
		const { signs } = linkedSigns([...others, few], presets);
		expect([signs.has(few.earlier), signs.size]).toEqual([false, 11]);
	});

	test('too few linked schools or pupils elsewhere link nobody', () => {
		expect(linkedSigns(others.slice(0, 5), presets).signs.size).toBe(0);
		expect(linkedSigns(others.slice(0, 6), presets).signs.size).toBe(6);
		const small = others.map((_, index) => step(index, { n: 9 }));
		expect(linkedSigns(small.slice(0, 11), presets)).toEqual({ signs: new Map(), isDoubtful: false });
		expect(linkedSigns([], presets)).toEqual({ signs: new Map(), isDoubtful: false });
	});

	test('codes under which scores are not related are those of different children', () => {
		const shuffled = others.map((_, index) => step(index, { covariance: 3 }));
		expect(linkedSigns(shuffled, presets)).toEqual({ signs: new Map(), isDoubtful: true });
	});

	test('schools in doubt serve no other: whatever their pupils did, the others say the same', () => {
		const said = (now: number, isDoubtful: boolean) => {
			const doubtful = [11, 12].map((index) => ({ ...step(index, { now }), isDoubtful }));
			const { signs } = linkedSigns([...others, ...doubtful], presets);
			return { other: signs.get(others[0]!.earlier)!, own: signs.get(doubtful[0]!.earlier)! };
		};
		const [low, high] = [said(10, true), said(15, true)];
		expect(high.other.inputs).toEqual(low.other.inputs);
		expect(high.other.inputs).toMatchObject({ reference: 'without-flagged', left_out: 2 });
		expect(high.own.inputs).toMatchObject({ reference: 'without-flagged', left_out: 1 });
		expect(high.own.statistic).toBeGreaterThan(low.own.statistic!);
		expect(said(15, false).other.inputs).not.toEqual(said(10, false).other.inputs);
		// Most of them in doubt: all serve again.
		const most = others.map((one, index) => ({ ...one, isDoubtful: index > 4 }));
		const { signs } = linkedSigns(most, presets);
		expect(signs.get(most[0]!.earlier)!.inputs).toMatchObject({ reference: 'leave-one-out', in_doubt: 6 });
	});

	test('equal scores of all pupils give no number', () => {
		const flat = others.map(({ earlier, later, isDoubtful }) => ({
			isDoubtful,
			later,
			earlier: { ...earlier, linked_variances: [[], [0, 0, 0]] } as SchoolProcedure,
		}));
		expect(linkedSigns(flat, presets).signs.size).toBe(0);
	});
});

const scale = (id: string, year: number, grade: number) => ({
	...{ id, kind: 'vpr', year, grade, subject: 'math', title: id, max_score: 40, cutoffs: null },
	...{ fail_below: null, items: [], document: '', valid_from: `${year}-01-01` },
});

/**
 * Thirty schools of 30 pupils. In S1 ten strong pupils leave and ten weak ones come: its cohort falls, its pupils do not.
 * In S2 half of the grade 4 marks were given away: its pupils fall. `codesOf` names a pupil in the later year.
 */
async function ask(codesOf: (school: number, pupil: number) => string) {
	const lines = ['school,procedure,pupil,score'];
	for (let school = 0; school < 30; school++)
		for (let pupil = 0; pupil < 30; pupil++) {
			const ability = 14 + ((pupil * 7 + school * 3) % 13);
			const drift = (pupil * 5 + school) % 4;
			const [left, given] = [school === 1 && pupil < 10, school === 2 ? 10 : 0];
			lines.push(`S${school},v4,P${pupil},${left ? 39 : ability + given}`);
			lines.push(
				left
					? `S${school},v5,NEW${pupil},${5}`
					: `S${school},v5,${codesOf(school, pupil)},${ability + drift - 1}`,
			);
		}
	const folder = freshFolder();
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	writeFileSync(files.results, `${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify([scale('v4', 2024, 4), scale('v5', 2025, 5)]));
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const { places } = await loadResults(warehouse, files);
	const viewer = { role: 'methodist' as const, places, codes: [] };
	const found = await runModule(
		{ definition, ...module },
		{ warehouse, viewer, filters: { year: 2024 }, language: 'ru' },
	);
	const { school_id, signs, reasons, note } = found.columns;
	return (id: string) => {
		const index = school_id!.indexOf(id);
		const sign = (JSON.parse(String(signs![index])) as Sign[]).find((one) => one.id === 'O11')!;
		return {
			sign,
			reasons: String(reasons![index]),
			note: note![index],
			text: JSON.stringify(found.columns),
		};
	};
}

describe('in the battery', () => {
	test('who left and who came is not taken for a fall where codes last; marks given away are', async () => {
		const linked = await ask((_, pupil) => `P${pupil}`);
		const moved = linked('S1').sign;
		expect([moved.inputs.form, moved.n, moved.flagged]).toEqual(['linked', 20, false]);
		const given = linked('S2');
		expect([given.sign.inputs.form, given.sign.n, given.sign.flagged]).toEqual(['linked', 30, true]);
		expect(given.reasons).toContain('а через год у тех же учеников (30), v5, —');
		expect(given.text).not.toMatch(/P\d+|NEW\d/);

		const cohorts = await ask(() => '');
		expect([cohorts('S1').sign.inputs.form, cohorts('S1').sign.n]).toEqual(['cohort', 30]);
		expect(cohorts('S1').sign.flagged).toBe(true);
		expect(cohorts('S1').note ?? '').not.toContain('codes-not-lasting');
	});

	test('codes given anew each year are noticed, and cohorts are compared', async () => {
		const anew = await ask((_, pupil) => `P${(pupil * 11 + 7) % 30}`);
		expect(anew('S2').sign).toMatchObject({ n: 30, inputs: { form: 'cohort' } });
		expect(anew('S2').note).toContain('codes-not-lasting');
	});

	test('a code twice in a school links nobody', async () => {
		const twice = await ask((_, pupil) => `P${pupil < 6 ? 29 : pupil}`);
		expect(twice('S5').sign).toMatchObject({ n: 23, inputs: { form: 'linked' } });
	});
});
