import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { recordGrant } from '#data/records/registry/grants.ts';
import { createAccount } from '#server/accounts.ts';
import { draftDetail, fileReply, versionDetail, workshopOverview } from '#server/contract/workshop.ts';
import { eachDialect } from '../support/records.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, PASSWORD, signInAgent, type Town } from './town.ts';

eachDialect('the workshop for several municipalities', (open) => {
	let town: Town;
	/** methodist of M1 and M2 */
	let both: Agent;
	/** methodist of the region R1 */
	let region: Agent;
	let first: Agent;
	let second: Agent;
	const made: { instrument: string; version: number } = { instrument: '', version: 0 };

	beforeAll(async () => {
		town = await buildTown(await open());
		const join = async (login: string, places: string[]) => {
			const account_id = await createAccount(town.signIn, { login, name: login, password: PASSWORD });
			for (const place of places)
				await recordGrant(town.records.db, { account_id, role: 'methodist', place });
			return signInAgent(town.app, login, PASSWORD);
		};
		both = await join('both', ['municipality/M1', 'municipality/M2']);
		region = await join('wide', ['region/R1']);
		first = await town.signInAs('methodist');
		second = await town.signInAs('neighbour');
	});

	const overview = async (agent: Agent) => workshopOverview.parse((await agent.get('/api/workshop')).body);
	const create = (agent: Agent, municipality_id?: string) =>
		agent.post('/api/workshop/drafts', {
			from: { kind: 'template', template: 'self-assessment' },
			...(municipality_id ? { municipality_id } : {}),
		});
	const draftOf = async (agent: Agent, id: string) => agent.get(`/api/workshop/drafts/${id}`);

	it('asks whose a new instrument is, and only of those who have a choice', async () => {
		expect((await overview(both)).homes.map(({ municipality_id }) => municipality_id)).toEqual(['M1', 'M2']);
		expect((await overview(region)).homes.map(({ name }) => name)).toEqual(['Округ 1', 'Округ 2']);
		expect((await overview(first)).homes).toHaveLength(1);
		expectProblem(await create(both), 422, 'municipality-needed');
		expectProblem(await create(both, 'M3'), 422, 'unknown-place');
		expect((await create(first)).status).toBe(201);
	});

	it('shows a draft to the people of its municipality, who review and publish it', async () => {
		const created = await create(both, 'M2');
		expect(created.status, created.text).toBe(201);
		const id = created.body.draft_id;
		const draft = draftDetail.parse((await draftOf(both, id)).body);
		expect(draft.home).toEqual({ municipality_id: 'M2', name: 'Округ 2' });
		expectProblem(await draftOf(first, id), 404, 'not-found');
		const state = `/api/workshop/drafts/${id}/state`;
		const { revision } = draft;
		expect((await both.post(state, { to: 'in_review', revision })).status).toBe(200);
		expectProblem(await both.post(state, { to: 'published', revision }), 403, 'own-draft');
		expectProblem(await first.post(state, { to: 'published', revision }), 404, 'not-found');
		const published = await second.post(state, { to: 'published', revision, comment: 'Хорошо' });
		expect(published.status, published.text).toBe(200);
		made.instrument = draft.instrument;
		made.version = 1;
		for (const agent of [both, region, second]) {
			const { versions } = await overview(agent);
			const own = versions.find(({ instrument }) => instrument === draft.instrument);
			expect(own?.home?.municipality_id).toBe('M2');
			expect(versions.find(({ instrument }) => instrument === 'needs-survey')?.home).toBeNull();
		}
		expect((await overview(first)).versions.map(({ instrument }) => instrument)).not.toContain(
			draft.instrument,
		);
	});

	it('keeps a further version where the instrument is; a copy may belong elsewhere', async () => {
		const start = (kind: 'version' | 'copy', municipality_id?: string) =>
			both.post('/api/workshop/drafts', {
				from: { kind, ...made },
				...(municipality_id ? { municipality_id } : {}),
			});
		expectProblem(await start('version', 'M1'), 422, 'version-stays-home');
		const next = await start('version');
		expect(next.status, next.text).toBe(201);
		const follows = draftDetail.parse((await draftOf(both, next.body.draft_id)).body);
		expect(follows).toMatchObject({ home: { municipality_id: 'M2' }, based_on: 1 });
		expectProblem(await start('copy'), 422, 'municipality-needed');
		const copy = await start('copy', 'M1');
		expect((await draftOf(first, copy.body.draft_id)).status).toBe(200);
		const version = versionDetail.parse(
			(await both.get(`/api/workshop/versions/${made.instrument}/${made.version}`)).body,
		);
		expect(version.home?.name).toBe('Округ 2');
	});

	it('looks at a file without a place, and stores it at the one that is named', async () => {
		const upload = (store: 'yes' | 'no', municipality?: string) =>
			request(town.app)
				.post(
					`/api/workshop/files?${new URLSearchParams({
						file_name: 'survey.json',
						store,
						...(municipality ? { municipality_id: municipality } : {}),
					})}`,
				)
				.set('cookie', region.cookie)
				.set('x-csrf-token', region.csrf)
				.set('content-type', 'application/octet-stream')
				.send(
					Buffer.from(
						JSON.stringify({
							title: 'Опрос района',
							elements: [{ type: 'radiogroup', name: 'q1', title: 'Вопрос', choices: ['да', 'нет'] }],
						}),
					),
				);
		const looked = await upload('no');
		expect(looked.status, looked.text).toBe(200);
		expect(fileReply.parse(looked.body).draft_id).toBeNull();
		expectProblem(await upload('yes'), 422, 'municipality-needed');
		const stored = fileReply.parse((await upload('yes', 'M1')).body);
		expect((await draftOf(first, stored.draft_id!)).status).toBe(200);
		expectProblem(await draftOf(second, stored.draft_id!), 404, 'not-found');
	});
});
