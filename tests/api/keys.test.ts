import { beforeAll, describe, expect, it } from 'vitest';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { eachDialect } from '../support/records.ts';
import { answer, runCampaign, SELF, TEST } from './campaign.ts';
import { type Agent, buildTown, type Town } from './town.ts';

/** Words that stand in a key and nowhere else, and every explanation of a right answer. */
const keyWords = [
	'"rule"',
	'"max_points"',
	'"cut_scores"',
	'"planned_sem"',
	'"correctAnswer"',
	'"rationale"',
	'"explanation"',
];
const explanations = listShippedInstruments().flatMap(({ key }) =>
	key.items.flatMap(({ explanation, rule }) => [
		...(explanation ? [explanation.ru, explanation.en] : []),
		...(rule.kind === 'case' ? rule.options.flatMap(({ rationale }) => [rationale.ru, rationale.en]) : []),
	]),
);

eachDialect('the key of an instrument', (open) => {
	let town: Town;
	let teacher: Agent;
	let campaign: string;
	beforeAll(async () => {
		town = await buildTown(await open());
		teacher = await town.signInAs('teacher');
		campaign = await runCampaign(town, 'open', [SELF, TEST]);
	});

	function expectNoKey(text: string): void {
		for (const word of keyWords) expect(text).not.toContain(word);
		for (const explanation of explanations) expect(text).not.toContain(explanation);
	}

	it('has something to hide', () => {
		expect(explanations.length).toBeGreaterThan(10);
		const texts = listShippedInstruments().map(({ key }) => JSON.stringify(key));
		expect(() => expectNoKey(texts.join(''))).toThrow();
	});

	it('never reaches a participant: before, during and after answering', async () => {
		const read = async (): Promise<void> => {
			for (const path of [
				'/api/my/diagnostics',
				`/api/my/diagnostics/${campaign}/${SELF}`,
				`/api/my/diagnostics/${campaign}/${TEST}`,
				'/api/my/profile',
				'/api/analytics/competency-deficit',
			])
				expectNoKey((await teacher.get(path)).text);
		};
		await read();
		expectNoKey((await answer(teacher, campaign, TEST)).text);
		await town.settle();
		await read();
		const wrong = await teacher.put(`/api/my/diagnostics/${campaign}/${SELF}/draft`, {
			answers: { subject_mastery: { s1: 77 } },
			page: 0,
		});
		expectNoKey(wrong.text);
	});

	describe('nor staff', () => {
		it.each(['methodist', 'leader'])('(%s)', async (login) => {
			const agent = await town.signInAs(login);
			for (const path of ['/api/instruments', '/api/campaigns', `/api/campaigns/${campaign}`])
				expectNoKey((await agent.get(path)).text);
		});
	});
});
