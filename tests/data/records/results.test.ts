import { expect, it } from 'vitest';
import { sweepArrivals } from '#data/import/sweep-arrivals.ts';
import { listChanges } from '#data/records/changes.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import {
	addResults,
	beginBatch,
	findBatch,
	findBatchByHash,
	finishBatch,
	listBatches,
	listPupilResults,
	listUnfinishedBatches,
	type NewBatch,
	type NewPupilResult,
	recordBatch,
	withdrawBatch,
} from '#data/records/results/batches.ts';
import {
	findProcedure,
	listProcedures,
	type Procedure,
	recordProcedures,
} from '#data/records/results/procedures.ts';
import { listReplies, recordReply } from '#data/records/results/replies.ts';
import type { Records, Trx } from '#data/records/store.ts';
import { fc } from '#tests/support/property.ts';
import { eachDialect } from '../../support/records.ts';
import { school, seedPlaces } from './seed.ts';

const PROCEDURE: Procedure = {
	id: 'P1',
	kind: 'vpr',
	year: 2026,
	grade: 5,
	subject: 'mathematics',
	title: 'Mathematics, 5',
	max_score: 20,
	cutoffs: { '3': 7, '4': 11, '5': 15 },
	fail_below: null,
	items: [
		{ id: '1', max: 1 },
		{ id: '2.1', max: 2 },
	],
	document: 'Order 1',
	valid_from: '2026-01-01',
};

function batch(sha256: string, changes: Partial<NewBatch> = {}): NewBatch {
	return {
		kind: 'results',
		file_name: 'results.xlsx',
		sha256,
		procedure_id: 'P1',
		place: 'municipality/M1',
		rows_new: 1,
		rows_changed: 0,
		rows_skipped: 0,
		rows_refused: 0,
		imported_by: 'methodist',
		...changes,
	};
}

function result(row_number: number, changes: Partial<NewPupilResult> = {}): NewPupilResult {
	return {
		row_number,
		school_id: 'S1',
		class: '5А',
		variant: '1',
		score: 10.5,
		mark: 3,
		journal_mark: 4,
		items: [1, null, 0.5],
		notes: null,
		pupil: '0417',
		...changes,
	};
}

async function seed(trx: Trx): Promise<void> {
	await seedPlaces(trx);
	await recordProcedures(trx, [PROCEDURE]);
}

/** All that anybody can read of the results and the schools they brought. */
async function visible({ db }: Records) {
	const results = await db
		.selectFrom('pupil_result')
		.selectAll()
		.orderBy('batch_id')
		.orderBy('row_number')
		.execute();
	const schools = await db.selectFrom('school').selectAll().orderBy('id').execute();
	const standing = await db.selectFrom('batch').selectAll().where('withdrawn_at', 'is', null).execute();
	return { results, schools, standing };
}

eachDialect('results', (open) => {
	it('records procedures with their scales', async () => {
		const records = await open();
		const record = (procedure: Procedure) => records.transaction((trx) => recordProcedures(trx, [procedure]));
		expect(await record(PROCEDURE)).toEqual({ new: 1, changed: 0, skipped: 0 });
		expect(await record(PROCEDURE)).toEqual({ new: 0, changed: 0, skipped: 1 });
		const ege = { ...PROCEDURE, id: 'P2', kind: 'ege', grade: null, cutoffs: null, fail_below: 36 };
		expect(await record(ege)).toEqual({ new: 1, changed: 0, skipped: 0 });
		expect(await record({ ...ege, fail_below: 37.5 })).toEqual({ new: 0, changed: 1, skipped: 0 });
		expect(await findProcedure(records.db, 'P1')).toEqual(PROCEDURE);
		expect(await findProcedure(records.db, 'P2')).toEqual({ ...ege, fail_below: 37.5 });
		expect(await listProcedures(records.db)).toHaveLength(2);
		expect((await listChanges(records, 0, 9)).map(({ subject }) => subject)).toEqual(['P1', 'P2', 'P2']);
	});

	it('gives rows back as they came, in pages', async () => {
		const records = await open();
		await records.transaction(seed);
		const rows = [
			result(2),
			result(3, { score: null, mark: null, journal_mark: null, items: null, class: null, variant: null }),
			result(5, { score: 21, notes: ['above-max'] }),
		];
		const id = await records.transaction((trx) => recordBatch(trx, batch('a'), rows));
		const stored = await listPupilResults(records.db, id, 0, 2);
		expect(stored).toEqual([
			{ ...rows[0], batch_id: id, procedure_id: 'P1', items: '[1,null,0.5]' },
			{ ...rows[1], batch_id: id, procedure_id: 'P1' },
		]);
		expect(await listPupilResults(records.db, id, 3, 2)).toMatchObject([
			{ row_number: 5, notes: '["above-max"]' },
		]);
	});

	it('stores all of a file or nothing, and the same file only once', async () => {
		const records = await open();
		await records.transaction(seed);
		const before = await visible(records);
		const bad = [result(1), result(2, { school_id: 'nowhere' })];
		await expect(records.transaction((trx) => recordBatch(trx, batch('a'), bad))).rejects.toThrow();
		expect(await visible(records)).toEqual(before);
		const id = await records.transaction((trx) => recordBatch(trx, batch('a'), [result(1)]));
		expect((await findBatchByHash(records.db, 'results', 'a', 'P1'))?.id).toBe(id);
		expect(await findBatchByHash(records.db, 'results', 'a', null)).toBeUndefined();
		await expect(records.transaction((trx) => recordBatch(trx, batch('a'), [result(1)]))).rejects.toThrow();
		await records.transaction((trx) => withdrawBatch(trx, id, 'methodist'));
		expect(await findBatchByHash(records.db, 'results', 'a', 'P1')).toBeUndefined();
		await records.transaction((trx) => recordBatch(trx, batch('a'), [result(1)]));
		const listed = await listBatches(records.db, ['region/R1']);
		expect(listed.map(({ withdrawn_at }) => withdrawn_at === null).toSorted()).toEqual([false, true]);
		expect(await listBatches(records.db, ['municipality/M2'])).toEqual([]);
		expect(await listBatches(records.db, ['school/S1'])).toEqual([]);
	});

	it('tells why a batch cannot be withdrawn', async () => {
		const records = await open();
		await records.transaction(seed);
		const staff = await records.transaction((trx) =>
			recordBatch(trx, batch('s', { kind: 'staff', procedure_id: null })),
		);
		const withdraw = (id: string) => records.transaction((trx) => withdrawBatch(trx, id, 'methodist'));
		expect(await withdraw(staff)).toBe('not-withdrawable');
		expect(await withdraw('none')).toBe('unknown-batch');
		const id = await records.transaction((trx) => recordBatch(trx, batch('a'), [result(1)]));
		expect(await withdraw(id)).toBeUndefined();
		expect(await withdraw(id)).toBe('already-withdrawn');
		expect(await findBatch(records.db, id)).toMatchObject({ withdrawn_by: 'methodist' });
	});

	it('leaves no visible trace of a withdrawn batch, whatever it held and whatever stands beside it', async () => {
		const records = await open();
		await records.transaction(seed);
		let file = 0;
		const anyRows = fc.array(
			fc.record({
				school_id: fc.constantFrom('S1', 'S2', 'S3', 'X1', 'X2'),
				score: fc.option(fc.integer({ min: 0, max: 25 })),
				mark: fc.option(fc.integer({ min: 2, max: 5 })),
				items: fc.option(fc.array(fc.option(fc.integer({ min: 0, max: 2 })), { maxLength: 3 })),
				notes: fc.option(fc.constant<string[]>(['above-max'])),
			}),
			{ maxLength: 8 },
		);
		const importRows = (rows: Partial<NewPupilResult>[]) =>
			records.transaction(async (trx) => {
				const unknown = rows.flatMap(({ school_id }) => (school_id?.startsWith('X') ? [school_id] : []));
				await recordSchools(
					trx,
					unknown.map((id) => school(id, 'M1', { name: id, origin: 'results' })),
				);
				file += 1;
				return recordBatch(
					trx,
					batch(`file ${file}`),
					rows.map((row, index) => result(index + 1, row)),
				);
			});
		await fc.assert(
			fc.asyncProperty(anyRows, anyRows, async (beside, withdrawn) => {
				await importRows(beside);
				const before = await visible(records);
				const id = await importRows(withdrawn);
				await records.transaction((trx) => withdrawBatch(trx, id, 'methodist'));
				expect(await visible(records)).toEqual(before);
			}),
			{ numRuns: 25 },
		);
	});

	it('takes 25,000 rows with items in parts, and lets others write between them', async () => {
		const records = await open();
		await records.transaction(seed);
		const rows = Array.from({ length: 25_000 }, (_, index) =>
			result(index + 1, { items: Array.from({ length: 20 }, (_, item) => (index + item) % 3) }),
		);
		const started = performance.now();
		const id = await records.transaction((trx) => beginBatch(trx, batch('big')));
		const others: number[] = [];
		for (let start = 0; start < rows.length; start += 500) {
			const part = rows.slice(start, start + 500);
			const arriving = records.transaction((trx) => addResults(trx, id, 'P1', part));
			const waited = performance.now();
			await records.transaction((trx) => recordSchools(trx, [school(`W${start}`, 'M1')]));
			others.push(performance.now() - waited);
			await arriving;
		}
		expect(await findBatch(records.db, id)).toBeUndefined();
		expect(await findBatchByHash(records.db, 'results', 'big', 'P1')).toBeUndefined();
		expect(await listBatches(records.db, ['region/R1'])).toEqual([]);
		const changes = await listChanges(records, 0, 1_000);
		expect(changes.filter(({ kind }) => kind === 'batch')).toEqual([]);
		await records.transaction((trx) => finishBatch(trx, id));
		expect(await findBatch(records.db, id)).toMatchObject({ id, sha256: 'big' });
		expect(await listPupilResults(records.db, id, 24_000, 5_000)).toHaveLength(1_000);
		expect((await listChanges(records, 0, 1_000)).at(-1)).toMatchObject({ kind: 'batch', subject: id });
		// Bounds against a query per row and a writer held for the whole; the benchmarks measure what is really needed.
		expect((performance.now() - started) / 1_000).toBeLessThan(12);
		expect(others.toSorted((a, b) => a - b)[12]).toBeLessThan(400);
	});

	it('takes a batch away whose arrival broke off, as if it had never begun', async () => {
		const records = await open();
		await records.transaction(seed);
		const before = await visible(records);
		const id = await records.transaction(async (trx) => {
			await recordSchools(trx, [{ ...school('NEW', 'M1'), origin: 'results' }]);
			const begun = await beginBatch(trx, batch('broken'));
			await addResults(trx, begun, 'P1', [result(1), result(2, { school_id: 'NEW' })]);
			return begun;
		});
		expect(await listUnfinishedBatches(records.db, '9999')).toEqual([id]);
		await sweepArrivals(records);
		// Beside other servers it may still be arriving; a file has one server.
		if (records.dialect === 'postgres') {
			expect(await listUnfinishedBatches(records.db, '9999')).toEqual([id]);
			const longAgo = new Date(Date.now() - 7_200_000).toISOString();
			await records.db.updateTable('batch').set({ imported_at: longAgo }).where('id', '=', id).execute();
			await sweepArrivals(records);
		}
		expect(await visible(records)).toEqual(before);
		// A finished one stays.
		const finished = await records.transaction((trx) => recordBatch(trx, batch('a'), [result(1)]));
		await sweepArrivals(records);
		expect(await listPupilResults(records.db, finished, 0, 10)).toHaveLength(1);
	});

	it('keeps each explanation of a school', async () => {
		const records = await open();
		await records.transaction(seed);
		const reply = { school_id: 'S1', year: 2026, module: 'low-results', replied_by: 'coordinator' };
		const say = (text: string) => records.transaction((trx) => recordReply(trx, { ...reply, text }));
		await say('a new teacher');
		await say('and a flood');
		await expect(say('')).rejects.toThrow();
		expect(await listReplies(records.db, ['school/S1'])).toHaveLength(2);
		expect(await listReplies(records.db, ['municipality/M1'])).toHaveLength(2);
		expect(await listReplies(records.db, ['school/S2'])).toEqual([]);
	});
});
