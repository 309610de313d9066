import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { computeHere } from '#analytics/run.ts';
import { recordBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { openRecords } from '#data/records/store.ts';
import { createAnalyst } from '#server/analyst.ts';
import { createApp } from '#server/app.ts';
import { ConfigError, readConfig } from '#server/config.ts';
import { gradeFiveMaths } from './grade-five-maths.ts';
import { buildTown, PASSWORD, signInAgent } from './town.ts';

const folder = mkdtempSync(join(tmpdir(), 'opora-rule-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('either condition makes a school low, or both together where the installation says so', async () => {
	const records = await openRecords({ folder });
	afterAll(() => records.close());
	const town = await buildTown(records);
	await records.transaction(async (trx) => {
		for (const subject of ['math', 'russian']) {
			const id = `vpr-2026-${subject}`;
			const procedure = gradeFiveMaths({ id, subject, title: id });
			await recordProcedures(trx, [procedure]);
			const rows = Array.from({ length: 40 }, (_, index) => ({
				row_number: index + 1,
				school_id: index < 20 ? 'S1' : 'S2',
				class: null,
				variant: null,
				score: index < 12 ? 2 : 7,
				mark: null,
				journal_mark: null,
				items: null,
				notes: null,
			}));
			const batch = { kind: 'results', file_name: 'a.csv', sha256: id, procedure_id: id };
			const counts = { rows_new: 40, rows_changed: 0, rows_skipped: 0, rows_refused: 0 };
			await recordBatch(trx, { ...batch, ...counts, place: 'municipality/M1', imported_by: 'test' }, rows);
		}
	});
	await town.settle();
	const ask = async (combine: string) => {
		const config = readConfig({ OPORA_DATA: folder, LOG_LEVEL: 'silent', LOW_RESULTS_COMBINE: combine });
		const analyst = createAnalyst(town.warehouse, computeHere, config.modulePresets);
		const agent = await signInAgent(createApp({ ...town, config, analyst }), 'methodist', PASSWORD);
		const { body } = await agent.get('/api/analytics/low-results?school=S1');
		const joint = await agent.get('/api/analytics/joint-picture?school=S1');
		const evidence = { module: 'low-results', filters: { school: 'S1', year: 2026 } };
		const plan = await agent.post('/api/plans', {
			school_id: 'S1',
			title: 'План',
			basis: 'flag',
			evidence,
			goal: 'Цель',
			indicator: 'Доля',
			baseline: null,
			target: null,
			unit: '',
			due_on: '2027-05-31',
			curator: 'Методист',
			measures: [],
		});
		const { body: catalogue } = await agent.get('/api/analytics');
		return {
			rules: [body.columns.rule_a[0], body.columns.rule_b[0], body.columns.flag[0]],
			said: body.meta.presets.combine,
			standing: joint.body.columns.standing[0],
			frozen: [plan.body.evidence.columns.flag[0], plan.body.evidence.meta.presets.combine],
			listed: catalogue.find(({ id }: { id: string }) => id === 'low-results').presets.combine,
		};
	};
	expect(await ask('')).toEqual({
		rules: [true, false, true],
		said: 'any',
		standing: 'low',
		frozen: [true, 'any'],
		listed: 'any',
	});
	expect(await ask('all')).toEqual({
		rules: [true, false, false],
		said: 'all',
		standing: 'normal',
		frozen: [false, 'all'],
		listed: 'all',
	});
	expect(() => readConfig({ LOW_RESULTS_COMBINE: 'both' })).toThrow(ConfigError);
	expect(() => readConfig({ LOW_RESULTS_COMBINE: 'both' })).toThrow(/LOW_RESULTS_COMBINE/);
});
