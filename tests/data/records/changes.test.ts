import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { appendChange, latestSeq, listChanges } from '#data/records/changes.ts';
import { openRecords } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';

eachDialect('changes', (open, freshPlace, dialect) => {
	it('are listed in order, once per transaction and subject', async () => {
		const records = await open();
		expect(await latestSeq(records)).toBe(0);
		await records.transaction(async (trx) => {
			appendChange(trx, 'campaign', 'C1');
			appendChange(trx, 'batch', 'B1');
			appendChange(trx, 'campaign', 'C1');
		});
		await records.transaction(async (trx) => appendChange(trx, 'plan', 'P1'));
		const changes = await listChanges(records, 0, 10);
		expect(changes.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
			'campaign C1',
			'batch B1',
			'plan P1',
		]);
		expect(await listChanges(records, changes[0]!.seq, 1)).toEqual([changes[1]]);
		expect(await latestSeq(records)).toBe(changes[2]!.seq);
	});

	it('vanish with a transaction that fails, and nobody is called', async () => {
		const records = await open();
		let calls = 0;
		records.onChange(() => {
			calls += 1;
		});
		const failing = records.transaction(async (trx) => {
			await trx.insertInto('region').values({ id: 'R1', name: 'North' }).execute();
			appendChange(trx, 'registry', '');
			throw new Error('the work fails');
		});
		await expect(failing).rejects.toThrow('the work fails');
		expect(await listChanges(records, 0, 10)).toEqual([]);
		expect(await records.db.selectFrom('region').selectAll().execute()).toEqual([]);
		expect(calls).toBe(0);
		await records.transaction(async (trx) => appendChange(trx, 'registry', ''));
		expect(calls).toBe(1);
	});

	it('of a transaction not started through the records are refused', async () => {
		const records = await open();
		const outside = records.db.transaction().execute(async (trx) => appendChange(trx, 'plan', 'P1'));
		await expect(outside).rejects.toThrow('inside Records.transaction');
	});

	// SQLite has one writer: no transaction there can commit later than one that began after it.
	if (dialect === 'postgres')
		it('of a transaction that began early and commits late are not skipped', async () => {
			const place = await freshPlace();
			const [early, late] = [await openRecords(place), await openRecords(place)];
			const started = Promise.withResolvers<void>();
			const mayEnd = Promise.withResolvers<void>();
			const slow = early.transaction(async (trx) => {
				// From here on the transaction has its number, older than all that follow.
				await trx.insertInto('region').values({ id: 'R1', name: 'North' }).execute();
				appendChange(trx, 'registry', 'slow');
				started.resolve();
				await mayEnd.promise;
			});
			await started.promise;
			await late.transaction(async (trx) => appendChange(trx, 'registry', 'quick'));
			const seen: string[] = [];
			let watermark = 0;
			const follow = async () => {
				for (const change of await listChanges(late, watermark, 100)) {
					seen.push(change.subject);
					watermark = change.seq;
				}
			};
			await follow();
			mayEnd.resolve();
			await slow;
			await follow();
			expect(seen.toSorted()).toEqual(['quick', 'slow']);
			expect(watermark).toBe(await latestSeq(late));
			await early.close();
			await late.close();
		});

	it('are followed completely while many write at once', async () => {
		const place = await freshPlace();
		const writers = [await openRecords(place), await openRecords(place)];
		const seen: string[] = [];
		let watermark = 0;
		let writing = true;
		const follower = (async () => {
			for (let last = false; !last; ) {
				last = !writing;
				for (const change of await listChanges(writers[0]!, watermark, 50)) {
					expect(change.seq).toBeGreaterThan(watermark);
					seen.push(change.subject);
					watermark = change.seq;
				}
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		})();
		const subjects = Array.from({ length: 120 }, (_, index) => `S${index}`);
		await Promise.all(
			subjects.map((subject, index) =>
				writers[index % 2]!.transaction(async (trx) => {
					await sql`select 1`.execute(trx);
					appendChange(trx, 'plan', subject);
				}),
			),
		);
		writing = false;
		await follower;
		expect(seen.toSorted()).toEqual(subjects.toSorted());
		for (const writer of writers) await writer.close();
	});
});
