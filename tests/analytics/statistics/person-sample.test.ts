import { describe, expect, it } from 'vitest';
import { estimateDifficulties, MOST_PATTERNS } from '#analytics/scale/difficulties.ts';
import { analyseScale } from '#analytics/scale/report.ts';
import { type AnswerPatterns, chooseRows, MISSING } from '#analytics/statistics/answer-patterns.ts';
import { partialCredit } from '#analytics/statistics/partial-credit.ts';
import { personSample } from '#analytics/statistics/person-sample.ts';
import { countRanked, rawScoreGroups } from '#analytics/statistics/raw-score-groups.ts';
import { createRandom } from '#data/simulation/random.ts';

/** Rasch answers with gaps at random; difficulties from −2 to 2. */
function gappy(persons: number, items: number, gaps: number): AnswerPatterns {
	const random = createRandom(8);
	const codes = new Uint8Array(persons * items);
	for (let person = 0; person < persons; person++) {
		const ability = random.normal();
		for (let item = 0; item < items; item++) {
			const right = random.uniform() < 1 / (1 + Math.exp((4 * item) / (items - 1) - 2 - ability));
			codes[person * items + item] = random.uniform() < gaps ? MISSING : Number(right);
		}
	}
	return { items, codes, counts: new Float64Array(persons).fill(1) };
}

const maskOf = (row: Uint8Array): string => row.map((code) => (code === MISSING ? 1 : 0)).join('');
const masksOf = (patterns: AnswerPatterns): Set<string> => {
	const masks = new Set<string>();
	chooseRows(patterns, (row) => masks.add(maskOf(row)).size < 0);
	return masks;
};

describe('a sample of persons', () => {
	it('is drawn only where more patterns of gaps are different, and holds just as many', () => {
		const all = gappy(4000, 30, 0.1);
		const different = masksOf(all).size;
		expect(personSample(all, different)).toBeNull();
		const { patterns, persons, total } = personSample(all, 1000)!;
		expect([masksOf(patterns).size, total]).toEqual([1000, 4000]);
		expect(persons).toBe(patterns.counts.length);
		expect(persons).toBeGreaterThanOrEqual(1000);
		expect(personSample(all, 1000)).toEqual(personSample(all, 1000));
	});

	it('counts the persons behind a row', () => {
		const all = { ...gappy(500, 30, 0.1), counts: new Float64Array(500).fill(3) };
		const { patterns, persons, total } = personSample(all, 100)!;
		expect([persons, total]).toEqual([3 * patterns.counts.length, 1500]);
	});

	it('favours neither those with few gaps nor those with high scores', () => {
		const all = gappy(20_000, 30, 0.1);
		const { patterns } = personSample(all, 5000)!;
		const meansOf = ({ codes, counts, items }: AnswerPatterns): number[] => {
			const missing = codes.filter((code) => code === MISSING).length;
			const right = codes.filter((code) => code === 1).length;
			return [missing / counts.length / items, right / (codes.length - missing)];
		};
		const [sampled, whole] = [meansOf(patterns), meansOf(all)];
		for (const [at, value] of sampled.entries()) expect(Math.abs(value - whole[at]!)).toBeLessThan(0.008);
	});

	it('gives difficulties within their errors, which are those of the sample', () => {
		const all = gappy(12_000, 20, 0.15);
		const estimate = (patterns: AnswerPatterns) => {
			const groups = rawScoreGroups(patterns, new Array(20).fill(1));
			return partialCredit(groups, countRanked(patterns, groups, new Array(20).fill(1)))!;
		};
		const { patterns, persons, total } = personSample(all, 1500)!;
		const [part, whole] = [estimate(patterns), estimate(all)];
		for (const [item, { difficulty, se }] of part.locations.entries()) {
			const other = whole.locations[item]!;
			expect(Math.abs(difficulty - other.difficulty)).toBeLessThan(4 * se!);
			expect(se! / other.se! / Math.sqrt(total / persons)).toBeCloseTo(1, 1);
		}
	});
});

describe('a file whose gaps are all different', () => {
	it('is estimated though rounding hides what the last steps gain', { timeout: 60_000 }, () => {
		const { model, sample } = estimateDifficulties(gappy(50_000, 60, 0.1), { errors: false });
		expect(sample).toBeNull();
		const difficulties = model!.locations.map(({ difficulty }) => difficulty);
		for (const [item, found] of difficulties.entries())
			expect(Math.abs(found - ((4 * item) / 59 - 2))).toBeLessThan(0.06);
	});

	it('says in words from how many persons difficulties are', { timeout: 120_000 }, () => {
		const report = analyseScale(gappy(MOST_PATTERNS + 10_000, 24, 0.5), {
			titles: Array.from({ length: 24 }, (_, item) => `i${item}`),
			language: 'ru',
		});
		expect(report.n).toBe(MOST_PATTERNS + 10_000);
		const [note] = report.notes;
		expect(note!.code).toBe('difficulties-from-sample');
		expect(note!.text).toMatch(/по случайной выборке: 10[\d\s]+ человек из 110[\s]000\./);
	});
});
