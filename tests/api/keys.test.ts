import { beforeAll, describe, expect, it } from 'vitest';
import { myExplanations } from '#server/contract/my-explanations.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { eachDialect } from '../support/records.ts';
import { answer, moveCampaign, runCampaign, SELF, TEST } from './campaign.ts';
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

	it('gives its explanations to who answered, once the result is released, and to nobody else', async () => {
		const path = `/api/my/profile/${campaign}/${TEST}/explanations`;
		const refused = async (agent: Agent, at = path) => {
			const reply = await agent.get(at);
			expectNoKey(reply.text);
			expect([403, 404], reply.text).toContain(reply.status);
		};
		// answered, not released
		await refused(teacher);
		const methodist = await town.signInAs('methodist');
		await moveCampaign(methodist, campaign, ['closed', 'scored', 'reviewed', 'released']);
		const reply = await teacher.get(path);
		expect(reply.status, reply.text).toBe(200);
		const { tasks } = myExplanations.parse(reply.body);
		const { key } = listShippedInstruments().find((each) => each.key.instrument === TEST)!;
		expect(tasks.map(({ item }) => item)).toEqual(
			key.items
				.filter(({ explanation, rule }) => explanation || rule.kind === 'case')
				.map(({ item }) => item),
		);
		for (const { item, why } of tasks)
			expect(why).toEqual(key.items.find((each) => each.item === item)?.explanation ?? null);
		const decided = tasks.filter(({ decisions }) => decisions.length > 0);
		for (const { decisions } of decided) expect(decisions.filter(({ is_mine }) => is_mine)).toHaveLength(1);
		// everything else stays as silent as before
		expectNoKey((await teacher.get('/api/my/profile')).text);
		expectNoKey((await teacher.get(`/api/my/diagnostics/${campaign}/${TEST}`)).text);
		// a self-assessment explains nothing; a colleague who did not answer gets nothing, nor does staff
		await refused(teacher, `/api/my/profile/${campaign}/${SELF}/explanations`);
		for (const login of ['colleague', 'neighbour', 'methodist', 'leader', 'admin'])
			await refused(await town.signInAs(login));
	});

	describe('nor staff', () => {
		it.each(['methodist', 'leader'])('(%s)', async (login) => {
			const agent = await town.signInAs(login);
			for (const path of ['/api/instruments', '/api/campaigns', `/api/campaigns/${campaign}`])
				expectNoKey((await agent.get(path)).text);
		});
	});
});
