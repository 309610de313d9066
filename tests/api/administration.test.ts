import { beforeAll, expect, it } from 'vitest';
import { appendAudit } from '#data/records/audit.ts';
import { recordGrant } from '#data/records/registry/grants.ts';
import { createAccount } from '#server/accounts.ts';
import { type AccountItem, accountItem, auditReply } from '#server/contract/administration.ts';
import { eachDialect } from '../support/records.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, PASSWORD, signInAgent, type Town } from './town.ts';

eachDialect('administration', (open) => {
	let town: Town;
	let regional: Agent;
	let local: Agent;
	let top: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		await make('m1-admin', ['admin municipality/M1']);
		await make('m2-admin', ['admin municipality/M2']);
		await make('r2-methodist', ['methodist municipality/M3']);
		await make('both', ['methodist municipality/M1', 'methodist municipality/M2']);
		await make('everything', ['admin region/R1', 'admin region/R2']);
		await make('nobody', []);
		regional = await town.signInAs('admin');
		local = await signInAgent(town.app, 'm1-admin', PASSWORD);
		top = await signInAgent(town.app, 'everything', PASSWORD);
	});

	async function make(login: string, grants: string[]): Promise<void> {
		const account_id = await createAccount(town.signIn, { login, name: `Имя ${login}`, password: PASSWORD });
		for (const grant of grants) {
			const [role = '', place = ''] = grant.split(' ');
			await recordGrant(town.records.db, { account_id, role, place });
		}
	}
	const list = async (agent: Agent): Promise<AccountItem[]> =>
		accountItem.array().parse((await agent.get('/api/accounts')).body);
	const logins = async (agent: Agent): Promise<string[]> => (await list(agent)).map(({ login }) => login);
	const find = async (login: string): Promise<AccountItem> =>
		(await list(top)).find((account) => account.login === login)!;

	it('lists accounts of the own places, and of their roles only those', async () => {
		const own = ['teacher', 'colleague', 'coordinator', 'methodist', 'leader', 'm1-admin', 'both'];
		expect((await logins(local)).toSorted()).toEqual(own.toSorted());
		const both = (await list(local)).find(({ login }) => login === 'both')!;
		expect(both.grants.map(({ place }) => place)).toEqual(['municipality/M1']);
		const seen = await logins(regional);
		expect(seen).toEqual(expect.arrayContaining([...own, 'neighbour', 'm2-admin', 'everything']));
		expect(seen).not.toContain('r2-methodist');
		expect(seen).not.toContain('nobody');
		expect(await logins(top)).toEqual(expect.arrayContaining([...seen, 'r2-methodist', 'nobody']));
	});

	it('disables, grants and revokes nothing outside or above', async () => {
		for (const login of ['admin', 'neighbour', 'm2-admin', 'everything', 'auditor', 'nobody']) {
			const { account_id, grants } = await find(login);
			const path = `/api/accounts/${account_id}`;
			expectProblem(await local.post(`${path}/disable`), 404, 'not-found');
			const grant = { role: 'teacher', place: 'school/S1' };
			expectProblem(await local.post(`${path}/grants`, grant), 404, 'not-found');
			for (const { grant_id } of grants)
				expectProblem(await local.delete(`${path}/grants/${grant_id}`), 404, 'not-found');
			expect(await find(login)).toMatchObject({ disabled: false, grants });
		}
		const both = await find('both');
		expectProblem(await local.post(`/api/accounts/${both.account_id}/disable`), 403, 'account-beyond');
		const far = both.grants.find(({ place }) => place === 'municipality/M2')!;
		expectProblem(await local.delete(`/api/accounts/${both.account_id}/grants/${far.grant_id}`), 404);
		const { account_id } = await find('everything');
		expectProblem(await regional.post(`/api/accounts/${account_id}/disable`), 403, 'account-beyond');
	});

	it('rules its own: a municipality its people, a region those of its municipalities', async () => {
		const { account_id, grants } = await find('leader');
		const path = `/api/accounts/${account_id}`;
		const revoked = await local.delete(`${path}/grants/${grants[0]!.grant_id}`);
		expect(revoked.status, revoked.text).toBe(200);
		// Without a role it stays with who revoked the last one, and is nothing to the neighbours.
		expect(await logins(local)).toContain('leader');
		expect(await logins(await signInAgent(town.app, 'm2-admin', PASSWORD))).not.toContain('leader');
		const back = await local.post(`${path}/grants`, { role: 'leader', place: 'municipality/M1' });
		expect(back.status, back.text).toBe(201);
		expect((await local.post(`${path}/disable`)).status).toBe(200);
		const neighbour = await find('m2-admin');
		expect((await regional.post(`/api/accounts/${neighbour.account_id}/disable`)).status).toBe(200);
	});

	it('makes no account without a role in a municipality', async () => {
		const body = { login: 'empty', name: 'Без роли', password: PASSWORD, grants: [] };
		expectProblem(await local.post('/api/accounts', body), 422, 'grant-needed');
		expect((await top.post('/api/accounts', body)).status).toBe(201);
	});

	it('keeps an administrator above or beside, whoever administers a part', async () => {
		const own = await find('everything');
		const second = own.grants.find(({ place }) => place === 'region/R2')!;
		// Administrators of municipalities are no stand-in for the region's.
		expectProblem(
			await top.delete(`/api/accounts/${own.account_id}/grants/${second.grant_id}`),
			409,
			'last-admin',
		);
		const m1 = await find('m1-admin');
		expect((await regional.post(`/api/accounts/${m1.account_id}/disable`)).status).toBe(200);
	});

	it('shows of the log what was done in the own places; all of it to who answers for everything', async () => {
		const log = async (agent: Agent) =>
			auditReply.parse((await agent.get('/api/audit?limit=500')).body).entries;
		await appendAudit(town.records, { who: 'shell', role: '', action: 'import', object: '', purpose: '' });
		await town.signInAs('neighbour');
		await town.signInAs('methodist');
		await make('m1-second', ['admin municipality/M1']);
		const second = await signInAgent(town.app, 'm1-second', PASSWORD);
		const names = new Set((await log(second)).map(({ who_name }) => who_name));
		expect(names).toContain('Имя methodist');
		expect(names).toContain('Имя m1-second');
		for (const other of ['shell', 'Имя neighbour', 'Имя admin', 'Имя everything', 'Имя both'])
			expect(names).not.toContain(other);
		const wide = new Set((await log(regional)).map(({ who_name }) => who_name));
		expect(wide).toContain('Имя neighbour');
		expect(wide).not.toContain('shell');
		expect(wide).not.toContain('Имя everything');
		const whole = await log(top);
		expect(whole.map(({ who_name }) => who_name)).toContain('shell');
		expect(whole.length).toBe(whole[0]!.seq);
	});
});
