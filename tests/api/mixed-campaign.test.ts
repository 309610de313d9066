import { beforeAll, expect, it } from 'vitest';
import { reminderPreview } from '#server/contract/campaign-centre.ts';
import { responseRate } from '#server/contract/diagnostics.ts';
import { observationCampaign, observationForm } from '#server/contract/observations.ts';
import { REMINDER_PRESET } from '#server/reminder-text.ts';
import { eachDialect } from '../support/records.ts';
import { answer, answersTo, runCampaign, SELF } from './campaign.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const FORM = 'lesson-observation';

eachDialect('a form that an observer fills in', (open) => {
	let town: Town;
	let teacher: Agent;
	let methodist: Agent;
	let coordinator: Agent;

	beforeAll(async () => {
		town = await buildTown(await open());
		teacher = await town.signInAs('teacher');
		methodist = await town.signInAs('methodist');
		coordinator = await town.signInAs('coordinator');
	});

	/** How the campaign stands, as the methodist and the school's coordinator see it. */
	async function lookAt(campaign: string) {
		await town.settle();
		const rate = await methodist.get(`/api/campaigns/${campaign}/response-rate`);
		const { invited, answered, by_day } = responseRate.parse(rate.body);
		const letter = { school_id: 'S1', ...REMINDER_PRESET };
		const preview = await methodist.post(`/api/campaigns/${campaign}/reminders/preview`, letter);
		const { to, without_email } = reminderPreview.parse(preview.body);
		const unfinished = await coordinator.get(`/api/campaigns/${campaign}/participation?school=S1`);
		expect(unfinished.status, unfinished.text).toBe(200);
		const people: { full_name: string; done: boolean }[] = unfinished.body;
		return {
			invited,
			answered,
			days: by_day.map((day) => day.answered),
			missing: [...to, ...without_email].map(({ full_name }) => full_name),
			done: people.filter(({ done }) => done).map(({ full_name }) => full_name),
		};
	}

	it('keeps nobody waiting who has answered what is theirs', async () => {
		const campaign = await runCampaign(town, 'open', [SELF, FORM]);
		const before = await lookAt(campaign);
		expect(before).toMatchObject({ invited: 13, answered: 0, days: [], done: [] });
		expect(before.missing).toHaveLength(7);
		expect((await answer(teacher, campaign, SELF)).status).toBe(201);
		const after = await lookAt(campaign);
		expect(after).toMatchObject({ answered: 1, days: [1], done: ['Учитель 1 школы S1'] });
		expect(after.missing).toEqual(before.missing.filter((name) => name !== 'Учитель 1 школы S1'));
	});

	it('is counted where a campaign asks for nothing else, and then nobody is reminded', async () => {
		const campaign = await runCampaign(town, 'open', [FORM]);
		expect(await lookAt(campaign)).toMatchObject({ invited: 13, answered: 0, missing: [] });
		await teacher.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: false });
		const campaigns = observationCampaign.array().parse((await methodist.get('/api/observations')).body);
		const listed = campaigns.find(({ campaign_id }) => campaign_id === campaign)!;
		const path = `/api/observations/${campaign}/${listed.teachers[0]!.participant_code}/${FORM}`;
		const form = observationForm.parse((await methodist.get(path)).body);
		const observed = await methodist.post(`${path}/response`, {
			response_id: form.response_id,
			answers: answersTo(FORM, 0),
			started_at: null,
			duration_seconds: 600,
		});
		expect(observed.status, observed.text).toBe(201);
		expect(await lookAt(campaign)).toMatchObject({ answered: 1, days: [1], missing: [] });
	});
});
