import { beforeAll, expect, it } from 'vitest';
import { myDiagnostic, myDiagnosticItem, myDraft, myProfile } from '#server/contract/my.ts';
import { agreedPerson } from '#server/contract/registry.ts';
import { eachDialect } from '../support/records.ts';
import { answer, answersTo, moveCampaign, runCampaign, SELF, TEST } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, people, type Town } from './town.ts';

eachDialect('answering a diagnostic', (open) => {
	let town: Town;
	let teacher: Agent;
	let campaign: string;
	const path = (rest: string): string => `/api/my/diagnostics/${campaign}${rest}`;
	const submission = (answers: unknown, id = '11111111-2222-4333-8444-555555555555') => ({
		response_id: id,
		answers,
		started_at: null,
		duration_seconds: null,
	});

	beforeAll(async () => {
		town = await buildTown(await open());
		teacher = await town.signInAs('teacher');
		campaign = await runCampaign(town, 'open', [SELF, TEST]);
	});

	it('shows what is open, and asks for consent first', async () => {
		const items = myDiagnosticItem.array().parse((await teacher.get('/api/my/diagnostics')).body);
		expect(items.map(({ instrument, state, result }) => [instrument, state, result])).toEqual([
			[SELF, 'consent', 'none'],
			[TEST, 'consent', 'none'],
		]);
		const before = await teacher.put(path(`/${SELF}/draft`), { answers: {}, page: 0 });
		expectProblem(before, 403, 'consent-needed');
		const response = await teacher.post(path(`/${SELF}/response`), submission(answersTo(SELF)));
		expectProblem(response, 403, 'consent-needed');
		const one = myDiagnostic.parse((await teacher.get(path(`/${SELF}`))).body);
		expect(one.consent).toMatchObject({ given: null, methodist_given: null });
		expect(one.consent.text.ru).not.toBe(one.consent.text.en);
	});

	it('keeps a draft that another device takes up again', async () => {
		await teacher.post(path('/consent'), { give: true, methodist: false });
		const answers = { subject_mastery: { s1: 2 } };
		const saved = await teacher.put(path(`/${SELF}/draft`), { answers, page: 1, seconds: 140 });
		expect(saved.status, saved.text).toBe(200);
		const taken = myDiagnostic.parse((await teacher.get(path(`/${SELF}`))).body);
		expect(taken.draft).toEqual({
			answers,
			page: 1,
			saved_at: saved.body.saved_at,
			revision: 1,
			device: null,
			times: {},
			seconds: 140,
		});
		expect(taken.state).toBe('started');
		expect(taken.minutes).toBeGreaterThan(0);
		expect(taken.purpose.ru).not.toBe('');
	});

	it('refuses a draft over one that its device has not seen, and gives that one back', async () => {
		const mine = { answers: { subject_mastery: { s1: 3 } }, page: 0 };
		const theirs = { answers: { subject_mastery: { s1: 2, s2: 1 } }, page: 1 };
		const times = { 'subject_mastery/s2': new Date().toISOString() };
		const other = await teacher.put(path(`/${SELF}/draft`), { ...theirs, base: 1, device: 'Телефон', times });
		expect(other.body.revision, other.text).toBe(2);
		const late = await teacher.put(path(`/${SELF}/draft`), { ...mine, base: 1, device: 'Компьютер' });
		expectProblem(late, 409, 'draft-changed');
		expect(myDraft.parse(late.body.draft)).toMatchObject({
			...theirs,
			revision: 2,
			device: 'Телефон',
			times,
		});
		// Nothing was stored over it; going on from what was shown is welcome.
		const stands = myDiagnostic.parse((await teacher.get(path(`/${SELF}`))).body);
		expect(stands.draft).toMatchObject(theirs);
		const chosen = await teacher.put(path(`/${SELF}/draft`), { ...mine, base: 2 });
		expect(chosen.body.revision, chosen.text).toBe(3);
		const odd = await teacher.put(path(`/${SELF}/draft`), { ...mine, times: { s1: 'yesterday' } });
		expectProblem(odd, 422, 'invalid-body');
	});

	it('knows a draft again whose reply was lost', async () => {
		const sent = { answers: { subject_mastery: { s1: 4 } }, page: 0, base: 3, device: 'Телефон' };
		const first = await teacher.put(path(`/${SELF}/draft`), sent);
		const again = await teacher.put(path(`/${SELF}/draft`), sent);
		expect([first.status, again.status], again.text).toEqual([200, 200]);
		expect(again.body).toEqual(first.body);
	});

	it('takes names of devices as plain words, and no impossible revision', async () => {
		const answers = { subject_mastery: { s1: 4 } };
		const device = 'Чужой\u0000\ud800 телефон\n';
		const odd = await teacher.put(path(`/${SELF}/draft`), { answers: {}, page: 0, device });
		expect(odd.status, odd.text).toBe(200);
		const taken = myDiagnostic.parse((await teacher.get(path(`/${SELF}`))).body);
		expect(taken.draft?.device).toBe('Чужой\ufffd телефон');
		const far = await teacher.put(path(`/${SELF}/draft`), { answers, page: 0, base: 2 ** 40 });
		expectProblem(far, 422, 'invalid-body');
	});

	it('refuses an answer off its scale with the name of the item', async () => {
		const off = await teacher.post(path(`/${SELF}/response`), submission({ subject_mastery: { s1: 9 } }));
		expectProblem(off, 422, 'invalid-answers');
		expect(off.body.issues.map(({ path: item }: { path: string }) => item)).toContain('subject_mastery.s1');
		const draft = await teacher.put(path(`/${SELF}/draft`), {
			answers: { subject_mastery: { s1: 9 } },
			page: 0,
		});
		expectProblem(draft, 422, 'invalid-answers');
	});

	it('refuses unknown names and bodies of another shape', async () => {
		const unknown = await teacher.post(
			path(`/${SELF}/response`),
			submission({ ...answersTo(SELF), is_admin: true }),
		);
		expectProblem(unknown, 422, 'invalid-answers');
		expect(unknown.body.issues[0].code).toBe('answer-unknown-name');
		expectProblem(await teacher.post(path(`/${SELF}/response`), submission('all')), 422, 'invalid-body');
		const id = await teacher.post(path(`/${SELF}/response`), submission({}, 'not a uuid'));
		expectProblem(id, 422, 'invalid-body');
		expect(id.body.issues[0].path).toBe('response_id');
	});

	it('stores a response once, however often it is sent, and never another in its place', async () => {
		const first = await answer(teacher, campaign, SELF, { place: 2 });
		expect(first.status, first.text).toBe(201);
		const { body } = await teacher.get(path(`/${SELF}`));
		expect(body.state).toBe('done');
		const again = await teacher.post(
			path(`/${SELF}/response`),
			submission(answersTo(SELF, 2), body.response_id),
		);
		expect(again.status, again.text).toBe(201);
		expect(again.body.submitted_at).toBe(first.body.submitted_at);
		const changed = await teacher.post(
			path(`/${SELF}/response`),
			submission(answersTo(SELF, 0), body.response_id),
		);
		expectProblem(changed, 409, 'already-answered');
		const second = await teacher.post(path(`/${SELF}/response`), submission(answersTo(SELF, 0)));
		expectProblem(second, 409, 'already-answered');
		const stored = await town.records.db.selectFrom('response').select('id').execute();
		expect(stored).toHaveLength(1);
	});

	it('gives the self-assessment at once, with error and strengths first, and the test at release', async () => {
		const handedIn = await answer(teacher, campaign, TEST, { place: 0 });
		expect(handedIn.status, handedIn.text).toBe(201);
		await town.settle();
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		const [self, test] = [SELF, TEST].map(
			(name) => profile.campaigns.find((each) => each.instrument === name)!,
		);
		expect(self!.state).toBe('ready');
		expect(self!.scales.length).toBeGreaterThan(15);
		const content = self!.scales.find(({ scale }) => scale === 'subject_content')!;
		// The third of four steps: two items of mastery give 2/3 each, the item of difficulty 1/3 (methods D3, D4, D5).
		expect(content.percent).toBeCloseTo(500 / 9, 6);
		expect(content).toMatchObject({
			level: 'high',
			sem_source: 'planned',
			group_median: null,
			borderline: true,
		});
		expect(content.level_beside).toBe('medium');
		for (const { sem, percent } of self!.scales) {
			expect(sem).toBeGreaterThan(0);
			expect(percent).toBeGreaterThanOrEqual(0);
		}
		expect(self!.priorities).toHaveLength(3);
		expect(self!.strengths.length).toBeGreaterThan(0);
		expect(self!.strengths).not.toContain(self!.priorities[0]!.scale);
		expect(test!.state).toBe('at_release');
		expect(test!.scales).toEqual([]);
		expect(profile.viewers).toEqual([]);
	});

	it('keeps a stranger to the campaign out', async () => {
		const neighbour = await town.signInAs('neighbour');
		expectProblem(await neighbour.get(path(`/${SELF}`)), 403, 'forbidden');
		expectProblem(await teacher.get(`/api/my/diagnostics/elsewhere/${SELF}`), 404, 'not-found');
	});

	it('lets a participant refuse, and take it back', async () => {
		const colleague = await town.signInAs('colleague');
		const refused = await colleague.post(path('/consent'), { give: false, methodist: true });
		expect(refused.body).toEqual({ given: false, methodist_given: false });
		expect((await colleague.get(path(`/${SELF}`))).body.state).toBe('declined');
		const response = await colleague.post(path(`/${SELF}/response`), submission(answersTo(SELF)));
		expectProblem(response, 403, 'consent-needed');
		await colleague.post(path('/consent'), { give: true, methodist: false });
		expect((await colleague.get(path(`/${SELF}`))).body.state).toBe('new');
	});

	it('takes no answer after closing', async () => {
		await moveCampaign(await town.signInAs('methodist'), campaign, ['closed']);
		const colleague = await town.signInAs('colleague');
		const late = await colleague.post(path(`/${SELF}/response`), submission(answersTo(SELF)));
		expectProblem(late, 409, 'campaign-not-open');
		expectProblem(await colleague.put(path(`/${SELF}/draft`), { answers: {}, page: 0 }), 409);
	});

	it('shows the test after release, and to the methodist only those who agreed', async () => {
		const other = await runCampaign(town, 'open');
		await answer(teacher, other, SELF, { place: 3, methodist: true });
		await answer(await town.signInAs('colleague'), other, SELF, { place: 1 });
		const methodist = await town.signInAs('methodist');
		await town.settle();
		expect((await methodist.get('/api/people/agreed')).body).toEqual([]);
		expectProblem(await methodist.get('/api/analytics/competency-deficit'), 422, 'choose-person');
		await moveCampaign(methodist, campaign, ['scored', 'reviewed', 'released']);
		await moveCampaign(methodist, other, ['closed', 'scored', 'reviewed', 'released']);
		await town.settle();
		const profile = myProfile.parse((await teacher.get('/api/my/profile')).body);
		expect(profile.campaigns.every(({ state }) => state === 'ready')).toBe(true);
		const agreed = agreedPerson.array().parse((await methodist.get('/api/people/agreed')).body);
		expect(agreed).toMatchObject([
			{ full_name: people.teacher!.person, school_id: 'S1', school_name: 'Школа S1' },
		]);
		const sheet = `/api/analytics/competency-deficit?person=${agreed[0]!.person_id}`;
		const seen = await methodist.get(sheet);
		expect(new Set(seen.body.columns.participant_code).size).toBe(1);
		expect(new Set(seen.body.columns.campaign_id)).toEqual(new Set([other]));
		const { viewers } = myProfile.parse((await teacher.get('/api/my/profile')).body);
		expect(viewers).toHaveLength(1);
		expect(viewers[0]).toMatchObject({ who_role: 'methodist', purpose: 'competency-deficit' });
		const colleague = await town.records.db
			.selectFrom('person')
			.select('id')
			.where('full_name', '=', people.colleague!.person!)
			.executeTakeFirstOrThrow();
		const refused = await methodist.get(`/api/analytics/competency-deficit?person=${colleague.id}`);
		expectProblem(refused, 404, 'not-agreed');
		const neighbour = await town.signInAs('neighbour');
		expect((await neighbour.get('/api/people/agreed')).body).toEqual([]);
		expectProblem(await neighbour.get(sheet), 404, 'not-agreed');
		for (const login of ['leader', 'coordinator', 'regional', 'admin', 'teacher'])
			expectProblem(await (await town.signInAs(login)).get('/api/people/agreed'), 403, 'forbidden');
	});
});
