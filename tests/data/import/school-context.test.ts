import { expect, test } from 'vitest';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { writeTemplate } from '#data/import/template.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { withdrawBatch } from '#data/records/results/batches.ts';
import type { Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { eachDialect } from '../../support/records.ts';
import { followedWarehouse } from '../../support/warehouse.ts';
import { check, csv, faultOf, school } from './checking.ts';

const places = ['municipality/M1'];
const by = { importedBy: 'ivanova' };
const titles = ['Учебный год', 'Логин', 'ОО', 'Неполные семьи, %', 'На учёте, %', 'Решение о ШССУ'];
const passport = (...rows: (string | number | null)[][]): Uint8Array => csv([titles, ...rows]);

test('shares come as percents or counts, the year by its end; what says nothing or cannot be is refused with its place', async () => {
	const { head, parts } = await check(
		'school-context',
		passport(
			['2025/2026', 'sch101', 'СОШ № 1', '17 из 540', '1,5', null],
			['2025/26', '102', 'Гимназия № 2', '12 %', null, 'Приказ № 215'],
			[2026, '103', 'Лицей', null, null, null],
			[2026, '103', 'Лицей', 101, null, null],
			[2026, '103', 'Лицей', '20 из 10', null, null],
			[2026, '103', 'Лицей', 'много', null, null],
			['2025/2028', '103', 'Лицей', 10, null, null],
			[null, '103', 'Лицей', 10, null, null],
			[2026, '101', 'СОШ № 1', 10, null, null],
			[2026, '999', 'Школа № 99', 10, null, null],
			[2026, 'Итого', null, 10, null, null],
		),
	);
	const issues = parts.issues.toSorted((a, b) => a.row - b.row);
	expect(issues.map(({ row, column, code }) => [row, column, code])).toEqual([
		[4, 'Неполные семьи, %', 'context-empty'],
		[5, 'Неполные семьи, %', 'above-maximum'],
		[6, 'Неполные семьи, %', 'count-above-total'],
		[7, 'Неполные семьи, %', 'not-a-share'],
		[8, 'Учебный год', 'not-a-school-year'],
		[9, 'Учебный год', 'value-missing'],
		[10, 'Логин', 'school-repeated'],
		[11, 'Логин', 'unlisted-school'],
	]);
	expect(head.counts).toEqual({ new: 2, changed: 0, skipped: 1, refused: 8 });
	expect(parts.rows).toMatchObject([
		{
			school_id: '101',
			year: 2026,
			incomplete_families: (100 * 17) / 540,
			on_registers: 1.5,
			decision: null,
		},
		{ school_id: '102', year: 2026, incomplete_families: 12, on_registers: null, decision: 'Приказ № 215' },
	]);
	expect(parts.rows[0]).toMatchObject({ higher_education: null, vacancies: null });
	expect(head.coerced_counts).toMatchObject({ 'count-of-total': 1, 'school-year': 2, 'percent-sign': 1 });
});

test('parts of one written for percents are noticed, though not changed', async () => {
	const rows = Array.from({ length: 3 }, (_, index) => [2024 + index, '101', null, 0.2, 0.1, null]);
	const others = Array.from({ length: 3 }, (_, index) => [2024 + index, '102', null, 0.3, 4, null]);
	const { head } = await check('school-context', passport(...rows, ...others));
	expect(head.notes).toEqual([{ code: 'shares-below-one', count: 6 }]);
});

test('a file without a column of the school year is refused as a whole', async () => {
	const fault = await faultOf(check('school-context', csv([titles.slice(1), ['101', 'СОШ', 10, 1, null]])));
	expect(fault.code).toBe('wrong-sheet');
});

async function town(records: Records): Promise<void> {
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
		await recordSchools(trx, [school('101', 'МБОУ «СОШ № 1»'), school('102', 'МБОУ «Гимназия № 2»')]);
	});
}

async function bring(records: Records, bytes: Uint8Array) {
	const plan = await planImport(records, 'school-context', bytes, { fileName: 'паспорт.csv', places });
	return storeImport(records, plan, by);
}

eachDialect('a social passport', (open) => {
	test('reaches the warehouse within its places, the later import speaks, and withdrawing takes it back', async () => {
		const records = await open();
		await town(records);
		const first = passport(
			['2025/2026', '101', null, 30, 2, null],
			['2025/2026', '102', null, 10, null, null],
		);
		await bring(records, first);
		expect((await faultOf(bring(records, first))).code).toBe('already-imported');
		const second = await bring(records, passport(['2025/2026', '101', null, 40, null, 'Приказ № 215']));
		const { warehouse, projector } = await followedWarehouse(records);
		const seen = async (of: string[]) =>
			rowsOf(
				await warehouse.ask(
					`select school_id, year, incomplete_families, on_registers, decision
					from school_context_visible_to($places::varchar[]) order by school_id`,
					{ places: of },
				),
			);
		const other = {
			school_id: '102',
			year: 2026,
			incomplete_families: 10,
			on_registers: null,
			decision: null,
		};
		// the later row speaks as a whole: what it does not say is not known any more
		expect(await seen(places)).toEqual([
			{
				school_id: '101',
				year: 2026,
				incomplete_families: 40,
				on_registers: null,
				decision: 'Приказ № 215',
			},
			other,
		]);
		expect(await seen(['school/102'])).toEqual([other]);
		expect(await seen(['municipality/M2'])).toEqual([]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
		const before = projector.resultsWatermark();
		await records.transaction((trx) => withdrawBatch(trx, second.batch_id, 'ivanova'));
		await projector.waitFor(await latestSeq(records));
		expect(projector.resultsWatermark()).toBeGreaterThan(before);
		const back = [{ ...other, school_id: '101', incomplete_families: 30, on_registers: 2 }, other];
		expect(await seen(places)).toEqual(back);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});

	test('its template is importable as it is', async () => {
		const records = await open();
		await town(records);
		for (const language of ['ru', 'en'] as const) {
			const plan = await planImport(
				records,
				'school-context',
				await writeTemplate('school-context', language),
				{
					fileName: 'x.xlsx',
					places,
				},
			);
			expect(plan.counts).toEqual({ new: 2, changed: 0, skipped: 0, refused: 0 });
		}
	});
});
