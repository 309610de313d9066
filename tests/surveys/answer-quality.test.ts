import { describe, expect, it } from 'vitest';
import { definition } from '#analytics/response-quality/definition.ts';
import { compileRespondent } from '#data/demo/simulate-answers.ts';
import { createRandom } from '#data/simulation/random.ts';
import { compileAnswerQuality } from '#surveys/answer-quality.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { listCompetencies } from '#surveys/competencies.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { type Key, keySchema } from '#surveys/key.ts';
import { compileScoring } from '#surveys/scoring.ts';

const competencies = listCompetencies().map(({ id }) => id);

/** Attitude items 1…4, `perScale` in a row to a competency; the numbered ones (from 1) are turned round. */
function attitudes(scales: number, perScale: number, reversed: readonly number[] = []): Key {
	const items = Array.from({ length: scales * perScale }, (_, index) => ({
		item: `q${index + 1}`,
		competency: competencies[Math.floor(index / perScale)] as string,
		rule: {
			kind: 'likert',
			min: 1,
			max: 4,
			direction: reversed.includes(index + 1) ? 'difficulty' : 'mastery',
		},
		max_points: 3,
	}));
	const text = { ru: 'Проба', en: 'Trial' };
	return keySchema.parse({
		instrument: 'trial',
		version: 1,
		channel: 'self_assessment',
		title: text,
		purpose: text,
		languages: ['ru', 'en'],
		minutes: 5,
		teacher_result: 'at_once',
		cut_scores_name: text,
		cut_scores: [
			{ level: 'low', from: 80, to: 100 },
			{ level: 'medium', from: 60, to: 80 },
			{ level: 'high', from: 0, to: 60 },
		],
		scales: competencies.slice(0, scales).map((scale) => ({ scale, kind: 'competency', planned_sem: 10 })),
		items,
	});
}

const surveyOf = (key: Key): SurveyJson => ({
	pages: [
		{ elements: key.items.map(({ item }) => ({ type: 'rating', name: item, rateValues: [1, 2, 3, 4] })) },
	],
});

function describeAnswers(key: Key, answers: readonly (number | null)[], survey = surveyOf(key)) {
	const given = Object.fromEntries(
		answers.flatMap((value, index) => (value === null ? [] : [[`q${index + 1}`, value]])),
	);
	return compileAnswerQuality(key, survey)(compileScoring(key, survey)(given));
}

const _ = null;
// Five scales of four items, the second and the seventh turned round.
const people: Record<string, (number | null)[]> = {
	attentive: [4, 1, 4, 3, 2, 2, 3, 2, 1, 1, 2, 1, 3, 3, 3, 4, 2, 2, 1, 2],
	'in one line': [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3],
	'with gaps': [1, 4, 2, 3, 4, _, _, 1, 2, 2, 2, 2, 4, 1, 1, 3, _, 2, _, 2],
	'at random': [4, 4, 1, 1, 1, 1, 4, 4, 4, 1, 4, 1, 1, 4, 1, 4, 2, 3, 2, 3],
	'odd items alone': [4, _, 3, _, 1, _, 2, _, _, _, _, _, 2, 3, 2, 3, 1, 1, 1, 1],
};

describe('how a response was filled in', () => {
	// Reference: R 4.2.2, the formulas of the package careless written out in base R, missing answers as NA —
	// longstring: max(rle(x)$lengths) over runs that are not NA; evenodd before its change of sign: per scale
	// rowMeans of odd and of even items (na.rm = TRUE, items in shares, turned round), r <- cor(odd, even) over complete
	// pairs, 2 * r / (1 + r), below -1 set to -1. Three pairs at least are our own rule.
	it.each([
		['attentive', 20, 3, 5, 0.943820224719],
		['in one line', 20, 20, 5, -0.666666666667],
		['with gaps', 16, 4, 4, -1],
		['at random', 20, 4, 5, -1],
		['odd items alone', 12, 4, 2, null],
	])('agrees with R: %s', (name, n_answered, longest_run, n_halves, odd_even) => {
		const found = describeAnswers(attitudes(5, 4, [2, 7]), people[name] ?? []);
		expect(found).toMatchObject({ n_asked: 20, n_answered, n_attitude: 20, longest_run, n_halves });
		if (odd_even === null) expect(found.odd_even).toBeNull();
		else expect(found.odd_even).toBeCloseTo(odd_even, 11);
	});

	it('knows no consistency where nothing varies, and no run without an answer', () => {
		const key = attitudes(5, 4);
		expect(describeAnswers(key, Array(20).fill(2))).toMatchObject({ longest_run: 20, odd_even: null });
		expect(describeAnswers(key, [])).toEqual({
			n_asked: 20,
			n_answered: 0,
			n_attitude: 20,
			longest_run: 0,
			n_halves: 0,
			odd_even: null,
		});
		// Scales of one item have no halves.
		expect(describeAnswers(attitudes(4, 1), [1, 2, 3, 4])).toMatchObject({ n_halves: 0, odd_even: null });
	});

	it('counts an item under a condition as asked only when it was answered', () => {
		const key = attitudes(2, 2);
		const rating = (name: string, more: object = {}) => ({
			type: 'rating',
			name,
			rateValues: [1, 2, 3, 4],
			...more,
		});
		const survey = {
			pages: [
				{ elements: [rating('q1'), rating('q2', { visibleIf: '{q1} > 2' })] },
				{
					visibleIf: '{q1} > 2',
					elements: [{ type: 'panel', name: 'p', elements: [rating('q3'), rating('q4')] }],
				},
			],
		};
		expect(describeAnswers(key, [1], survey)).toMatchObject({ n_asked: 1, n_answered: 1 });
		expect(describeAnswers(key, [3, 2, _, 4], survey)).toMatchObject({ n_asked: 3, n_answered: 3 });
	});

	it('knows tests and lists of needs by what was left unanswered alone', () => {
		for (const { key, survey } of listShippedInstruments().filter((each) =>
			['test', 'needs_survey'].includes(each.key.channel),
		)) {
			const found = compileAnswerQuality(key, survey)(compileScoring(key, survey)({}));
			expect(found).toMatchObject({
				n_asked: key.items.length,
				n_answered: 0,
				n_attitude: 0,
				odd_even: null,
			});
		}
	});
});

it('consistency alone is weak on the shipped self-assessment, which is why it counts only together with haste', () => {
	const { key, survey } = listShippedInstruments().find(
		(each) => each.key.instrument === 'professional-difficulties',
	)!;
	const random = createRandom(7);
	const [score, respond] = [compileScoring(key, survey), compileRespondent(survey, key)];
	const describe = compileAnswerQuality(key, survey);
	const counts = { attentive: 0, random: 0 };
	const PEOPLE = 1_500;
	for (let person = 0; person < PEOPLE; person += 1) {
		const general = random.normal(0, 0.7);
		const levels = new Map(competencies.map((id) => [id, general + random.normal(0, 0.6)]));
		const scored = score(respond(random, (competency) => levels.get(competency) ?? general));
		const shuffled = scored.items.map((item) => {
			const value = random.integer(1, 4);
			return { ...item, value, points: value - 1 };
		});
		const attentive = describe(scored).odd_even ?? 1;
		counts.attentive += Number(attentive < definition.presets.odd_even_least);
		counts.random += Number(
			(describe({ ...scored, items: shuffled }).odd_even ?? 1) < definition.presets.odd_even_least,
		);
	}
	expect(counts.random / PEOPLE).toBeGreaterThan(0.65);
	expect(counts.attentive / PEOPLE).toBeGreaterThan(0.15);
	expect(counts.attentive / PEOPLE).toBeLessThan(0.4);
});
