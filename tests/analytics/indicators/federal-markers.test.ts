import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as module from '#analytics/indicators/compute.ts';
import { definition } from '#analytics/indicators/definition.ts';
import type { Row } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { withdrawBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { openRecords } from '#data/records/store.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { csv, math, school } from '../../data/import/checking.ts';
import { followedWarehouse } from '../../support/warehouse.ts';

const region = ['region/R1'];

async function markers(
	warehouse: Warehouse,
	places: string[],
	municipality: string | null = null,
): Promise<Row | undefined> {
	const { columns, length } = await runModule(
		{ definition, ...module },
		{
			warehouse,
			viewer: { role: 'leader', places, codes: [] },
			filters: municipality === null ? {} : { municipality },
			language: 'ru',
		},
	);
	const names = Object.keys(columns);
	return Array.from({ length }, (_, index) =>
		Object.fromEntries(names.map((name) => [name, columns[name]![index] ?? null])),
	).find(({ indicator }) => indicator === 'N20');
}

test('N20 is H6: schools with a marker of those that took the ВПР, three years, the municipality alone', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'opora-markers-'));
	const records = await openRecords({ folder });
	onTestFinished(async () => {
		await records.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const years = [2023, 2024, 2025];
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [
			{ id: 'M1', region_id: 'R1', name: 'Заречный район' },
			{ id: 'M2', region_id: 'R1', name: 'Озёрский район' },
		]);
		await recordSchools(trx, [
			...['101', '102', '103', '104', '105'].map((id) => school(id, `Школа ${id}`)),
			school('201', 'Школа 201', 'M2'),
		]);
		await recordProcedures(trx, [
			...years.map((year) => ({ ...math, id: `m${year}`, title: `m${year}`, year })),
			{ ...math, id: 'oge', title: 'oge', kind: 'oge', grade: 9, year: 2025 },
		]);
	});
	const bring = async (
		kind: 'results' | 'federal-list',
		rows: (string | number | null)[][],
		procedureId?: string,
	) => {
		const options = { fileName: 'x.csv', procedureId: procedureId ?? null, places: region };
		const plan = await planImport(records, kind, csv(rows), options);
		expect(plan.counts.refused).toBe(0);
		return storeImport(records, plan, { importedBy: 'ivanova' });
	};
	const { warehouse, projector } = await followedWarehouse(records);
	const settle = async () => projector.waitFor(await latestSeq(records));
	expect(await markers(warehouse, region)).toBeUndefined();

	const list = (...rows: [year: number, school: string, russian: number, maths: number][]) => [
		['Год', 'Логин', '4 РУ', '4 МА', '5 РУ', '5 МА', 'Количество маркеров'],
		...rows.map(([year, id, ru, ma]) => [year, id, ru, ma, 0, 0, ru + ma]),
	];
	// 2025: four schools have results, one of them by a table, an absent pupil is none; the ОГЭ counts nobody in
	await bring(
		'results',
		[
			['Школа', 'Балл'],
			['101', 5],
			['102', 7],
			['201', 9],
			['105', null],
		],
		'm2025',
	);
	await bring(
		'results',
		[
			['Логин', 'Кол-во участников', '2', '3', '4', '5'],
			['103', 10, 10, 40, 30, 20],
		],
		'm2025',
	);
	await bring(
		'results',
		[
			['Школа', 'Балл'],
			['105', 5],
		],
		'oge',
	);
	await bring(
		'results',
		[
			['Школа', 'Балл'],
			['101', 5],
			['102', 7],
			['103', 7],
		],
		'm2024',
	);
	await bring('federal-list', list([2022, '101', 1, 1], [2023, '101', 1, 0], [2023, '102', 0, 0]));
	await bring('federal-list', list([2024, '101', 1, 1], [2024, '102', 1, 0], [2024, '201', 1, 0]));
	const last = await bring('federal-list', list([2025, '101', 1, 1], [2025, '104', 0, 0]));
	await settle();

	const found = await markers(warehouse, ['municipality/M1']);
	expect(found).toMatchObject({ numerator: 1, denominator: 4, value: 0.25, note: null });
	expect(found!.previous).toBeCloseTo(2 / 3, 12);
	expect(found!.delta).toBeCloseTo(25 - 200 / 3, 10);
	expect(found!.verdict).toBe('улучшение');
	expect(found!.title).toContain('(2025)');
	expect(JSON.parse(String(found!.history))).toEqual([
		{ year: 2023, numerator: 1, denominator: 2 },
		{ year: 2024, numerator: 2, denominator: 3 },
		{ year: 2025, numerator: 1, denominator: 4 },
	]);
	expect(await markers(warehouse, region)).toMatchObject({ numerator: 1, denominator: 5 });
	expect(await markers(warehouse, region, 'M1')).toMatchObject({ numerator: 1, denominator: 4 });
	expect(await markers(warehouse, ['municipality/M2'])).toMatchObject({
		numerator: 1,
		denominator: 1,
		delta: null,
	});

	await records.transaction((trx) => withdrawBatch(trx, last.batch_id, 'ivanova'));
	await settle();
	const before = await markers(warehouse, ['municipality/M1']);
	expect(before).toMatchObject({ numerator: 2, denominator: 3 });
	expect(before!.title).toContain('(2024)');
});
