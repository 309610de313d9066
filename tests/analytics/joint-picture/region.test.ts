import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import { runModule } from '#analytics/run.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';

/** Thirty-six schools in two municipalities, two procedures of a year; S01 fails in both, S02 is far above the others. */
async function loaded() {
	const folder = mkdtempSync(join(tmpdir(), 'opora-joint-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const cutoffs = { '3': 6, '4': 10, '5': 15 };
	const procedures = ['math', 'russian'].map((subject) => ({
		id: subject,
		kind: 'vpr',
		year: 2025,
		grade: 4,
		subject,
		max_score: 20,
		cutoffs,
		items: [],
	}));
	const lines = ['school,municipality,procedure,score,mark'];
	for (const { id } of procedures)
		for (let school = 1; school <= 36; school++)
			for (let pupil = 0; pupil < 30; pupil++) {
				const usual = 7 + ((pupil * 7 + school * 5) % 11);
				const score = school === 1 ? (pupil < 20 ? 4 : 9) : school === 2 ? 17 + (pupil % 4) : usual;
				lines.push(`S${String(school).padStart(2, '0')},${school <= 18 ? 'M1' : 'M2'},${id},${score},`);
			}
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	writeFileSync(files.results, `${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(procedures));
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const { places } = await loadResults(warehouse, files);
	// what the registry knows of the schools: every third lies in the country
	await warehouse.write((writer) =>
		writer.run(`update main.school set kind = 'school', pupils = 400,
			locality = case when substr(school_id, 2)::integer % 3 = 0 then 'rural' else 'urban' end`),
	);
	return { warehouse, places };
}

test('says the same to all who see a school, and leaves the others out', async () => {
	const { warehouse, places } = await loaded();
	const ask = (viewed: string[], filters = {}) =>
		runModule(findModule('joint-picture')!, {
			warehouse,
			viewer: { role: 'methodist', places: viewed, codes: [] },
			filters,
			language: 'ru',
		});
	const whole = await ask(places);
	expect(whole.length).toBe(36);
	const of = (id: string) => {
		const index = whole.columns.school_id!.indexOf(id);
		return Object.fromEntries(Object.entries(whole.columns).map(([name, cells]) => [name, cells[index]]));
	};
	expect(of('S01')).toMatchObject({ standing: 'low', trust: expect.stringMatching(/objective|doubtful/) });
	expect(of('S02').standing).toBe('high');
	expect(Number(of('S02').result)).toBeGreaterThan(1);
	expect(Number(of('S05').expected)).toBeCloseTo(0, 0);
	const own = await ask(['municipality/M1'], { year: 2025 });
	expect(own.columns.school_id).toEqual(whole.columns.school_id!.slice(0, 18));
	for (const column of ['standing', 'trust', 'action_text', 'is_benchmark'])
		expect(own.columns[column]).toEqual(whole.columns[column]!.slice(0, 18));
	for (const [index, expected] of own.columns.expected!.entries())
		expect(Number(expected)).toBeCloseTo(Number(whole.columns.expected![index]), 9);
	const one = await ask(['school/S02']);
	expect(one.columns.school_id).toEqual(['S02']);
	expect(one.columns.residual![0]).toBeCloseTo(Number(of('S02').residual), 9);
	expect(JSON.stringify(one)).not.toMatch(/S0[13-9]|S[1-3]\d|M2/);
	expect((await ask(['municipality/M1'], { municipality: 'M2' })).length).toBe(0);
	// a list of the authority puts a school in doubt: it is no benchmark any more, and leaves the line of those who do not see it
	expect(of('S08')).toMatchObject({ trust: 'objective', is_benchmark: true });
	await warehouse.write((writer) =>
		writer.run(`insert into main.federal_marker (batch_id, row_number, imported_at, year, school_id, russian_4,
			mathematics_4, russian_5, mathematics_5) values ('list', 1, '2025-10-01', 2025, 'S08', 1, 0, 0, 0)`),
	);
	const listed = await ask(['school/S08']);
	expect(listed.columns).toMatchObject({ trust: ['doubtful'], is_benchmark: [false] });
	expect(listed.columns.action_text![0]).toMatch(/уровень неизвестен/);
	const other = await ask(['school/S05']);
	expect(Math.abs(Number(other.columns.expected![0]) - Number(of('S05').expected))).toBeGreaterThan(1e-4);
});
