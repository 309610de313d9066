import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { latestSeq } from '#data/records/changes.ts';
import type { Records } from '#data/records/store.ts';
import { openRecords } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { rebuild } from '#data/warehouse/projector.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { type Arbitrary, fc } from '#tests/support/property.ts';
import { eachDialect } from '../../support/records.ts';
import {
	batch,
	contentOf,
	followedWarehouse,
	freshWarehousePath,
	participant,
	pupil,
	put,
	putCampaign,
	putTown,
	response,
} from '../../support/warehouse.ts';

const CODES = Array.from({ length: 12 }, (_, index) => `AAAA${String(index).padStart(4, '0')}`);

async function town(records: Records): Promise<void> {
	await putTown(records);
	await putCampaign(
		records,
		'C1',
		'M1',
		'released',
		CODES.map((code, index) => participant(code, 'C1', index % 2 === 0 ? 'S1' : 'S2')),
	);
}

const answers = fc.record(
	{
		q1: fc.integer({ min: 1, max: 4 }),
		Q1: fc.constantFrom('a', 'b', 'c'),
		"q'3": fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
	},
	{ requiredKeys: [] },
);
const pupils = fc.array(
	fc.record({
		school: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
		score: fc.option(fc.integer({ min: 0, max: 22 })),
		mark: fc.option(fc.integer({ min: 2, max: 5 })),
		journal_mark: fc.option(fc.integer({ min: 2, max: 5 })),
		items: fc.option(fc.constantFrom('[1,2]', '[null,0]', '[0.5,1]')),
	}),
	{ maxLength: 6 },
);
type Act =
	| { act: 'answer'; code: number; answers: object }
	| { act: 'import'; pupils: typeof pupils extends Arbitrary<infer T> ? T : never }
	| { act: 'withdraw-batch'; which: number }
	| { act: 'withdraw-consent'; code: number }
	| { act: 'move'; school: string; municipality: string }
	| { act: 'rescale'; cut: number };
const acts: Arbitrary<Act[]> = fc.array(
	fc.oneof(
		fc.record({ act: fc.constant('answer' as const), code: fc.nat({ max: 11 }), answers }),
		fc.record({ act: fc.constant('import' as const), pupils }),
		fc.record({ act: fc.constant('withdraw-batch' as const), which: fc.nat({ max: 3 }) }),
		fc.record({ act: fc.constant('withdraw-consent' as const), code: fc.nat({ max: 11 }) }),
		fc.record({
			act: fc.constant('move' as const),
			school: fc.constantFrom('S1', 'S3'),
			municipality: fc.constantFrom('M1', 'M2'),
		}),
		fc.record({ act: fc.constant('rescale' as const), cut: fc.integer({ min: 1, max: 9 }) }),
	),
	{ minLength: 1, maxLength: 12 },
);

/** Does one act in the records; what it makes impossible is left out. */
async function perform(
	records: Records,
	act: Act,
	state: { answered: Set<string>; batches: string[] },
): Promise<void> {
	const { db } = records;
	switch (act.act) {
		case 'answer': {
			const code = CODES[act.code]!;
			if (state.answered.has(code)) return;
			state.answered.add(code);
			await put(records, { response: [response(`r-${code}`, 'C1', code, act.answers)] }, [
				['responses', `r-${code}`],
			]);
			return;
		}
		case 'import': {
			const id = `B${state.batches.length}`;
			state.batches.push(id);
			const rows = act.pupils.map(({ school, ...cells }, index) => pupil(id, index + 2, school, cells));
			await put(records, { batch: [batch(id)], pupil_result: rows }, [['batch', id]]);
			return;
		}
		case 'withdraw-batch': {
			const id = state.batches[act.which];
			if (id === undefined) return;
			await db.updateTable('batch').set({ withdrawn_at: '2026-03-01' }).where('id', '=', id).execute();
			await put(records, {}, [['batch-withdrawn', id]]);
			return;
		}
		case 'withdraw-consent': {
			const participant_code = CODES[act.code]!;
			state.answered.add(participant_code);
			await db.deleteFrom('response').where('participant_code', '=', participant_code).execute();
			const declined = { purpose: 'diagnostic', version: '1', given_at: null, declined_at: '2026-03-01' };
			await db
				.insertInto('consent')
				.values({ participant_code, ...declined })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
			await put(records, {}, [['consent', 'C1']]);
			return;
		}
		case 'move':
			await db
				.updateTable('school')
				.set({ municipality_id: act.municipality })
				.where('id', '=', act.school)
				.execute();
			await put(records, {}, [['registry', '']]);
			return;
		case 'rescale':
			await db
				.updateTable('procedure')
				.set({ cutoffs: JSON.stringify({ 3: act.cut, 4: 10, 5: 15 }) })
				.execute();
			await put(records, {}, [['procedure', 'vpr-2025-4-math']]);
	}
}

describe('the warehouse that followed', () => {
	it('equals the one built anew, whatever happened', { timeout: 180_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(acts, async (list) => {
				const records = await openRecords({ folder: freshWarehousePath().replace(/warehouse\.duckdb$/, '') });
				try {
					await town(records);
					const { warehouse, projector, close } = await followedWarehouse(records);
					const state = { answered: new Set<string>(), batches: [] };
					for (const [index, act] of list.entries()) {
						await perform(records, act, state);
						if (index % 3 === 0) await projector.waitFor(await latestSeq(records));
					}
					await projector.waitFor(await latestSeq(records));
					const anew = await followedWarehouse(records);
					expect(await contentOf(warehouse)).toEqual(await contentOf(anew.warehouse));
					expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
					await close();
					await anew.close();
				} finally {
					await records.close();
				}
			}),
			{ numRuns: 12 },
		);
	});
});

eachDialect('a rebuild', (open) => {
	it('on demand replaces the file, tells how far it is, and is refused while somebody reads', async () => {
		const records = await open();
		await town(records);
		await put(records, { response: [response('r1', 'C1', CODES[0]!, { q1: 4 })] }, [['responses', 'r1']]);
		const path = freshWarehousePath();
		const steps: string[] = [];
		await rebuild(records, path, (step, done, total) => steps.push(`${step} ${done}/${total}`));
		expect(steps).toEqual(['registry 1/1', 'responses 1/1', 'support 1/1']);
		expect(existsSync(`${path}.new`)).toBe(false);
		const warehouse = await openWarehouse({ path });
		try {
			expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
			await expect(rebuild(records, path)).rejects.toMatchObject({ code: 'in-use' });
		} finally {
			await warehouse.close();
		}
	});

	it('happens by itself when the file is missing, spoilt, half built or ahead of the records', async () => {
		const records = await open();
		await town(records);
		const spoilings: ((path: string) => Promise<void>)[] = [
			async () => undefined,
			async (path) => writeFileSync(path, 'x'.repeat(50_000)),
			async (path) => change(path, 'update watermark set complete = false'),
			async (path) => change(path, 'update watermark set seq = seq + 100'),
			async (path) => change(path, `update watermark set subject = 'of other records'`),
			async (path) => change(path, `update warehouse_shape set hash = 'other'`),
		];
		for (const spoiling of spoilings) {
			const path = freshWarehousePath();
			if (spoiling !== spoilings[0]) await rebuild(records, path);
			await spoiling(path);
			const { warehouse, projector } = await followedWarehouse(records, path);
			expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
			expect(projector.watermark()).toBe(await latestSeq(records));
		}
	});

	it('is not needed after an orderly stop: the projector goes on where it was', async () => {
		const records = await open();
		await town(records);
		const path = freshWarehousePath();
		await rebuild(records, path);
		const seq = await put(records, { response: [response('r1', 'C1', CODES[0]!, { q1: 4 })] }, [
			['responses', 'r1'],
		]);
		await change(path, `insert into region values ('mark', 'a rebuild would take me away')`);
		const { warehouse, projector } = await followedWarehouse(records, path);
		await projector.waitFor(seq);
		expect(rowsOf(await warehouse.ask(`select region_id from region where region_id = 'mark'`))).toHaveLength(
			1,
		);
		expect(rowsOf(await warehouse.ask('select count(*)::integer as n from response'))).toEqual([{ n: 1 }]);
	});

	it('of other contents is told by the verification', async () => {
		const records = await open();
		await town(records);
		await put(
			records,
			{
				response: [response('r1', 'C1', CODES[0]!, { q1: 4 })],
				batch: [batch('B1')],
				pupil_result: [
					pupil('B1', 2, 'S1', { score: 5, items: '[1,2]' }),
					pupil('B1', 3, 'S1', { score: 6 }),
				],
			},
			[
				['responses', 'r1'],
				['batch', 'B1'],
			],
		);
		const { warehouse } = await followedWarehouse(records);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
		await warehouse.write(async (writer) => {
			await writer.run('update scored_scale set percent = percent + 1');
			await writer.run('update pupil_row set items = [1, 1] where row_number = 2');
			await writer.run(`delete from school where school_id = 'S4'`);
		});
		const found = await verifyWarehouse(records, warehouse);
		expect(agrees(found)).toBe(false);
		expect(found.filter(({ differing }) => differing > 0).map(({ table }) => table)).toEqual([
			'response',
			'pupil_result',
		]);
		expect(found.find(({ table }) => table === 'school')).toMatchObject({ in_records: 4, in_warehouse: 3 });
	});
});

async function change(path: string, sql: string): Promise<void> {
	const warehouse = await openWarehouse({ path });
	await warehouse.write((writer) => writer.run(sql));
	await warehouse.close();
}

describe('a projecting process killed in the middle', () => {
	it('leaves each change wholly in the warehouse or wholly out, and the next one catches up', async () => {
		const path = freshWarehousePath();
		const folder = path.replace(/warehouse\.duckdb$/, '');
		const records = await openRecords({ folder });
		try {
			await putTown(records);
			const people = Array.from({ length: 3_000 }, (_, index) =>
				participant(`B${String(index).padStart(7, '0')}`, 'C1', `S${(index % 2) + 1}`),
			);
			await putCampaign(records, 'C1', 'M1', 'released', people);
			const script = fileURLToPath(new URL('follow-records.ts', import.meta.url));
			for (let cycle = 0; cycle < 3; cycle += 1) {
				const child = spawn(process.execPath, [script, folder, path], {
					stdio: ['ignore', 'pipe', 'inherit'],
				});
				await once(child.stdout, 'data');
				const submitting = submit(records, people.slice(cycle * 1_000, (cycle + 1) * 1_000));
				await killAfter(child, 60 + 90 * cycle);
				await submitting;
				const { warehouse, close } = await followedWarehouse(records, path);
				expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
				const doubled = await warehouse.ask(`
					select response_id from response group by all having count(*) > 1
					union all select response_id from response where response_key not in (select response_key from answer_small_test_v1)`);
				expect(doubled.length).toBe(0);
				await close();
			}
		} finally {
			await records.close();
		}
	});
});

async function submit(records: Records, people: { participant_code: string }[]): Promise<void> {
	for (let start = 0; start < people.length; start += 40) {
		const rows = people
			.slice(start, start + 40)
			.map(({ participant_code: code }) => response(`r-${code}`, 'C1', code, { q1: 3, Q1: 'b' }));
		await put(
			records,
			{ response: rows },
			rows.map(({ id }) => ['responses', id] as const).map(([kind, id]) => [kind, id]),
		);
	}
}

async function killAfter(child: ChildProcess, milliseconds: number): Promise<void> {
	const gone = once(child, 'close');
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
	child.kill('SIGKILL');
	await gone;
}
