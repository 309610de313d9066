import { readFileSync } from 'node:fs';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { ImportError } from '#data/import/codes.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { PackedRows } from '#data/import/packed-rows.ts';
import { writeRefusedFile } from '#data/import/refused-file.ts';
import { writeTemplate } from '#data/import/template.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import { listStaff } from '#data/records/registry/staff.ts';
import { listBatches, listPupilResults, withdrawBatch } from '#data/records/results/batches.ts';
import { listProcedures } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import { eachDialect } from '#tests/support/records.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { csv, faultOf } from './checking.ts';

const places = ['municipality/M1'];
const by = { importedBy: 'ivanova' };
const today = '2026-11-20';
const reason = (code: string, params: object) => `${code} ${JSON.stringify(params)}`;

async function town(open: () => Promise<Records>): Promise<Records> {
	const records = await open();
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: 'R1', name: 'Область' }]);
		await recordMunicipalities(trx, [{ id: 'M1', region_id: 'R1', name: 'Заречный район' }]);
	});
	return records;
}

/** A town whose registry and procedures came from the templates as they are. */
async function templateTown(open: () => Promise<Records>): Promise<Records> {
	const records = await town(open);
	for (const kind of ['schools', 'procedures'] as const) {
		const plan = await planImport(records, kind, await writeTemplate(kind, 'ru'), {
			fileName: kind,
			places,
			today,
		});
		await storeImport(records, plan, by);
	}
	return records;
}

eachDialect('imports', (open) => {
	test('every template is importable as it is, in both languages and forms, one after the other', async () => {
		const records = await town(open);
		for (const [kind, counts] of [
			['schools', { new: 2, changed: 0, skipped: 0, refused: 0 }],
			['procedures', { new: 2, changed: 0, skipped: 0, refused: 0 }],
			['staff', { new: 2, changed: 0, skipped: 0, refused: 0 }],
			['results', { new: 3, changed: 0, skipped: 0, refused: 0 }],
		] as const) {
			const options = { fileName: `${kind}.xlsx`, places, today };
			for (const [language, format] of [
				['en', 'csv'],
				['ru', 'xlsx'],
			] as const) {
				const plan = await planImport(records, kind, await writeTemplate(kind, language, format), options);
				expect([kind, language, format, plan.issues, plan.ignored_columns]).toEqual([
					kind,
					language,
					format,
					[],
					[],
				]);
				expect(plan.counts).toEqual(counts);
				if (language === 'en') continue;
				expect((await storeImport(records, plan, by)).counts).toEqual(counts);
			}
		}
		expect((await listSchools(records.db)).map(({ id, kind }) => [id, kind])).toEqual([
			['101', 'school'],
			['102', 'gymnasium'],
		]);
		expect((await listProcedures(records.db)).map(({ id }) => id)).toEqual([
			'vpr-2026-4-math',
			'oge-2026-9-russian',
		]);
		const staff = await listStaff(records.db, '101', '2026-11-20');
		expect(staff).toMatchObject([
			{ full_name: 'Примерова Мария Образцовна', category: 'highest', subjects: ['math', 'informatics'] },
		]);
		const batches = await listBatches(records.db, places);
		expect(batches.map(({ kind }) => kind).toSorted()).toEqual(['procedures', 'results', 'schools', 'staff']);
		const results = batches.find(({ kind }) => kind === 'results')!;
		expect(results).toMatchObject({
			procedure_id: 'vpr-2026-4-math',
			place: 'municipality/M1',
			imported_by: 'ivanova',
			rows_new: 3,
		});
		const pupils = await listPupilResults(records.db, results.id, 0, 10);
		expect(pupils.map(({ row_number, score, mark }) => [row_number, score, mark])).toEqual([
			[2, 12, 4],
			[3, 17, 5],
			[4, null, null],
		]);
	});

	test('the same file twice changes nothing; a withdrawn one may come again', async () => {
		const records = await templateTown(open);
		const bytes = csv([
			['Школа', 'Процедура', 'Балл'],
			['101', 'vpr-2026-4-math', 9],
		]);
		const options = { fileName: 'a.csv', places, today };
		const first = await storeImport(records, await planImport(records, 'results', bytes, options), by);
		const again = await faultOf(planImport(records, 'results', bytes, { ...options, fileName: 'b.csv' }));
		expect([again.code, again.params.file, again.params.batch]).toEqual([
			'already-imported',
			'a.csv',
			first.batch_id,
		]);
		const sameSchools = await writeTemplate('schools', 'ru', 'csv');
		const skipped = await planImport(records, 'schools', sameSchools, options);
		expect(skipped.counts).toEqual({ new: 0, changed: 0, skipped: 2, refused: 0 });
		expect((await faultOf(storeImport(records, skipped, by))).code).toBe('nothing-to-store');
		await records.transaction((trx) => withdrawBatch(trx, first.batch_id, 'ivanova'));
		const anew = await planImport(records, 'results', bytes, options);
		expect(anew.counts.new).toBe(1);
	});

	test('two dry runs of one file: only one is stored', async () => {
		const records = await templateTown(open);
		const bytes = csv([
			['Школа', 'Балл'],
			['101', 9],
		]);
		const options = { fileName: 'a.csv', places, today, procedureId: 'vpr-2026-4-math' };
		const plans = [
			await planImport(records, 'results', bytes, options),
			await planImport(records, 'results', bytes, options),
		];
		await storeImport(records, plans[0]!, by);
		expect((await faultOf(storeImport(records, plans[1]!, by))).code).toBe('already-imported');
		expect(await listBatches(records.db, places)).toHaveLength(3);
	});

	test('further results of the same schools and procedure are pointed out', async () => {
		const records = await templateTown(open);
		const options = { fileName: 'a.csv', places, today, procedureId: 'vpr-2026-4-math' };
		const one = await planImport(
			records,
			'results',
			csv([
				['Школа', 'Балл'],
				['101', 9],
			]),
			options,
		);
		await storeImport(records, one, by);
		const two = await planImport(
			records,
			'results',
			csv([
				['Школа', 'Балл'],
				['101', 9],
				['102', 8],
			]),
			options,
		);
		expect(two.notes).toContainEqual({ code: 'school-has-results', count: 1 });
	});

	test('a file of two procedures becomes two batches, withdrawn one by one', async () => {
		const records = await templateTown(open);
		const bytes = csv([
			['Школа', 'Процедура', 'Балл'],
			['101', 'vpr-2026-4-math', 9],
			['101', 'oge-2026-9-russian', 30],
			['102', 'vpr-2026-4-math', 8],
		]);
		const plan = await planImport(records, 'results', bytes, { fileName: 'a.csv', places, today });
		const stored = await storeImport(records, plan, by);
		expect(stored.batch_ids).toHaveLength(2);
		const rows = await Promise.all(stored.batch_ids.map((id) => listPupilResults(records.db, id, 0, 10)));
		expect(rows.map((each) => each.map(({ row_number }) => row_number))).toEqual([[2, 4], [3]]);
	});

	test('unknown schools are created only on request, and marked as known from results', async () => {
		const records = await templateTown(open);
		const bytes = csv([
			['Школа', 'Балл'],
			['101', 9],
			['777', 8],
		]);
		const options = { fileName: 'a.csv', places, today, procedureId: 'vpr-2026-4-math' };
		const plan = await planImport(records, 'results', bytes, options);
		expect(plan.unknown_schools).toEqual(['777']);
		const stored = await storeImport(records, plan, { ...by, createSchools: true });
		expect(stored.counts).toEqual({ new: 2, changed: 0, skipped: 0, refused: 0 });
		const schools = await listSchools(records.db);
		expect(schools.find(({ id }) => id === '777')).toMatchObject({
			origin: 'results',
			municipality_id: 'M1',
		});
		expect(await listPupilResults(records.db, stored.batch_id, 0, 10)).toHaveLength(2);
	});

	test('refused rows come back with place and reason, and once corrected are accepted', async () => {
		const records = await templateTown(open);
		const bytes = csv([
			['Школа', 'Балл', 'Отметка', 'Примечание'],
			['101', 9, 3, 'хорошо'],
			['101', 12, 6, '=1+1'],
			['777', 8, 3, 'новая'],
		]);
		const options = { fileName: 'a.csv', places, today, procedureId: 'vpr-2026-4-math' };
		const plan = await planImport(records, 'results', bytes, options);
		const [sheet] = await readXlsx(await writeRefusedFile(plan, 'xlsx', reason));
		expect(sheet?.data.map((row) => row.map(String))).toEqual([
			[
				'refused-row {}',
				'refused-column {}',
				'refused-value {}',
				'refused-reason {}',
				'Школа',
				'Балл',
				'Отметка',
				'Примечание',
			],
			[
				'3',
				'Отметка',
				'6',
				'mark-off-scale {"row":3,"column":"Отметка","value":"6"}',
				'101',
				'12',
				'6',
				"'=1+1",
			],
			[
				'4',
				'Школа',
				'777',
				'unknown-school {"row":4,"column":"Школа","value":"777"}',
				'777',
				'8',
				'3',
				'новая',
			],
		]);
		expect((await readXlsx(await writeRefusedFile(plan, 'xlsx', reason, true)))[0]?.data).toHaveLength(2);
		const text = (await writeRefusedFile(plan, 'csv', reason)).toString('utf8');
		expect(text.startsWith('\ufeffrefused-row {};')).toBe(true);
		const corrected = Buffer.from(text.replace(';101;12;6;', ';101;12;4;'));
		const second = await planImport(records, 'results', corrected, options);
		expect(second.counts).toEqual({ new: 1, changed: 0, skipped: 0, refused: 1 });
		expect([...second.rows]).toMatchObject([{ school_id: '101', score: 12, mark: 4 }]);
	});

	test('when storing fails nothing stays, whichever part it is', async () => {
		const records = await templateTown(open);
		const options = { fileName: 'a.csv', places, today, procedureId: 'vpr-2026-4-math' };
		const rows = Array.from({ length: 2_500 }, (_, index) => [index % 2 ? '101' : '102', index % 10]);
		const plan = await planImport(records, 'results', csv([['Школа', 'Балл'], ...rows]), options);
		const before = await records.db.selectFrom('batch').selectAll().execute();
		const seen: number[] = [];
		const progress = (_phase: string, done: number) => void seen.push(done);
		const vanished = [...plan.rows].map((row, index) =>
			index === 2_400 ? { ...(row as object), school_id: 'vanished' } : row,
		);
		const broken = { ...plan, rows: PackedRows.of(vanished) };
		await expect(storeImport(records, broken, { ...by, progress })).rejects.not.toBeInstanceOf(ImportError);
		expect(seen).toEqual([0, 500, 1_000, 1_500, 2_000]);
		expect(await records.db.selectFrom('batch').selectAll().execute()).toEqual(before);
		expect(await records.db.selectFrom('pupil_result').select('row_number').execute()).toEqual([]);
		expect((await storeImport(records, plan, by)).counts.new).toBe(2_500);
	});

	test.skipIf(!sharedData('vpr/reference.json'))(
		'a whole region is stored in bulk, with progress',
		async () => {
			const records = await town(open);
			const items = Array.from({ length: 15 }, (_, index) => ({ id: String(index + 1), max: 2 }));
			const scale = {
				kind: 'vpr',
				year: 2020,
				grade: 4,
				subject: 'math',
				max_score: 20,
				cutoffs: { 3: 6, 4: 10, 5: 15 },
			};
			const list = Buffer.from(JSON.stringify([{ id: 'g4', ...scale, items }]));
			const region = { places: ['region/R1'], today };
			await storeImport(
				records,
				await planImport(records, 'procedures', list, { fileName: 'p.json', ...region }),
				by,
			);
			const phases = new Set<string>();
			const plan = await planImport(
				records,
				'results',
				readFileSync(sharedData('vpr/vpr2020_g4_math.csv.gz')!),
				{
					fileName: 'vpr.csv.gz',
					procedureId: 'g4',
					profile: 'vpr-2020',
					...region,
					progress: (phase) => phases.add(phase),
				},
			);
			const steps: number[] = [];
			const start = performance.now();
			const stored = await storeImport(records, plan, {
				...by,
				createSchools: true,
				progress: (phase, done) => {
					phases.add(phase);
					steps.push(done);
				},
			});
			const took = performance.now() - start;
			expect([...phases]).toEqual(['reading', 'checking', 'storing']);
			expect(steps).toEqual(steps.toSorted((a, b) => a - b));
			expect(steps.length).toBeGreaterThan(5);
			expect(plan.unknown_municipalities.length).toBeGreaterThan(20);
			// One school of this file has no municipality: it waits for the registry.
			expect(stored.counts.new + stored.counts.refused).toBe(26_626);
			expect(stored.counts.refused).toBe(7);
			const [{ count } = { count: 0 }] = await records.db
				.selectFrom('pupil_result')
				.select(({ fn }) => fn.countAll<number>().as('count'))
				.execute();
			expect(Number(count)).toBe(26_619);
			// Alone it takes half a second on SQLite; the bound leaves room for a busy machine.
			if (records.dialect === 'sqlite') expect(took).toBeLessThan(10_000);
		},
	);
});
