import { expect, it } from 'vitest';
import { listChanges } from '#data/records/changes.ts';
import { CAMPAIGN_STATES } from '#data/records/diagnostics/campaign-states.ts';
import {
	changeCampaignState,
	extendCampaign,
	findCampaign,
	listCampaigns,
	recordCampaign,
	updateCampaign,
} from '#data/records/diagnostics/campaigns.ts';
import {
	hasConsent,
	listConsents,
	recordConsent,
	withdrawConsent,
} from '#data/records/diagnostics/consents.ts';
import { draftQueue, findDraft, pruneDrafts } from '#data/records/diagnostics/drafts.ts';
import { listCodesOfPerson, peopleOfCodes, personOfCode } from '#data/records/diagnostics/identity.ts';
import {
	findInstrumentVersion,
	listInstrumentVersions,
	publishInstrument,
} from '#data/records/diagnostics/instruments.ts';
import { listInvitations } from '#data/records/diagnostics/invitations.ts';
import { hashLinkToken } from '#data/records/diagnostics/participant-code.ts';
import {
	findParticipantByLink,
	inviteParticipants,
	listParticipants,
	renewLinks,
} from '#data/records/diagnostics/participants.ts';
import { recordResponses } from '#data/records/diagnostics/responses.ts';
import { listCampaignPopulation } from '#data/records/joins/campaign-population.ts';
import { responsePace } from '#data/records/joins/response-rate.ts';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { eachDialect } from '../../support/records.ts';
import { response, seedAgreeing, seedCampaign, seedPlaces, teacher } from './seed.ts';

eachDialect('diagnostics', (open) => {
	it('freezes a published version', async () => {
		const records = await open();
		const version = { instrument: 'i', version: 1, survey: '{"a":1}', key: '{}', sha256: 'one' };
		const publish = (changes: object) =>
			records.transaction((trx) => publishInstrument(trx, { ...version, ...changes }));
		expect(await publish({})).toBe('published');
		expect(await publish({})).toBe('unchanged');
		await expect(publish({ sha256: 'two' })).rejects.toMatchObject({ code: 'version-frozen' });
		expect(await publish({ version: 2, sha256: 'two' })).toBe('published');
		expect(await findInstrumentVersion(records.db, 'i', 1)).toMatchObject(version);
		expect(await listInstrumentVersions(records.db)).toHaveLength(2);
		const changes = await listChanges(records, 0, 10);
		expect(changes.map(({ subject }) => subject)).toEqual(['i@1', 'i@2']);
	});

	it('leads a campaign along its path and nowhere else', async () => {
		const records = await open();
		await seedCampaign(records, 2);
		const go = (to: string) => records.transaction((trx) => changeCampaignState(trx, 'C1', to));
		const walked: string[] = ['open'];
		for (let state = 'open'; state !== 'archived'; ) {
			const next = CAMPAIGN_STATES[CAMPAIGN_STATES.indexOf(state as 'open') + 1]!;
			for (const other of CAMPAIGN_STATES.filter((name) => name !== next))
				expect(await go(other)).toMatchObject({ code: 'transition-not-allowed', from: state, to: other });
			expect(await go(next)).toBeUndefined();
			walked.push(next);
			state = (await findCampaign(records.db, 'C1'))!.state;
		}
		expect(walked).toEqual(CAMPAIGN_STATES.slice(2));
		expect(await go('draft')).toMatchObject({ code: 'transition-not-allowed' });
		expect((await findCampaign(records.db, 'C1'))!.released_at).not.toBeNull();
		const unknown = await records.transaction((trx) => changeCampaignState(trx, 'C9', 'open'));
		expect(unknown).toEqual({ code: 'unknown-campaign' });
	});

	it('changes a draft only, approves it only when complete, and extends it while it runs', async () => {
		const records = await open();
		await seedCampaign(records, 2);
		expect(await records.transaction((trx) => updateCampaign(trx, 'C1', { title: 'x' }))).toBe('invitations');
		expect(await records.transaction((trx) => updateCampaign(trx, 'none', { title: 'x' }))).toBe('unknown');
		expect(await records.transaction((trx) => extendCampaign(trx, 'C1', '2026-11-10'))).toBe(true);
		expect(await records.transaction((trx) => extendCampaign(trx, 'C1', '2026-11-01'))).toBe(false);
		const {
			id: _id,
			state: _state,
			deidentified_at: _at,
			...campaign
		} = (await findCampaign(records.db, 'C1'))!;
		expect(campaign.closes_on).toBe('2026-11-10');
		const id = await records.transaction((trx) =>
			recordCampaign(trx, { ...campaign, basis_document: ' ', instruments: [] }),
		);
		const approve = () => records.transaction((trx) => changeCampaignState(trx, id, 'approved'));
		expect(await approve()).toEqual({
			code: 'campaign-incomplete',
			missing: ['basis_document', 'instruments'],
		});
		const instruments = [{ instrument: 'digital-competence', version: 1 }];
		const population = { schools: ['S1'], subjects: null, reference_day: '2026-09-01' };
		await records.transaction((trx) =>
			updateCampaign(trx, id, { basis_document: 'Order 13', instruments, population }),
		);
		expect(await approve()).toBeUndefined();
		expect(await findCampaign(records.db, id)).toMatchObject({ state: 'approved', instruments, population });
	});

	it('shows campaigns to the municipality that runs them and to schools that take part', async () => {
		const records = await open();
		await seedCampaign(records, 2);
		const shown = async (place: string) => (await listCampaigns(records.db, [place])).length;
		expect(await Promise.all(['region/R1', 'municipality/M1', 'school/S2'].map(shown))).toEqual([1, 1, 1]);
		expect(await Promise.all(['municipality/M2', 'school/S3'].map(shown))).toEqual([0, 0]);
	});

	it('invites each person once, under a code of their own and by a link that is not kept', async () => {
		const records = await open();
		const invitations = await seedCampaign(records, 40);
		expect(invitations).toHaveLength(40);
		for (const { participant_code, token } of invitations) {
			expect(participant_code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
			expect(token).toMatch(/^[\w-]{43}$/);
		}
		expect(new Set(invitations.map(({ participant_code }) => participant_code)).size).toBe(40);
		const again = await records.transaction((trx) =>
			inviteParticipants(
				trx,
				'C1',
				invitations.map(({ person_id, school_id }) => ({
					person_id,
					school_id,
					subject: null,
					seniority_band: null,
					category: null,
					position: null,
				})),
			),
		);
		expect(again).toEqual([]);
		const [first] = invitations;
		const found = await findParticipantByLink(records.db, hashLinkToken(first!.token));
		expect(found?.participant_code).toBe(first!.participant_code);
		expect(await findParticipantByLink(records.db, first!.token)).toBeUndefined();
		expect(await personOfCode(records.db, first!.participant_code)).toBe(first!.person_id);
		expect(await listCodesOfPerson(records.db, first!.person_id)).toEqual([
			{ participant_code: first!.participant_code, campaign_id: 'C1' },
		]);
		expect(await listParticipants(records.db, 'C1')).toHaveLength(40);
		expect(await listParticipants(records.db, 'C1', 'S1')).toHaveLength(20);
		const stored = JSON.stringify(await records.db.selectFrom('participant').selectAll().execute());
		expect(invitations.some(({ token }) => stored.includes(token))).toBe(false);
		expect(invitations.some(({ person_id }) => stored.includes(person_id))).toBe(false);
	});

	it('replaces links, for the named participants only', async () => {
		const records = await open();
		const [first, second] = await seedCampaign(records, 2);
		const renewed = await records.transaction((trx) => renewLinks(trx, [first!.participant_code]));
		const find = (token: string) => findParticipantByLink(records.db, hashLinkToken(token));
		expect(await find(first!.token)).toBeUndefined();
		expect((await find(renewed[0]!.token))?.participant_code).toBe(first!.participant_code);
		expect((await find(second!.token))?.participant_code).toBe(second!.participant_code);
		const people = await peopleOfCodes(records.db, [first!.participant_code]);
		expect(people).toMatchObject([{ person_id: first!.person_id }]);
	});

	it('remembers consent, its refusal and its withdrawal, by version of the text', async () => {
		const records = await open();
		const [member] = await seedCampaign(records, 1);
		const code = member!.participant_code;
		const decide = (decision: 'given' | 'declined', version = '1') =>
			records.transaction((trx) =>
				recordConsent(trx, { participant_code: code, purpose: 'diagnostic', version, decision }),
			);
		const inForce = () => hasConsent(records.db, code, 'diagnostic', '1');
		expect(await inForce()).toBe(false);
		await decide('given');
		expect(await inForce()).toBe(true);
		expect(await hasConsent(records.db, code, 'methodist', '1')).toBe(false);
		expect(await hasConsent(records.db, code, 'diagnostic', '2')).toBe(false);
		await decide('declined');
		expect(await inForce()).toBe(false);
		const [withdrawn] = await listConsents(records.db, code);
		expect([withdrawn!.given_at, withdrawn!.declined_at].includes(null)).toBe(false);
		await decide('given');
		expect(await inForce()).toBe(true);
		const stranger = records.transaction((trx) =>
			recordConsent(trx, {
				participant_code: 'ZZZZZZZZ',
				purpose: 'diagnostic',
				version: '1',
				decision: 'given',
			}),
		);
		await expect(stranger).rejects.toMatchObject({ code: 'unknown-participant' });
	});

	it('keeps the newest draft, and prunes what is superseded or answered', async () => {
		const records = await open();
		const [first, second] = await seedAgreeing(records, 2);
		const draft = (participant_code: string, page: number) => ({
			participant_code,
			instrument: 'digital-competence',
			answers: `{"page":${page}}`,
			page,
			saved_at: '2026-10-05T08:00:00.000Z',
		});
		const queue = draftQueue(records);
		await queue.submit(draft(first!.participant_code, 1));
		await queue.submit({ ...draft(first!.participant_code, 2), seconds: 95 });
		await queue.submit(draft(second!.participant_code, 1));
		const newest = await findDraft(records.db, first!.participant_code, 'digital-competence');
		expect(newest).toEqual({
			...draft(first!.participant_code, 2),
			revision: 2,
			device: null,
			times: null,
			seconds: 95,
		});
		const [listed] = await listInvitations(records.db, [first!.participant_code]);
		expect(listed).toMatchObject({ campaign_id: 'C1', state: 'open', submitted_at: null });
		expect(listed!.saved_at).not.toBeNull();
		// What the second draft replaced went with the commit that stored it.
		expect(await pruneDrafts(records.db)).toBe(0);
		await recordResponses(records, [response(first!.participant_code)]);
		expect(await pruneDrafts(records.db)).toBe(1);
		expect(await findDraft(records.db, first!.participant_code, 'digital-competence')).toBeUndefined();
		expect(await findDraft(records.db, second!.participant_code, 'digital-competence')).toBeDefined();
	});

	it('stores no draft over one that its writer has not seen, however they meet', async () => {
		const records = await open();
		const [someone] = await seedAgreeing(records, 1);
		const draft = (device: string, base?: number) => ({
			participant_code: someone!.participant_code,
			instrument: 'digital-competence',
			answers: JSON.stringify({ from: device }),
			page: 0,
			saved_at: '2026-10-05T08:00:00.000Z',
			base,
			device,
		});
		const [queue, another] = [draftQueue(records), draftQueue(records)];
		expect(await queue.submit(draft('phone', 0))).toEqual({ outcome: 'stored', revision: 1 });
		expect(await queue.submit(draft('desk', 0))).toEqual({ outcome: 'changed-elsewhere' });
		// Of ten who go on from the same draft at once, by two ways in, exactly one comes next.
		const atOnce = await Promise.all(
			Array.from({ length: 10 }, (_, index) =>
				(index % 2 ? queue : another).submit(draft(`device ${index}`, 1)),
			),
		);
		expect(atOnce.filter(({ outcome }) => outcome === 'stored')).toEqual([
			{ outcome: 'stored', revision: 2 },
		]);
		// An earlier client, which knows no revisions, goes on from whatever stands.
		const old = await Promise.all([1, 2, 3].map(() => queue.submit(draft('old client'))));
		expect(old.map((outcome) => 'revision' in outcome && outcome.revision)).toEqual([3, 4, 5]);
		const kept = await records.db.selectFrom('draft').select('revision').orderBy('revision').execute();
		expect(kept.map(({ revision }) => revision)).toEqual([5]);
	});

	it('stores no draft without consent, and none that cannot be stored takes others with it', async () => {
		const records = await open();
		const people = await seedAgreeing(records, 4);
		const draft = (index: number) => ({
			participant_code: people[index]!.participant_code,
			instrument: 'digital-competence',
			answers: '{}',
			page: 0,
			saved_at: '2026-10-05T08:00:00.000Z',
		});
		await records.transaction((trx) =>
			withdrawConsent(trx, {
				participant_code: people[0]!.participant_code,
				purpose: 'diagnostic',
				version: '1',
			}),
		);
		const queue = draftQueue(records);
		const outcomes = await Promise.all([
			queue.submit(draft(0)),
			queue.submit(draft(1)),
			queue.submit({ ...draft(2), saved_at: null as unknown as string }),
			queue.submit(draft(3)),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual([
			'consent-needed',
			'stored',
			'not-storable',
			'stored',
		]);
	});

	it('finds the population of the reference day', async () => {
		const records = await open();
		await records.transaction(async (trx) => {
			await seedPlaces(trx);
			await recordStaff(trx, [
				teacher('Anna Orlova', 'S1', { subjects: ['physics', 'mathematics'], teaching_since: 2024 }),
				teacher('Anna Orlova', 'S2', { started_on: '2024-09-01', subjects: ['mathematics'] }),
				teacher('Boris Serov', 'S2', { subjects: ['history'], teaching_since: null }),
				teacher('Vera Gone', 'S1', { ended_on: '2026-08-31' }),
				teacher('Gleb Far', 'S3'),
			]);
		});
		const find = (schools: string[] | null, subjects: string[] | null) =>
			listCampaignPopulation(records.db, {
				municipality_id: 'M1',
				schools,
				subjects,
				reference_day: '2026-09-01',
			});
		const everybody = await find(null, null);
		expect(everybody).toHaveLength(2);
		expect(everybody[0]).toMatchObject({ school_id: 'S1', subject: 'physics', seniority_band: '0-3' });
		expect(everybody[1]).toMatchObject({ school_id: 'S2', subject: 'history', seniority_band: null });
		expect(await find(null, ['mathematics'])).toMatchObject([{ school_id: 'S1', subject: 'mathematics' }]);
		expect(await find(['S2'], ['mathematics'])).toMatchObject([{ school_id: 'S2' }]);
	});

	it('counts who answered and who declined, by school and day', async () => {
		const records = await open();
		const people = await seedCampaign(records, 10);
		const [a, b, c] = people.filter(({ school_id }) => school_id === 'S1');
		const [d] = people.filter(({ school_id }) => school_id === 'S2');
		await recordResponses(records, [
			response(a!.participant_code),
			response(b!.participant_code, { submitted_at: '2026-10-06T10:00:00.000Z' }),
			response(d!.participant_code, { submitted_at: '2026-10-06T11:00:00.000Z' }),
		]);
		const decline = async (participant_code: string) =>
			records.transaction((trx) =>
				recordConsent(trx, { participant_code, purpose: 'diagnostic', version: '1', decision: 'declined' }),
			);
		await decline(c!.participant_code);
		const pace = await responsePace(records.db, 'C1');
		expect(pace).toMatchObject({ invited: 10, answered: 3, declined: 1 });
		expect(pace.by_municipality).toMatchObject([
			{
				municipality_id: 'M1',
				municipality_name: 'Lakes',
				schools: [
					{ school_id: 'S1', invited: 5, answered: 2, declined: 1 },
					{ school_id: 'S2', invited: 5, answered: 1, declined: 0 },
				],
			},
		]);
		expect(pace.by_day).toEqual([
			{ day: '2026-10-05', answered: 1 },
			{ day: '2026-10-06', answered: 2 },
		]);
	});
});
