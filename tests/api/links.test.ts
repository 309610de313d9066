import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { linkItem } from '#server/contract/diagnostics.ts';
import { myData } from '#server/contract/my-data.ts';
import { signInReply } from '#server/contract/session.ts';
import { eachDialect } from '../support/records.ts';
import { answer, answersTo, moveCampaign, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

eachDialect('a personal link', (open) => {
	let town: Town;
	let campaign: string;
	let tokens: string[];
	beforeAll(async () => {
		town = await buildTown(await open());
		campaign = await runCampaign(town, 'open');
		tokens = await makeLinks('S1');
	});

	async function makeLinks(school: string, id = campaign): Promise<string[]> {
		const methodist = await town.signInAs('methodist');
		const reply = await methodist.post(`/api/campaigns/${id}/links`, { school_id: school });
		expect(reply.status, reply.text).toBe(200);
		return linkItem
			.array()
			.parse(reply.body)
			.map(({ url }) => url.split('#')[1]!);
	}

	async function enterBy(token: string) {
		const reply = await openLink(token);
		return agentOf(town.app, cookiesOf(reply.headers), signInReply.parse(reply.body).csrf);
	}

	const openLink = (token: string) => request(town.app).post('/api/session/link').send({ token });

	it('is made for everybody of the school, each once', () => {
		expect(new Set(tokens).size).toBe(7);
	});

	it('opens its one campaign and nothing else', async () => {
		const other = await runCampaign(town, 'open');
		const reply = await openLink(tokens[2]!);
		const { session, csrf } = signInReply.parse(reply.body);
		expect(session).toMatchObject({ kind: 'participant', name: 'Учитель 3 школы S1', account_id: null });
		const visitor = agentOf(town.app, cookiesOf(reply.headers), csrf);
		const { body } = await visitor.get('/api/my/diagnostics');
		expect(body.map((item: { campaign_id: string }) => item.campaign_id)).toEqual([campaign]);
		expectProblem(await visitor.get(`/api/my/diagnostics/${other}/${SELF}`), 404);
		for (const path of ['/api/schools', '/api/campaigns', '/api/analytics', '/api/plans', '/api/accounts'])
			expectProblem(await visitor.get(path), 403, 'forbidden');
		expectProblem(await visitor.get('/api/analytics/competency-deficit'), 403, 'forbidden');
	});

	it('stores nothing that is still on its way when consent is withdrawn', async () => {
		const visitor = await enterBy(tokens[4]!);
		const phone = await enterBy(tokens[4]!);
		const address = `/api/my/diagnostics/${campaign}`;
		await visitor.post(`${address}/consent`, { give: true, methodist: false });
		const { response_id } = (await visitor.get(`${address}/${SELF}`)).body;
		const said = { response_id, answers: answersTo(SELF), started_at: null, duration_seconds: 60 };
		const server = town.app.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		for (const [method, rest, body] of [
			['POST', 'response', said],
			['PUT', 'draft', { answers: {}, page: 0 }],
		] as const) {
			await visitor.post(`${address}/consent`, { give: true, methodist: false });
			const headers = {
				cookie: phone.cookie,
				'x-csrf-token': phone.csrf,
				'content-type': 'application/json',
			};
			const sending = httpRequest({ port, method, path: `${address}/${SELF}/${rest}`, headers });
			const replied = once(sending, 'response') as Promise<[IncomingMessage]>;
			const [head, tail] = [JSON.stringify(body).slice(0, 5), JSON.stringify(body).slice(5)];
			sending.write(head);
			// Who asks is looked up when the headers are there.
			await new Promise((resolve) => setTimeout(resolve, 300));
			const withdrawn = await visitor.post(`${address}/consent`, { give: false, methodist: false });
			expect(withdrawn.status, withdrawn.text).toBe(200);
			sending.end(tail);
			const [reply] = await replied;
			reply.resume();
			expect(reply.statusCode, rest).toBe(403);
		}
		server.close();
		const { body } = await visitor.get(`${address}/${SELF}`);
		expect(body).toMatchObject({ draft: null, submitted_at: null });
	});

	it('is refused when guessed; guessing is slowed down, and does not lock out who has the right one', async () => {
		expectProblem(await openLink('guess'), 404, 'link-unknown');
		// A staff room that mistypes: each has another code in hand.
		for (let round = 1; round < 100; round++)
			expectProblem(await openLink(`guess ${round}`), 404, 'link-unknown');
		expectProblem(await openLink('guess again'), 429, 'too-many-attempts');
		expect((await openLink(tokens[3]!)).status).toBe(200);
		const guesses = Array.from({ length: 899 }, (_, round) => () => openLink(`more ${round}`));
		while (guesses.length > 0) await Promise.all(guesses.splice(0, 50).map((guess) => guess()));
		expectProblem(await openLink(tokens[3]!), 429, 'too-many-attempts');
	});

	it('closes to the same mistake sooner, and only to it', async () => {
		const fresh = await rebuilt();
		for (let round = 0; round < 10; round++) expectProblem(await fresh.open('mistake'), 404, 'link-unknown');
		expectProblem(await fresh.open('mistake'), 429, 'too-many-attempts');
		expectProblem(await fresh.open('another'), 404, 'link-unknown');
	});

	it('is used up when everything is handed in, and reads results after release', async () => {
		const fresh = await rebuilt();
		const [token] = await fresh.tokens;
		const visitor = await fresh.enter(token!);
		expect((await answer(visitor, fresh.campaign, SELF)).status).toBe(201);
		const used = await fresh.open(token!);
		expectProblem(used, 403, 'link-used-up');
		// The session that answered still reads the own profile.
		expect((await visitor.get('/api/my/profile')).status).toBe(200);
		const methodist = await fresh.town.signInAs('methodist');
		await moveCampaign(methodist, fresh.campaign, ['closed']);
		expectProblem(await fresh.open(fresh.tokens[1]!), 403, 'link-closed');
		await moveCampaign(methodist, fresh.campaign, ['scored', 'reviewed', 'released']);
		expect((await fresh.open(token!)).status).toBe(200);
	});

	it('opens the own data and the withdrawal also when the time to answer is over, and nothing to answer', async () => {
		const fresh = await rebuilt();
		const { app } = fresh.town;
		const methodist = await fresh.town.signInAs('methodist');
		const read = (token: string) => request(app).post('/api/session/link').send({ token, to: 'read' });
		const enter = async (token: string) => {
			const reply = await read(token);
			expect(reply.status, reply.text).toBe(200);
			return agentOf(app, cookiesOf(reply.headers), reply.body.csrf);
		};
		const own = async (visitor: Agent) => {
			const [invitation] = myData.parse((await visitor.get('/api/my/data')).body).invitations;
			const [instrument] = invitation!.instruments;
			return {
				answers: instrument!.answers?.filter(({ answer: given }) => given !== null).length ?? null,
				in_force: invitation!.consents.some(({ in_force }) => in_force),
			};
		};
		const [token, late] = fresh.tokens;
		expect((await answer(await fresh.enter(token!), fresh.campaign, SELF)).status).toBe(201);
		expect(await own(await enter(token!))).toMatchObject({ answers: expect.any(Number), in_force: true });
		await moveCampaign(methodist, fresh.campaign, ['closed']);
		const unanswered = await enter(late!);
		const path = `/api/my/diagnostics/${fresh.campaign}`;
		const { body } = await unanswered.get(`${path}/${SELF}`);
		const sent = await unanswered.post(`${path}/${SELF}/response`, {
			response_id: body.response_id,
			answers: {},
			started_at: null,
			duration_seconds: 1,
		});
		expectProblem(sent, 409, 'campaign-not-open');
		await moveCampaign(methodist, fresh.campaign, ['scored', 'reviewed', 'released', 'archived']);
		expectProblem(await fresh.open(token!), 403, 'link-used-up');
		const visitor = await enter(token!);
		const withdrawn = await visitor.post(`/api/my/data/campaigns/${fresh.campaign}/withdraw`, {
			purpose: 'diagnostic',
		});
		expect(withdrawn.status, withdrawn.text).toBe(200);
		expect(await own(visitor)).toEqual({ answers: null, in_force: false });
		expectProblem(await read('guess'), 404, 'link-unknown');
		const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
		const soon = await runCampaign(fresh.town, 'open', [SELF], { opens_on: day(3), closes_on: day(9) });
		expectProblem(await read((await fresh.links('S2', soon))[0]!), 403, 'link-not-open');
	});

	it('is not open before the first day and expired after the last', async () => {
		const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
		const fresh = await rebuilt();
		const later = await runCampaign(fresh.town, 'open', [SELF], { opens_on: day(3), closes_on: day(9) });
		const [soon] = await fresh.links('S2', later);
		expectProblem(await fresh.open(soon!), 403, 'link-not-open');
		const past = await runCampaign(fresh.town, 'open', [SELF], { opens_on: day(-9), closes_on: day(-3) });
		const [late] = await fresh.links('S2', past);
		expectProblem(await fresh.open(late!), 403, 'link-expired');
	});

	it('has its own words where it was typed as a code, and tells nothing to who does not have it', async () => {
		const fresh = await rebuilt();
		const methodist = await fresh.town.signInAs('methodist');
		const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
		const codesOf = async (id: string): Promise<string[]> => {
			const { body } = await methodist.post(`/api/campaigns/${id}/links`, { school_id: 'S2' });
			return linkItem
				.array()
				.parse(body)
				.map(({ code }) => code);
		};
		const type = (token: string) =>
			request(fresh.town.app)
				.post('/api/session/link')
				.set('accept-language', 'ru')
				.send({ token, is_typed: true });
		const [code, other] = await codesOf(fresh.campaign);
		const wrong = await type('AAAAA-AAAAA');
		expectProblem(wrong, 404, 'code-unknown');
		expect(wrong.body.detail).toContain('Проверьте каждый знак');
		expectProblem(await type('AAA'), 404, 'code-unknown');
		const later = await runCampaign(fresh.town, 'open', [SELF], { opens_on: day(3), closes_on: day(9) });
		expectProblem(await type((await codesOf(later))[0]!), 403, 'code-not-open');
		const past = await runCampaign(fresh.town, 'open', [SELF], { opens_on: day(-9), closes_on: day(-3) });
		expectProblem(await type((await codesOf(past))[0]!), 403, 'code-expired');
		const entered = await type(code!);
		const visitor = agentOf(fresh.town.app, cookiesOf(entered.headers), entered.body.csrf);
		expect((await answer(visitor, fresh.campaign, SELF)).status).toBe(201);
		expectProblem(await type(code!), 403, 'code-used-up');
		await moveCampaign(methodist, fresh.campaign, ['closed']);
		expectProblem(await type(other!), 403, 'code-closed');
		// Replaced and never made read alike: whoever guesses learns nothing.
		const [, before] = await codesOf(past);
		await codesOf(past);
		const { status, body: replaced } = await type(before!);
		expect({ status, ...replaced }).toEqual({ status: wrong.status, ...wrong.body });
		for (let round = 0; round < 100; round++) await type(`AAAAA-AAA${round}A`);
		expectProblem(await type('AAAAA-AAAAA'), 429, 'too-many-attempts');
	});

	it('stops working, with its sessions, when a fresh one is made', async () => {
		const fresh = await rebuilt();
		const visitor = await fresh.enter(fresh.tokens[0]!);
		expect((await visitor.get('/api/my/diagnostics')).status).toBe(200);
		await fresh.links('S1', fresh.campaign);
		await new Promise((resolve) => setTimeout(resolve, 1_050));
		expectProblem(await visitor.get('/api/my/diagnostics'), 401);
		expectProblem(await fresh.open(fresh.tokens[0]!), 404, 'link-unknown');
	});

	/** Another town: the attempts of the tests before do not count in it. */
	async function rebuilt() {
		const own = await buildTown(await open());
		const id = await runCampaign(own, 'open');
		const links = async (school: string, of: string): Promise<string[]> => {
			const methodist = await own.signInAs('methodist');
			const reply = await methodist.post(`/api/campaigns/${of}/links`, { school_id: school });
			return linkItem
				.array()
				.parse(reply.body)
				.map(({ url }) => url.split('#')[1]!);
		};
		const openOwn = (token: string) => request(own.app).post('/api/session/link').send({ token });
		return {
			town: own,
			campaign: id,
			tokens: await links('S1', id),
			links,
			open: openOwn,
			enter: async (token: string) => {
				const reply = await openOwn(token);
				return agentOf(own.app, cookiesOf(reply.headers), reply.body.csrf);
			},
		};
	}

	it('of a running campaign lets its holder answer', async () => {
		const fresh = await rebuilt();
		const reply = await answer(await fresh.enter(fresh.tokens[4]!), fresh.campaign, SELF, { place: 1 });
		expect(reply.status, reply.text).toBe(201);
		await fresh.town.settle();
		const { body } = await (await fresh.town.signInAs('methodist')).get(
			`/api/campaigns/${fresh.campaign}/response-rate`,
		);
		expect(body).toMatchObject({ invited: 13, answered: 1 });
	});
});
