import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { findAccountByUsername } from '#data/records/registry/accounts.ts';
import { listGrants, recordGrant, revokeGrant } from '#data/records/registry/grants.ts';
import { sessionReply, signInReply } from '#server/contract/session.ts';
import { eachDialect } from '../support/records.ts';
import { expectProblem } from './problem.ts';
import { agentOf, buildTown, cookiesOf, PASSWORD, signInAgent, type Town } from './town.ts';

eachDialect('a session', (open) => {
	let town: Town;
	beforeAll(async () => {
		town = await buildTown(await open());
	});

	it('begins with login and password, in a cookie that scripts and foreign sites cannot use', async () => {
		const reply = await request(town.app)
			.post('/api/session')
			.send({ login: 'Methodist', password: PASSWORD });
		expect(reply.status).toBe(200);
		const body = signInReply.parse(reply.body);
		expect(body.session).toMatchObject({ kind: 'account', role: 'methodist', landing: '/campaigns' });
		expect(body.session.roles).toEqual([
			{ role: 'methodist', place: 'municipality/M1', place_name: 'Округ 1' },
		]);
		const cookies = reply.headers['set-cookie'] as unknown as string[];
		const session = cookies.find((cookie) => cookie.startsWith('opora.session_token='))!;
		expect(session).toMatch(/HttpOnly/i);
		expect(session).toMatch(/SameSite=Lax/i);
	});

	it('tells who is signed in, and to a stranger only the name of the installation', async () => {
		const stranger = await request(town.app).get('/api/session');
		expect(sessionReply.parse(stranger.body)).toMatchObject({ csrf: null, session: null, demo: null });
		const teacher = await town.signInAs('teacher');
		const mine = sessionReply.parse((await teacher.get('/api/session')).body);
		expect(mine.session).toMatchObject({ name: 'Учитель 1 школы S1', landing: '/my' });
		expect(mine.csrf).toBe(teacher.csrf);
	});

	it('does not tell a wrong password from an unknown login', async () => {
		const wrong = await request(town.app).post('/api/session').send({ login: 'leader', password: 'wrong' });
		const unknown = await request(town.app).post('/api/session').send({ login: 'nobody', password: 'wrong' });
		expectProblem(wrong, 401, 'wrong-credentials');
		expect(unknown.body).toEqual(wrong.body);
	});

	it('closes the door after ten failures for one name, and leaves others in', async () => {
		for (let round = 0; round < 10; round++)
			await request(town.app).post('/api/session').send({ login: 'auditor', password: 'guess' });
		const next = await request(town.app).post('/api/session').send({ login: 'auditor', password: PASSWORD });
		expectProblem(next, 429, 'too-many-attempts');
		expect((await signInAgent(town.app, 'leader', PASSWORD)).csrf).not.toBe('');
	});

	it('refuses to write without its own token, and from a foreign site', async () => {
		const teacher = await town.signInAs('teacher');
		const none = await request(town.app).delete('/api/session').set('cookie', teacher.cookie);
		expectProblem(none, 403, 'csrf');
		const other = await town.signInAs('colleague');
		const foreign = await agentOf(town.app, teacher.cookie, other.csrf).delete('/api/session');
		expectProblem(foreign, 403, 'csrf');
		const site = await teacher
			.post('/api/session/role', { role: 'teacher' })
			.set('sec-fetch-site', 'cross-site');
		expectProblem(site, 403, 'cross-site');
		const login = await request(town.app)
			.post('/api/session')
			.set('sec-fetch-site', 'cross-site')
			.send({ login: 'teacher', password: PASSWORD });
		expectProblem(login, 403, 'cross-site');
	});

	it('ends with signing out: the cookie is worth nothing afterwards', async () => {
		const agent = await signInAgent(town.app, 'regional', PASSWORD);
		expect((await agent.get('/api/schools')).status).toBe(200);
		expect((await agent.delete('/api/session')).status).toBe(204);
		expectProblem(await agent.get('/api/schools'), 401, 'not-signed-in');
	});

	it('does not take a forged cookie', async () => {
		const { cookie } = await town.signInAs('admin');
		const forged = cookie.replace(/session_token=([^.]+)\./, 'session_token=x$1.');
		expect(forged).not.toBe(cookie);
		expectProblem(await request(town.app).get('/api/accounts').set('cookie', forged), 401);
		const link = await request(town.app).get('/api/my/diagnostics').set('cookie', 'opora_link=e30.AAAA');
		expectProblem(link, 401);
	});

	it('switches between held roles only', async () => {
		const { db } = town.records;
		const account = await findAccountByUsername(db, 'leader');
		await recordGrant(db, { account_id: account!.account_id, role: 'methodist', place: 'municipality/M2' });
		const leader = await signInAgent(town.app, 'leader', PASSWORD);
		expectProblem(await leader.post('/api/session/role', { role: 'admin' }), 403, 'role-not-held');
		const reply = await leader.post('/api/session/role', { role: 'methodist' });
		expect(reply.body.session).toMatchObject({ role: 'methodist', landing: '/campaigns' });
		const switched = agentOf(town.app, `${leader.cookie}; ${cookiesOf(reply.headers)}`, leader.csrf);
		const ids = (await switched.get('/api/schools')).body.map(
			(school: { school_id: string }) => school.school_id,
		);
		expect(ids).toEqual(['S3']);
	});

	it('loses a revoked right within a second', async () => {
		const { db } = town.records;
		const agent = await signInAgent(town.app, 'neighbour', PASSWORD);
		expect((await agent.get('/api/campaigns')).status).toBe(200);
		const account = await findAccountByUsername(db, 'neighbour');
		const [grant] = await listGrants(db, account!.account_id);
		await revokeGrant(db, grant!.id);
		await new Promise((resolve) => setTimeout(resolve, 1_050));
		expectProblem(await agent.get('/api/campaigns'), 401, 'not-signed-in');
		await expect(signInAgent(town.app, 'neighbour', PASSWORD)).rejects.toThrow(/no-role/);
	});

	it('changes the own password, which ends every other session', async () => {
		const first = await signInAgent(town.app, 'colleague', PASSWORD);
		const second = await signInAgent(town.app, 'colleague', PASSWORD);
		const weak = await first.post('/api/session/password', {
			password: PASSWORD,
			new_password: 'aaaaaaaaaaaa',
		});
		expectProblem(weak, 422, 'weak-password');
		const wrong = await first.post('/api/session/password', {
			password: 'no',
			new_password: 'другой пароль 1',
		});
		expectProblem(wrong, 401, 'wrong-credentials');
		const changed = await first.post('/api/session/password', {
			password: PASSWORD,
			new_password: 'другой пароль 1',
		});
		expect(changed.status).toBe(200);
		expectProblem(await second.get('/api/my/diagnostics'), 401);
		await expect(signInAgent(town.app, 'colleague', PASSWORD)).rejects.toThrow(/401/);
		expect((await signInAgent(town.app, 'colleague', 'другой пароль 1')).csrf).not.toBe('');
	});

	describe('in the language of the request', () => {
		it('answers in Russian unless English is asked for', async () => {
			const ask = () => request(town.app).get('/api/plans');
			expect((await ask()).body.title).toBe('Нужно войти');
			expect((await ask().set('accept-language', 'de')).body.title).toBe('Нужно войти');
			expect((await ask().set('accept-language', 'en-GB,ru;q=0.5')).body.title).toBe('Sign in first');
			expect((await request(town.app).get('/api/plans?lang=en')).body.title).toBe('Sign in first');
		});
	});
});
