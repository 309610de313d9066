import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import { analyseLowResults } from '#analytics/low-results/report.ts';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { listBatches, withdrawBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { openScratch, type Warehouse } from '#data/warehouse/warehouse.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { eachDialect } from '../../support/records.ts';
import { followedWarehouse } from '../../support/warehouse.ts';
import { csv, math, school } from './checking.ts';

interface Pupil {
	school: string;
	score: number;
	mark: number;
	journal: number | null;
}

const source = sharedData('vpr/vpr2020_g4_math.csv.gz');
const cutoffs = { 3: 6, 4: 10, 5: 15 };
const procedure = { ...math, id: 'p', year: 2020, max_score: 20, cutoffs, items: [] };
const places = ['municipality/M1'];

/** The first fifty schools of the file with ten papers or more; only papers that every reader of the file counts. */
function realPupils(): Pupil[] {
	const rows = parse<Record<string, string>>(gunzipSync(readFileSync(source!)), { columns: true, bom: true });
	const pupils = rows
		.filter(({ total, variant }) => /^\d+$/.test(total!) && Number(total) <= 20 && variant !== '')
		.map((row): Pupil => {
			const score = Number(row.total);
			const mark = score >= 15 ? 5 : score >= 10 ? 4 : score >= 6 ? 3 : 2;
			return {
				school: row.school!,
				score,
				mark,
				journal: /^[2-5]$/.test(row.prev_mark!) ? Number(row.prev_mark) : null,
			};
		});
	const bySchool = Map.groupBy(pupils, (pupil) => pupil.school);
	return [...bySchool.values()]
		.filter((ofSchool) => ofSchool.length >= 10)
		.slice(0, 50)
		.flat();
}

/** The three tables that an authority would hand out about these pupils, percents with two decimals. */
function tablesOf(pupils: Pupil[]): Record<'marks' | 'scores' | 'journal', Uint8Array> {
	const schools = [...Map.groupBy(pupils, (pupil) => pupil.school)];
	const shares = (ofSchool: Pupil[], key: (pupil: Pupil) => number, from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, index) => {
			const count = ofSchool.filter((pupil) => key(pupil) === from + index).length;
			return ((100 * count) / ofSchool.length).toFixed(2).replace('.', ',');
		});
	const scores = Array.from({ length: 21 }, (_, score) => score);
	return {
		marks: csv([
			['Логин', 'Кол-во участников', '2', '3', '4', '5'],
			...schools.map(([id, own]) => [id, own.length, ...shares(own, ({ mark }) => mark, 2, 5)]),
		]),
		scores: csv([
			['Логин', 'Кол-во участников', ...scores],
			...schools.map(([id, own]) => [id, own.length, ...shares(own, ({ score }) => score, 0, 20)]),
		]),
		journal: csv([
			['Логин', 'Группы участников', 'Кол-во'],
			...schools.flatMap(([id, own]) =>
				['Понизили', 'Подтвердили', 'Повысили'].map((group, index) => {
					const pairs = own.filter(
						({ mark, journal }) => journal !== null && Math.sign(mark - journal) === index - 1,
					);
					return [index === 0 ? id : null, group, pairs.length];
				}),
			),
		]),
	};
}

async function pupilWarehouse(pupils: Pupil[]): Promise<{ warehouse: Warehouse; places: string[] }> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-aggregates-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	writeFileSync(files.procedures, JSON.stringify([procedure]));
	const lines = pupils.map((pupil) => `${pupil.school},M1,p,${pupil.score},${pupil.journal ?? ''}`);
	writeFileSync(files.results, `school,municipality,procedure,score,journal_mark\n${lines.join('\n')}\n`);
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	return { warehouse, places: (await loadResults(warehouse, files)).places };
}

async function bring(records: Records, bytes: Uint8Array, name: string): Promise<void> {
	const plan = await planImport(records, 'results', bytes, { fileName: name, procedureId: 'p', places });
	expect(plan.counts.refused).toBe(0);
	await storeImport(records, plan, { importedBy: 'ivanova' });
}

const signsOf = async (warehouse: Warehouse, of: string[]) => {
	const { schools } = await analyseObjectivity(warehouse, { places: of, language: 'ru' });
	const carried = new Set(['O1', 'O3', 'O4', 'O6', 'O7', 'O10', 'OF-mean']);
	return schools.map((each) => ({
		school: each.school,
		signs: each.signs
			.filter(({ id }) => carried.has(id))
			.map(({ id, p, n, flagged }) => [id, p === null ? null : p.toPrecision(5), n, flagged]),
	}));
};
const lowOf = async (warehouse: Warehouse, of: string[]) =>
	(await analyseLowResults(warehouse, { places: of, language: 'ru' })).schools.map(
		({ notes: _, ...rest }) => rest,
	);
const histogramOf = async (warehouse: Warehouse) =>
	rowsOf(await warehouse.ask('select score, n from reference_score_counts() order by score'));

eachDialect('tables of sums made from real pupils', (open) => {
	test.skipIf(!source)('say what the rows of pupils say, and give way to them', async () => {
		const pupils = realPupils();
		const byRows = await pupilWarehouse(pupils);
		const records = await open();
		await records.transaction(async (trx) => {
			await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
			await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
			await recordSchools(
				trx,
				[...new Set(pupils.map((pupil) => pupil.school))].map((id) => school(id, `Школа ${id}`)),
			);
			await recordProcedures(trx, [procedure]);
		});
		const tables = tablesOf(pupils);
		for (const [name, bytes] of Object.entries(tables)) await bring(records, bytes, name);
		const { warehouse, projector } = await followedWarehouse(records);

		expect(await histogramOf(warehouse)).toEqual(await histogramOf(byRows.warehouse));
		expect(await lowOf(warehouse, places)).toEqual(await lowOf(byRows.warehouse, byRows.places));
		expect(await signsOf(warehouse, places)).toEqual(await signsOf(byRows.warehouse, byRows.places));
		const { schools } = await analyseLowResults(warehouse, { places, language: 'ru' });
		expect(schools).toHaveLength(50);
		expect(schools.every(({ notes }) => notes.some(({ code }) => code === 'from-aggregate'))).toBe(true);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);

		const [first] = pupils as [Pupil];
		await bring(
			records,
			csv([
				['Школа', 'Балл'],
				[first.school, 3],
			]),
			'строки.csv',
		);
		await projector.waitFor(await latestSeq(records));
		const after = await analyseLowResults(warehouse, { places, language: 'ru' });
		expect(after.schools.find((each) => each.school === first.school)!.procedures[0]).toMatchObject({
			n: 1,
			fail: 1,
		});

		for (const { id } of await listBatches(records.db, places))
			await records.transaction((trx) => withdrawBatch(trx, id, 'ivanova'));
		await projector.waitFor(await latestSeq(records));
		expect(await lowOf(warehouse, places)).toEqual([]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});
});
