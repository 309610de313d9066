import { expect, test } from 'vitest';
import type { Row } from '#analytics/module.ts';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { Sign } from '#analytics/result-objectivity/signs.ts';
import { runModule } from '#analytics/run.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { writeTemplate } from '#data/import/template.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { withdrawBatch } from '#data/records/results/batches.ts';
import { type Procedure, recordProcedures } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { eachDialect } from '../../support/records.ts';
import { followedWarehouse } from '../../support/warehouse.ts';
import { check, csv, faultOf, school } from './checking.ts';

const places = ['municipality/M1'];
const titles = ['Год', 'Логин', 'Код ученика', 'Степень медали'];
const list = (...rows: (string | number | null)[][]): Uint8Array => csv([titles, ...rows]);

test('a row that names a person, a document, an unknown class or school, or a candidate twice is refused with its place', async () => {
	const { head, parts } = await check(
		'medal-candidates',
		list(
			[2026, 'sch101', '11А-07', 'I'],
			[2026, '102', 412, 2],
			[2026, '101', '11А-07', 'II'],
			[2026, '101', '112-233-445 95', 'I'],
			[2026, '101', 'код с пробелом', 'I'],
			[2026, '101', '11А-08', 'III'],
			[2026, '101', null, 'I'],
			[null, '101', '11А-09', 'I'],
			[2026, '999', '11А-10', 'I'],
			[2026, '201', '11А-11', 'серебряная'],
			[2025, '101', '11А-07', 'золотая'],
			[2026, 'Итого', null, 'I'],
		),
	);
	expect(parts.issues.map(({ row, column, code }) => [row, column, code])).toEqual([
		[5, 'Код ученика', 'document-like-value'],
		[6, 'Код ученика', 'invalid-code'],
		[7, 'Степень медали', 'unknown-value'],
		[8, 'Код ученика', 'value-missing'],
		[9, 'Год', 'value-missing'],
		[13, 'Код ученика', 'value-missing'],
		[4, 'Код ученика', 'candidate-repeated'],
		[10, 'Логин', 'unlisted-school'],
		[11, 'Логин', 'school-outside'],
	]);
	expect(parts.rows).toEqual([
		{ row_number: 2, year: 2026, school_id: '101', pupil: '11А-07', medal: 1 },
		{ row_number: 3, year: 2026, school_id: '102', pupil: '412', medal: 2 },
		{ row_number: 12, year: 2025, school_id: '101', pupil: '11А-07', medal: 1 },
	]);
	expect(head.counts).toEqual({ new: 3, changed: 0, skipped: 0, refused: 9 });
});

test('a sheet with names is refused as a whole, whatever the column is called', async () => {
	const named = csv([
		[...titles, 'ФИО'],
		[2026, '101', '11А-07', 'I', 'Иванова Анна Петровна'],
	]);
	expect(await faultOf(check('medal-candidates', named))).toMatchObject({ code: 'name-like-column' });
	const inCode = list([2026, '101', 'Иванова А. П.', 'I'], [2026, '101', 'Петрова О. В.', 'I']);
	expect(await faultOf(check('medal-candidates', inCode))).toMatchObject({
		code: 'name-like-column',
		params: { column: 'Код ученика' },
	});
});

const ege = (id: string, subject: string, changes: Partial<Procedure> = {}): Procedure => ({
	id,
	kind: 'ege',
	year: 2026,
	grade: 11,
	subject,
	title: `ЕГЭ 2026, ${subject}`,
	max_score: 100,
	cutoffs: null,
	fail_below: 36,
	items: [],
	document: 'Приказ',
	valid_from: '2026-01-01',
	...changes,
});

async function town(records: Records): Promise<void> {
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
		await recordSchools(trx, [school('101', 'МБОУ «СОШ № 1»'), school('102', 'МБОУ «Гимназия № 2»')]);
		await recordProcedures(trx, [
			ege('rus', 'russian'),
			ege('prof', 'math_profile'),
			ege('base', 'math', {
				max_score: 21,
				cutoffs: { '3': 7, '4': 12, '5': 17 },
				fail_below: null,
			}),
			// primary points of an exam say nothing of its test score
			ege('bio', 'biology', { max_score: 57 }),
			ege('old', 'history', { year: 2025 }),
			ege('state', 'physics', { kind: 'oge' }),
		]);
	});
}

async function bring(records: Records, kind: 'medal-candidates' | 'results', bytes: Uint8Array) {
	const plan = await planImport(records, kind, bytes, { fileName: 'файл.csv', places });
	return storeImport(records, plan, { importedBy: 'ivanova' });
}

/** Results of all exams; `[school, procedure, pupil, score]`. */
const results = (...rows: (string | number)[][]) =>
	csv([['Школа', 'Процедура', 'Код ученика', 'Балл'], ...rows]);

const exams = results(
	['101', 'rus', 'A', 70],
	['101', 'prof', 'A', 70],
	['101', 'rus', 'B', 69],
	['101', 'prof', 'B', 100],
	['101', 'rus', 'C', 90],
	['101', 'prof', 'C', 69],
	['101', 'bio', 'C', 57],
	['101', 'rus', 'D', 71],
	['101', 'base', 'D', 17],
	['101', 'rus', 'E', 60],
	['101', 'prof', 'E', 60],
	['101', 'rus', 'F', 80],
	['101', 'base', 'F', 16],
	// taken twice: the better score counts
	['101', 'rus', 'H', 40],
	['101', 'rus', 'H', 72],
	['101', 'prof', 'H', 80],
	// another year, another exam, another school under the same code
	['101', 'old', 'K', 100],
	['101', 'state', 'K', 20],
	['102', 'rus', 'K', 10],
	['102', 'prof', 'A', 10],
);

async function askRows(warehouse: Warehouse, viewed = places): Promise<Row[]> {
	const viewer = { role: 'methodist' as const, places: viewed, codes: [] };
	const found = await runModule(
		{ definition, compute, summarise: () => ({ title, subtitle: title, summary: title }) },
		{ warehouse, viewer, filters: { year: 2026 }, language: 'ru' },
	);
	const names = Object.keys(found.columns);
	return (found.columns.school_id ?? []).map((_, index) =>
		Object.fromEntries(names.map((name) => [name, found.columns[name]![index]!])),
	) as Row[];
}
const title = { ru: '', en: '' };

async function medalsOf(warehouse: Warehouse, id = '101') {
	const row = (await askRows(warehouse)).find(({ school_id }) => school_id === id)!;
	const signs = JSON.parse(String(row.signs)) as Sign[];
	const sign = signs.find((one) => one.id === 'O13');
	return { row, sign, reasons: JSON.parse(String(row.reasons)) };
}

eachDialect('a list of candidates for medals', (open) => {
	test('is held against the exam by the rule of the medal; sets no level; goes when withdrawn', async () => {
		const records = await open();
		await town(records);
		await bring(records, 'results', exams);
		const candidates = list(
			...['A', 'B', 'C', 'D', 'F', 'G', 'H', 'K'].map((pupil) => [2026, '101', pupil, 'I']),
			[2026, '101', 'E', 'II'],
			[2026, '102', 'K', 'II'],
		);
		const batch = await bring(records, 'medal-candidates', candidates);
		const { warehouse, projector } = await followedWarehouse(records);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
		const { sign, row, reasons } = await medalsOf(warehouse);
		// A, D, H reach 70 and 70 (or «5»), B is short in Russian, C and F in the other; of G and K nothing is known; E reaches 60 and 60
		expect(sign).toMatchObject({
			flagged: true,
			n: 7,
			p: null,
			q: null,
			statistic: 0.4285714,
			procedures: [],
		});
		expect(sign!.inputs).toMatchObject({
			...{ candidates: 9, missed: 3, first_candidates: 8, first_judged: 6, first_missed: 3 },
			...{ second_candidates: 1, second_judged: 1, second_missed: 0, missed_russian: 1 },
		});
		expect([row.medal_candidates, row.medals_missed, row.level, row.families]).toEqual([9, 3, 'X', '']);
		expect([reasons.for, reasons.against]).toEqual([[], []]);
		expect(reasons.beside.map((one: { text: { ru: string } }) => one.text.ru)).toEqual([
			'Медали 2026 года: по загруженным результатам баллов ЕГЭ, нужных для медали, не набрали 3 из 7 претендентов (43 %): I степень (70 баллов) — 3 из 6, II степень (60 баллов) — 0 из 1. Баллов не хватило по русскому языку — у 1, по второму предмету — у 2. Ещё о 2 судить нельзя: результатов ЕГЭ под их кодами не хватает. Это повод сверить итоговые отметки претендентов, а не признак необъективности работ.',
		]);
		// one candidate of the other school: listed, but no share of one
		const other = await medalsOf(warehouse, '102');
		expect(other.sign).toMatchObject({ flagged: true, n: 1, statistic: null });
		expect(other.reasons.beside[0].text.ru).toContain('не набрали 1 из 1 претендентов: II степень');
		// no code leaves
		expect(JSON.stringify(await askRows(warehouse))).not.toMatch(/"pupil"|11А|\\"[A-K]\\"/);
		expect((await askRows(warehouse, ['municipality/M2'])).length).toBe(0);

		await records.transaction((trx) => withdrawBatch(trx, batch.batch_id, 'ivanova'));
		await projector.waitFor(await latestSeq(records));
		const gone = await medalsOf(warehouse);
		expect([gone.sign, gone.row.medal_candidates, gone.row.medals_missed]).toEqual([undefined, null, null]);
		expect(await records.db.selectFrom('medal_candidate').selectAll().execute()).toEqual([]);
	});

	test('the same file twice changes nothing; a later list of the school and year speaks alone', async () => {
		const records = await open();
		await town(records);
		await bring(records, 'results', exams);
		const first = list([2026, '101', 'A', 'I'], [2026, '101', 'B', 'I'], [2026, '102', 'K', 'I']);
		await bring(records, 'medal-candidates', first);
		expect((await faultOf(bring(records, 'medal-candidates', first))).code).toBe('already-imported');
		await bring(records, 'medal-candidates', list([2026, '101', 'A', 'I'], [2025, '101', 'B', 'I']));
		const { warehouse } = await followedWarehouse(records);
		const { sign, row } = await medalsOf(warehouse);
		expect(sign).toMatchObject({ flagged: false, n: 1 });
		expect([row.medal_candidates, row.medals_missed]).toEqual([1, 0]);
		expect((await medalsOf(warehouse, '102')).sign).toMatchObject({ flagged: true, n: 1 });
	});

	test('its template is importable as it is, in both languages', async () => {
		const records = await open();
		await town(records);
		for (const language of ['ru', 'en'] as const) {
			const file = await writeTemplate('medal-candidates', language);
			const plan = await planImport(records, 'medal-candidates', file, { fileName: 'x.xlsx', places });
			expect(plan.counts).toEqual({ new: 2, changed: 0, skipped: 0, refused: 0 });
		}
	});
});
