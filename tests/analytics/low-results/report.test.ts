import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as module from '#analytics/low-results/compute.ts';
import { definition } from '#analytics/low-results/definition.ts';
import { analyseLowResults } from '#analytics/low-results/report.ts';
import { runModule } from '#analytics/run.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';

/** Twelve schools in two municipalities, two years of mathematics; S01 fails sixteen of twenty, the others from none to four of twenty. */
async function loaded() {
	const folder = mkdtempSync(join(tmpdir(), 'opora-low-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const procedures = [2024, 2025].flatMap((year) => [
		{
			id: `math-${year}`,
			kind: 'vpr',
			year,
			grade: 4,
			subject: 'math',
			max_score: 20,
			cutoffs: { '3': 6, '4': 10, '5': 15 },
			items: [],
		},
		{
			id: `ege-${year}`,
			kind: 'ege',
			year,
			grade: 11,
			subject: 'russian',
			max_score: 100,
			fail_below: 24,
			items: [],
		},
	]);
	const lines = ['school,municipality,procedure,score,mark'];
	for (const { id, kind } of procedures) {
		for (let school = 1; school <= 12; school++) {
			const name = `S${String(school).padStart(2, '0')}`;
			const municipality = school <= 6 ? 'M1' : 'M2';
			for (let pupil = 0; pupil < 20; pupil++) {
				const fails = school === 1 ? pupil < 16 : pupil < Math.floor(school / 3);
				const score = kind === 'ege' ? (fails ? 23 : 24) : fails ? 5 : 6;
				lines.push(`${name},${municipality},${id},${score},`);
			}
			// An absent pupil and a score above the maximum do not count; a given mark outweighs the score.
			lines.push(
				`${name},${municipality},${id},,`,
				`${name},${municipality},${id},${kind === 'ege' ? 101 : 21},`,
			);
			if (kind === 'vpr') lines.push(`${name},${municipality},${id},19,2`);
		}
	}
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	writeFileSync(files.results, `${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(procedures));
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	return { warehouse, ...(await loadResults(warehouse, files)) };
}

test('the report counts fails by mark or minimum, and says how certain the rule is', async () => {
	const { warehouse, places } = await loaded();
	const { schools } = await analyseLowResults(warehouse, { places, language: 'ru' });
	expect(schools).toHaveLength(24);
	const [first] = schools.filter(({ school, year }) => school === 'S01' && year === 2025);
	expect(Object.keys(first!)).toEqual(
		'school year procedures rule_a rule_b flag certainty label notes'.split(' '),
	);
	expect(
		first!.procedures.map(({ procedure, n, fail, share, low }) => [procedure, n, fail, share, low]),
	).toEqual([
		['ege-2025', 20, 16, 0.8, true],
		['math-2025', 21, 17, 17 / 21, true],
	]);
	expect(first!.procedures[0]!.ci![0]).toBeCloseTo(0.584, 3);
	expect([first!.rule_a, first!.rule_b, first!.flag]).toEqual([true, true, true]);
	expect(first!.certainty).toBeGreaterThan(0.5);
	expect(first!.notes.map(({ code }) => code)).toEqual(['above-max']);
	expect(schools.filter(({ flag }) => flag).map(({ school, year }) => [school, year])).toEqual([
		['S01', 2024],
		['S01', 2025],
	]);
	const all = await analyseLowResults(warehouse, { places, language: 'en', combine: 'all', threshold: 0.3 });
	expect(all.schools.filter(({ flag }) => flag).map(({ year }) => year)).toEqual([2025]);
	expect(all.schools.find(({ flag }) => flag)!.label).toMatch(/stable|likely|chance/);
	const strict = await analyseLowResults(warehouse, { places, language: 'en', threshold: 0.85 });
	expect(strict.schools.some(({ flag }) => flag)).toBe(false);
});

test('a viewer sees own schools only, with the same numbers', async () => {
	const { warehouse, places } = await loaded();
	const ask = (viewed: string[], filters = {}) =>
		runModule(
			{ definition, ...module },
			{ warehouse, viewer: { role: 'leader', places: viewed, codes: [] }, filters, language: 'ru' },
		);
	const everyone = await ask(places, { year: 2025 });
	const own = await ask(['municipality/M1'], { year: 2025 });
	expect(own.columns.school_id).toEqual(['S01', 'S02', 'S03', 'S04', 'S05', 'S06']);
	expect(JSON.stringify(own)).not.toMatch(/S(0[7-9]|1\d)|M2/);
	expect(own.columns.certainty).toEqual(everyone.columns.certainty!.slice(0, 6));
	expect(own.columns.rule_b![0]).toBe(true);
	expect(own.finding.title.ru).toMatch(/в 1 из 6 школ/);
});
