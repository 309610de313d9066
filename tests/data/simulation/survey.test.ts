import { describe, expect, test } from 'vitest';
import { simulatePersons } from '#data/simulation/survey.ts';
import { surveyTruth } from '#data/simulation/survey-truth.ts';
import { mean, variance } from './moments.ts';

type Given = Parameters<typeof surveyTruth.parse>[0];
const simulate = (given: Given, seed = 1) => [...simulatePersons(surveyTruth.parse(given), seed)];

describe('what is put in comes out', () => {
	test('levels of persons, schools and groups', () => {
		const groups = [
			{ value: 'a', share: 0.25 },
			{ value: 'b', share: 0.75, shift: 1 },
		];
		const persons = simulate({ persons: 20_000, spread: 0.6, schools: { count: 200, spread: 0.8 }, groups });
		const [a, b] = ['a', 'b'].map((value) => persons.filter(({ group }) => group === value));
		expect(a!.length / persons.length).toBeCloseTo(0.25, 1);
		expect(mean(b!.map(({ level }) => level)) - mean(a!.map(({ level }) => level))).toBeCloseTo(1, 1);
		expect(variance(a!.map(({ level }) => level))).toBeCloseTo(0.36 + 0.64, 0);
		expect(new Set(persons.map(({ school }) => school)).size).toBe(200);
	});

	test('at its threshold one answer is as likely as the next', () => {
		const persons = simulate({ persons: 20_000, spread: 0, mean: 0.7, items: [{ thresholds: [0.7, 1.7] }] });
		const count = (answer: number) => persons.filter(({ answers }) => answers[0] === answer).length;
		expect(count(1) / count(0)).toBeCloseTo(1, 1);
		expect(count(2) / count(1)).toBeCloseTo(Math.exp(-1), 1);
	});

	test('a reversed item falls with the level, a biased one is harder for its group', () => {
		const items = [{ thresholds: [0] }, { thresholds: [0], reversed: true }, { thresholds: [0], item: 'x' }];
		const groups = [
			{ value: 'a', share: 0.5 },
			{ value: 'b', share: 0.5 },
		];
		const bias = [{ item: 'x', group: 'b', shift: 1 }];
		const persons = simulate({ persons: 20_000, mean: 1, spread: 0, items, groups, bias });
		const share = (item: number, group: string) =>
			mean(persons.filter((one) => one.group === group).map(({ answers }) => answers[item]!));
		expect(share(0, 'a')).toBeCloseTo(1 / (1 + Math.exp(-1)), 1);
		expect(share(1, 'a')).toBeCloseTo(1 / (1 + Math.exp(1)), 1);
		expect(share(2, 'a')).toBeCloseTo(share(0, 'a'), 1);
		expect(share(2, 'b')).toBeCloseTo(0.5, 1);
	});

	test('careless persons and missing answers come in the named shares', () => {
		const careless = { line: 0.1, random: 0.2 };
		const persons = simulate({ persons: 10_000, careless, missing: 0.05, lowest: 1 });
		const kinds = (kind: string | null) => persons.filter((one) => one.careless === kind);
		expect(kinds('line').length / persons.length).toBeCloseTo(0.1, 1);
		expect(kinds('random').length / persons.length).toBeCloseTo(0.2, 1);
		for (const { answers } of kinds('line'))
			expect(new Set(answers.filter((answer) => answer !== null)).size).toBeLessThanOrEqual(1);
		const all = persons.flatMap(({ answers }) => answers);
		expect(all.filter((answer) => answer === null).length / all.length).toBeCloseTo(0.05, 2);
		const given = all.filter((answer) => answer !== null);
		expect(given.reduce((least, answer) => Math.min(least, answer), 9)).toBe(1);
		expect(given.reduce((most, answer) => Math.max(most, answer), 0)).toBe(4);
	});
});

test('more persons leave the first ones as they were, another seed does not', () => {
	expect(
		simulate({ persons: 90 })
			.slice(0, 50)
			.map(({ answers }) => answers),
	).toEqual(simulate({ persons: 50 }).map(({ answers }) => answers));
	expect(simulate({ persons: 50 }, 2)).not.toEqual(simulate({ persons: 50 }, 1));
});

test('a truth that cannot be is refused with its place', () => {
	const faultsOf = (given: Given) =>
		(surveyTruth.safeParse(given).error?.issues ?? []).map((issue) =>
			issue.code === 'custom' ? `${issue.path.join('.')} ${issue.params?.fault}` : issue.path.join('.'),
		);
	expect(faultsOf({ groups: [{ value: 'a', share: 0.4 }] })).toEqual(['groups shares-not-whole']);
	expect(faultsOf({ careless: { line: 0.6, random: 0.6 } })).toEqual(['careless shares-above-whole']);
	expect(faultsOf({ bias: [{ item: 'q99', group: 'x', shift: 1 }] })).toEqual([
		'bias.0.item no-such-item',
		'bias.0.group no-such-group',
	]);
	expect(faultsOf({ items: [{ thresholds: [0], item: 'group' }] })).toEqual(['items.0.item item-twice']);
	expect(faultsOf({ persons: 0 })).toEqual(['persons']);
});
