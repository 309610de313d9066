import { expect, test } from 'vitest';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { withdrawBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { translate } from '#server/language.ts';
import { eachDialect } from '../../support/records.ts';
import { followedWarehouse } from '../../support/warehouse.ts';
import { check, csv, faultOf, math, school, townContext, xlsx } from './checking.ts';

type Row = (string | number | null)[];
const titles = [
	'Логин',
	'Кол-во участников',
	'№ задания',
	'max',
	'% школа',
	'% муниципалитет',
	'% регион',
	'% РФ',
];
const long = (...rows: Row[]): Uint8Array => csv([titles, ...rows]);
const chosen = { procedure_id: math.id };
const codes = (issues: { row: number; column: string; code: string }[]) =>
	issues.map(({ row, column, code }) => [row, column, code]);

test('a row per item: schools with merged cells, and the wholes around them once', async () => {
	const { head, parts } = await check(
		'results',
		long(
			['sch101', 40, '1', 1, '92,5', 80, 81.25, 82],
			[null, null, '2', 2, '45 %', 50, 51, 52],
			[null, null, '5,1', 1, 30, 35, 36, 37],
			['102', 25, '№ 1', 1, 88, 80, 81.3, 82],
			['102', 25, 'Задание 2', 2, 40, 50, 51, 52],
			['102', 25, '5.1', 1, null, 35, 36, 37],
		),
		chosen,
	);
	expect(parts.issues).toEqual([]);
	expect(parts.rows).toEqual([
		{
			row_number: 2,
			procedure_id: math.id,
			place: 'school/101',
			school_id: '101',
			n: 40,
			percents: [92.5, 45, 30],
		},
		{
			row_number: 5,
			procedure_id: math.id,
			place: 'school/102',
			school_id: '102',
			n: 25,
			percents: [88, 40, null],
		},
		{
			row_number: 2,
			procedure_id: math.id,
			place: 'municipality/M1',
			municipality_id: 'M1',
			school_id: null,
			n: null,
			percents: [80, 50, 35],
		},
		expect.objectContaining({ place: 'region/R1', percents: [81.25, 51, 36] }),
		expect.objectContaining({ place: 'country', percents: [82, 52, 37] }),
	]);
	expect(head.notes).toEqual(
		expect.arrayContaining([
			{ code: 'item-percent-empty', count: 1 },
			{ code: 'place-row-kept', count: 3 },
		]),
	);
	expect(head.coerced_counts).toEqual({ 'login-prefix': 1, 'decimal-comma': 1, 'percent-sign': 1 });
	expect(head.written?.[0]).toMatchObject({ school: 'sch101', n: 40, item: '1', percent_school: 92.5 });
	expect(head.place).toBe('municipality/M1');
});

test('a column per item: maxima, municipality, region and country in rows of their own', async () => {
	const { head, parts } = await check(
		'results',
		csv([
			['Выполнение заданий'],
			['Группы участников', 'Кол-во ОО', 'Кол-во участников', '1', '2', '5(1)'],
			['Макс. балл', null, null, 1, 2, 1],
			['Вся выборка', 40_000, 1_300_000, 82, 52, 37],
			['Новосибирская обл.', 900, 30_000, 81, 51, 36],
			['Заречный район', 3, 90, 80, 50, 35],
			['Озёрский район', 3, 90, 80, 50, 35],
			['sch101', null, 40, 92.5, 45, 30],
			['Гимназия № 2', null, 25, 88, 40, 20],
			['sch101', null, 40, 92.5, 45, 30],
			['sch999', null, 40, 92.5, 45, 30],
			['sch201', null, 40, 92.5, 45, 30],
			['sch103', null, 40, null, null, null],
		]),
		chosen,
	);
	expect(parts.rows).toMatchObject([
		{ place: 'school/101', n: 40, percents: [92.5, 45, 30] },
		{ place: 'school/102', n: 25, percents: [88, 40, 20] },
		{ place: 'country', n: 1_300_000, percents: [82, 52, 37] },
		{ place: 'region/R1', percents: [81, 51, 36] },
		{ place: 'municipality/M1', percents: [80, 50, 35] },
	]);
	expect(codes(parts.issues)).toEqual([
		[10, 'Группы участников', 'school-repeated'],
		[11, 'Группы участников', 'unlisted-school'],
		[12, 'Группы участников', 'school-outside'],
		[13, 'Группы участников', 'items-empty'],
	]);
	expect(head.counts).toEqual({ new: 5, changed: 0, skipped: 2, refused: 4 });
});

test('bare numbers are items when they add up beyond a distribution or a row of maxima follows', async () => {
	const context = townContext({
		procedures: [{ ...math, items: [1, 2, 6, 7].map((id) => ({ id: String(id), max: 1 })) }],
	});
	const table = (row: Row) => csv([['Логин', 'Кол-во участников', 1, 2, 6, 7], row]);
	const items = await check('results', table(['101', 20, 90, 80, 70, 60]), { ...chosen, context });
	expect(items.parts.rows).toMatchObject([{ place: 'school/101', percents: [90, 80, 70, 60] }]);
	const scores = await check('results', table(['101', 20, 10, 20, 30, 40]), { ...chosen, context });
	expect(scores.parts.rows).toMatchObject([{ form: 'scores' }]);
});

test('a table of one school without a column of schools is named by the login in its title', async () => {
	const rows: Row[] = [
		titles.slice(2),
		['1', 1, 90, 80, 81, 82],
		['2', 2, 45, 50, 51, 52],
		['5.1', 1, 30, 35, 36, 37],
	];
	const named = await check('results', csv([['МБОУ «СОШ № 1» (sch101)'], ...rows]), chosen);
	expect(named.parts.rows[0]).toMatchObject({ place: 'school/101', n: null, percents: [90, 45, 30] });
	expect(named.head.notes).toContainEqual({ code: 'participants-unknown', count: 1 });
	const nameless = await faultOf(check('results', csv([['Выполнение заданий'], ...rows]), chosen));
	expect([nameless.code, nameless.params]).toEqual(['school-not-named', { row: 2 }]);
});

test('a faulty row refuses its school whole, each row with what is missing', async () => {
	const { head, parts } = await check(
		'results',
		long(
			['101', 40, '1', 2, 90, 80, 81, 82],
			['101', 40, '2', 2, 45, 50, 51, 52],
			['101', 40, '5.1', 1, 130, 35, 36, 37],
			['102', 25, '1', 1, 88, 80, 81, 82],
			['102', 25, '2', 2, 40, 50, 51, 52],
			['102', 25, '7', 1, 10, 35, 36, 37],
			['102', 25, '2', 2, 41, 50, 51, 52],
			['102', 25, '5.1', 1, 20, 35, 36, 37],
			['sch103', 12, '1', 1, 88, 80, 79, 82],
		),
		chosen,
	);
	expect(codes(parts.issues)).toEqual([
		[4, '% школа', 'above-maximum'],
		[2, 'max', 'item-max-differs'],
		[7, '№ задания', 'unknown-item'],
		[8, '№ задания', 'item-repeated'],
		[10, '% регион', 'place-percent-differs'],
		[3, '№ задания', 'items-incomplete'],
	]);
	expect(parts.issues.find(({ code }) => code === 'items-incomplete')).toMatchObject({
		value: '101',
		params: { items: '1, 5.1' },
	});
	expect(parts.rows.map((row) => (row as { place: string }).place)).toEqual([
		'school/102',
		'municipality/M1',
		'region/R1',
		'country',
	]);
	expect(head.counts).toEqual({ new: 4, changed: 0, skipped: 0, refused: 6 });
	for (const { code, params, row, column, value } of parts.issues)
		for (const language of ['ru', 'en'] as const) {
			const text = translate(language, `import:${code}`, { row, column, value, ...params });
			expect(text).toContain(String(row));
			expect(text).not.toMatch(/\{\{|^import/);
		}
});

test('an item that a spreadsheet made a date of is told as such', async () => {
	const { parts } = await check(
		'results',
		await xlsx([titles, ['101', 40, new Date(Date.UTC(2026, 0, 5)), 1, 30, 35, 36, 37]]),
		chosen,
	);
	expect(codes(parts.issues)).toEqual([[2, '№ задания', 'item-is-date']]);
	expect(parts.rows).toEqual([]);
});

test('a table that does not fit the scale of the procedure is refused as a whole, with the remedy', async () => {
	const wide = (head: Row, ...rows: Row[]) =>
		check('results', csv([['Логин', 'Кол-во участников', ...head], ...rows]), chosen);
	const unknown = await faultOf(wide(['1', '2', '5.1', '5.2'], ['101', 40, 90, 45, 30, 20]));
	expect([unknown.code, unknown.params]).toEqual([
		'item-columns-unknown',
		{ columns: '5.2', procedure: math.id },
	]);
	const missing = await faultOf(wide(['1', '5.1'], ['101', 40, 90, 45]));
	expect([missing.code, missing.params]).toEqual([
		'item-columns-missing',
		{ columns: '2', procedure: math.id },
	]);
	const maxima = await faultOf(
		wide(['1', '2', '5.1'], ['Макс. балл', null, 1, 3, 1], ['101', 40, 90, 45, 30]),
	);
	expect([maxima.code, maxima.params]).toEqual([
		'item-maxima-differ',
		{ row: 2, item: '2', value: 3, known: 2 },
	]);
	const bare = await faultOf(
		check('results', long(['101', 40, '1', 1, 90, 80, 81, 82]), {
			...chosen,
			context: townContext({ procedures: [{ ...math, items: [] }] }),
		}),
	);
	expect(bare.code).toBe('procedure-without-items');
	for (const { code, params } of [unknown, missing, maxima, bare])
		for (const language of ['ru', 'en'] as const)
			expect(translate(language, `import:${code}`, params)).not.toMatch(/\{\{|^import/);
});

async function town(records: Records): Promise<void> {
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
		await recordSchools(trx, [school('101', 'МБОУ «СОШ № 1»'), school('102', 'МБОУ «Гимназия № 2»')]);
		await recordProcedures(trx, [math]);
	});
}

const places = ['municipality/M1'];
async function bring(records: Records, bytes: Uint8Array) {
	const plan = await planImport(records, 'results', bytes, {
		fileName: 'x.csv',
		procedureId: math.id,
		places,
	});
	return { plan, stored: await storeImport(records, plan, { importedBy: 'ivanova' }) };
}

const seen = async (warehouse: Warehouse, of = places) =>
	rowsOf(
		await warehouse.ask(
			`select school_id, n, percents, municipality_percents, region_percents, country_percents
			from item_completion_visible_to($places::varchar[]) order by school_id`,
			{ places: of },
		),
	);
const totals = async (warehouse: Warehouse) =>
	rowsOf(await warehouse.ask('select item, n, points from reference_item_totals() order by item'));

eachDialect('a table of item completion', (open) => {
	test('is stored, projected, replaced by a later one, gives way to rows of pupils, and goes when withdrawn', async () => {
		const records = await open();
		await town(records);
		const table = (first: number) =>
			long(
				['101', 40, '1', 1, first, 80, 81, 82],
				['101', 40, '2', 2, 45, 50, 51, 52],
				['101', 40, '5.1', 1, 30, 35, 36, 37],
			);
		const { plan, stored } = await bring(records, table(90));
		expect(plan.preview.rows[1]).toMatchObject({
			school: '101',
			item: '2',
			percent_school: 45,
			percent_country: 52,
		});
		expect(stored.counts).toMatchObject({ new: 4, refused: 0 });
		const { warehouse, projector } = await followedWarehouse(records);
		const around = {
			municipality_percents: [80, 50, 35],
			region_percents: [81, 51, 36],
			country_percents: [82, 52, 37],
		};
		expect(await seen(warehouse)).toEqual([{ school_id: '101', n: 40, percents: [90, 45, 30], ...around }]);
		expect(await seen(warehouse, ['school/102'])).toEqual([]);
		expect(await seen(warehouse, ['municipality/M2'])).toEqual([]);
		expect(await totals(warehouse)).toEqual([
			{ item: '1', n: 40, points: 36 },
			{ item: '2', n: 40, points: 36 },
			{ item: '5.1', n: 40, points: 12 },
		]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);

		const later = await bring(records, table(95));
		await projector.waitFor(await latestSeq(records));
		expect(await seen(warehouse)).toMatchObject([{ percents: [95, 45, 30] }]);

		const pupils = await bring(
			records,
			csv([
				['Школа', 'Балл', 'Задание 1'],
				['101', 3, 1],
			]),
		);
		await projector.waitFor(await latestSeq(records));
		expect(await seen(warehouse)).toEqual([]);
		expect(await totals(warehouse)).toMatchObject([{ item: '1', n: 1, points: 1 }, { n: 0 }, { n: 0 }]);

		const withdraw = (id: string) => records.transaction((trx) => withdrawBatch(trx, id, 'ivanova'));
		await withdraw(pupils.stored.batch_id);
		await withdraw(later.stored.batch_id);
		await projector.waitFor(await latestSeq(records));
		expect(await seen(warehouse)).toMatchObject([{ percents: [90, 45, 30] }]);
		await withdraw(stored.batch_id);
		await projector.waitFor(await latestSeq(records));
		expect(await seen(warehouse)).toEqual([]);
		expect(await records.db.selectFrom('item_completion').selectAll().execute()).toEqual([]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
		const rebuilt = await followedWarehouse(records);
		expect(await seen(rebuilt.warehouse)).toEqual([]);
	});

	test('the same table twice changes nothing', async () => {
		const records = await open();
		await town(records);
		const bytes = long(
			['101', 40, '1', 1, 90, 80, 81, 82],
			['101', 40, '2', 2, 45, 50, 51, 52],
			['101', 40, '5.1', 1, 30, 35, 36, 37],
		);
		await bring(records, bytes);
		expect((await faultOf(bring(records, bytes))).code).toBe('already-imported');
	});
});
