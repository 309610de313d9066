import { describe, expect, test } from 'vitest';
import { proceduresOf, simulateSchools } from '#data/simulation/assessment.ts';
import { assessmentTruth } from '#data/simulation/assessment-truth.ts';
import { mean, variance } from './moments.ts';

type Given = Parameters<typeof assessmentTruth.parse>[0];
const simulate = (given: Given, seed = 1) => [...simulateSchools(assessmentTruth.parse(given), seed)];
const large = { schools: 2, pupils: [2000, 2000] };
const faultsOf = (given: Given): string[] => {
	const { error } = assessmentTruth.safeParse(given);
	return (error?.issues ?? []).map((issue) =>
		issue.code === 'custom' ? `${issue.path.join('.')} ${issue.params?.fault}` : issue.path.join('.'),
	);
};

describe('what is put in comes out', () => {
	test('abilities, school effects and absence have the spread that the truth names', () => {
		const schools = simulate({ schools: 2000, pupils: [4, 4], absence: 0.1, spread: { school: 0.5 } });
		const levels = schools.map(({ level }) => level);
		expect(mean(levels)).toBeCloseTo(0, 1);
		expect(Math.sqrt(variance(levels))).toBeCloseTo(0.5, 1);
		const pupils = schools.flatMap(({ pupils }) => pupils);
		expect(mean(pupils.map(({ paper }) => Number(paper === null)))).toBeCloseTo(0.1, 2);
		// own² + subject² + school² + procedure²
		expect(variance(pupils.map(({ ability }) => ability))).toBeCloseTo(1 + 0.16 + 0.25 + 0.04, 1);
	});

	test('a planted effect moves the school, and nothing else in it', () => {
		const [plain] = simulate(large);
		const [better] = simulate({ ...large, planted: [{ school: 1, effect: plain!.level + 0.5 }] });
		for (const [place, pupil] of plain!.pupils.entries())
			expect(better!.pupils[place]!.ability - pupil.ability).toBeCloseTo(0.5, 9);
	});

	test('items sum to the score, also when lifted and helped', () => {
		const [school] = simulate({ ...large, planted: [{ school: 1, lifting: 0.5, help: 0.2 }] });
		const { items } = proceduresOf(assessmentTruth.parse({}))[0]!;
		for (const { paper } of school!.pupils) {
			expect(paper!.items.reduce((sum, points) => sum + points, 0)).toBe(paper!.score);
			for (const [index, points] of paper!.items.entries())
				expect(points).toBeLessThanOrEqual(items[index]!.max);
		}
	});

	test('lifting takes the named share of the papers within reach of a border onto it, and no others', () => {
		const [school] = simulate({ ...large, planted: [{ school: 1, lifting: 0.4 }] });
		const near = school!.pupils.filter(({ honest_score }) =>
			[6, 10, 15].some((border) => honest_score! < border && honest_score! >= border - 2),
		);
		expect(mean(near.map(({ is_lifted }) => Number(is_lifted)))).toBeCloseTo(0.4, 1);
		for (const { is_lifted, honest_score, paper } of school!.pupils) {
			expect(paper!.score > honest_score!).toBe(is_lifted);
			if (is_lifted) expect([6, 10, 15]).toContain(paper!.score);
		}
	});

	test('help is with the hard items alone, inflation with the journal alone', () => {
		const [plain] = simulate(large);
		const [helped] = simulate({ ...large, planted: [{ school: 1, help: 1 }] });
		const share = (school: typeof plain, item: number) =>
			mean(school!.pupils.map(({ paper }) => paper!.items[item]!));
		expect(share(helped, 0)).toBe(share(plain, 0));
		expect(share(helped, 14)).toBeGreaterThan(share(plain, 14) + 0.5);
		const [inflated] = simulate({ ...large, planted: [{ school: 1, inflation: 0.8 }] });
		expect(inflated!.pupils.map(({ paper }) => paper)).toEqual(plain!.pupils.map(({ paper }) => paper));
		const journal = (school: typeof plain) => mean(school!.pupils.map(({ journal_mark }) => journal_mark));
		expect(journal(inflated)).toBeGreaterThan(journal(plain) + 0.3);
	});

	test('only the named years and subjects are touched', () => {
		const planted = [{ school: 1, lifting: 1, years: [2025], subjects: ['math'] }];
		const [school] = simulate({ ...large, years: [2024, 2025], planted });
		const touched = new Set(school!.pupils.filter((one) => one.is_lifted).map(({ procedure }) => procedure));
		expect([...touched].sort()).toEqual(['vpr-2025-4-math', 'vpr-2025-5-math']);
	});
});

describe('streams', () => {
	test('what one school does changes no other', () => {
		const plain = simulate({ schools: 20 });
		const planted = simulate({ schools: 20, planted: [{ school: 3, lifting: 1, help: 1, pupils: 7 }] });
		for (const [index, school] of plain.entries())
			if (index === 2) expect(planted[index]).not.toEqual(school);
			else expect(planted[index]).toEqual(school);
	});

	test('more schools leave the first ones as they were, another seed leaves none', () => {
		expect(
			simulate({ schools: 30 })
				.slice(0, 10)
				.map(({ level }) => level),
		).toEqual(simulate({ schools: 10 }).map(({ level }) => level));
		const levels = [1, 2].flatMap((seed) => simulate({ schools: 500 }, seed).map(({ level }) => level));
		expect(new Set(levels).size).toBe(1000);
	});
});

test('a truth that cannot be is refused with its place', () => {
	expect(faultsOf({ pupils: [20, 5] })).toEqual(['pupils not-ascending']);
	expect(faultsOf({ schools: 2, planted: [{ school: 3 }] })).toEqual(['planted.0.school no-such-school']);
	expect(faultsOf({ planted: [{ school: 3, years: [2020], subjects: ['art'] }] })).toEqual([
		'planted.0.years no-such-year',
		'planted.0.subjects no-such-subject',
	]);
	expect(faultsOf({ planted: [{ school: 3 }, { school: 3 }] })).toEqual(['planted.1.school school-twice']);
	const procedure = { grade: 4, subject: 'math', items: [{ max: 3, difficulty: 0 }] };
	expect(faultsOf({ procedures: [{ ...procedure, cutoffs: { '3': 1, '4': 3, '5': 2 } }] })).toEqual([
		'procedures.0.cutoffs not-ascending',
	]);
	expect(faultsOf({ procedures: [{ ...procedure, cutoffs: { '3': 1, '4': 2, '5': 4 } }] })).toEqual([
		'procedures.0.cutoffs.5 above-items',
	]);
	expect(faultsOf({ planted: [{ school: 1, lifting: 2 }] })).toEqual(['planted.0.lifting']);
	expect(faultsOf({ lifting: 1 })).toEqual(['']);
});
