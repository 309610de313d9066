import { expect, test } from 'vitest';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { writeTemplate } from '#data/import/template.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { withdrawBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { eachDialect } from '../../support/records.ts';
import { followedWarehouse } from '../../support/warehouse.ts';
import { check, csv, faultOf, math, school } from './checking.ts';

const places = ['municipality/M1'];
const by = { importedBy: 'ivanova' };
const titles = ['Год', 'Муниципалитет', 'Логин', 'ОО', '4 РУ', '4 МА', '5 РУ', '5 МА', 'Количество маркеров'];
const list = (...rows: (string | number | null)[][]): Uint8Array => csv([titles, ...rows]);

test('a row with a wrong sum, an impossible marker, an unknown or repeated school is refused with its place', async () => {
	const { head, parts } = await check(
		'federal-list',
		list(
			[2025, 'Заречный район', 'sch101', 'СОШ № 1', 1, 1, 0, 0, 2],
			[
				2025,
				'Заречный район',
				null,
				'Муниципальное бюджетное общеобразовательное учреждение "Гимназия №2"',
				null,
				0,
				0,
				1,
				1,
			],
			[2025, 'Заречный район', 'sch103', 'Лицей', 1, 0, 0, 0, 2],
			[2025, 'Заречный район', 'sch103', 'Лицей', 2, 0, 0, 0, 2],
			[2025, 'Заречный район', 'sch999', 'Школа № 99', 1, 0, 0, 0, 1],
			[2025, 'Заречный район', '101', 'СОШ № 1', 1, 1, 0, 0, 2],
			[2025, 'Озёрский район', '201', 'СОШ № 9', 1, 0, 0, 0, 1],
			[2025, 'Заречный район', 'Итого', null, 37, 12, 3, 4, 56],
			[null, 'Заречный район', 'sch103', 'Лицей', 0, 0, 0, 0, 0],
		),
	);
	expect(head.counts).toEqual({ new: 2, changed: 0, skipped: 1, refused: 6 });
	expect(parts.issues.map(({ row, column, code }) => [row, column, code])).toEqual([
		[4, 'Количество маркеров', 'marker-sum'],
		[5, '4 РУ', 'marker-off-scale'],
		[6, 'Логин', 'unlisted-school'],
		[7, 'Логин', 'school-repeated'],
		[8, 'Логин', 'school-outside'],
		[10, 'Год', 'value-missing'],
	]);
	expect(parts.issues[0]!.params).toEqual({ sum: 1 });
	expect(parts.rows).toMatchObject([
		{ school_id: '101', year: 2025, russian_4: 1, mathematics_4: 1, russian_5: 0, mathematics_5: 0 },
		{ school_id: '102', russian_4: 0, mathematics_5: 1 },
	]);
	expect(head.coerced_counts).toEqual({ 'login-prefix': 1, 'matched-by-name': 1 });
	expect(head.notes).toEqual(
		expect.arrayContaining([
			{ code: 'total-row-skipped', count: 1 },
			{ code: 'marker-empty', count: 1 },
		]),
	);
});

test('a list without the column of the count is refused as a whole', async () => {
	const fault = await faultOf(
		check('federal-list', csv([titles.slice(0, -1), [2025, 'М', '101', 'СОШ', 1, 0, 0, 0]])),
	);
	expect([fault.code, fault.params.columns]).toEqual(['missing-column', 'Количество маркеров']);
});

async function town(records: Records): Promise<void> {
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
		await recordSchools(trx, [school('101', 'МБОУ «СОШ № 1»'), school('102', 'МБОУ «Гимназия № 2»')]);
	});
}

async function bring(records: Records, bytes: Uint8Array) {
	const plan = await planImport(records, 'federal-list', bytes, { fileName: 'перечень.csv', places });
	return storeImport(records, plan, by);
}

async function levels(warehouse: Warehouse): Promise<Record<string, string>> {
	const { schools } = await analyseObjectivity(warehouse, { places, language: 'ru' });
	return Object.fromEntries(schools.map((each) => [`${each.school} ${each.year}`, String(each.level)]));
}

eachDialect('a list of the authority', (open) => {
	test('sets level 2 with its reason, level 3 in two years, and goes when withdrawn', async () => {
		const records = await open();
		await town(records);
		const first = await bring(records, list([2024, null, '101', null, 1, 0, 0, 0, 1]));
		await bring(
			records,
			list([2025, null, '101', null, 1, 1, 0, 0, 2], [2025, null, '102', null, 0, 0, 0, 0, 0]),
		);
		const { warehouse, projector } = await followedWarehouse(records);
		expect(await levels(warehouse)).toEqual({ '101 2024': '2', '101 2025': '3', '102 2025': 'X' });
		const { schools } = await analyseObjectivity(warehouse, { places, language: 'ru' });
		const now = schools.find((each) => each.school === '101' && each.year === 2025)!;
		expect(now.reasons[0]).toBe('Школа есть в загруженном перечне, маркеров: 2 (Рус 4, Мат 4).');
		expect(
			(await analyseObjectivity(warehouse, { places: ['municipality/M2'], language: 'ru' })).schools,
		).toEqual([]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);

		await records.transaction((trx) => withdrawBatch(trx, first.batch_id, 'ivanova'));
		await projector.waitFor(await latestSeq(records));
		expect(await levels(warehouse)).toEqual({ '101 2025': '2', '102 2025': 'X' });
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
		const rebuilt = await followedWarehouse(records);
		expect(await levels(rebuilt.warehouse)).toEqual({ '101 2025': '2', '102 2025': 'X' });
	});

	test('the same file twice changes nothing; a corrected list of the year speaks in place of the earlier', async () => {
		const records = await open();
		await town(records);
		const bytes = list([2025, null, '101', null, 1, 1, 0, 0, 2]);
		await bring(records, bytes);
		expect((await faultOf(bring(records, bytes))).code).toBe('already-imported');
		await bring(records, list([2025, null, '101', null, 0, 0, 0, 0, 0]));
		const { warehouse } = await followedWarehouse(records);
		expect(await levels(warehouse)).toEqual({ '101 2025': 'X' });
		const rows = await warehouse.ask('select markers from federal_list_visible_to($places::varchar[])', {
			places,
		});
		expect(rowsOf(rows)).toEqual([{ markers: 0 }]);
	});

	test('from import to withdrawal the schools that it names do not say which items are easy', async () => {
		const records = await open();
		await town(records);
		await records.transaction((trx) => recordProcedures(trx, [math]));
		const titles = ['Школа', 'Балл', 'Задание 1', 'Задание 2', 'Задание 5.1'];
		const pupils = (of: string, count: number, items: number[]) =>
			Array.from({ length: count }, () => [of, items.reduce((sum, points) => sum + points, 0), ...items]);
		const rows = [...pupils('101', 40, [0, 2, 1]), ...pupils('102', 110, [1, 0, 1])];
		const options = { fileName: 'впр.csv', procedureId: math.id, places };
		await storeImport(records, await planImport(records, 'results', csv([titles, ...rows]), options), by);
		const { warehouse, projector } = await followedWarehouse(records);
		const found = async (of = warehouse) => {
			const items = await of.ask(
				`select round(percent, 3) as percent from reference_item_percents(null, 100, 0.5) order by position`,
			);
			const pattern = await of.ask(
				'select easy_percent, hard_percent from school_pattern order by school_id',
			);
			return [rowsOf(items).map(({ percent }) => percent), rowsOf(pattern)];
		};
		// All: 110 of 150, 40 of 150, all. Item 1 and 5.1 are easy, item 2 is hard.
		const before = await found();
		expect(before).toEqual([
			[73.333, 26.667, 100],
			[
				{ easy_percent: 50, hard_percent: 100 },
				{ easy_percent: 100, hard_percent: 0 },
			],
		]);
		const { batch_id } = await bring(records, list([2026, null, '101', null, 1, 0, 0, 0, 1]));
		await projector.waitFor(await latestSeq(records));
		expect((await found())[0]).toEqual([100, 0, 100]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
		const rebuilt = await followedWarehouse(records);
		expect(await found(rebuilt.warehouse)).toEqual(await found());
		await records.transaction((trx) => withdrawBatch(trx, batch_id, 'ivanova'));
		await projector.waitFor(await latestSeq(records));
		expect(await found()).toEqual(before);
	});

	test('its template is importable as it is', async () => {
		const records = await open();
		await town(records);
		for (const language of ['ru', 'en'] as const) {
			const plan = await planImport(records, 'federal-list', await writeTemplate('federal-list', language), {
				fileName: 'x.xlsx',
				places,
			});
			expect(plan.counts).toEqual({ new: 2, changed: 0, skipped: 0, refused: 0 });
		}
	});
});
