import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimDelivery, holdReminder, recordReminder } from '#data/records/diagnostics/reminders.ts';
import { reminderPlan, reminderPreview } from '#server/contract/campaign-centre.ts';
import { createReminderSender, type ReminderSender } from '#server/jobs/reminders.ts';
import { REMINDER_PRESET } from '#server/reminder-text.ts';
import { today } from '#server/today.ts';
import { type MailServer, readLetter, startMailServer } from '../support/mail.ts';
import { eachDialect } from '../support/records.ts';
import { answer, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, agentOf, buildTown, cookiesOf, type Town } from './town.ts';

const letter = REMINDER_PRESET;

eachDialect('a reminder', (open) => {
	let town: Town;
	let mail: MailServer;
	let campaign: string;
	let methodist: Agent;
	let sender: ReminderSender;
	const address = (n: number) => `t${n}@school.example`;

	beforeAll(async () => {
		town = await buildTown(await open());
		mail = await startMailServer();
		Object.assign(town.config, { SMTP_URL: mail.url, PUBLIC_URL: 'https://opora.example' });
		sender = createReminderSender(town);
		methodist = await town.signInAs('methodist');
		campaign = await runCampaign(town, 'open');
		// Teacher 7 has no address; 1 has answered, 2 has refused.
		for (let n = 1; n <= 6; n++)
			await town.records.db
				.updateTable('person')
				.set({ email: address(n) })
				.where('full_name', '=', `Учитель ${n} школы S1`)
				.execute();
		expect((await answer(await town.signInAs('teacher'), campaign, SELF)).status).toBe(201);
		const refusing = await town.signInAs('colleague');
		await refusing.post(`/api/my/diagnostics/${campaign}/consent`, { give: false, methodist: false });
	});
	afterAll(() => mail.close());

	const path = (rest = '') => `/api/campaigns/${campaign}/reminders${rest}`;
	const plan = async () => reminderPlan.parse((await methodist.get(path())).body);
	const finished = async (id: string) =>
		expect
			.poll(async () => (await plan()).items.find(({ reminder_id }) => reminder_id === id)?.state, {
				timeout: 15_000,
			})
			.toBe('sent');

	it('is previewed by name: those missing, and nobody who answered or refused', async () => {
		const reply = await methodist.post(path('/preview'), { school_id: 'S1', ...letter });
		const preview = reminderPreview.parse(reply.body);
		expect(preview.to.map(({ email }) => email)).toEqual([3, 4, 5, 6].map(address));
		expect(preview.without_email).toEqual([{ full_name: 'Учитель 7 школы S1', school_name: 'Школа S1' }]);
		expect(preview.sample.body).toContain('Учитель 3 школы S1, здравствуйте!');
		const whole = await methodist.post(path('/preview'), { school_id: null, ...letter });
		expect(whole.body.without_email).toHaveLength(7);
	});

	it('is refused without a link, with an unknown word, to another’s school and to other roles', async () => {
		const id = randomUUID();
		const body = { reminder_id: id, school_id: 'S1', send_on: today(), ...letter };
		const bad = await methodist.post(path(), { ...body, body: 'Ответьте, {фамилия}' });
		expectProblem(bad, 422, 'invalid-body');
		expect(bad.body.issues).toHaveLength(2);
		expectProblem(await methodist.post(path(), { ...body, school_id: 'S3' }), 404);
		expectProblem(await methodist.post(path(), { ...body, send_on: '2020-01-01' }), 422);
		for (const login of ['coordinator', 'leader', 'teacher'])
			expectProblem(await (await town.signInAs(login)).post(path(), body), 403, 'forbidden');
		const foreign = await town.signInAs('neighbour');
		expectProblem(await foreign.post(path('/preview'), { school_id: null, ...letter }), 404);
		expect((await plan()).items).toEqual([]);
	});

	it('goes to those missing and to nobody else, once, however often it is asked for', async () => {
		mail.refuse(address(6));
		const id = randomUUID();
		const body = { reminder_id: id, school_id: 'S1', send_on: today(), ...letter };
		expect((await methodist.post(path(), body)).status).toBe(201);
		expect((await methodist.post(path(), body)).status).toBe(201);
		const other = createReminderSender(town);
		await Promise.all([sender.run(true), other.run(true)]);
		await finished(id);
		await Promise.all([sender.run(true), other.run(true)]);
		expect(mail.received.map(({ to }) => to).toSorted()).toEqual([3, 4, 5].map(address));
		const [item] = (await plan()).items;
		expect(item).toMatchObject({ state: 'sent', sent: 3, refused: 1, uncertain: 0 });
		const { body: rows } = await methodist.get(path(`/${id}/deliveries`));
		const refused = rows.find((row: { email: string }) => row.email === address(6));
		expect(refused).toMatchObject({ state: 'refused', answer: expect.stringContaining('no such mailbox') });
	});

	it('carries a link that opens the survey, beside the links handed out before', async () => {
		const made = await methodist.post(`/api/campaigns/${campaign}/links`, { school_id: 'S2' });
		expect(made.status).toBe(200);
		const text = readLetter(mail.received.find(({ to }) => to === address(3))!);
		expect(text).toContain('Учитель 3 школы S1, здравствуйте!');
		const token = /https:\/\/opora\.example\/link#([\w-]+)/.exec(text)![1];
		const entered = await request(town.app).post('/api/session/link').send({ token });
		expect(entered.status, entered.text).toBe(200);
		const visitor = agentOf(town.app, cookiesOf(entered.headers), entered.body.csrf);
		expect((await answer(visitor, campaign, SELF)).status).toBe(201);
	});

	it('stops at two for one person, and leaves out who answered meanwhile', async () => {
		const before = mail.received.length;
		for (const round of [1, 2]) {
			const id = randomUUID();
			await methodist.post(path(), { reminder_id: id, school_id: 'S1', send_on: today(), ...letter });
			await finished(id);
			const sent = mail.received.slice(before).map(({ to }) => to);
			expect(sent.toSorted(), `round ${round}`).toEqual([4, 5].map(address));
		}
	});

	it('is never sent again after a crash in the middle, and the rest still go', async () => {
		const second = await runCampaign(town, 'open');
		const reminder_id = randomUUID();
		const codes = await town.records.db
			.selectFrom('identity')
			.innerJoin('participant', 'participant.participant_code', 'identity.participant_code')
			.innerJoin('person', 'person.id', 'identity.person_id')
			.select(['identity.participant_code', 'person.email'])
			.where('participant.campaign_id', '=', second)
			.execute();
		const [crashed] = codes.filter(({ email }) => email === address(4));
		const past = new Date(Date.now() - 60_000).toISOString();
		await town.records.transaction(async (trx) => {
			await recordReminder(trx, {
				id: reminder_id,
				campaign_id: second,
				school_id: 'S1',
				send_on: today(),
				...letter,
				created_by: 'test',
				created_at: past,
			});
			await claimDelivery(trx, { reminder_id, participant_code: crashed!.participant_code, at: past });
		});
		const { db } = town.records;
		const soon = new Date(Date.now() + 60_000).toISOString();
		const now = new Date().toISOString();
		expect(await holdReminder(db, reminder_id, { holder: 'another server', now, until: soon })).toBe(true);
		const before = mail.received.length;
		await sender.run(true);
		expect(mail.received).toHaveLength(before);
		// The other server has died: its lease runs out.
		await db.updateTable('reminder').set({ lease_until: past }).where('id', '=', reminder_id).execute();
		await sender.run(true);
		const sent = mail.received.slice(before).map(({ to }) => to);
		expect(sent.toSorted()).toEqual([1, 2, 3, 5].map(address));
		const { body } = await methodist.get(`/api/campaigns/${second}/reminders`);
		expect(body.items[0]).toMatchObject({ state: 'sent', sent: 4, refused: 1, uncertain: 1 });
	});

	it('waits while the mail server is away, and says so', async () => {
		const third = await runCampaign(town, 'open');
		const away = createReminderSender({
			...town,
			config: { ...town.config, SMTP_URL: 'smtp://127.0.0.1:9' },
		});
		const reminder_id = randomUUID();
		await town.records.transaction((trx) =>
			recordReminder(trx, {
				id: reminder_id,
				campaign_id: third,
				school_id: 'S1',
				send_on: today(),
				...letter,
				created_by: 'test',
				created_at: new Date().toISOString(),
			}),
		);
		await away.run(true);
		const where = `/api/campaigns/${third}/reminders`;
		const [waiting] = (await methodist.get(where)).body.items;
		expect(waiting).toMatchObject({ state: 'planned', is_sending: false, sent: 0 });
		expect(waiting.problem).toContain('ECONNREFUSED');
		const before = mail.received.length;
		await sender.run(true);
		expect(mail.received.slice(before)).toHaveLength(5);
	});

	it('has a list for messengers, with codes that can be typed', async () => {
		const fourth = await runCampaign(town, 'open');
		const { body } = await methodist.post(`/api/campaigns/${fourth}/reminders/list`, { school_id: 'S1' });
		expect(body).toHaveLength(7);
		const { code } = body[4];
		const typed = ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5).replaceAll('A', 'А')} `;
		const entered = await request(town.app).post('/api/session/link').send({ token: typed });
		expect(entered.status, entered.text).toBe(200);
		expect(entered.body.session.name).toBe('Учитель 5 школы S1');
		await methodist.post(`/api/campaigns/${fourth}/links`, { school_id: 'S1' });
		const ended = await request(town.app).post('/api/session/link').send({ token: code });
		expectProblem(ended, 404, 'link-unknown');
	});

	it('is no matter of an anonymous campaign', async () => {
		const hidden = await runCampaign(town, 'open', [SELF], { mode: 'anonymous' });
		const where = `/api/campaigns/${hidden}/reminders`;
		expectProblem(await methodist.get(where), 409, 'anonymous-not-reminded');
		expectProblem(await methodist.post(`${where}/list`, { school_id: null }), 409, 'anonymous-not-reminded');
	});
});
