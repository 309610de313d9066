import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { computeHere } from '#analytics/run.ts';
import { createDemo, type Demo } from '#data/demo/create.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordAccountPerson } from '#data/records/registry/accounts.ts';
import { recordGrant } from '#data/records/registry/grants.ts';
import { recordSetting } from '#data/records/settings.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { createAccount } from './accounts.ts';
import { createAnalyst } from './analyst.ts';
import type { Config } from './config.ts';
import { beginDemoPlans } from './demo-plans.ts';
import { beginDemoRisks } from './demo-risks.ts';
import { readSecret } from './secret.ts';
import type { Asker } from './session.ts';
import { createSignIn } from './sign-in.ts';

export type DemoProgress = (step: string, done: number, total: number) => void;

/**
 * Makes the demo municipality in an empty data folder, with its sign-ins. It is made aside and moved into its place when
 * it is whole: what was interrupted leaves no half a town.
 */
export async function makeDemo(config: Config, seed: number, progress: DemoProgress): Promise<void> {
	const { folder } = config;
	const aside = join(folder, 'demo-in-the-making');
	rmSync(aside, { recursive: true, force: true });
	mkdirSync(aside, { recursive: true });
	const records = await openRecords({ folder: aside });
	try {
		const demo = await createDemo(records, { seed, today: new Date() }, progress);
		const people = await makeSignIns(config, records, demo, seed);
		progress('plans', 5, 5);
		await planSupport(records, join(aside, 'warehouse.duckdb'), demo, people);
	} finally {
		await records.close();
	}
	for (const name of readdirSync(aside)) renameSync(join(aside, name), join(folder, name));
	rmSync(aside, { recursive: true, force: true });
}

/** The warehouse is made on the way, so that the first start need not. */
async function planSupport(
	records: Records,
	path: string,
	demo: Demo,
	people: Map<string, Asker>,
): Promise<void> {
	const warehouse = await openWarehouse({ path });
	const projector = startProjector(records, warehouse);
	try {
		await projector.waitFor(await latestSeq(records));
		const analyst = createAnalyst(warehouse, computeHere);
		const leader = people.get('leader');
		const coordinator = people.get('school_coordinator');
		if (leader && coordinator) {
			await beginDemoPlans({ records, analyst }, demo, { leader, coordinator });
			await beginDemoRisks(records, demo, leader.account_id!);
		}
		await projector.waitFor(await latestSeq(records));
	} finally {
		await projector.stop();
		await warehouse.close();
	}
}

/** Accounts of the personas with their grants; gives each as the one who asks, by role. */
async function makeSignIns(
	config: Config,
	records: Records,
	demo: Demo,
	seed: number,
): Promise<Map<string, Asker>> {
	const askers = new Map<string, Asker>();
	const secret = readSecret(config.folder, config.OPORA_SECRET_FILE);
	const signIn = createSignIn({
		db: records.db,
		dialect: records.dialect,
		secret,
		publicUrl: config.PUBLIC_URL,
	});
	for (const { role, login, name, password, places, person_name } of demo.personas) {
		const account_id = await createAccount(signIn, { login, name, password });
		for (const place of places) await recordGrant(records.db, { account_id, role, place });
		const person = person_name === null ? undefined : await findPersonByName(records, person_name);
		if (person) await recordAccountPerson(records.db, account_id, person);
		askers.set(role, {
			kind: 'account',
			account_id,
			person_id: person ?? null,
			name,
			role,
			grants: places.map((place) => ({ role, place })),
			places,
			invitation: null,
			csrf: '',
		});
	}
	const personas = demo.personas.map(({ places: _, person_name: __, ...persona }) => persona);
	await recordSetting(records.db, 'installation_name', 'Приозёрный муниципальный округ');
	await recordSetting(records.db, 'demo', JSON.stringify({ seed, personas, campaigns: demo.campaigns }));
	return askers;
}

async function findPersonByName({ db }: Records, name: string): Promise<string | undefined> {
	const row = await db.selectFrom('person').select('id').where('full_name', '=', name).executeTakeFirst();
	return row?.id;
}
