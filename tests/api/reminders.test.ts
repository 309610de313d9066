import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '#data/import/workbook.ts';
import { claimDelivery } from '#data/records/diagnostics/deliveries.ts';
import { holdReminder, recordReminder } from '#data/records/diagnostics/reminders.ts';
import { deliveryItem, reminderPlan, reminderPreview } from '#server/contract/campaign-centre.ts';
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
		await Promise.all([sender.run(id), other.run(id)]);
		await finished(id);
		await Promise.all([sender.run(id), other.run(id)]);
		expect(mail.received.map(({ to }) => to).toSorted()).toEqual([3, 4, 5].map(address));
		const [item] = (await plan()).items;
		expect(item).toMatchObject({ state: 'sent', sent: 3, refused: 1, uncertain: 0 });
		const { body: rows } = await methodist.get(path(`/${id}/deliveries`));
		const refused = rows.find((row: { email: string }) => row.email === address(6));
		expect(refused).toMatchObject({
			state: 'refused',
			answer: expect.stringContaining('no such mailbox'),
			is_address_refused: true,
		});
	});

	it('is not sent again to an address that was not accepted, until the registry has another', async () => {
		const show = async () =>
			reminderPreview.parse((await methodist.post(path('/preview'), { school_id: 'S1', ...letter })).body);
		expect((await show()).address_refused).toMatchObject([
			{ full_name: 'Учитель 6 школы S1', email: address(6), answer: expect.stringContaining('550') },
		]);
		expect((await show()).to.map(({ email }) => email)).not.toContain(address(6));
		const { db } = town.records;
		const give = (email: string) =>
			db.updateTable('person').set({ email }).where('full_name', '=', 'Учитель 6 школы S1').execute();
		await give('another@school.example');
		expect((await show()).to.map(({ email }) => email)).toContain('another@school.example');
		await give(address(6).toUpperCase());
		expect((await show()).address_refused).toHaveLength(1);
		// Somebody knows better: the address may be tried again, by who runs the campaign.
		const retry = (agent: Agent, email: string) => agent.post(path('/retry-address'), { email });
		expectProblem(await retry(await town.signInAs('coordinator'), address(6)), 403);
		expectProblem(await retry(await town.signInAs('neighbour'), address(6)), 404);
		expectProblem(await retry(methodist, 'stranger@school.example'), 404);
		expect((await retry(methodist, address(6))).status).toBe(204);
		expect((await show()).address_refused).toEqual([]);
		await give(address(6));
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
		await sender.run(reminder_id);
		expect(mail.received).toHaveLength(before);
		// The other server has died: its lease runs out.
		await db.updateTable('reminder').set({ lease_until: past }).where('id', '=', reminder_id).execute();
		await sender.run(reminder_id);
		const sent = mail.received.slice(before).map(({ to }) => to);
		expect(sent.toSorted()).toEqual([1, 2, 3, 5].map(address));
		const { body } = await methodist.get(`/api/campaigns/${second}/reminders`);
		// The sixth address is known not to be accepted: it is not even tried.
		expect(body.items[0]).toMatchObject({ state: 'sent', sent: 4, refused: 0, uncertain: 1 });
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
		await away.run(reminder_id);
		const where = `/api/campaigns/${third}/reminders`;
		const [waiting] = (await methodist.get(where)).body.items;
		expect(waiting).toMatchObject({ state: 'planned', is_sending: false, sent: 0 });
		expect(waiting.problem).toContain('ECONNREFUSED');
		const before = mail.received.length;
		await sender.run(reminder_id);
		expect(mail.received.slice(before)).toHaveLength(5);
	});

	/** A reminder of S1 for today in a campaign of its own; gives what its letters became. */
	async function startOne() {
		const id = await runCampaign(town, 'open');
		const reminder_id = randomUUID();
		await town.records.transaction((trx) =>
			recordReminder(trx, {
				id: reminder_id,
				campaign_id: id,
				school_id: 'S1',
				send_on: today(),
				...letter,
				created_by: 'test',
				created_at: new Date().toISOString(),
			}),
		);
		const where = `/api/campaigns/${id}/reminders`;
		return {
			id,
			send: () => sender.run(reminder_id),
			async item() {
				return reminderPlan.parse((await methodist.get(where)).body).items[0]!;
			},
			async letterTo(email: string) {
				const { body } = await methodist.get(`${where}/${reminder_id}/deliveries`);
				return deliveryItem
					.array()
					.parse(body)
					.find((row) => row.email === email);
			},
			/** the wait is over */
			async passTime() {
				const { db } = town.records;
				const past = new Date(Date.now() - 1000).toISOString();
				await db.updateTable('reminder').set({ resume_at: past }).where('id', '=', reminder_id).execute();
				await db
					.updateTable('reminder_delivery')
					.set({ retry_at: past })
					.where('reminder_id', '=', reminder_id)
					.where('state', '=', 'deferred')
					.execute();
				await sender.run(reminder_id);
			},
		};
	}

	it('is offered again to a mail server that put it off, after a while and to nobody twice', async () => {
		mail.accept(address(6));
		await town.records.db.deleteFrom('refused_address').execute();
		mail.defer(address(3), 1);
		const one = await startOne();
		const before = mail.received.length;
		await one.send();
		expect(await one.item()).toMatchObject({ state: 'planned', sent: 5, deferred: 1, refused: 0 });
		expect(await one.letterTo(address(3))).toMatchObject({ state: 'deferred', attempts: 1 });
		// Not before its time.
		await one.send();
		expect(mail.received.slice(before)).toHaveLength(5);
		await one.passTime();
		expect(await one.item()).toMatchObject({ state: 'sent', sent: 6, deferred: 0 });
		expect(await one.letterTo(address(3))).toMatchObject({ state: 'sent', attempts: 2, retry_at: null });
		const sent = mail.received.slice(before).map(({ to }) => to);
		expect(sent.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map(address));
	});

	it('is given up after three tries, and dropped for who has answered meanwhile', async () => {
		mail.defer(address(3), 99);
		mail.defer(address(1), 99);
		const one = await startOne();
		await one.send();
		expect(await one.item()).toMatchObject({ sent: 4, deferred: 2 });
		expect((await answer(await town.signInAs('teacher'), one.id, SELF)).status).toBe(201);
		await one.passTime();
		expect(await one.letterTo(address(1))).toBeUndefined();
		expect(await one.letterTo(address(3))).toMatchObject({ state: 'deferred', attempts: 2 });
		await one.passTime();
		expect(await one.item()).toMatchObject({ state: 'sent', deferred: 0, refused: 1 });
		const last = await one.letterTo(address(3));
		expect(last).toMatchObject({ state: 'given_up', attempts: 3, is_address_refused: false });
		const after = mail.received.length;
		await one.passTime();
		expect(mail.received).toHaveLength(after);
		mail.defer(address(3), 0);
		mail.defer(address(1), 0);
	});

	it.each([
		['a full mailbox', '5.2.2 mailbox full', 552, false],
		['a policy against the sender', '5.7.1 relaying denied', 550, false],
		['an unknown mailbox', '5.1.1 user unknown', 550, true],
		['a mailbox that is switched off', '5.2.1 mailbox disabled', 550, true],
	])(
		'takes %s for what it is: the address is at fault, or it is not',
		async (_what, words, code, isAtFault) => {
			mail.refuse(address(4), words, code);
			const one = await startOne();
			await one.send();
			const refused = await one.letterTo(address(4));
			expect(refused).toMatchObject({ state: 'refused', is_address_refused: isAtFault });
			mail.accept(address(4));
			await town.records.db.deleteFrom('refused_address').execute();
		},
	);

	it.each([
		['in silence', ''],
		['with words that close it', '421 4.3.2 shutting down'],
	])('goes out once when the connection ends %s after the whole letter', async (_how, words) => {
		const one = await startOne();
		const before = mail.received.length;
		mail.dropAfterNext(words);
		await one.send();
		expect(await one.item()).toMatchObject({ state: 'sent', sent: 5, uncertain: 1, deferred: 0 });
		await one.passTime();
		const sent = mail.received.slice(before).map(({ to }) => to);
		expect(sent.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map(address));
	});

	it('is offered again where the mail server turned the connection away at the door', async () => {
		const one = await startOne();
		const before = mail.received.length;
		// The first connection asks whether the server is there, the second would have carried a letter.
		mail.turnAwaySecond();
		await one.send();
		expect(await one.item()).toMatchObject({ state: 'planned', sent: 0, uncertain: 0 });
		expect((await one.item()).problem).toContain('too many connections');
		await one.send();
		expect(await one.item()).toMatchObject({ state: 'sent', sent: 6 });
		expect(mail.received.slice(before)).toHaveLength(6);
	});

	it('that is asked for today takes no other along that waits for its hour', async () => {
		const one = await startOne();
		const other = await startOne();
		const before = mail.received.length;
		await one.send();
		expect(await one.item()).toMatchObject({ state: 'sent', sent: 6 });
		expect(await other.item()).toMatchObject({ state: 'planned', sent: 0 });
		expect(mail.received.slice(before)).toHaveLength(6);
		await methodist.delete(`/api/campaigns/${other.id}/reminders/${(await other.item()).reminder_id}`);
	});

	it('can be cancelled while letters wait, and those go nowhere', async () => {
		mail.defer(address(5), 1);
		const one = await startOne();
		await one.send();
		const item = await one.item();
		const path = `/api/campaigns/${one.id}/reminders/${item.reminder_id}`;
		expect((await methodist.delete(path)).body.items[0]).toMatchObject({ state: 'cancelled', deferred: 0 });
		const before = mail.received.length;
		await one.passTime();
		expect(mail.received).toHaveLength(before);
	});

	const asFile = async (id: string, format: string, school_id: string | null = 'S1') => {
		const body = 'Здравствуйте, {имя}! {кампания} до {срок}: {ссылка}';
		return methodist
			.post(`/api/campaigns/${id}/reminders/list`, { school_id, format, body })
			.buffer(true)
			.parse((response, callback) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('end', () => callback(null, Buffer.concat(parts)));
			});
	};

	it('has a list for messengers as a workbook: those missing alone, with codes that can be typed', async () => {
		const fourth = await runCampaign(town, 'open', [SELF], { title: '=HYPERLINK("http://x")' });
		expect((await answer(await town.signInAs('teacher'), fourth, SELF)).status).toBe(201);
		const { db } = town.records;
		const name = { old: 'Учитель 7 школы S1', new: '=cmd|x Учитель' };
		await db.updateTable('person').set({ full_name: name.new }).where('full_name', '=', name.old).execute();
		const reply = await asFile(fourth, 'xlsx');
		expect(reply.status).toBe(200);
		const [sheet] = await readWorkbook(reply.body, 'list.xlsx');
		const [head, ...rows] = sheet!.rows;
		expect(head).toEqual([
			'ФИО',
			'Школа',
			'Личная ссылка',
			'Код для ввода',
			'Последний день',
			'Текст сообщения',
		]);
		// The teacher has answered and the colleague has not: six are left.
		expect(rows).toHaveLength(6);
		expect(rows.map(([full_name]) => full_name)).not.toContain('Учитель 1 школы S1');
		expect(rows.map(([full_name]) => full_name)).toContain(`'${name.new}`);
		const row = rows.find(([full_name]) => full_name === 'Учитель 5 школы S1')!;
		const [, school, link, code, , text] = row.map(String);
		expect(school).toBe('Школа S1');
		expect(text).toMatch(/^Здравствуйте, Учитель 5 школы S1! =HYPERLINK/);
		expect(text).toContain(link);
		await db.updateTable('person').set({ full_name: name.old }).where('full_name', '=', name.new).execute();
		const typed = ` ${code!.toLowerCase().replaceAll('a', 'а')} `;
		const entered = await request(town.app).post('/api/session/link').send({ token: typed, is_typed: true });
		expect(entered.status, entered.text).toBe(200);
		expect(entered.body.session.name).toBe('Учитель 5 школы S1');
		const csv = await asFile(fourth, 'csv');
		expect(csv.body.toString()).toContain('Учитель 5 школы S1;Школа S1;https://opora.example/link#');
		await methodist.post(`/api/campaigns/${fourth}/links`, { school_id: 'S1' });
		const ended = await request(town.app).post('/api/session/link').send({ token: code, is_typed: true });
		expectProblem(ended, 404, 'code-unknown');
	});

	it('lists nobody’s links to others, without a link in the text, or when nobody is missing', async () => {
		const fifth = await runCampaign(town, 'open');
		const where = `/api/campaigns/${fifth}/reminders/list`;
		const body = { school_id: 'S1', format: 'xlsx', body: 'Ответьте: {ссылка}' };
		expectProblem(await methodist.post(where, { ...body, body: 'Ответьте' }), 422, 'invalid-body');
		expectProblem(await methodist.post(where, { ...body, school_id: 'S3' }), 404);
		for (const login of ['coordinator', 'leader', 'teacher'])
			expectProblem(await (await town.signInAs(login)).post(where, body), 403, 'forbidden');
		const draft = await runCampaign(town, 'approved');
		expectProblem(
			await methodist.post(`/api/campaigns/${draft}/reminders/list`, body),
			409,
			'nobody-missing',
		);
	});

	it('is no matter of an anonymous campaign', async () => {
		const hidden = await runCampaign(town, 'open', [SELF], { mode: 'anonymous' });
		const where = `/api/campaigns/${hidden}/reminders`;
		expectProblem(await methodist.get(where), 409, 'anonymous-not-reminded');
		const list = { school_id: null, format: 'xlsx', body: letter.body };
		expectProblem(await methodist.post(`${where}/list`, list), 409, 'anonymous-not-reminded');
	});
});
