import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Progress } from '#analytics/progress.ts';
import { computeHere } from '#analytics/run.ts';
import { createDemo } from '#data/demo/create.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { createAnalyst, type Question } from '#server/analyst.ts';
import { createLog } from '#server/log.ts';
import { Problem } from '#server/problem.ts';
import {
	openWarehouseThread,
	prepareWarehouseThread,
	type WarehouseThread,
} from '#server/warehouse-thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'opora-thread-'));
const log = createLog('silent');
let records: Records;
let thread: WarehouseThread;

const open = (path = join(folder, 'warehouse.duckdb')) =>
	openWarehouseThread(
		prepareWarehouseThread(),
		{ records: { folder }, warehouse: { path, threads: 1 }, modulePresets: {} },
		records,
		log,
	);

beforeAll(async () => {
	records = await openRecords({ folder });
	await createDemo(records, { seed: 1, today: new Date('2026-11-02') }, () => undefined);
	thread = await open();
	await caughtUp();
}, 120_000);

afterAll(async () => {
	await thread.close();
	await records.close();
	rmSync(folder, { recursive: true, force: true });
});

async function caughtUp(): Promise<void> {
	while (!thread.projector.caughtUp()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function question(module: string): Promise<Question> {
	const { id } = await records.db.selectFrom('municipality').select('id').executeTakeFirstOrThrow();
	return {
		module,
		viewer: { role: 'methodist', places: [`municipality/${id}`, 'stage/service'], codes: [] },
		filters: {},
		language: 'ru',
	};
}

// With one thread each, both engines add numbers in the same order.
it('answers as a warehouse of this thread does, byte for byte', async () => {
	const warehouse = await openWarehouse({ path: ':memory:', threads: 1 });
	const projector = startProjector(records, warehouse);
	await projector.waitFor(await latestSeq(records));
	const here = createAnalyst(warehouse, computeHere);
	const { viewer } = await question('deficit-map');
	for (const module of ['deficit-map', 'result-objectivity', 'low-results']) {
		const asked = await question(module);
		for (const format of ['json', 'arrow', 'csv']) {
			const [there, expected] = await Promise.all([
				thread.analyst.answer(asked, format),
				here.answer(asked, format),
			]);
			expect(there.type).toBe(expected.type);
			expect(withoutTime(there.plain) === withoutTime(expected.plain), `${module} ${format}`).toBe(true);
		}
		const { meta, ...run } = await thread.analyst.run(asked);
		const { meta: expectedMeta, ...expected } = await here.run(asked);
		expect(run.length, module).toBeGreaterThan(0);
		expect(run).toEqual(expected);
		expect(meta.watermark).toBe(expectedMeta.watermark);
		expect(await thread.analyst.filterValues(module, viewer, 'en')).toEqual(
			await here.filterValues(module, viewer, 'en'),
		);
	}
	expect(await thread.analyst.hasPartialRelease()).toBe(await here.hasPartialRelease());
	await projector.stop();
	await warehouse.close();
}, 60_000);

it('hears of what this process commits, and says so only when it has followed', async () => {
	const before = thread.projector.watermark();
	const { id } = await records.db.selectFrom('municipality').select('id').executeTakeFirstOrThrow();
	await records.transaction((trx) =>
		recordSchools(trx, [
			{
				id: 'NEW',
				municipality_id: id,
				name: 'Новая школа',
				kind: 'school',
				locality: 'rural',
				pupils: 100,
				advanced_subjects: '[]',
				origin: 'registry',
			},
		]),
	);
	expect(thread.projector.caughtUp()).toBe(false);
	await new Promise((resolve) => setTimeout(resolve, 20));
	await caughtUp();
	expect(thread.projector.lagSeconds()).toBe(0);
	expect(thread.projector.watermark()).toBe(await latestSeq(records));
	expect(thread.projector.watermark()).toBeGreaterThan(before);
	expect(thread.projector.resultsWatermark()).toBe(thread.projector.watermark());
});

it('keeps the event loop free while boards are reckoned', async () => {
	const asked = await question('result-objectivity');
	await thread.analyst.answer(asked, undefined);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	await Promise.all(
		['result-objectivity', 'low-results', 'score-distribution', 'deficit-map'].map(async (module) =>
			thread.analyst.answer({ ...asked, module }, 'json'),
		),
	);
	delay.disable();
	// In this thread the same answers hold the loop for some hundred milliseconds; collecting garbage may still take some.
	expect(delay.percentile(95) / 1e6).toBeLessThan(20);
});

it('refuses in words what the reader can mend, and tells the log alone of the rest', async () => {
	const asked = await question('deficit-map');
	const refused = await thread.analyst
		.answer({ ...asked, filters: { by: 'surname' } as never }, undefined)
		.catch((error) => error);
	expect(refused).toBeInstanceOf(Problem);
	expect(refused).toMatchObject({ status: 422, code: 'unknown-dimension', values: { dimension: 'surname' } });
	const teacher = { ...asked.viewer, role: 'teacher' as const };
	await expect(thread.analyst.answer({ ...asked, viewer: teacher }, undefined)).rejects.toMatchObject({
		status: 403,
	});
	const broken = await thread.analyst
		.answer({ ...asked, viewer: { ...asked.viewer, places: undefined as never } }, undefined)
		.catch((error) => error);
	expect(broken).not.toBeInstanceOf(Problem);
	expect(broken.message).toContain('places');
	expect((await thread.analyst.answer(asked, undefined)).plain.byteLength).toBeGreaterThan(100);
});

it('tells how far a heavy answer is, and gives it up with whoever leaves; the next is answered', async () => {
	const asked = await question('scale-reliability');
	const told: Progress[] = [];
	const leaving = new AbortController();
	const left = thread.analyst
		.answer(asked, 'json', { signal: leaving.signal })
		.catch((error: Error) => error.message);
	leaving.abort(new Error('gone'));
	expect(await left).toBe('gone');
	const { plain } = await thread.analyst.answer(asked, 'json', { tell: (progress) => told.push(progress) });
	expect(plain.byteLength).toBeGreaterThan(100);
	expect(told[0]).toMatchObject({ stage: 'scales', share: 0 });
});

it('does not open a warehouse that somebody else has, and says who', async () => {
	const path = join(folder, 'not', 'there', 'warehouse.duckdb');
	await expect(open(path)).rejects.toMatchObject({ name: 'WarehouseError', code: 'not-openable' });
});

it('answers what was asked before it closes, and refuses what comes after', async () => {
	const other = await open(':memory:');
	const asked = await question('competency-deficit');
	const last = other.analyst.filterValues('deficit-map', asked.viewer, 'ru');
	await other.close();
	expect(Object.keys(await last)).toContain('campaign');
	await expect(other.analyst.hasPartialRelease()).rejects.toThrow('thread of the warehouse');
	expect(other.projector.caughtUp()).toBe(false);
});

const withoutTime = (bytes: Uint8Array): string =>
	Buffer.from(bytes)
		.toString('latin1')
		.replace(/"computed_at":"[^"]+"/, '');
