import { beforeAll, expect, it } from 'vitest';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { campaignDetail } from '#server/contract/diagnostics.ts';
import { campaignPreview, populationChoices, populationPeople } from '#server/contract/population.ts';
import { eachDialect } from '../support/records.ts';
import { answer, campaignBody, moveCampaign, runCampaign, SELF, TEST } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const staff = {
	subjects: ['math'],
	category: 'none',
	started_on: '2020-09-01',
	ended_on: null,
	batch_id: null,
};
const young = { age_limit: 35, inclusive: false, max_years: null };

eachDialect('whom a campaign asks', (open) => {
	let town: Town;
	let methodist: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		methodist = await town.signInAs('methodist');
		await town.records.transaction((trx) =>
			recordStaff(trx, [
				{
					...staff,
					full_name: 'Юная Вера Павловна',
					birth_date: '2001-02-03',
					school_id: 'S1',
					position: 'Учитель',
					teaching_since: 2024,
				},
				{
					...staff,
					full_name: 'Юный Пётр Ильич',
					birth_date: '2000-02-03',
					school_id: 'S2',
					position: 'педагог-психолог',
					teaching_since: 2023,
				},
				{
					...staff,
					full_name: 'Бездатная Нина Юрьевна',
					birth_date: null,
					school_id: 'S2',
					position: 'учитель',
					teaching_since: null,
				},
			]),
		);
	});

	const preview = async (changes: object) =>
		campaignPreview.parse(
			(await methodist.post('/api/campaigns/preview', campaignBody([SELF], changes))).body,
		);
	const people = async (changes: object) =>
		populationPeople.parse(
			(await methodist.post('/api/campaigns/preview/people', campaignBody([SELF], changes))).body,
		);
	const namesOf = ({ people }: { people: { full_name: string }[] }) =>
		people.map(({ full_name }) => full_name);

	it('is chosen from what the registry has on the day', async () => {
		const path = '/api/population-choices?municipality=M1&day=2026-09-15';
		const choices = populationChoices.parse((await methodist.get(path)).body);
		expect(choices.positions).toEqual([
			{ value: 'учитель', people: 15 },
			{ value: 'педагог-психолог', people: 1 },
		]);
		expect(choices.categories).toContainEqual({ value: 'first', people: 13 });
		expect(choices.seniority_bands).toContainEqual({ value: 'unknown', people: 1 });
		expectProblem(await methodist.get(path.replace('M1', 'M2')), 422, 'unknown-place');
		expectProblem(await (await town.signInAs('leader')).get(path), 403, 'forbidden');
		expectProblem(await methodist.get('/api/population-choices?municipality=M1&day=tomorrow'), 422);
	});

	it('is counted with every condition together, and says of whom the registry knows too little', async () => {
		expect(await preview({ young })).toMatchObject({ people: 2, without_birth_date: 1 });
		expect(await preview({ young, positions: ['УЧИТЕЛЬ'] })).toMatchObject({ people: 1, schools: 1 });
		expect(await preview({ seniority_bands: ['0-3'] })).toMatchObject({ people: 2, without_seniority: 1 });
		expect(await preview({ categories: ['none'], seniority_bands: ['unknown'] })).toMatchObject({
			people: 1,
		});
		for (const wrong of [
			{ seniority_bands: ['5'] },
			{ categories: [] },
			{ young: { ...young, age_limit: 3 } },
		])
			expectProblem(
				await methodist.post('/api/campaigns/preview', campaignBody([SELF], wrong)),
				422,
				'invalid-body',
			);
	});

	it('is shown by name, page by page, by school and by search', async () => {
		const all = await people({});
		expect(all).toMatchObject({ total: 16, found: 16, is_frozen: false });
		expect(await people({ page: 2 })).toMatchObject({ total: 16, people: [] });
		expect(namesOf(await people({ school_id: 'S2' }))).toHaveLength(8);
		// Without case, in any order of the words, ё as е.
		const [found] = (await people({ search: 'ильич петр' })).people;
		expect(found).toMatchObject({
			full_name: 'Юный Пётр Ильич',
			school_name: 'Школа S2',
			position: 'педагог-психолог',
			seniority_band: '0-3',
		});
		// Neither birth dates nor addresses leave with a name.
		expect(Object.keys(found!).toSorted()).toEqual([
			'category',
			'full_name',
			'person_id',
			'position',
			'school_id',
			'school_name',
			'seniority_band',
			'subjects',
		]);
	});

	it('is shown to nobody but who runs campaigns there', async () => {
		for (const login of ['leader', 'coordinator', 'teacher', 'neighbour'])
			expect(
				(await (await town.signInAs(login)).post('/api/campaigns/preview/people', campaignBody())).status,
				login,
			).toBe(login === 'neighbour' ? 422 : 403);
		const foreign = campaignBody([SELF], { municipality_id: 'M2' });
		expectProblem(await methodist.post('/api/campaigns/preview/people', foreign), 422, 'unknown-place');
		const id = await runCampaign(town, 'draft');
		for (const login of ['leader', 'coordinator', 'teacher'])
			expectProblem(await (await town.signInAs(login)).get(`/api/campaigns/${id}/people`), 403);
		expectProblem(await (await town.signInAs('neighbour')).get(`/api/campaigns/${id}/people`), 404);
	});

	it('is the same people in the preview, in the draft and after approval', async () => {
		const conditions = { young: { ...young, max_years: 3 }, categories: ['none'] };
		const seen = await people(conditions);
		const id = await runCampaign(town, 'draft', [SELF], conditions);
		const draft = await methodist.get(`/api/campaigns/${id}/people`);
		expect(populationPeople.parse(draft.body)).toEqual(seen);
		const approval = { to: 'approved', population: seen.fingerprint };
		expect((await methodist.post(`/api/campaigns/${id}/state`, approval)).status).toBe(200);
		const frozen = populationPeople.parse((await methodist.get(`/api/campaigns/${id}/people`)).body);
		expect(frozen).toMatchObject({ is_frozen: true, total: 2, fingerprint: seen.fingerprint });
		expect(namesOf(frozen)).toEqual(namesOf(seen));
		const { body } = await methodist.get(`/api/campaigns/${id}`);
		expect(campaignDetail.parse(body)).toMatchObject({
			...conditions,
			positions: null,
			locked_by: 'invitations',
		});
		// What happens in the registry later changes nobody's invitation.
		await town.records.transaction((trx) =>
			recordStaff(trx, [
				{
					...staff,
					full_name: 'Поздняя Алла Олеговна',
					birth_date: '2002-01-01',
					school_id: 'S1',
					position: 'учитель',
					teaching_since: 2025,
				},
			]),
		);
		expect((await methodist.get(`/api/campaigns/${id}/people`)).body).toEqual(frozen);
	});

	it('is not frozen when the registry changed after it was looked at', async () => {
		const seen = await people({ schools: ['S2'] });
		const id = await runCampaign(town, 'draft', [SELF], { schools: ['S2'] });
		await town.records.transaction((trx) =>
			recordStaff(trx, [
				{
					...staff,
					full_name: 'Внезапный Олег Ильич',
					birth_date: '1990-01-01',
					school_id: 'S2',
					position: 'учитель',
					teaching_since: 2015,
				},
			]),
		);
		const approval = { to: 'approved', population: seen.fingerprint };
		const refused = await methodist.post(`/api/campaigns/${id}/state`, approval);
		expectProblem(refused, 409, 'population-changed');
		expect(refused.body.detail).toContain(String(seen.total + 1));
		expect((await methodist.get(`/api/campaigns/${id}`)).body).toMatchObject({ state: 'draft', invited: 0 });
		const again = (await methodist.get(`/api/campaigns/${id}/people`)).body.fingerprint;
		const taken = await methodist.post(`/api/campaigns/${id}/state`, { ...approval, population: again });
		expect(taken.body).toMatchObject({ state: 'approved', invited: seen.total + 1 });
	});

	it('has no names once an anonymous campaign has invited', async () => {
		const id = await runCampaign(town, 'draft', [SELF], { mode: 'anonymous' });
		expect((await methodist.get(`/api/campaigns/${id}/people`)).status).toBe(200);
		await moveCampaign(methodist, id, ['approved']);
		expectProblem(await methodist.get(`/api/campaigns/${id}/people`), 409, 'anonymous-without-names');
	});

	it('may be changed with everything else in a draft, and no longer after that', async () => {
		const id = await runCampaign(town, 'draft');
		const change = (changes: object = {}) =>
			methodist.put(
				`/api/campaigns/${id}`,
				campaignBody([TEST], { mode: 'anonymous', title: 'Иначе', ...changes }),
			);
		expect((await change({ categories: ['first'] })).body).toMatchObject({
			title: 'Иначе',
			mode: 'anonymous',
			categories: ['first'],
			instruments: [{ instrument: TEST }],
			locked_by: null,
		});
		expectProblem(await change({ subjects: ['astronomy'] }), 422, 'empty-population');
		expectProblem(await change({ schools: ['S3'] }), 422, 'invalid-body');
		expectProblem(await (await town.signInAs('leader')).put(`/api/campaigns/${id}`, campaignBody()), 403);
		expect((await change({ mode: 'confidential' })).status).toBe(200);
		await moveCampaign(methodist, id, ['approved', 'open']);
		expectProblem(await change(), 409, 'campaign-locked-by-invitations');
		await answer(await town.signInAs('teacher'), id, TEST);
		const locked = await change();
		expectProblem(locked, 409, 'campaign-locked-by-answers');
		expect(locked.body.detail).toContain('После первого ответа');
		const english = await change().set('accept-language', 'en');
		expect(english.body.detail).toContain('After the first answer');
		const { body } = await methodist.get(`/api/campaigns/${id}`);
		expect(body).toMatchObject({ mode: 'confidential', locked_by: 'answers' });
	});
});
