import { beforeAll, expect, it } from 'vitest';
import { recordBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import { type RiskProfile, riskFactorList, riskProfile } from '#server/contract/risks.ts';
import { eachDialect } from '../support/records.ts';
import { gradeFiveMaths } from './grade-five-maths.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const title = { ru: 'Далёкий подвоз', en: 'Long way to school' };
const distance = { id: null, title: { ru: 'Минут в пути', en: 'Minutes' }, good: 15, bad: 60, weight: 1 };
const added = (changes: object = {}): object => ({ title, inputs: [distance], is_on: true, ...changes });
const rating = (factor: string, changes: object = {}): object => ({
	factor,
	values: {},
	significance: 'high',
	remark: '',
	...changes,
});
const list = '/api/municipalities/M1/risk-factors';
const profilePath = '/api/schools/S1/risk-profile';

eachDialect('a risk profile', (open) => {
	let town: Town;
	let methodist: Agent;
	let school: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
		school = await town.signInAs('coordinator');
		await town.records.transaction(async (trx) => {
			const procedure = gradeFiveMaths();
			await recordProcedures(trx, [procedure]);
			const rows = Array.from({ length: 40 }, (_, index) => ({
				row_number: index + 1,
				school_id: 'S1',
				class: null,
				variant: null,
				score: index < 7 ? 2 : 7,
				mark: null,
				journal_mark: null,
				items: null,
				notes: null,
			}));
			const batch = { kind: 'results', file_name: 'a.csv', sha256: 'a', procedure_id: procedure.id };
			const counts = { rows_new: 40, rows_changed: 0, rows_skipped: 0, rows_refused: 0 };
			await recordBatch(trx, { ...batch, ...counts, place: 'municipality/M1', imported_by: 'test' }, rows);
		});
		await town.settle();
	});

	const factorOf = (profile: RiskProfile, code: string) =>
		profile.factors.find(({ factor }) => factor === code)!;
	const seen = async (agent: Agent, query = '?year=2026') => {
		const reply = await agent.get(`${profilePath}${query}`);
		expect(reply.status, reply.text).toBe(200);
		return riskProfile.strict().parse(reply.body);
	};
	const propose = (ratings: object[], year = 2026) => methodist.post(profilePath, { year, ratings });
	const reply = (answers: object[], agent = school) =>
		agent.post(`${profilePath}/answers`, { year: 2026, answers });

	it('has a list of factors that the methodist changes, and whom it concerns reads', async () => {
		const shipped = riskFactorList.strict().parse((await methodist.get(list)).body);
		expect(shipped.factors).toHaveLength(12);
		const made = await methodist.post(list, added());
		expect(made.status, made.text).toBe(201);
		const own = riskFactorList.parse(made.body).factors.at(-1)!;
		expect(own).toMatchObject({ title, is_shipped: false, changed_by_name: 'Имя methodist' });
		const staffing = shipped.factors[1]!;
		const renamed = { ru: 'Не хватает учителей', en: 'Not enough teachers' };
		const { inputs } = staffing;
		const put = await methodist.put(`${list}/staffing`, { title: renamed, inputs, is_on: false });
		expect(put.status, put.text).toBe(200);
		expect(put.body.factors[1]).toMatchObject({ title: renamed, is_on: false, inputs });
		const profile = await seen(methodist);
		expect(profile.factors.map(({ factor }) => factor)).not.toContain('staffing');
		expect(profile.factors.map(({ factor }) => factor)).toContain(own.factor);
		expect((await (await town.signInAs('leader')).get(list)).status).toBe(200);
		expectProblem(await methodist.put(`${list}/nonsense`, added()), 404, 'not-found');
	});

	it('refuses a factor that cannot be reckoned with, and changes nothing', async () => {
		const before = (await methodist.get(list)).body;
		const refused = async (body: object, code: string) => {
			const answer = await methodist.post(list, body);
			expectProblem(answer, 422, 'invalid-body');
			expect(answer.body.issues[0].code).toBe(code);
		};
		await refused(added({ title: { ru: ' ', en: 'x' } }), 'too_small');
		await refused(added({ inputs: [{ ...distance, bad: 15 }] }), 'good-equals-bad');
		await refused(added({ inputs: [{ ...distance, weight: 0 }] }), 'too_small');
		const twice = { ...distance, id: 'a' };
		await refused(added({ inputs: [twice, twice] }), 'duplicate-input');
		expectProblem(await methodist.post('/api/municipalities/M2/risk-factors', added()), 404);
		expectProblem(await (await town.signInAs('leader')).post(list, added()), 403);
		expectProblem(await school.get(list), 403);
		expect((await methodist.get(list)).body).toEqual(before);
	});

	it('offers what the data say, reckons the index and asks the school', async () => {
		const offered = factorOf(await seen(methodist), 'failure').inputs[0]!;
		expect(offered).toMatchObject({ id: 'below_threshold', suggested: 17.5 });
		const made = await propose([
			rating('failure', { values: { below_threshold: 17.5, repeating: 5 }, significance: null }),
			rating('parents', { remark: 'Видно по посещению собраний' }),
		]);
		expect(made.status, made.text).toBe(200);
		const failure = factorOf(riskProfile.strict().parse(made.body), 'failure').rating!;
		// (17.5 − 5) / 25 = 50 and (5 − 0) / 5 = 100
		expect(failure).toMatchObject({ index: 75, significance: 'high', verification: null });
		expect(failure.inputs[0]).toMatchObject({ value: 17.5, suggested: 17.5 });
		const parents = factorOf(await seen(school), 'parents');
		expect(parents.rating).toMatchObject({ index: null, significance: 'high' });
		expect(parents.inputs.every(({ suggested }) => suggested === null)).toBe(true);
		const answered = await reply([
			{ rating_id: failure.rating_id, agrees: true, is_chosen: true, remark: '' },
			{ rating_id: parents.rating!.rating_id, agrees: false, is_chosen: false, remark: 'Собрания полные' },
		]);
		expect(answered.status, answered.text).toBe(200);
		const profile = await seen(methodist, '');
		expect(profile).toMatchObject({ year: 2026, years: [2026], most_chosen: 4 });
		expect(factorOf(profile, 'failure').rating!.verification).toMatchObject({
			agrees: true,
			is_chosen: true,
			verified_by_name: 'Имя coordinator',
		});
		expect(profile.history.map(({ act }) => act).toSorted()).toEqual([
			'agreed',
			'disagreed',
			'proposed',
			'proposed',
		]);
	});

	it('keeps a rating of a factor that was switched off since, in the words of its time', async () => {
		const { factors } = (await methodist.get(list)).body;
		const parents = factors.find(({ factor }: { factor: string }) => factor === 'parents');
		const renamed = { title, inputs: parents.inputs, is_on: false };
		expect((await methodist.put(`${list}/parents`, renamed)).status).toBe(200);
		const kept = factorOf(await seen(school), 'parents');
		expect(kept).toMatchObject({ title: parents.title, is_on: false, rating: { significance: 'high' } });
		const again = await propose([rating('parents')]);
		expectProblem(again, 422, 'invalid-body');
		expect(again.body.issues[0]).toMatchObject({ path: 'ratings.0.factor', code: 'unknown-factor' });
	});

	it('refuses what cannot be stored, naming the place, and stores none of it', async () => {
		const before = await seen(methodist);
		const refused = async (ratings: object[], code: string, path: string) => {
			const answer = await propose([rating('equipment'), ...ratings]);
			expectProblem(answer, 422, 'invalid-body');
			expect(answer.body.issues[0]).toMatchObject({ code, path });
		};
		await refused([rating('nonsense')], 'unknown-factor', 'ratings.1.factor');
		await refused([rating('failure', { values: { x: 1 } })], 'unknown-input', 'ratings.1.values.x');
		await refused(
			[rating('failure', { significance: null })],
			'significance-needed',
			'ratings.1.significance',
		);
		await refused([rating('failure', { significance: 'huge' })], 'invalid_value', 'ratings.1.significance');
		await refused([rating('failure', { remark: 'x'.repeat(2001) })], 'too_big', 'ratings.1.remark');
		expectProblem(await propose([rating('equipment')], 1850), 422, 'invalid-body');
		expectProblem(await methodist.get(`${profilePath}?year=soon`), 422, 'invalid-query');
		const { rating_id } = factorOf(before, 'failure').rating!;
		const answer = { rating_id, agrees: true, is_chosen: false, remark: '' };
		const silent = await reply([{ ...answer, agrees: false }]);
		expect(silent.body.issues[0]).toMatchObject({ path: 'answers.0.remark', code: 'remark-needed' });
		const odd = await reply([{ ...answer, agrees: false, is_chosen: true, remark: 'нет' }]);
		expect(odd.body.issues[0].code).toBe('chosen-without-agreement');
		expectProblem(await reply([{ ...answer, rating_id: 99_999 }]), 404, 'not-found');
		expect(await seen(methodist)).toEqual(before);
	});

	it('is answered anew when the proposal changed, and picks four factors at most', async () => {
		const old = factorOf(await seen(school), 'failure').rating!;
		await propose(
			['failure', 'equipment', 'competence', 'special_needs', 'language'].map((code) => rating(code)),
		);
		const outdated = { rating_id: old.rating_id, agrees: true, is_chosen: false, remark: '' };
		expectProblem(await reply([outdated]), 409, 'rating-changed');
		const ratings = (await seen(school)).factors.flatMap(({ rating, is_on }) =>
			rating && is_on ? [rating] : [],
		);
		const all = ratings.map(({ rating_id }) => ({ rating_id, agrees: true, is_chosen: true, remark: '' }));
		expect(all).toHaveLength(5);
		expectProblem(await reply(all), 422, 'too-many-factors');
		expect((await reply(all.slice(0, 4))).status).toBe(200);
		expectProblem(await reply(all.slice(4)), 422, 'too-many-factors');
	});

	it('is a module that shows each reader their schools only, and freezes into a plan as it stood', async () => {
		await town.settle();
		const ask = async (agent: Agent, query = '?school=S1&year=2026') => {
			const answer = await agent.get(`/api/analytics/risk-profile${query}`);
			expect(answer.status, answer.text).toBe(200);
			const { columns } = answer.body as { columns: Record<string, unknown[]> };
			return columns.factor!.map((factor, index) => ({
				factor,
				...Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[index]])),
			})) as Record<string, unknown>[];
		};
		const profile = await seen(methodist);
		const rated = profile.factors.flatMap(({ factor, rating }) =>
			rating ? [[factor, rating] as const] : [],
		);
		const rows = await ask(methodist);
		expect(rows).toHaveLength(rated.length);
		for (const [factor, rating] of rated) {
			const row = rows.find((each) => each.factor === factor)!;
			const { verification } = rating;
			expect(row).toMatchObject({
				significance: rating.significance,
				risk_index: rating.index,
				answer: verification === null ? 'awaited' : verification.agrees ? 'agreed' : 'disagreed',
				is_chosen: verification?.is_chosen ?? false,
				verified_on: verification?.verified_at.slice(0, 10) ?? null,
				answer_remark: verification?.remark || null,
			});
			expect(JSON.parse(String(row.detail)).inputs).toEqual(rating.inputs);
		}
		expect(await ask(school, '')).toEqual(rows);
		expect(await ask(await town.signInAs('neighbour'))).toEqual([]);
		for (const login of ['teacher', 'regional', 'admin', 'auditor']) {
			const answer = await (await town.signInAs(login)).get('/api/analytics/risk-profile');
			expectProblem(answer, 404, 'unknown-module');
		}

		const measure = { title: 'Разбор', owner: 'Методист', starts_on: '2026-01-10', due_on: '2026-02-10' };
		const made = await methodist.post('/api/plans', {
			...{ school_id: 'S1', title: 'План', basis: 'flag', goal: 'Цель', indicator: 'Факторов', baseline: 1 },
			...{ target: 0, unit: '', due_on: '2027-05-31', curator: 'Имя methodist', measures: [measure] },
			evidence: { module: 'risk-profile', filters: { school: 'S1', year: 2026 } },
		});
		expect(made.status, made.text).toBe(201);
		const frozen = made.body.evidence;
		expect(frozen.columns.factor).toEqual(rows.map(({ factor }) => factor));
		await propose([rating('failure', { significance: 'low', remark: 'пересмотрено' })]);
		await town.settle();
		const changed = (await ask(methodist)).find(({ factor }) => factor === 'failure');
		expect(changed).toMatchObject({ significance: 'low', answer: 'awaited', remark: 'пересмотрено' });
		const later = (await methodist.get(`/api/plans/${made.body.plan_id}`)).body;
		expect(later.evidence).toEqual(frozen);
	});

	it('gives the order of support its norm: changed, taken away, switched off', async () => {
		const priority = async (agent: Agent, path = 'school=S1&year=2026') => {
			await town.settle();
			const answer = await agent.get(`/api/analytics/support-priority?${path}`);
			expect(answer.status, answer.text).toBe(200);
			const { fail_good, fail_bad, fail_index, failure_risk } = answer.body.columns;
			return { fail_good, fail_bad, fail_index, failure_risk };
		};
		const { title, inputs } = (await methodist.get(list)).body.factors.find(
			({ factor }: { factor: string }) => factor === 'failure',
		);
		await propose([rating('failure', { values: { below_threshold: 17.5 }, significance: null })]);
		// 17.5 % of the papers are below: (17.5 − 5) / 25
		expect(await priority(methodist)).toEqual({
			...{ fail_good: [5], fail_bad: [30], fail_index: [50], failure_risk: [50] },
		});
		const put = (changes: object) =>
			methodist.put(`${list}/failure`, { title, inputs, is_on: true, ...changes });
		const [below, ...others] = inputs;
		expect((await put({ inputs: [{ ...below, good: 10, bad: 40 }, ...others] })).status).toBe(200);
		expect(await priority(methodist)).toMatchObject({ fail_good: [10], fail_bad: [40], fail_index: [25] });
		await put({ inputs: others });
		expect(await priority(methodist)).toMatchObject({ fail_good: [5], fail_bad: [30], failure_risk: [50] });
		await put({ is_on: false });
		expect(await priority(methodist)).toMatchObject({ fail_index: [50], failure_risk: [null] });
		await put({});
	});

	it('belongs to its school and to those who answer for it', async () => {
		for (const login of ['teacher', 'regional', 'admin', 'auditor'])
			expectProblem(await (await town.signInAs(login)).get(profilePath), 403, 'forbidden');
		const neighbour = await town.signInAs('neighbour');
		expectProblem(await neighbour.get(profilePath), 404, 'not-found');
		expectProblem(await neighbour.post(profilePath, { year: 2026, ratings: [rating('equipment')] }), 404);
		expectProblem(await school.get('/api/schools/S2/risk-profile'), 404, 'not-found');
		expectProblem(await school.post(profilePath, { year: 2026, ratings: [rating('equipment')] }), 403);
		const { rating_id } = factorOf(await seen(school), 'failure').rating!;
		const answer = { rating_id, agrees: true, is_chosen: false, remark: '' };
		expectProblem(await reply([answer], methodist), 403);
		const elsewhere = { year: 2026, answers: [answer] };
		expectProblem(await school.post('/api/schools/S2/risk-profile/answers', elsewhere), 404);
	});
});
