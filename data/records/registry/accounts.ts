import { isAmong } from '../bulk.ts';
import type { Db } from '../store.ts';
import type { PersonRow } from './tables.ts';

/** An account as other people may see it: no credential, no session. */
export interface AccountListing {
	account_id: string;
	name: string;
	username: string | null;
	person_id: string | null;
}

export async function listAccounts(db: Db): Promise<AccountListing[]> {
	return accountListings(db).orderBy('login_account.name').orderBy('login_account.id').execute();
}

export async function findAccountByUsername(db: Db, username: string): Promise<AccountListing | undefined> {
	return accountListings(db).where('login_account.username', '=', username).executeTakeFirst();
}

/** Names of accounts by id, for lists that say who did something. */
export async function namesOfAccounts(db: Db, accountIds: readonly string[]): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('login_account')
		.select(['id', 'name'])
		.where(isAmong(db, 'id', accountIds))
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The person in the registry whose account this is. */
export async function findPersonOfAccount(db: Db, accountId: string): Promise<PersonRow | undefined> {
	return db
		.selectFrom('account_person')
		.innerJoin('person', 'person.id', 'account_person.person_id')
		.selectAll('person')
		.where('account_person.account_id', '=', accountId)
		.executeTakeFirst();
}

/** Says whose account it is; a later word replaces an earlier one. */
export async function recordAccountPerson(db: Db, accountId: string, personId: string): Promise<void> {
	await db
		.insertInto('account_person')
		.values({ account_id: accountId, person_id: personId })
		.onConflict((conflict) => conflict.column('account_id').doUpdateSet({ person_id: personId }))
		.execute();
}

function accountListings(db: Db) {
	return db
		.selectFrom('login_account')
		.leftJoin('account_person', 'account_person.account_id', 'login_account.id')
		.select([
			'login_account.id as account_id',
			'login_account.name',
			'login_account.username',
			'account_person.person_id',
		]);
}
