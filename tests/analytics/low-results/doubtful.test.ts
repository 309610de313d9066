import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import { compute } from '#analytics/low-results/compute.ts';
import { definition } from '#analytics/low-results/definition.ts';
import { analyseLowResults } from '#analytics/low-results/report.ts';
import { runModule } from '#analytics/run.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';

/** Twelve honest schools whose fails run from a tenth to a third, then six that report nobody below the threshold. */
const HONEST = [5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];
const school = (index: number, fail: number, year = 2025) => ({
	school_id: `S${index}`,
	school_name: `Школа ${index}`,
	municipality_id: 'M1',
	region_id: 'R1',
	is_shown: true,
	procedure_id: `vpr-${year}`,
	procedure_title: 'ВПР',
	kind: 'vpr',
	year,
	grade: 4,
	subject: 'math',
	n: 50,
	fail,
	unscaled: 0,
	above_max: 0,
});
const honest = (year?: number) => HONEST.map((fail, index) => school(index, fail, year));
const inflated = (year?: number) => Array.from({ length: 6 }, (_, index) => school(12 + index, 0, year));
const signs = (years: number[], level = '2') =>
	years.flatMap((year) => inflated().map(({ school_id }) => ({ school_id, year, level })));
const run = (rows: object[], used: object[] = []) =>
	compute(rows as never, {
		presets: definition.presets,
		filters: {},
		language: 'ru',
		used: { 'result-objectivity': used as never },
	});

describe('results in doubt serve no comparison', () => {
	const alone = run(honest()).rows;
	const numbers = ['reference_share', 'limit_low', 'limit_high', 'alarm_low', 'alarm_high', 'certainty'];

	test('with them left out, prior, centre and limits are those of the honest schools alone', () => {
		for (const level of ['2', '3']) {
			const { rows } = run([...honest(), ...inflated()], signs([2025], level));
			expect(rows).toHaveLength(18);
			for (const [index, expected] of alone.entries())
				for (const name of numbers) expect(rows[index]![name]).toBe(expected[name]);
		}
		// and without the mark they would have moved every one of them
		const kept = run([...honest(), ...inflated()], signs([2025], '1')).rows;
		for (const name of ['reference_share', 'limit_low'])
			expect(Number(kept[0]![name])).toBeLessThan(Number(alone[0]![name]) - 0.01);
		const p = (rows: typeof kept) => JSON.parse(String(rows[11]!.detail))[0].p_low as number;
		expect(Math.abs(p(kept) - p(alone))).toBeGreaterThan(0.1);
	});

	test('a school in doubt is still shown, with its mark, against the others', () => {
		const { rows, notes } = run([...honest(), ...inflated()], signs([2025]));
		expect(rows[12]).toMatchObject({ is_doubtful: true, share: 0, note: 'doubtful-left-out' });
		expect(rows[12]!.reference_share).toBe(alone[0]!.reference_share);
		expect(rows[0]).toMatchObject({ is_doubtful: false, note: null });
		expect(notes).toEqual([{ code: 'doubtful-left-out', count: 6 }]);
		// equal counts do not make priors equal: one of these serves its own comparison, the other does not
		const [sound, doubted] = run([...honest(), school(12, HONEST[11]!)], signs([2025])).rows.slice(11);
		const p = (row: unknown) => JSON.parse(String((row as { detail: string }).detail))[0].p_low as number;
		expect(p(sound)).toBe(p(alone[11]));
		expect(p(doubted)).not.toBe(p(sound));
	});

	test('the mark is of its year, and the year before has its own', () => {
		const rows = [...honest(2024), ...inflated(2024), ...honest(), ...inflated()];
		const found = run(rows, signs([2024])).rows;
		const of = (year: number) => found.find((row) => row.school_id === 'S0' && row.year === year)!;
		expect(of(2024).reference_share).toBe(alone[0]!.reference_share);
		expect(Number(of(2025).reference_share)).toBeLessThan(Number(alone[0]!.reference_share));
	});

	test('where all results are in doubt there is nothing to compare with, and the row says so', () => {
		const [row] = run(inflated(), signs([2025])).rows;
		expect(row).toMatchObject({ reference_share: null, limit_high: null, certainty: null });
		expect(row!.note).toBe('no-reference,doubtful-left-out');
	});
});

test('the list of the authority puts a neighbour in doubt: module, joint picture and command leave it out alike', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'opora-doubt-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const procedures = [2024, 2025].map((year) => ({
		id: `math-${year}`,
		kind: 'vpr',
		year,
		grade: 4,
		subject: 'math',
		max_score: 20,
		cutoffs: { '3': 6, '4': 10, '5': 15 },
		items: [],
	}));
	const lines = ['school,municipality,procedure,score,mark'];
	for (const { id } of procedures)
		for (let index = 1; index <= 12; index++)
			for (let pupil = 0; pupil < 40; pupil++) {
				const score = pupil < (index === 12 ? 0 : 4 + index) ? 3 : 7 + ((pupil * 7) % 11);
				lines.push(`S${String(index).padStart(2, '0')},${index <= 6 ? 'M1' : 'M2'},${id},${score},`);
			}
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	writeFileSync(files.results, `${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(procedures));
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const { places } = await loadResults(warehouse, files);
	const ask = async (viewed: string[], filters = {}) =>
		(
			await runModule(findModule('low-results')!, {
				warehouse,
				viewer: { role: 'leader', places: viewed, codes: [] },
				filters,
				language: 'ru',
			})
		).columns;
	const certainty = async () =>
		(await analyseLowResults(warehouse, { places, language: 'ru' })).schools.find(
			({ school, year }) => school === 'S06' && year === 2025,
		)!.certainty;
	const before = await ask(['school/S06'], { year: 2025 });
	const certainBefore = await certainty();
	await warehouse.write((writer) =>
		writer.run(`insert into main.federal_marker (batch_id, row_number, imported_at, year, school_id, russian_4,
			mathematics_4, russian_5, mathematics_5) values ('list', 1, '2025-10-01', 2025, 'S12', 0, 1, 0, 0),
			('list', 2, '2024-10-01', 2024, 'S12', 0, 1, 0, 0)`),
	);
	// the coordinator of one school sees nothing of S12, and is compared without it
	const after = await ask(['school/S06'], { year: 2025 });
	expect(after.school_id).toEqual(['S06']);
	expect(Number(before.reference_share![0])).toBeCloseTo(110 / 480, 12);
	expect(Number(after.reference_share![0])).toBeCloseTo(110 / 440, 12);
	expect(await certainty()).not.toBe(certainBefore);
	// certainty of 2025 rests on the priors of both years, so the earlier level counts though one year is asked about
	expect(after.certainty![0]).toBeCloseTo(Number(await certainty()), 12);
	const listed = await ask(['municipality/M2'], { year: 2025 });
	expect(listed.is_doubtful![listed.school_id!.indexOf('S12')]).toBe(true);
	expect(listed.is_doubtful!.filter(Boolean)).toHaveLength(1);
});
