import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import { runModule } from '#analytics/run.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordRegions } from '#data/records/registry/municipalities.ts';
import { openRecords } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { resultsFiles } from '#tests/e2e/results-files.ts';
import { sharedData } from '#tests/support/shared-data.ts';

interface Reference {
	exams: Record<string, { inflated: string[]; negative_rho: string[] }>;
}
interface Sign {
	id: string;
	procedures: string[];
	flagged: boolean;
}

const places = ['region/R1'];
const referenceFile = sharedData('vpr/reference.json');

test.skipIf(!referenceFile)(
	'the same schools as R, by the way of a methodist: file, dry run, records, warehouse, module',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'opora-imported-'));
		const records = await openRecords({ folder });
		const warehouse = await openWarehouse({ path: ':memory:' });
		const projector = startProjector(records, warehouse);
		onTestFinished(async () => {
			await projector.stop();
			await warehouse.close();
			await records.close();
			rmSync(folder, { recursive: true, force: true });
		});
		await records.transaction((trx) => recordRegions(trx, [{ id: 'R1', name: 'Область' }]));

		const { procedures, files } = resultsFiles();
		const scales = await planImport(records, 'procedures', procedures, {
			fileName: 'procedures.json',
			places,
		});
		await storeImport(records, scales, { importedBy: 'test' });
		for (const { name, bytes, procedure } of files) {
			const options = { fileName: name, procedureId: procedure, profile: 'vpr-2020', places };
			const plan = await planImport(records, 'results', bytes, options);
			await storeImport(records, plan, { importedBy: 'test', createSchools: true });
		}
		await projector.waitFor(await latestSeq(records));

		const viewer = { role: 'leader' as const, places, codes: [] };
		const { exams } = JSON.parse(readFileSync(referenceFile as string, 'utf8')) as Reference;
		const result = await runModule(findModule('result-objectivity')!, {
			warehouse,
			viewer,
			filters: { year: 2020 },
			language: 'ru',
		});
		const signsOf = result.columns.signs!.map((text) => JSON.parse(String(text)) as Sign[]);
		const schools = result.columns.school_id as string[];
		const flaggedBy = (id: string, procedure: string) =>
			schools
				.filter((_, row) =>
					signsOf[row]!.some((sign) => sign.id === id && sign.flagged && sign.procedures.includes(procedure)),
				)
				.sort();
		for (const [exam, { inflated, negative_rho }] of Object.entries(exams)) {
			const [, grade, subject] = /_g(\d)_(\w+)/.exec(exam)!;
			const procedure = `vpr-2020-${subject}-${grade}`;
			expect(flaggedBy('OF-mean', procedure), exam).toEqual(inflated.toSorted());
			expect(flaggedBy('OF-journal', procedure), exam).toEqual(negative_rho.toSorted());
		}
	},
	120_000,
);
