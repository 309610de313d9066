import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { appendAudit, listAudit, verifyAudit } from '#data/records/audit.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';

const LINE = { who: 'A1', role: 'methodist', action: 'view', object: 'participant/K1', purpose: 'advice' };

eachDialect('the chained log', (open, freshPlace) => {
	async function openWithLines(count: number): Promise<Records> {
		const records = await open();
		for (let index = 0; index < count; index += 1)
			await appendAudit(records, { ...LINE, object: `participant/K${index}` });
		return records;
	}

	it('holds while it only grows', async () => {
		const records = await openWithLines(5);
		expect(await verifyAudit(records.db)).toBeNull();
		const [newest] = await listAudit(records.db, { limit: 1 });
		expect(newest).toMatchObject({ seq: 5, object: 'participant/K4' });
		expect(await listAudit(records.db, { object: 'participant/K2', limit: 9 })).toHaveLength(1);
		expect(await listAudit(records.db, { beforeSeq: 3, limit: 9 })).toHaveLength(2);
	});

	it('says where it was changed, cut or added to', async () => {
		const changed = await openWithLines(5);
		await sql`update audit set purpose = 'curiosity' where seq = 3`.execute(changed.db);
		expect(await verifyAudit(changed.db)).toBe(3);
		const cut = await openWithLines(5);
		await sql`delete from audit where seq = 2`.execute(cut.db);
		expect(await verifyAudit(cut.db)).toBe(2);
		const headless = await openWithLines(3);
		await sql`delete from audit where seq = 1`.execute(headless.db);
		expect(await verifyAudit(headless.db)).toBe(1);
		const forged = await openWithLines(2);
		await sql`insert into audit (seq, at, who, role, action, object, purpose, previous_hash, hash)
			select 3, at, who, role, action, object, purpose, hash, 'made up' from audit where seq = 2`.execute(
			forged.db,
		);
		expect(await verifyAudit(forged.db)).toBe(3);
	});

	it('stands or falls with the transaction it is about', async () => {
		const records = await openWithLines(1);
		const failing = records.transaction(async (trx) => {
			await appendAudit(trx, LINE);
			throw new Error('not done');
		});
		await expect(failing).rejects.toThrow('not done');
		expect(await listAudit(records.db, { limit: 9 })).toHaveLength(1);
		expect(await verifyAudit(records.db)).toBeNull();
	});

	it('stays one chain when several servers write it', async () => {
		const place = await freshPlace();
		const servers = [await openRecords(place), await openRecords(place)];
		const lines = Array.from({ length: 60 }, (_, index) => appendAudit(servers[index % 2]!, LINE));
		await Promise.all(lines);
		expect(await verifyAudit(servers[0]!.db)).toBeNull();
		expect(await listAudit(servers[1]!.db, { limit: 100 })).toHaveLength(60);
		for (const server of servers) await server.close();
	});
});
