import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as module from '#analytics/item-completion/compute.ts';
import { definition } from '#analytics/item-completion/definition.ts';
import type { Filters, ModuleResult } from '#analytics/module.ts';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { runModule } from '#analytics/run.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { openRecords } from '#data/records/store.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { csv, math, school } from '../../data/import/checking.ts';
import { followedWarehouse } from '../../support/warehouse.ts';

/** Vector of method O8: A_E = −4.333, A_H = 16, C = 20.333. */
const region = [90, 80, 70, 50, 40, 30];
const lifted = [85, 74, 68, 60, 58, 50];

const procedure = {
	...math,
	items: region.map((_, index) => ({ id: String(index + 1), max: 1 })),
	max_score: 6,
	cutoffs: { 3: 2, 4: 4, 5: 5 },
};

async function townWith(...files: Uint8Array[]): Promise<Warehouse> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-items-'));
	const records = await openRecords({ folder });
	onTestFinished(async () => {
		await records.close();
		rmSync(folder, { recursive: true, force: true });
	});
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
		await recordSchools(trx, [school('101', 'СОШ № 1'), school('102', 'Гимназия № 2')]);
		await recordProcedures(trx, [procedure]);
	});
	for (const [index, bytes] of files.entries()) {
		const options = { fileName: `${index}.csv`, procedureId: math.id, places: ['municipality/M1'] };
		const plan = await planImport(records, 'results', bytes, options);
		expect(plan.issues).toEqual([]);
		await storeImport(records, plan, { importedBy: 'ivanova' });
	}
	return (await followedWarehouse(records)).warehouse;
}

const ask = (
	warehouse: Warehouse,
	filters: Filters = {},
	language: 'ru' | 'en' = 'ru',
): Promise<ModuleResult> =>
	runModule(
		{ definition, ...module },
		{ warehouse, viewer: { role: 'methodist', places: ['municipality/M1'], codes: [] }, filters, language },
	);

const completion = csv([
	['Логин', 'Кол-во участников', '№ задания', '% школа', '% регион'],
	...region.map((percent, index) => ['101', 40, String(index + 1), lifted[index]!, percent]),
]);

test('a table stands beside the region it names, and the profile of O8 is in the finding', async () => {
	const warehouse = await townWith(completion);
	const result = await ask(warehouse);
	expect(result.columns.item).toEqual(['1', '2', '3', '4', '5', '6']);
	expect(result.columns.percent).toEqual(lifted);
	expect(result.columns.reference_percent).toEqual(region);
	expect(result.columns.difference).toEqual([-5, -6, -2, 10, 18, 20]);
	expect(result.columns.difficulty).toEqual([
		'простое',
		'простое',
		'простое',
		'сложное',
		'сложное',
		'сложное',
	]);
	expect(new Set(result.columns.n)).toEqual(new Set([40]));
	expect(new Set(result.columns.note)).toEqual(new Set(['from-aggregate']));
	expect(result.finding.title.ru).toBe('Простые задания: −4,3 п. п. к сравнению, сложные: +16,0');
	const english = await ask(warehouse, {}, 'en');
	expect(english.finding.title.en).toBe('Easy items: −4.3 pp beside the reference, hard ones: +16.0');
	expect(english.columns.reference).toContain('region of the table');
	expect((await ask(warehouse, { school: '102' })).length).toBe(0);
});

test('in the signs the profile of a table only describes: no p, no family, no level', async () => {
	const scores = csv([
		['Логин', 'Кол-во участников', 0, 1, 2, 3, 4, 5, 6],
		['101', 40, 5, 10, 20, 30, 20, 10, 5],
	]);
	const warehouse = await townWith(scores, completion);
	const { schools } = await analyseObjectivity(warehouse, { places: ['municipality/M1'], language: 'ru' });
	const [found] = schools;
	const profile = found!.signs.find(({ id }) => id === 'O8')!;
	expect(profile.statistic).toBeCloseTo(20.333, 3);
	expect(profile).toMatchObject({ p: null, q: null, flagged: false, n: 40, note: 'without-pupils' });
	expect(found!.families.pattern.p).toBeNull();
	expect(found!.level).toBe('X');
	const bare = await townWith(completion);
	expect((await analyseObjectivity(bare, { places: ['municipality/M1'], language: 'ru' })).schools).toEqual(
		[],
	);
});

test('rows of pupils win, a missing cell is nought, and the others are everybody but the school', async () => {
	const title = ['Школа', 'Балл', ...procedure.items.map(({ id }) => `Задание ${id}`)];
	const pupils = csv([title, ['101', 3, 1, 1, 1, 0, 0, 0], ['101', 1, 1, null, 0, 0, 0, 0]]);
	const table = csv([
		['Логин', 'Кол-во участников', '№ задания', '% школа', '% регион'],
		...region.map((percent, index) => ['102', 20, String(index + 1), percent, null]),
	]);
	const warehouse = await townWith(completion, pupils, table);
	const own = await ask(warehouse, { school: '101' });
	expect(own.columns.percent).toEqual([100, 50, 50, 0, 0, 0]);
	expect(new Set(own.columns.n)).toEqual(new Set([2]));
	expect(own.columns.reference_percent!.map((each) => Math.round(Number(each)))).toEqual(region);
	expect(new Set(own.columns.reference)).toEqual(new Set(['другие школы']));
	expect(new Set(own.columns.note)).toEqual(new Set(['too-few-respondents']));
	const other = await ask(warehouse, { school: '102' });
	expect(other.columns.percent).toEqual(region);
	expect(other.columns.reference_percent).toEqual([100, 50, 50, 0, 0, 0]);
});
