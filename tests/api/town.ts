import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import request, { type Test } from 'supertest';
import { afterAll } from 'vitest';
import { type Computer, computeHere } from '#analytics/run.ts';
import { latestSeq } from '#data/records/changes.ts';
import { recordAccountPerson } from '#data/records/registry/accounts.ts';
import { recordGrant } from '#data/records/registry/grants.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import type { Records } from '#data/records/store.ts';
import { type Projector, startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';
import { createAccount } from '#server/accounts.ts';
import { createAnalyst } from '#server/analyst.ts';
import { createApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import type { Floors } from '#server/floors.ts';
import { createLog } from '#server/log.ts';
import { publishShipped } from '#server/published.ts';
import { createSignIn } from '#server/sign-in.ts';

export const PASSWORD = 'correct horse 7';
/** Teachers of each school; S1 and S2 lie in M1, S3 in M2 (both in R1), S4 in M3 of R2. */
export const schools = {
	S1: { municipality: 'M1', teachers: 7 },
	S2: { municipality: 'M1', teachers: 6 },
	S3: { municipality: 'M2', teachers: 3 },
	S4: { municipality: 'M3', teachers: 2 },
} as const;
type SchoolId = keyof typeof schools;

/** Who signs in by which login, as what and where. */
export const people: Record<string, { role: string; place: string; person?: string }> = {
	teacher: { role: 'teacher', place: 'school/S1', person: 'Учитель 1 школы S1' },
	colleague: { role: 'teacher', place: 'school/S1', person: 'Учитель 2 школы S1' },
	coordinator: { role: 'school_coordinator', place: 'school/S1' },
	methodist: { role: 'methodist', place: 'municipality/M1' },
	neighbour: { role: 'methodist', place: 'municipality/M2' },
	leader: { role: 'leader', place: 'municipality/M1' },
	regional: { role: 'regional_viewer', place: 'region/R1' },
	admin: { role: 'admin', place: 'region/R1' },
	auditor: { role: 'auditor', place: 'region/R1' },
};

/** A signed-in browser: it sends its cookies and its CSRF token. */
export interface Agent {
	csrf: string;
	cookie: string;
	get(path: string): Test;
	post(path: string, body?: object): Test;
	put(path: string, body: object): Test;
	patch(path: string, body: object): Test;
	delete(path: string): Test;
}

export interface Town extends Floors {
	warehouse: Warehouse;
	projector: Projector;
	app: Express;
	signInAs(login: string): Promise<Agent>;
	/** waits until analysis reflects everything that was committed */
	settle(): Promise<void>;
}

/** A small town of two municipalities and a neighbour region, with people of every role; closed at the end of the suite. */
export async function buildTown(records: Records, computer: Computer = computeHere): Promise<Town> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-api-'));
	const config = readConfig({ OPORA_DATA: folder, LOG_LEVEL: 'silent', PORT: '0' });
	const secret = 'a secret of this test, long enough to be one';
	const warehouse = await openWarehouse({ path: ':memory:' });
	const projector = startProjector(records, warehouse);
	const signIn = createSignIn({ db: records.db, dialect: records.dialect, secret, publicUrl: undefined });
	const analyst = createAnalyst(warehouse, computer);
	const log = createLog('silent');
	const floors: Floors = { config, secret, log, records, analyst, projector, signIn };
	await publishShipped(records);
	await fillRegistry(records);
	await makeAccounts(floors);
	afterAll(async () => {
		await projector.stop();
		await warehouse.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const app = createApp(floors);
	const agents = new Map<string, Agent>();
	return {
		...floors,
		warehouse,
		projector,
		app,
		async signInAs(login) {
			const known = agents.get(login) ?? (await signInAgent(app, login, PASSWORD));
			agents.set(login, known);
			return known;
		},
		settle: async () => projector.waitFor(await latestSeq(records)),
	};
}

async function fillRegistry(records: Records): Promise<void> {
	const ids = Object.keys(schools) as SchoolId[];
	await records.transaction(async (trx) => {
		await recordRegions(trx, [
			{ id: 'R1', name: 'Первая область' },
			{ id: 'R2', name: 'Вторая область' },
		]);
		await recordMunicipalities(trx, [
			{ id: 'M1', region_id: 'R1', name: 'Округ 1' },
			{ id: 'M2', region_id: 'R1', name: 'Округ 2' },
			{ id: 'M3', region_id: 'R2', name: 'Округ 3' },
		]);
		await recordSchools(
			trx,
			ids.map((id) => ({
				id,
				municipality_id: schools[id].municipality,
				name: `Школа ${id}`,
				kind: 'school',
				locality: 'rural',
				pupils: 200,
				advanced_subjects: '[]',
				origin: 'registry',
			})),
		);
		await recordStaff(
			trx,
			ids.flatMap((id) =>
				Array.from({ length: schools[id].teachers }, (_, index) => ({
					school_id: id,
					full_name: `Учитель ${index + 1} школы ${id}`,
					birth_date: `19${70 + index}-03-0${index + 1}`,
					position: 'учитель',
					subjects: ['math'],
					category: 'first',
					teaching_since: 2005,
					started_on: '2010-09-01',
					ended_on: null,
					batch_id: null,
				})),
			),
		);
	});
}

async function makeAccounts({ signIn, records: { db } }: Floors): Promise<void> {
	const known = new Map(
		(await db.selectFrom('person').select(['id', 'full_name']).execute()).map((row) => [
			row.full_name,
			row.id,
		]),
	);
	await withOneHash(signIn, () =>
		Promise.all(
			Object.entries(people).map(async ([login, { role, place, person }]) => {
				const account_id = await createAccount(signIn, { login, name: `Имя ${login}`, password: PASSWORD });
				await recordGrant(db, { account_id, role, place });
				if (person) await recordAccountPerson(db, account_id, known.get(person)!);
			}),
		),
	);
}

let hash: Promise<string> | undefined;

/** Everybody has the one password, and hashing is what takes its time: its hash is made once for all towns of a file. */
async function withOneHash(signIn: Floors['signIn'], work: () => Promise<unknown>): Promise<void> {
	const { password } = await signIn.$context;
	const make = password.hash;
	password.hash = () => {
		hash ??= make(PASSWORD);
		return hash;
	};
	await work();
	password.hash = make;
}

export const cookiesOf = (headers: Record<string, unknown>): string =>
	((headers['set-cookie'] as string[] | undefined) ?? [])
		.map((cookie) => cookie.split(';')[0]!)
		.filter((cookie) => !cookie.endsWith('='))
		.join('; ');

export async function signInAgent(app: Express, login: string, password: string): Promise<Agent> {
	const reply = await request(app).post('/api/session').send({ login, password });
	if (reply.status !== 200) throw new Error(`${login} cannot sign in: ${reply.text}`);
	return agentOf(app, cookiesOf(reply.headers), reply.body.csrf);
}

export function agentOf(app: Express, cookie: string, csrf: string): Agent {
	const write = (test: Test): Test => test.set('cookie', cookie).set('x-csrf-token', csrf);
	return {
		csrf,
		cookie,
		get: (path) => request(app).get(path).set('cookie', cookie),
		post: (path, body) => write(request(app).post(path)).send(body),
		put: (path, body) => write(request(app).put(path)).send(body),
		patch: (path, body) => write(request(app).patch(path)).send(body),
		delete: (path) => write(request(app).delete(path)),
	};
}
