import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { NamedMigration } from '#data/records/migrate.ts';
import { MIGRATIONS } from '#data/records/migrations/list.ts';
import { isConstraintViolation, isUniqueViolation, RecordsError } from '#data/records/records-error.ts';
import { openRecords } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';
import { school, seedPlaces } from './seed.ts';

eachDialect('store', (open, freshPlace, dialect) => {
	it('keeps transactions apart: each sees the whole of the one before', async () => {
		const records = await open();
		await records.db.insertInto('setting').values({ name: 'count', value: '0' }).execute();
		const addOne = () =>
			records.transaction(async (trx) => {
				const { rows } = await sql<{ value: string }>`select value from setting where name = 'count'
					${dialect === 'postgres' ? sql`for update` : sql``}`.execute(trx);
				await new Promise((resolve) => setTimeout(resolve, 2));
				const value = String(Number(rows[0]!.value) + 1);
				await trx.updateTable('setting').set({ value }).where('name', '=', 'count').execute();
			});
		await Promise.all(Array.from({ length: 12 }, addOne));
		const counted = await records.db.selectFrom('setting').select('value').executeTakeFirstOrThrow();
		expect(counted.value).toBe('12');
	});

	it('reads what is committed while a transaction is at work', async () => {
		const records = await open();
		const wrote = Promise.withResolvers<void>();
		const mayEnd = Promise.withResolvers<void>();
		const work = records.transaction(async (trx) => {
			await seedPlaces(trx);
			wrote.resolve();
			await mayEnd.promise;
		});
		await wrote.promise;
		expect(await records.db.selectFrom('school').selectAll().execute()).toEqual([]);
		mayEnd.resolve();
		await work;
		expect(await records.db.selectFrom('school').selectAll().execute()).toHaveLength(3);
	});

	it('goes on after a failed statement, in and outside transactions', async () => {
		const records = await open();
		const twice = { name: 'a', value: '1' };
		await records.db.insertInto('setting').values(twice).execute();
		const failures = await Promise.allSettled([
			records.db.insertInto('setting').values(twice).execute(),
			records.transaction(async (trx) => trx.insertInto('setting').values(twice).execute()),
			records.transaction(async (trx) => trx.insertInto('school').values(school('S1', 'nowhere')).execute()),
		]);
		const reasons = failures.map((failure) => (failure as PromiseRejectedResult).reason as Error);
		expect(reasons.map(isUniqueViolation)).toEqual([true, true, false]);
		expect(reasons.map(isConstraintViolation)).toEqual([true, true, true]);
		await records.transaction(async (trx) => {
			await trx.insertInto('setting').values({ name: 'b', value: '2' }).execute();
		});
		expect(await records.db.selectFrom('setting').selectAll().execute()).toHaveLength(2);
	});

	it('takes several statements as one transaction, all or none', async () => {
		const records = await open();
		const insert = (name: string) =>
			records.db.insertInto('setting').values({ name, value: '' }).returning('name').compile();
		const results = await records.batch([insert('a'), insert('b')]);
		expect(results.map(({ rows }) => rows)).toEqual([[{ name: 'a' }], [{ name: 'b' }]]);
		await expect(records.batch([insert('c'), insert('a')])).rejects.toThrow();
		const left = await records.db.selectFrom('setting').select('name').orderBy('name').execute();
		expect(left.map(({ name }) => name)).toEqual(['a', 'b']);
	});

	it('answers counts and sums as numbers, and tells how many rows an update met', async () => {
		const records = await open();
		await records.transaction(seedPlaces);
		const counted = await records.db
			.selectFrom('school')
			.select(({ fn }) => [fn.countAll().as('n'), fn.sum('pupils').as('pupils')])
			.executeTakeFirstOrThrow();
		expect(counted).toEqual({ n: 3, pupils: 900 });
		const updated = await records.db
			.updateTable('school')
			.set({ pupils: null })
			.where('municipality_id', '=', 'M1')
			.executeTakeFirst();
		expect(updated.numUpdatedRows).toBe(2n);
	});

	it('keeps what it holds when it is closed and opened again', async () => {
		const place = await freshPlace();
		const before = await openRecords(place);
		await before.transaction(seedPlaces);
		await before.close();
		const after = await openRecords(place);
		expect(await after.db.selectFrom('school').select('id').orderBy('id').execute()).toHaveLength(3);
		await after.close();
	});

	it('is opened by several at the same moment, as a command is beside a server', async () => {
		const place = await freshPlace();
		const first = await openRecords(place);
		const opened = await Promise.all(Array.from({ length: 5 }, () => openRecords(place)));
		for (const { db } of opened) expect(await db.selectFrom('school').selectAll().execute()).toEqual([]);
		await Promise.all(opened.map((records) => records.close()));
		await first.close();
	});

	it('refuses records that a newer program has worked on', async () => {
		const place = await freshPlace();
		const newer = await openRecords(place, [...MIGRATIONS, step('0999-tomorrow')]);
		await newer.close();
		const refusal = await openRecords(place).catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(RecordsError);
		expect(refusal).toMatchObject({ code: 'newer-version', params: { step: '0999-tomorrow' } });
	});

	it('leaves nothing of a step that failed', async () => {
		const place = await freshPlace();
		const first = await openRecords(place);
		await first.transaction(seedPlaces);
		await first.close();
		const broken: NamedMigration = {
			name: '0901-broken',
			async up(db) {
				await db.schema.createTable('half').addColumn('id', 'text').execute();
				await sql`insert into nowhere values (1)`.execute(db);
			},
		};
		const failure = await openRecords(place, [...MIGRATIONS, step('0900-fine'), broken]).catch((e) => e);
		expect(failure).toMatchObject({ code: 'migration-failed', params: { step: '0901-broken' } });
		const again = await openRecords(place);
		const tables = (await again.db.introspection.getTables()).map(({ name }) => name);
		expect(tables).not.toContain('half');
		expect(tables).not.toContain('table_of_0900');
		expect(await again.db.selectFrom('school').selectAll().execute()).toHaveLength(3);
		await again.close();
	});
	// PostgreSQL is backed up by its operator; the embedded file is ours to keep safe.
	if (dialect === 'sqlite')
		it('copies a file that holds records before it changes its shape', async () => {
			const place = await freshPlace();
			const folder = 'folder' in place ? place.folder : '';
			const fresh = await openRecords(place);
			expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
			await fresh.transaction(seedPlaces);
			await fresh.close();
			const next = await openRecords(place, [...MIGRATIONS, step('0900-next')]);
			await next.close();
			const copy = join(folder, 'records.before-0900.sqlite');
			expect(existsSync(copy)).toBe(true);
			const before = new DatabaseSync(copy, { readOnly: true });
			expect({ ...before.prepare('select count(*) as n from school').get() }).toEqual({ n: 3 });
			const steps = before.prepare('select count(*) as n from migration').get();
			expect({ ...steps }).toEqual({ n: MIGRATIONS.length });
			before.close();
		});
});

function step(name: string): NamedMigration {
	return {
		name,
		async up(db) {
			await db.schema
				.createTable(`table_of_${name.slice(0, 4)}`)
				.addColumn('id', 'text')
				.execute();
		},
	};
}
