import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { listChanges } from '#data/records/changes.ts';
import { changeCampaignState, findCampaign, recordCampaign } from '#data/records/diagnostics/campaigns.ts';
import { withdrawConsent } from '#data/records/diagnostics/consents.ts';
import { peopleOfCodes } from '#data/records/diagnostics/identity.ts';
import { inviteParticipants } from '#data/records/diagnostics/participants.ts';
import { recordResponses, responseQueue } from '#data/records/diagnostics/responses.ts';
import { commitQueue } from '#data/records/queue.ts';
import { openRecords } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';
import { agree, response, seedAgreeing } from './seed.ts';

eachDialect('responses', (open, freshPlace, dialect) => {
	if (dialect === 'postgres') {
		it('have what stores them planned once per connection', async () => {
			const records = await open();
			const people = await seedAgreeing(records, 3);
			const queue = responseQueue(records);
			for (const { participant_code } of people)
				expect((await queue.submit(response(participant_code))).outcome).toBe('stored');
			// one after another: all went over the same connection, and so does this
			const { rows } = await sql<{ uses: number }>`
				select generic_plans + custom_plans as uses from pg_prepared_statements
				where statement like '%insert into response%'`.execute(records.db);
			expect(rows).toEqual([{ uses: 3 }]);
		});
	}

	it('are stored once: a repeat succeeds, other content or a second answer is refused', async () => {
		const records = await open();
		const [member] = await seedAgreeing(records, 1);
		const code = member!.participant_code;
		const queue = responseQueue(records);
		const stored = await queue.submit(response(code));
		expect(stored.outcome).toBe('stored');
		const repeat = response(code, {
			answers: '{ "DC02": "text", "DC01": 4 }',
			submitted_at: '2026-10-05T08:11:00.000Z',
		});
		expect(await queue.submit(repeat)).toEqual({ outcome: 'repeated' });
		const other = await queue.submit(response(code, { answers: '{"DC01":1}' }));
		expect(other).toEqual({ outcome: 'refused', code: 'other-content' });
		const second = await queue.submit(response(code, { id: 'another' }));
		expect(second).toEqual({ outcome: 'refused', code: 'already-answered' });
		const rows = await records.db.selectFrom('response').selectAll().execute();
		expect(rows).toEqual([response(code)]);
		const changes = (await listChanges(records, 0, 100)).filter(({ kind }) => kind === 'responses');
		expect(changes).toEqual([
			{
				seq: stored.outcome === 'stored' ? stored.sequence : -1,
				kind: 'responses',
				subject: response(code).id,
			},
		]);
	});

	it('settle twins that arrive in the same moment', async () => {
		const records = await open();
		const [member] = await seedAgreeing(records, 1);
		const queue = responseQueue(records);
		const code = member!.participant_code;
		const outcomes = await Promise.all([
			queue.submit(response(code)),
			queue.submit(response(code)),
			queue.submit(response(code, { id: 'another' })),
		]);
		expect(outcomes).toMatchObject([
			{ outcome: 'stored' },
			{ outcome: 'repeated' },
			{ outcome: 'refused', code: 'already-answered' },
		]);
	});

	it('share commits, each with its change, and tell the listeners', async () => {
		const records = await open();
		const people = await seedAgreeing(records, 700);
		let calls = 0;
		records.onChange(() => {
			calls += 1;
		});
		const queue = responseQueue(records);
		const outcomes = await Promise.all(
			people.map(({ participant_code }) => queue.submit(response(participant_code))),
		);
		expect(outcomes.every(({ outcome }) => outcome === 'stored')).toBe(true);
		expect(calls).toBe(2);
		const changes = (await listChanges(records, 0, 5_000)).filter(({ kind }) => kind === 'responses');
		const ids = people.map(({ participant_code }) => response(participant_code).id);
		expect(changes.map(({ subject }) => subject).toSorted()).toEqual(ids.toSorted());
	});

	it('are not lost because of one beside them that cannot be stored', async () => {
		const records = await open();
		const people = await seedAgreeing(records, 60);
		const rows = people.map(({ participant_code }) => response(participant_code));
		rows[7]!.duration_seconds = -1;
		rows[41]!.submitted_at = null as never;
		const queue = responseQueue(records);
		const outcomes = await Promise.all(rows.map((row) => queue.submit(row)));
		const refused = outcomes.flatMap((outcome, index) => (outcome.outcome === 'refused' ? [index] : []));
		expect(refused).toEqual([7, 41]);
		expect(outcomes[7]).toEqual({ outcome: 'refused', code: 'not-storable' });
		expect(outcomes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(58);
		const { length } = await records.db.selectFrom('response').select('id').execute();
		const changes = (await listChanges(records, 0, 500)).filter(({ kind }) => kind === 'responses');
		expect([length, changes.length]).toEqual([58, 58]);
	});

	it('are refused from strangers, for what was not asked, and when the campaign is closed', async () => {
		const records = await open();
		const [first, second] = await seedAgreeing(records, 2);
		const queue = responseQueue(records);
		const notAsked = { outcome: 'refused', code: 'not-asked' };
		expect(await queue.submit(response('ZZZZZZZZ'))).toEqual(notAsked);
		const otherVersion = response(first!.participant_code, { version: 2 });
		expect(await queue.submit(otherVersion)).toEqual(notAsked);
		const otherCampaign = response(first!.participant_code, { campaign_id: 'C2' });
		expect(await queue.submit(otherCampaign)).toEqual(notAsked);
		expect((await queue.submit(response(first!.participant_code))).outcome).toBe('stored');
		await records.transaction((trx) => changeCampaignState(trx, 'C1', 'closed'));
		expect(await queue.submit(response(second!.participant_code))).toEqual({
			outcome: 'refused',
			code: 'campaign-not-open',
		});
		expect(await queue.submit(response(first!.participant_code))).toEqual({ outcome: 'repeated' });
		const byService = await recordResponses(records, [response(second!.participant_code)]);
		expect(byService).toMatchObject([{ outcome: 'stored' }]);
	});

	it('arrive exactly once when two servers are sent the same', async () => {
		const place = await freshPlace();
		const servers = [await openRecords(place), await openRecords(place)];
		const people = await seedAgreeing(servers[0]!, 80);
		const queues = servers.map(responseQueue);
		const outcomes = await Promise.all(
			people.flatMap(({ participant_code }) =>
				queues.map((queue) => queue.submit(response(participant_code))),
			),
		);
		expect(outcomes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(80);
		expect(outcomes.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(80);
		const changes = (await listChanges(servers[0]!, 0, 500)).filter(({ kind }) => kind === 'responses');
		expect(changes).toHaveLength(80);
		for (const server of servers) await server.close();
	});

	it('of an anonymous campaign are tied to nobody, and to no time finer than a day', async () => {
		const records = await open();
		const known = await seedAgreeing(records, 3);
		const { id: _id, deidentified_at: _kept, ...campaign } = (await findCampaign(records.db, 'C1'))!;
		const invitees = known.map(({ person_id, school_id }) => ({
			person_id,
			school_id,
			subject: null,
			seniority_band: null,
			category: null,
			position: null,
		}));
		const invite = () => records.transaction((trx) => inviteParticipants(trx, 'C2', invitees));
		await records.transaction(async (trx) => {
			await recordCampaign(trx, { ...campaign, id: 'C2', mode: 'anonymous' });
			await changeCampaignState(trx, 'C2', 'approved');
			await changeCampaignState(trx, 'C2', 'open');
		});
		const links = await invite();
		expect(links).toHaveLength(3);
		expect(links.map(({ person_id }) => person_id)).toEqual(['', '', '']);
		expect(await invite()).toEqual([]);
		const codes = links.map(({ participant_code }) => participant_code);
		expect(await peopleOfCodes(records.db, codes)).toEqual([]);
		await agree(records, codes);
		const queue = responseQueue(records);
		const answer = response(codes[0]!, { campaign_id: 'C2' });
		expect((await queue.submit(answer)).outcome).toBe('stored');
		expect(await queue.submit(answer)).toEqual({ outcome: 'repeated' });
		const [stored] = await records.db.selectFrom('response').selectAll().execute();
		expect(stored).toEqual({ ...answer, started_at: null, submitted_at: '2026-10-05T00:00:00.000Z' });
		const change = await records.db
			.selectFrom('change')
			.select('at')
			.where('subject', '=', answer.id)
			.executeTakeFirstOrThrow();
		expect(change.at).toMatch(/T00:00:00.000Z$/);
	});

	it('are refused without consent, and none stays behind a withdrawal that meets them', async () => {
		const records = await open();
		const people = await seedAgreeing(records, 120);
		const queue = responseQueue(records);
		const withdraw = (participant_code: string) =>
			records.transaction((trx) =>
				withdrawConsent(trx, { participant_code, purpose: 'diagnostic', version: '1' }),
			);
		await withdraw(people[0]!.participant_code);
		expect(await queue.submit(response(people[0]!.participant_code))).toEqual({
			outcome: 'refused',
			code: 'consent-needed',
		});
		// Each hands in and says no in the same moment, whichever comes first.
		const codes = people.slice(1).map(({ participant_code }) => participant_code);
		const outcomes = await Promise.all(
			codes.flatMap((code) => [queue.submit(response(code)), withdraw(code)]),
		);
		expect(outcomes).toHaveLength(238);
		expect(await records.db.selectFrom('response').selectAll().execute()).toEqual([]);
	});

	it('fail aloud when the store does, and the queue goes on', async () => {
		let broken = true;
		const sizes: number[] = [];
		const queue = commitQueue(async (rows: number[]) => {
			sizes.push(rows.length);
			if (broken) throw new Error('the disk is full');
			return rows.map((row) => row * 2);
		}, 3);
		await expect(Promise.all([queue.submit(1), queue.submit(2)])).rejects.toThrow('the disk is full');
		broken = false;
		expect(await Promise.all([1, 2, 3, 4, 5].map((row) => queue.submit(row)))).toEqual([2, 4, 6, 8, 10]);
		expect(sizes).toEqual([2, 3, 2]);
	});
});
