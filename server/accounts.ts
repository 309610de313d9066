import { randomUUID } from 'node:crypto';
import { listAccounts } from '#data/records/registry/accounts.ts';
import type { Db } from '#data/records/store.ts';
import { Problem } from './problem.ts';
import { isLogin, MINIMUM_PASSWORD, type SignedIn, type SignIn, signInWithPassword } from './sign-in.ts';

export interface Account {
	account_id: string;
	login: string;
}

export interface NewAccount {
	login: string;
	name: string;
	password: string;
}

/**
 * Makes an account that can sign in with login and password; it holds no role yet.
 * @returns its id
 * @throws {Problem} `weak-password`, `login-taken`
 */
export async function createAccount(signIn: SignIn, { login, name, password }: NewAccount): Promise<string> {
	const username = login.toLowerCase();
	if (!isLogin(username)) throw new Problem(422, 'invalid-body', {}, [{ path: 'login', code: 'login' }]);
	demandGoodPassword(password, username);
	const { internalAdapter, password: hasher, adapter } = await signIn.$context;
	const taken = await adapter.findOne({ model: 'user', where: [{ field: 'username', value: username }] });
	if (taken) throw new Problem(409, 'login-taken');
	const user = await internalAdapter.createUser(
		{
			name,
			username,
			// The library asks for an address; nothing is ever sent to this one.
			email: `${randomUUID()}@account.invalid`,
			emailVerified: true,
		},
		{ method: 'admin' },
	);
	await internalAdapter.linkAccount({
		userId: user.id,
		providerId: 'credential',
		accountId: user.id,
		password: await hasher.hash(password),
	});
	return user.id;
}

/** Sets a password, whatever the former one, and ends the sessions. @throws {Problem} `weak-password` */
export async function setPassword(signIn: SignIn, account: Account, password: string): Promise<void> {
	demandGoodPassword(password, account.login);
	const { internalAdapter, password: hasher } = await signIn.$context;
	await internalAdapter.updatePassword(account.account_id, await hasher.hash(password));
	await internalAdapter.deleteUserSessions(account.account_id);
}

/**
 * Changes the own password and signs in anew; other sessions end. Undefined when the present password is wrong.
 * @throws {Problem} `weak-password`
 */
export async function changePassword(
	signIn: SignIn,
	account: Account,
	present: string,
	wanted: string,
): Promise<SignedIn | undefined> {
	if (!(await signInWithPassword(signIn, account.login, present, {}))) return undefined;
	await setPassword(signIn, account, wanted);
	return signInWithPassword(signIn, account.login, wanted, {});
}

/** Takes the password and the sessions of an account away; its name stays in the log. */
export async function disableAccount(signIn: SignIn, accountId: string): Promise<void> {
	const { internalAdapter } = await signIn.$context;
	await internalAdapter.deleteAccounts(accountId);
	await internalAdapter.deleteUserSessions(accountId);
}

/** @throws {Problem} 404 for an account that does not exist */
export async function getAccount(db: Db, accountId: string): Promise<Account & { name: string }> {
	const found = (await listAccounts(db)).find(({ account_id }) => account_id === accountId);
	if (!found) throw new Problem(404, 'not-found');
	return { account_id: accountId, login: found.username ?? '', name: found.name };
}

/** Which of the accounts cannot sign in, and since when each exists. */
export async function listAccountStates(
	db: Db,
): Promise<Map<string, { disabled: boolean; created_at: string }>> {
	const rows = await db
		.selectFrom('login_account')
		.leftJoin('login_credential', (join) =>
			join
				.onRef('login_credential.user_id', '=', 'login_account.id')
				.on('login_credential.provider_id', '=', 'credential'),
		)
		.select(['login_account.id', 'login_account.created_at', 'login_credential.id as credential_id'])
		.execute();
	return new Map(
		rows.map((row) => [
			row.id,
			{ disabled: row.credential_id === null, created_at: new Date(row.created_at).toISOString() },
		]),
	);
}

function demandGoodPassword(password: string, login: string): void {
	const isGood =
		password.length >= MINIMUM_PASSWORD &&
		new Set(password).size >= 4 &&
		password.toLowerCase() !== login.toLowerCase();
	if (!isGood) throw new Problem(422, 'weak-password', { minimum: MINIMUM_PASSWORD });
}
