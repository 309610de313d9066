import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import { runModule } from '#analytics/run.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';

test('A and H1 count schools known by tables of sums as those with rows of pupils', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'opora-low-schools-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const procedures = ['math', 'russian'].map((subject) => ({
		id: subject,
		kind: 'vpr',
		year: 2025,
		grade: 4,
		subject,
		max_score: 20,
		cutoffs: { '3': 6, '4': 10, '5': 15 },
		items: [],
	}));
	// S1 has 3 of 10 below the threshold in both, S2 none
	const lines = procedures.flatMap(({ id }) =>
		Array.from({ length: 20 }, (_, pupil) =>
			pupil < 10 ? `S1,M1,${id},${pupil < 3 ? 5 : 8}` : `S2,M1,${id},8`,
		),
	);
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	writeFileSync(files.results, `school,municipality,procedure,score\n${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(procedures));
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const { places } = await loadResults(warehouse, files);
	const shares = async () => {
		const { columns } = await runModule(findModule('indicators')!, {
			warehouse,
			viewer: { role: 'leader', places, codes: [] },
			filters: {},
			language: 'ru',
		});
		return Object.fromEntries(
			['A', 'H1'].map((id) => {
				const row = columns.indicator!.indexOf(id);
				return [id, [columns.numerator![row], columns.denominator![row]]];
			}),
		);
	};
	expect(await shares()).toEqual({ A: [1, 2], H1: [0, 1] });
	const marks = (school: string, form: string, n: number, counts: number[]) =>
		procedures.map(({ id }) => `('b', '2025-06-01', '${id}', '${school}', '${form}', ${n}, [${counts}])`);
	const scores = (failing: number) => Array.from({ length: 21 }, (_, score) => (score === 5 ? failing : 0));
	await warehouse.write(async (writer) => {
		await writer.run(`insert into main.school (school_id, name, municipality_id, region_id)
			select id, id, municipality_id, region_id from main.school, (select unnest(['S3', 'S4', 'S5']) as id)
			where school_id = 'S1'`);
		await writer.run(`insert into main.aggregate_row
			(batch_id, imported_at, procedure_id, school_id, form, n, counts) values ${[
				...marks('S3', 'marks', 20, [6, 10, 4, 0]),
				// of two tables that of marks speaks
				...marks('S4', 'marks', 20, [5, 11, 4, 0]),
				...marks('S4', 'scores', 20, scores(20)),
				...marks('S5', 'scores', 20, scores(20)),
				// rows of pupils outweigh a table
				...marks('S2', 'marks', 20, [20, 0, 0, 0]),
			].join(', ')}`);
		await writer.run(`insert into main.support_plan (plan_id, school_id, municipality_id, region_id, state)
			select 'p', school_id, municipality_id, region_id, 'active' from main.school where school_id = 'S3'`);
	});
	expect(await shares()).toEqual({ A: [3, 5], H1: [1, 3] });
});
