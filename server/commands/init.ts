import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { listAccounts } from '#data/records/registry/accounts.ts';
import { recordGrant } from '#data/records/registry/grants.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordSetting } from '#data/records/settings.ts';
import { createAccount } from '../accounts.ts';
import { openConfiguredRecords } from '../opened.ts';
import { type Command, configOf, pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';
import { makePassword, openSignIn } from './user.ts';

const options = {
	name: { type: 'string' },
	region: { type: 'string' },
	admin: { type: 'string' },
	'admin-name': { type: 'string' },
	password: { type: 'string' },
	language: { type: 'string' },
	backup: { type: 'string' },
	json: { type: 'boolean' },
	lang: { type: 'string' },
} as const;

const REGION = 'R1';
const MUNICIPALITY = 'M1';

/** Makes a real installation: municipality, administrator, language, folder for backups; asks for what no option says. */
export const init: Command = {
	usage:
		'[--name MUNICIPALITY] [--region REGION] [--admin LOGIN] [--admin-name NAME] [--password PASSWORD] [--language ru|en] [--backup FOLDER]',
	async run(terminal) {
		const { values } = parseArgs({ args: terminal.words, options });
		const name = values.name ?? (await ask(terminal, 'ask-name'));
		const login = values.admin ?? (await ask(terminal, 'ask-admin'));
		const language = values.language ?? terminal.language;
		if (language !== 'ru' && language !== 'en')
			throw new UsageError(say(terminal, 'wrong-option', { option: '--language', value: language }));
		const config = configOf(terminal);
		const records = await openConfiguredRecords(config);
		try {
			if ((await listAccounts(records.db)).length > 0) throw new Refusal(say(terminal, 'already-made'));
			const password = values.password ?? makePassword();
			const admin = { login, name: values['admin-name'] ?? login, password };
			const account_id = await createAccount(openSignIn(config, records), admin);
			await records.transaction(async (trx) => {
				await recordRegions(trx, [{ id: REGION, name: values.region ?? name }]);
				await recordMunicipalities(trx, [{ id: MUNICIPALITY, region_id: REGION, name }]);
				await recordGrant(trx, { account_id, role: 'admin', place: `region/${REGION}` });
				await recordSetting(trx, 'installation_name', name);
				await recordSetting(trx, 'language', language);
				if (values.backup) await recordSetting(trx, 'backup_folder', pathFrom(terminal, values.backup));
			});
			const made = { login, ...(values.password === undefined && { password }), folder: config.folder };
			terminal.print(values.json ? JSON.stringify(made) : say(terminal, 'made', { ...made, password }));
			return 0;
		} finally {
			await records.close();
		}
	},
};

/** Asks at the keyboard. @throws {UsageError} when nobody sits there */
async function ask(terminal: Terminal, question: string): Promise<string> {
	if (!process.stdin.isTTY) throw new UsageError(say(terminal, `${question}-option`));
	const reader = createInterface({ input: process.stdin, output: process.stderr });
	try {
		const answer = (await reader.question(`${say(terminal, question)} `)).trim();
		if (answer === '') throw new UsageError(say(terminal, `${question}-option`));
		return answer;
	} finally {
		reader.close();
	}
}
