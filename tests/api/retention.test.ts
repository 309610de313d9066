import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { verifyAudit } from '#data/records/audit.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { answerFile } from '#server/contract/answer-files.ts';
import { campaignDetail, linkItem } from '#server/contract/diagnostics.ts';
import { myData } from '#server/contract/my-data.ts';
import { observationCampaign } from '#server/contract/observations.ts';
import { enforceRetention } from '#server/jobs/retention.ts';
import { answersToEveryType, everyTypeVersion } from '../support/every-type.ts';
import { pngWithMetadata } from '../support/pictures.ts';
import { eachDialect } from '../support/records.ts';
import { answersTo, runCampaign, SELF } from './campaign.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

const FORM = 'lesson-observation';
const TEXT = 'Мария Ивановна просит помощи';

eachDialect('answers whose time of keeping is over', (open) => {
	let town: Town;
	let teacher: Agent;
	let methodist: Agent;
	let campaign: string;
	let later: string;
	/** the last day on which full answers are kept, and the day after */
	let last: string;
	let over: string;
	let ties: { codes: string[]; accounts: string[] };

	beforeAll(async () => {
		town = await buildTown(await open());
		await town.records.db.insertInto('instrument_version').values(everyTypeVersion).execute();
		teacher = await town.signInAs('teacher');
		methodist = await town.signInAs('methodist');
		campaign = await runCampaign(town, 'open', ['every-type', SELF, FORM]);
		later = await runCampaign(town, 'open', [SELF], {
			closes_on: new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10),
		});
		last = (await readCampaign()).retention_until;
		over = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
		for (const id of [campaign, later])
			await teacher.post(`/api/my/diagnostics/${id}/consent`, { give: true, methodist: true });
		const upload = async (question: string) => {
			const reply = await teacher
				.post(`/api/my/diagnostics/${campaign}/every-type/files?question=${question}&file_name=a.png`)
				.set('content-type', 'application/octet-stream')
				.send(pngWithMetadata() as unknown as object);
			return answerFile.parse(reply.body).reference;
		};
		await submit(`my/diagnostics/${campaign}/every-type`, {
			...answersToEveryType(3),
			file: [{ name: 'a.png', type: 'image/png', content: await upload('file') }],
			signaturepad: await upload('signaturepad'),
		});
		await submit(`my/diagnostics/${later}/${SELF}`, answersTo(SELF, 1));
		await teacher.put(`/api/my/diagnostics/${campaign}/${SELF}/draft`, { answers: {}, page: 0, base: 0 });
		const listed = observationCampaign.array().parse((await methodist.get('/api/observations')).body);
		const code = listed[0]?.teachers[0]?.participant_code;
		await submit(
			`observations/${campaign}/${code}/${FORM}`,
			{ ...answersTo(FORM, -1), strength: TEXT },
			methodist,
		);
		const taken = await teacher.post(`/api/my/data/campaigns/${campaign}/withdraw`, { purpose: 'methodist' });
		expect(taken.status, taken.text).toBe(200);
		await byLink();
		await town.settle();
		ties = await readTies();
	});

	/** Another teacher comes by a link, reads the own data and takes it along. */
	async function byLink() {
		const made = await methodist.post(`/api/campaigns/${campaign}/links`, { school_id: 'S2' });
		const token = linkItem.array().parse(made.body)[0]!.url.split('#')[1];
		const entered = await request(town.app).post('/api/session/link').send({ token });
		expect(entered.status, entered.text).toBe(200);
		const visitor = agentOf(town.app, cookiesOf(entered.headers), entered.body.csrf);
		await visitor.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: true });
		await visitor.post(`/api/my/data/campaigns/${campaign}/withdraw`, { purpose: 'methodist' });
		expect((await visitor.get('/api/my/data/file?format=json')).status).toBe(200);
	}

	/** Codes of the campaign, and the accounts and people that they must lead to no more. */
	async function readTies() {
		const { db } = town.records;
		const codes = await db
			.selectFrom('participant')
			.select('participant_code')
			.where('campaign_id', '=', campaign)
			.execute();
		const accounts = await db
			.selectFrom('account_person')
			.innerJoin('identity', 'identity.person_id', 'account_person.person_id')
			.innerJoin('participant', 'participant.participant_code', 'identity.participant_code')
			.select('account_person.account_id')
			.where('participant.campaign_id', '=', campaign)
			.execute();
		return {
			codes: codes.map(({ participant_code }) => participant_code),
			accounts: accounts.map(({ account_id }) => account_id),
		};
	}

	async function submit(path: string, answers: object, agent = teacher) {
		const { response_id } = (await agent.get(`/api/${path}`)).body;
		const body = { response_id, answers, started_at: '2026-01-01T10:11:12.000Z', duration_seconds: 300 };
		const reply = await agent.post(`/api/${path}/response`, body);
		expect(reply.status, reply.text).toBe(201);
	}
	const readCampaign = async () =>
		campaignDetail.parse((await methodist.get(`/api/campaigns/${campaign}`)).body);
	const ask = async (sql: string) => rowsOf(await town.warehouse.ask(sql));
	const scores = () =>
		ask(`select response_id, scale, points, max_points, percent, scale_score.n_answered
			from scale_score join response using (response_key) order by all`);
	const quality = () =>
		ask('select response_id, submitted_on, duration_seconds, n_asked, n_answered from response order by all');
	const count = async (table: 'identity' | 'answer_file' | 'draft' | 'participant_key'): Promise<number> => {
		const { n } = await town.records.db
			.selectFrom(table)
			.innerJoin('participant', 'participant.participant_code', `${table}.participant_code`)
			.select(({ fn }) => fn.countAll<number>().as('n'))
			.where('participant.campaign_id', '=', campaign)
			.executeTakeFirstOrThrow();
		return Number(n);
	};

	it('stay whole up to and with their last day', async () => {
		await enforceRetention(town.records, town.log, last);
		expect((await readCampaign()).deidentified_at).toBeNull();
		expect(await count('identity')).toBe(13);
		expect(await count('answer_file')).toBe(2);
	});

	it('lose the people, the words and the files on the day after; what analysis counts stays as it was', async () => {
		const [scored, described] = [await scores(), await quality()];
		expect(scored.length).toBeGreaterThan(2);
		expect(await ask('select 1 from open_answer')).not.toEqual([]);
		await enforceRetention(town.records, town.log, over);
		await town.settle();
		for (const table of ['identity', 'answer_file', 'draft', 'participant_key'] as const)
			expect(await count(table), table).toBe(0);
		const kept = await town.records.db
			.selectFrom('response')
			.selectAll()
			.where('campaign_id', '=', campaign)
			.unionAll(
				town.records.db
					.selectFrom('observation')
					.select(['id', 'campaign_id', 'participant_code', 'instrument', 'version', 'answers'])
					.select(['started_at', 'submitted_at', 'duration_seconds'])
					.where('campaign_id', '=', campaign),
			)
			.execute();
		expect(kept).toHaveLength(2);
		const before = answersToEveryType(3);
		for (const { answers, started_at, submitted_at } of kept) {
			expect(started_at).toBeNull();
			expect(submitted_at).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/);
			expect(answers).not.toContain('Мария');
			expect(answers).not.toContain('file/');
			expect(answers).not.toContain(String(before.comment));
		}
		const own = JSON.parse(kept.find(({ instrument }) => instrument === 'every-type')!.answers);
		expect(own).toMatchObject({ rating: before.rating, radiogroup: before.radiogroup });
		const participants = await town.records.db
			.selectFrom('participant')
			.select(['link_hash', 'position'])
			.distinct()
			.where('campaign_id', '=', campaign)
			.execute();
		expect(participants).toEqual([{ link_hash: null, position: null }]);
		expect(await scores()).toEqual(scored);
		expect(await quality()).toEqual(described);
		expect(await ask('select 1 from open_answer')).toEqual([]);
		expect(agrees(await verifyWarehouse(town.records, town.warehouse))).toBe(true);
	});

	it('are tied to nobody by the log, nor by the time at which anything came', async () => {
		const { db } = town.records;
		const { codes, accounts } = ties;
		expect(codes).toHaveLength(13);
		expect(accounts.length).toBeGreaterThan(0);
		const log = await db.selectFrom('audit').selectAll().execute();
		expect(log.filter(({ action }) => action === 'withdraw-consent').map(({ object }) => object)).toEqual([
			`campaign/${campaign}`,
			`campaign/${campaign}`,
		]);
		const entries = log.filter(({ action }) => action === 'enter-by-link');
		expect(entries.map(({ who }) => who)).toEqual(['participant']);
		const naming = log.filter((line) => codes.some((code) => JSON.stringify(line).includes(code)));
		// Only what somebody else did to a code: nobody's own act names it.
		expect(new Set(naming.map(({ action }) => action))).toEqual(new Set(['record-observation']));
		for (const { who } of naming) expect([...codes, ...accounts, 'participant']).not.toContain(who);
		const ids = [
			...(await db.selectFrom('response').select('id').where('campaign_id', '=', campaign).execute()),
			...(await db.selectFrom('observation').select('id').where('campaign_id', '=', campaign).execute()),
		].map(({ id }) => id);
		const changes = await db.selectFrom('change').select(['kind', 'subject', 'at']).execute();
		const came = changes.filter(({ subject }) => ids.includes(subject));
		expect(came).toHaveLength(2);
		const agreed = changes.filter(({ kind, subject }) => kind === 'consent' && subject === campaign);
		expect(agreed.length).toBeGreaterThan(0);
		for (const { at } of [...came, ...agreed]) expect(at).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/);
		// Those of a campaign that is still kept are as they were.
		const others = changes.filter(({ kind, subject }) => kind === 'responses' && !ids.includes(subject));
		expect(others.some(({ at }) => !at.endsWith('T00:00:00.000Z'))).toBe(true);
	});

	it('are nobody’s any more, and the act is in the log, once', async () => {
		const data = myData.parse((await teacher.get('/api/my/data')).body);
		expect(data.invitations.map(({ campaign_id }) => campaign_id)).toEqual([later]);
		await Promise.all([
			enforceRetention(town.records, town.log, over),
			enforceRetention(town.records, town.log, over),
		]);
		const acts = await town.records.db.selectFrom('deidentification').selectAll().execute();
		expect(acts).toEqual([
			{ campaign_id: campaign, done_at: expect.any(String), people: 13, responses: 2, files: 2, drafts: 1 },
		]);
		expect((await readCampaign()).deidentified_at).toBe(acts[0]?.done_at);
		const lines = await town.records.db
			.selectFrom('audit')
			.select(['who', 'object', 'purpose'])
			.where('action', '=', 'deidentify')
			.execute();
		expect(lines).toEqual([
			{
				who: 'server',
				object: `campaign/${campaign}`,
				purpose: 'people=13 responses=2 files=2 drafts=1',
			},
		]);
		expect(await verifyAudit(town.records.db)).toBeNull();
	});
});
