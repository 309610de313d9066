import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { appendAudit } from '#data/records/audit.ts';
import { findAccountByUsername } from '#data/records/registry/accounts.ts';
import { recordGrant } from '#data/records/registry/grants.ts';
import type { Records } from '#data/records/store.ts';
import { createAccount, disableAccount } from '../accounts.ts';
import type { Config } from '../config.ts';
import { role as roleSchema } from '../contract/session.ts';
import { openConfiguredRecords } from '../opened.ts';
import { namePlaces } from '../place-names.ts';
import { readSecret } from '../secret.ts';
import { createSignIn, type SignIn } from '../sign-in.ts';
import { type Command, configOf, Refusal, say, type Terminal, UsageError } from './command.ts';

const options = {
	name: { type: 'string' },
	password: { type: 'string' },
	role: { type: 'string' },
	place: { type: 'string' },
	json: { type: 'boolean' },
	lang: { type: 'string' },
} as const;

interface Values {
	name?: string;
	password?: string;
	role?: string;
	place?: string;
	json?: boolean;
}

/** Accounts from the shell; works beside a running server. */
export const user: Command = {
	usage: [
		'add LOGIN --name NAME [--password PASSWORD] [--role ROLE --place PLACE]',
		'grant LOGIN --role ROLE --place PLACE',
		'disable LOGIN',
	].join('\n'),
	async run(terminal) {
		const { values, positionals } = parseArgs({ args: terminal.words, options, allowPositionals: true });
		const [act, login] = positionals;
		if (!login || !['add', 'grant', 'disable'].includes(act ?? ''))
			throw new UsageError(say(terminal, 'user-act-needed'));
		const config = configOf(terminal);
		const records = await openConfiguredRecords(config);
		try {
			const result = await runAct(terminal, act!, login, values, {
				records,
				signIn: openSignIn(config, records),
			});
			terminal.print(values.json ? JSON.stringify(result) : Object.values(result).join('\t'));
			return 0;
		} finally {
			await records.close();
		}
	},
};

export function openSignIn(config: Config, records: Records): SignIn {
	const secret = readSecret(config.folder, config.OPORA_SECRET_FILE);
	return createSignIn({ db: records.db, dialect: records.dialect, secret, publicUrl: config.PUBLIC_URL });
}

/** A password that is good enough and can be read out loud. */
export const makePassword = (): string => randomBytes(9).toString('base64url');

async function runAct(
	terminal: Terminal,
	act: string,
	login: string,
	values: Values,
	{ records, signIn }: { records: Records; signIn: SignIn },
): Promise<Record<string, string>> {
	const { db } = records;
	const grant = await readGrant(terminal, records, values);
	if (act === 'add') {
		if (!values.name) throw new UsageError(say(terminal, 'name-needed'));
		const password = values.password ?? makePassword();
		const account_id = await createAccount(signIn, { login, name: values.name, password });
		if (grant) await recordGrant(db, { account_id, ...grant });
		await logFromShell(records, 'create-account', account_id, login);
		return { account_id, login, ...(values.password === undefined && { password }), ...grant };
	}
	const account = await findAccountByUsername(db, login.toLowerCase());
	if (!account) throw new Refusal(say(terminal, 'unknown-login', { login }));
	const { account_id } = account;
	if (act === 'disable') {
		await disableAccount(signIn, account_id);
		await logFromShell(records, 'disable-account', account_id, login);
		return { account_id, login };
	}
	if (!grant) throw new UsageError(say(terminal, 'role-needed'));
	await recordGrant(db, { account_id, ...grant });
	await logFromShell(records, 'grant', account_id, `${grant.role} ${grant.place}`);
	return { account_id, login, ...grant };
}

async function readGrant(terminal: Terminal, { db }: Records, { role, place }: Values) {
	if (role === undefined && place === undefined) return undefined;
	const known = roleSchema.safeParse(role);
	if (!known.success)
		throw new UsageError(say(terminal, 'wrong-role', { role, roles: roleSchema.options.join(', ') }));
	if (!place) throw new UsageError(say(terminal, 'role-needed'));
	if (!(await namePlaces(db, [place])).has(place))
		throw new Refusal(say(terminal, 'unknown-place', { place }));
	return { role: known.data, place };
}

function logFromShell(records: Records, action: string, accountId: string, purpose: string): Promise<void> {
	return appendAudit(records, { who: 'shell', role: '', action, object: `account/${accountId}`, purpose });
}
