import { beforeAll, expect, it } from 'vitest';
import { publishInstrument } from '#data/records/diagnostics/instruments.ts';
import { myDiagnostic } from '#server/contract/my.ts';
import { respondent } from '#server/contract/respondent.ts';
import { RESPONDENT, respondentVariables } from '#surveys/respondent.ts';
import { everyTypeKey } from '../support/every-type.ts';
import { eachDialect } from '../support/records.ts';
import { runCampaign } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

const text = (value: string) => ({ ru: value, en: value });
const survey = {
	pages: [
		{
			name: 'p1',
			elements: [
				{ type: 'text', name: 'all', title: text('Все') },
				{
					type: 'text',
					name: 'known',
					title: text('Со стажем'),
					visibleIf: '{respondent.seniority} notempty',
					requiredIf: "{respondent.young_specialist} = false and {respondent.position} = 'teacher'",
				},
				{ type: 'text', name: 'head', title: text('Директор'), visibleIf: "{respondent.position} = 'head'" },
			],
		},
	],
};

eachDialect('what a survey knows of its respondent', (open) => {
	let town: Town;
	let teacher: Agent;
	beforeAll(async () => {
		town = await buildTown(await open());
		await town.records.transaction((trx) =>
			publishInstrument(trx, {
				instrument: 'asks-who',
				version: 1,
				survey: JSON.stringify(survey),
				key: JSON.stringify({
					...everyTypeKey,
					instrument: 'asks-who',
					channel: 'questionnaire',
					cut_scores: [],
					scales: [],
					items: [],
				}),
				sha256: 'asks-who',
			}),
		);
		teacher = await town.signInAs('teacher');
	});

	async function begin(changes: object = {}, agent = teacher) {
		const campaign = await runCampaign(town, 'open', ['asks-who'], changes);
		const path = `/api/my/diagnostics/${campaign}`;
		await agent.post(`${path}/consent`, { give: true, methodist: false });
		const diagnostic = myDiagnostic.parse((await agent.get(`${path}/asks-who`)).body);
		const send = (answers: object) =>
			agent.post(`${path}/asks-who/response`, {
				response_id: diagnostic.response_id,
				answers,
				started_at: null,
				duration_seconds: null,
			});
		const stored = async () =>
			JSON.parse(
				(
					await town.records.db
						.selectFrom('response')
						.select('answers')
						.where('campaign_id', '=', campaign)
						.executeTakeFirstOrThrow()
				).answers,
			) as object;
		return { diagnostic, send, stored };
	}

	it('is the same to the contract and to conditions', () => {
		expect(Object.keys(respondent.shape)).toEqual(Object.keys(respondentVariables));
		expect(RESPONDENT).toBe('respondent');
		for (const [name, values] of Object.entries(respondentVariables))
			for (const value of values ?? ['math'])
				expect(respondent.safeParse({ [name]: value }).success, `${name} ${value}`).toBe(true);
		expect(respondent.safeParse({ seniority: '5' }).success).toBe(false);
	});

	it('decides on the server what is shown and asked, whatever is sent', async () => {
		const { diagnostic, send, stored } = await begin();
		expect(diagnostic.respondent).toMatchObject({ position: 'teacher', seniority: expect.any(String) });
		expect(diagnostic.respondent.young_specialist).toBe(diagnostic.respondent.seniority === '0-3');
		if (diagnostic.respondent.young_specialist === false)
			expectProblem(await send({ all: 'x' }), 422, 'invalid-answers');
		// a browser that claims to be somebody else changes nothing
		const lied = await send({ all: 'x', known: 'y', respondent: { position: 'head' } });
		expectProblem(lied, 422, 'invalid-answers');
		const taken = await send({ all: 'x', known: 'y', head: 'z' });
		expect(taken.status, taken.text).toBe(201);
		expect(await stored()).toEqual({ all: 'x', known: 'y' });
	});
});
