import { expect, it } from 'vitest';
import { listChanges } from '#data/records/changes.ts';
import {
	findPersonOfAccount,
	listAccounts,
	namesOfAccounts,
	recordAccountPerson,
} from '#data/records/registry/accounts.ts';
import { listGrants, recordGrant, revokeGrant } from '#data/records/registry/grants.ts';
import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { findSchool, listSchools, recordSchools } from '#data/records/registry/schools.ts';
import { endEmployment, listStaff } from '#data/records/registry/staff.ts';
import type { Records } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';
import { school, seedPlaces, teacher } from './seed.ts';

eachDialect('registry', (open, _freshPlace, dialect) => {
	async function openWithPlaces(): Promise<Records> {
		const records = await open();
		await records.transaction(seedPlaces);
		return records;
	}

	it('counts schools as new, changed and skipped, and notes a change only for news', async () => {
		const records = await openWithPlaces();
		const { length } = await listChanges(records, 0, 100);
		const again = await records.transaction((trx) => recordSchools(trx, [school('S1', 'M1')]));
		expect(again).toEqual({ new: 0, changed: 0, skipped: 1 });
		expect(await listChanges(records, 0, 100)).toHaveLength(length);
		const news = await records.transaction((trx) =>
			recordSchools(trx, [
				school('S1', 'M1', { advanced_subjects: '["physics"]' }),
				school('S4', 'M2', { origin: 'results' }),
				school('S2', 'M1', { name: 'a code only', origin: 'results' }),
			]),
		);
		expect(news).toEqual({ new: 1, changed: 1, skipped: 1 });
		expect(await findSchool(records.db, 'S2')).toMatchObject({ name: 'School S2', origin: 'registry' });
		expect(await findSchool(records.db, 'S1')).toMatchObject({
			advanced_subjects: '["physics"]',
			municipality_name: 'Lakes',
			region_id: 'R1',
		});
	});

	it('shows the schools inside the places and no others', async () => {
		const { db } = await openWithPlaces();
		const within = async (places: string[]) => (await listSchools(db, places)).map(({ id }) => id);
		expect(await within(['region/R1'])).toEqual(['S1', 'S2', 'S3']);
		expect(await within(['municipality/M1'])).toEqual(['S1', 'S2']);
		expect(await within(['school/S2', 'municipality/M2'])).toEqual(['S2', 'S3']);
		expect(await within([])).toEqual([]);
		expect(await within(["school/S1' or '1' = '1", 'S1', 'M1'])).toEqual([]);
		expect((await listMunicipalities(db, ['school/S1'])).length).toBe(0);
		expect((await listMunicipalities(db, ['region/R1'])).map(({ id }) => id)).toEqual(['M1', 'M2']);
	});

	it('knows a teacher again by name and birth date, however the name is written', async () => {
		const records = await openWithPlaces();
		const first = await records.transaction((trx) =>
			recordStaff(trx, [teacher('Семёнова Анна Петровна', 'S1')]),
		);
		const second = await records.transaction((trx) =>
			recordStaff(trx, [teacher('  СЕМЕНОВА Анна  Петровна', 'S2')]),
		);
		expect([first.new, second.new, second.changed]).toEqual([1, 0, 1]);
		const staff = await listStaff(records.db, ['municipality/M1'], '2026-09-01');
		expect(new Set(staff.map(({ person_id }) => person_id)).size).toBe(1);
		expect(staff.map(({ school_id }) => school_id)).toEqual(['S1', 'S2']);
	});

	it('changes nothing when the same list comes twice', async () => {
		const records = await openWithPlaces();
		const list = [teacher('Anna Semyonova', 'S1'), teacher('Boris Orlov', 'S1', { subjects: [] })];
		await records.transaction((trx) => recordStaff(trx, list));
		const again = await records.transaction((trx) => recordStaff(trx, list));
		expect(again).toEqual({ new: 0, changed: 0, skipped: 2, refused: [] });
		const later = list.map((entry) => ({ ...entry, started_on: '2025-09-01' }));
		const later_again = await records.transaction((trx) => recordStaff(trx, later));
		expect(later_again).toMatchObject({ new: 0, changed: 0, skipped: 2 });
	});

	it('keeps what was so on every day', async () => {
		const records = await openWithPlaces();
		const state = (day: string, changes: object) =>
			records.transaction((trx) =>
				recordStaff(trx, [teacher('Anna Semyonova', 'S1', { started_on: day, ...changes })]),
			);
		await state('2020-09-01', { category: 'none' });
		await state('2023-09-01', { category: 'first' });
		// a list of an earlier day that arrives late
		await state('2021-09-01', { category: 'highest' });
		const categoryOn = async (day: string) =>
			(await listStaff(records.db, 'S1', day)).map(({ category }) => category);
		expect(await categoryOn('2020-08-31')).toEqual([]);
		expect(await categoryOn('2021-08-31')).toEqual(['none']);
		expect(await categoryOn('2021-09-01')).toEqual(['highest']);
		expect(await categoryOn('2023-08-31')).toEqual(['highest']);
		expect(await categoryOn('2026-01-01')).toEqual(['first']);
		const [now] = await listStaff(records.db, 'S1', '2026-01-01');
		expect(await endEmployment(records.db, now!.employment_id, '2026-01-31')).toBe(true);
		expect(await categoryOn('2026-01-31')).toEqual(['first']);
		expect(await categoryOn('2026-02-01')).toEqual([]);
	});

	it('asks which namesake is meant, and takes the answer', async () => {
		const records = await openWithPlaces();
		await records.transaction((trx) =>
			recordStaff(trx, [
				teacher('Anna Orlova', 'S1', { birth_date: '1980-01-01' }),
				teacher('Anna Orlova', 'S2', { birth_date: '1990-01-01' }),
			]),
		);
		const unclear = teacher('Anna Orlova', 'S3', { birth_date: null });
		const refused = await records.transaction((trx) => recordStaff(trx, [unclear]));
		expect(refused.refused).toMatchObject([{ index: 0, code: 'namesake-choice' }]);
		const [choice] = refused.refused[0]!.choices;
		expect(refused.refused[0]!.choices).toHaveLength(2);
		const bySchool = await records.transaction((trx) =>
			recordStaff(trx, [teacher('Anna Orlova', 'S2', { birth_date: null })]),
		);
		expect(bySchool).toMatchObject({ skipped: 1, refused: [] });
		const chosen = await records.transaction((trx) =>
			recordStaff(trx, [{ ...unclear, person_id: choice!.person_id }]),
		);
		expect(chosen).toMatchObject({ changed: 1, refused: [] });
		const another = await records.transaction((trx) => recordStaff(trx, [{ ...unclear, person_id: 'new' }]));
		expect(another).toMatchObject({ new: 1, refused: [] });
		expect(await listStaff(records.db, 'S3', null)).toHaveLength(2);
	});

	it('grants a role once, and ends it at once', async () => {
		const records = await openWithPlaces();
		await addAccount(records, dialect, 'A1');
		const grant = { account_id: 'A1', role: 'methodist', place: 'municipality/M1' };
		const id = await recordGrant(records.db, grant);
		expect(await recordGrant(records.db, grant)).toBe(id);
		expect(await listGrants(records.db, 'A1')).toMatchObject([grant]);
		expect(await revokeGrant(records.db, id)).toBe(true);
		expect(await revokeGrant(records.db, id)).toBe(false);
		expect(await listGrants(records.db, 'A1')).toEqual([]);
		expect(await recordGrant(records.db, grant)).not.toBe(id);
		await expect(recordGrant(records.db, { ...grant, role: 'king' })).rejects.toThrow();
		await expect(recordGrant(records.db, { ...grant, place: 'M1' })).rejects.toThrow();
	});

	it('ties an account to a person', async () => {
		const records = await openWithPlaces();
		await addAccount(records, dialect, 'A1');
		await records.transaction((trx) => recordStaff(trx, [teacher('Anna Orlova', 'S1')]));
		const [member] = await listStaff(records.db, 'S1', null);
		await recordAccountPerson(records.db, 'A1', member!.person_id);
		expect(await findPersonOfAccount(records.db, 'A1')).toMatchObject({ full_name: 'Anna Orlova' });
		expect(await listAccounts(records.db)).toMatchObject([
			{ account_id: 'A1', username: 'a1', person_id: member!.person_id },
		]);
		expect(await namesOfAccounts(records.db, ['A1', 'A2'])).toEqual(new Map([['A1', 'Account A1']]));
	});
});

/** As the sign-in library writes it: true dates and flags on PostgreSQL, text and numbers on SQLite. */
async function addAccount(records: Records, dialect: Records['dialect'], id: string): Promise<void> {
	const now = new Date();
	const values = {
		id,
		name: `Account ${id}`,
		email: `${id}@example.org`,
		email_verified: dialect === 'postgres' ? true : 1,
		username: id.toLowerCase(),
		created_at: dialect === 'postgres' ? now : now.toISOString(),
		updated_at: dialect === 'postgres' ? now : now.toISOString(),
	};
	await records.db
		.insertInto('login_account')
		.values(values as never)
		.execute();
}
