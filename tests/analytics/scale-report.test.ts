import { describe, expect, it } from 'vitest';
import { analyseBias, biasMethods } from '#analytics/scale/bias-report.ts';
import { estimateDifficulties } from '#analytics/scale/difficulties.ts';
import { personDistribution } from '#analytics/scale/person-distribution.ts';
import { readPoints } from '#analytics/scale/points-text.ts';
import { rankCodes } from '#analytics/scale/ranked-codes.ts';
import { analyseScale, type ScaleReport } from '#analytics/scale/report.ts';
import type { AnswerPatterns } from '#analytics/statistics/answer-patterns.ts';
import { partialCredit } from '#analytics/statistics/partial-credit.ts';
import { countRanked, rawScoreGroups } from '#analytics/statistics/raw-score-groups.ts';
import { type Arbitrary, fc } from '#tests/support/property.ts';
import { type DifReference, hasFiles, readPatterns, readReference } from './statistics/psychometric-files.ts';

type Cell = number | null;

/** Numbers from 0 to 1 that are the same at each run. */
function lcg(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

function patternsOf(rows: readonly (readonly Cell[])[]): AnswerPatterns {
	return {
		items: rows[0]?.length ?? 0,
		codes: Uint8Array.from(rows.flatMap((row) => row.map((cell) => cell ?? 255))),
		counts: new Float64Array(rows.length).fill(1),
	};
}

function reportOf(rows: readonly (readonly Cell[])[]): ScaleReport {
	const titles = (rows[0] ?? []).map((_, j) => `i${j}`);
	return analyseScale(patternsOf(rows), { titles, language: 'en' });
}

/** Answers of persons of different ability, so that a model has something to find. */
const answers = (most: number): Arbitrary<number[][]> =>
	fc
		.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 40, max: 90 }))
		.map(([items, seed, persons]) => {
			let state = seed;
			const random = (): number => {
				state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
				return state / 2 ** 32;
			};
			return Array.from({ length: persons }, () => {
				const ability = 4 * random() - 2;
				return Array.from({ length: items }, (_, j) => {
					let code = 0;
					for (let h = 0; h < most; h++) if (random() < 1 / (1 + Math.exp(j / 2 - 1 - ability))) code++;
					return code;
				});
			});
		});

function close(left: unknown, right: unknown): void {
	if (typeof left === 'number' && typeof right === 'number') expect(left).toBeCloseTo(right, 6);
	else if (Array.isArray(left) && Array.isArray(right)) {
		expect(left).toHaveLength(right.length);
		for (const [index, value] of left.entries()) close(value, right[index]);
	} else if (left && right && typeof left === 'object') {
		expect(Object.keys(left)).toEqual(Object.keys(right));
		for (const [key, value] of Object.entries(left)) close(value, (right as Record<string, unknown>)[key]);
	} else expect(left).toEqual(right);
}

/** Every number of a report; NaN and infinity are never among them. */
function expectPlain(value: unknown): void {
	if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
	else if (value && typeof value === 'object') for (const part of Object.values(value)) expectPlain(part);
}

describe('a scale', () => {
	it('does not depend on the order of persons or items', () => {
		fc.assert(
			fc.property(answers(1), (rows) => {
				const report = reportOf(rows);
				close(reportOf(rows.toReversed()), report);
				const turned = reportOf(rows.map((row) => row.toReversed()));
				for (const key of ['alpha', 'omega_total', 'sem', 'separation', 'person_table'] as const)
					close(turned[key], report[key]);
				close(
					turned.items.toReversed().map(({ item: _, ...numbers }) => numbers),
					report.items.map(({ item: _, ...numbers }) => numbers),
				);
			}),
			{ numRuns: 20 },
		);
	});

	it('has one omega although weak items leave several solutions with a loading of nearly one', () => {
		const patterns = ['111', '110', '100', '001', '000', '011', '010', '101'];
		const times = [9, 11, 5, 4, 3, 4, 2, 2];
		const rows = patterns.flatMap((pattern, at) =>
			Array.from({ length: times[at]! }, () => [...pattern].map(Number)),
		);
		const { omega_total } = reportOf(rows);
		expect(omega_total).not.toBeNull();
		for (const order of [
			[0, 2, 1],
			[1, 0, 2],
			[1, 2, 0],
			[2, 0, 1],
			[2, 1, 0],
		])
			expect(reportOf(rows.map((row) => order.map((j) => row[j]!))).omega_total).toBeCloseTo(omega_total!, 6);
	});

	it('mirrors when every item is turned round, and twice is as before', () => {
		fc.assert(
			fc.property(answers(2), (rows) => {
				const most = rows[0]!.map((_, j) => Math.max(...rows.map((row) => row[j]!)));
				const low = rows[0]!.map((_, j) => Math.min(...rows.map((row) => row[j]!)));
				fc.pre(low.every((code) => code === 0));
				const turn = (matrix: number[][]): number[][] =>
					matrix.map((row) => row.map((code, j) => most[j]! - code));
				const report = reportOf(rows);
				const mirrored = reportOf(turn(rows));
				close(mirrored.alpha, report.alpha);
				close(mirrored.separation, report.separation);
				for (const [j, item] of mirrored.items.entries()) close(item.infit, report.items[j]!.infit);
				expect(reportOf(turn(turn(rows)))).toEqual(report);
			}),
			{ numRuns: 20 },
		);
	});

	it('is the same with a constant item, but for its note', () => {
		fc.assert(
			fc.property(answers(1), (rows) => {
				const report = reportOf(rows);
				const { items, ...whole } = reportOf(rows.map((row) => [...row, 0]));
				const { items: before, ...wholeBefore } = report;
				close(whole, wholeBefore);
				close(items.slice(0, -1), before);
				expect(items.at(-1)).toMatchObject({ rasch_difficulty: null, facility: null });
				expect(items.at(-1)!.notes.map(({ code }) => code)).toEqual(['no-variance']);
			}),
			{ numRuns: 20 },
		);
	});

	it('says in words what cannot be estimated, and never gives NaN', () => {
		const degenerate: [string, Cell[][], string][] = [
			['nobody', [], 'too-few-respondents'],
			['one pupil', [[1, 0, 1]], 'too-few-respondents'],
			['all equal', new Array(40).fill([1, 1, 1]), 'no-variance'],
			['all missing', new Array(40).fill([null, null]), 'no-variance'],
			['one item', Array.from({ length: 40 }, (_, i) => [i % 2]), 'single-item'],
			['extreme scores alone', Array.from({ length: 40 }, (_, i) => [i % 2, i % 2, i % 2]), 'not-converged'],
			[
				'items that part',
				Array.from({ length: 40 }, (_, i) => [1, i % 2, 0, i % 3 ? 0 : i % 2]),
				'no-variance',
			],
		];
		for (const [name, rows, code] of degenerate) {
			const report = reportOf(rows);
			expectPlain(report);
			const codes = [...report.notes, ...report.items.flatMap(({ notes }) => notes)].map((note) => note.code);
			expect(codes, name).toContain(code);
		}
	});

	it('never fails, whatever the answers', () => {
		const cell = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 4 });
		const matrix = fc
			.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 12 }))
			.chain(([items, persons]) =>
				fc.array(fc.array(cell, { minLength: items, maxLength: items }), {
					minLength: persons,
					maxLength: persons,
				}),
			);
		fc.assert(
			fc.property(matrix, (rows) => {
				expectPlain(reportOf(rows));
				const groups = rows.map((_, index) => String(index % 2));
				const titles = rows[0]!.map((_, j) => `i${j}`);
				for (const method of biasMethods)
					expectPlain(analyseBias(patternsOf(rows), groups, { titles, language: 'ru', method }));
			}),
			{ numRuns: 200 },
		);
	});

	it('leaves a category that nobody chose without its two thresholds', () => {
		const rows = Array.from({ length: 60 }, (_, i) => [
			i % 2 ? 3 : (i >> 1) % 2,
			(i >> 2) % 2,
			(i * 7) % 3 ? 1 : 0,
		]);
		const [item] = reportOf(rows).items;
		expect(item!.rasch_difficulty).toEqual([expect.any(Number), null, null]);
		expect(item!.notes.map(({ code }) => code)).toContain('empty-category');
	});
});

describe.skipIf(!hasFiles)('bias of items against R mantelhaen.test', () => {
	it.each([
		['hci', 'hci.csv', 'dif_gender', 'gender'],
		['verbal_aggression', 'verbal_aggression.txt', 'dif_gender', 'Gender'],
		['sirt_math', 'sirt_math.csv', 'dif_female', 'female'],
	])('%s', (name, file, part, column) => {
		const reference = readReference(name)[part] as DifReference;
		const titles = reference.table.map(({ item }) => item);
		const groups = Array.from(readPatterns(file, [column]).codes, String);
		const report = analyseBias(readPatterns(file, titles), groups, { titles, language: 'en' });
		expect(report.reference).toBe('0');
		expect(report.groups.map(({ n }) => n)).toEqual([reference.reference_n, reference.focal_n]);
		for (const [j, expected] of reference.table.entries()) {
			const found = report.items[j]!;
			expect(found.chi2, found.item).toBeCloseTo(expected.mh_chisq_cc, 6);
			expect(found.p, found.item).toBeCloseTo(expected.mh_p, 6);
			expect(found.effect, found.item).toBeCloseTo(expected.delta_mh, 6);
			expect(found.class, found.item).toBe(expected.ets);
		}
	});
});

it('finds the one item of several categories that a group answers otherwise', () => {
	const random = lcg(5);
	const rows = Array.from({ length: 1200 }, (_, i) => {
		const ability = 3 * random() - 1.5;
		return Array.from({ length: 6 }, (_, j) => {
			const shift = j === 2 ? (i % 3) * 0.6 : 0;
			return [0, 1, 2].reduce(
				(code, h) => code + Number(random() < 1 / (1 + Math.exp(h / 2 + shift - ability))),
				0,
			);
		});
	});
	const titles = ['a', 'b', 'c', 'd', 'e', 'f'];
	const groups = rows.map((_, i) => ['low', 'middle', 'top'][i % 3]!);
	const report = analyseBias(patternsOf(rows), groups, { titles, language: 'en' });
	const found = report.items.filter(({ q }) => q !== null && q < 0.01).map(({ item }) => item);
	expect(found).toContain('c');
	expect(report.items[2]).toMatchObject({ df: 2, effect_kind: 'smd' });
	expect(report.items[2]!.effect).toBeLessThan(-0.2);
	expect(Math.max(...report.items.map(({ chi2 }) => chi2!))).toBe(report.items[2]!.chi2);
});

it('judges items of two values alike, whether the right answer is worth one point or two', () => {
	const random = lcg(11);
	const rows = Array.from({ length: 600 }, (_, i) => {
		const ability = 3 * random() - 1.5;
		return Array.from({ length: 5 }, (_, j) =>
			Number(random() < 1 / (1 + Math.exp((j === 1 ? (i % 2) * 1.5 : 0) - ability))),
		);
	});
	const titles = ['a', 'b', 'c', 'd', 'e'];
	const groups = rows.map((_, i) => String(i % 2));
	for (const method of biasMethods) {
		const single = analyseBias(patternsOf(rows), groups, { titles, language: 'en', method });
		const doubled = rows.map((row) => row.map((code) => code * 2));
		const double = analyseBias(patternsOf(doubled), groups, { titles, language: 'en', method });
		expect(single.items[1]!.p, method).toBeLessThan(0.01);
		for (const [j, item] of double.items.entries()) {
			const other = single.items[j]!;
			expect([item.effect_kind, item.class], item.item).toEqual([other.effect_kind, other.class]);
			expect(item.p, item.item).toBeCloseTo(other.p!, 8);
			expect(item.effect, item.item).toBeCloseTo(other.effect!, 8);
		}
	}
});

describe('what the modules make of points', () => {
	it('reads the text of patterns, whatever fractions of a point rules give', () => {
		const { patterns, unit } = readPoints('1,0.5,*3;0,1.5,2*2;,,*1', 3);
		expect(unit).toBe(2);
		expect([...patterns.codes]).toEqual([2, 1, 255, 0, 3, 4, 255, 255, 255]);
		expect([...patterns.counts]).toEqual([3, 2, 1]);
		expect(readPoints('0.3333333333333333,1*1', 2).unit).toBe(3);
		expect(readPoints(null, 2).patterns.counts).toHaveLength(0);
		// no unit fits: the nearest of 250 steps
		const rough = readPoints('0.123456,1*1', 2);
		expect([...rough.patterns.codes]).toEqual([31, 250]);
	});

	it('ranks points as categories and joins the rare ones to their smaller neighbour', () => {
		const column = (codes: number[]) => patternsOf(codes.map((code) => [code]));
		const ranked = (codes: number[], least: number) => [...rankCodes(column(codes), least).codes];
		expect(ranked([0, 3, 3, 0], 1)).toEqual([0, 1, 1, 0]);
		// one person between 2 and 3 others goes to the 2
		expect(ranked([0, 0, 2, 5, 5, 5], 2)).toEqual([0, 0, 0, 1, 1, 1]);
		expect(ranked([0, 1, 2], 2)).toEqual([0, 0, 0]);
		const missing = rankCodes(patternsOf([[null], [4], [4], [1], [1]]), 2);
		expect([...missing.codes]).toEqual([255, 1, 1, 0, 0]);
	});

	it('estimates the same from many patterns of missing answers, whichever groups lead the steps', () => {
		const rows = Array.from({ length: 600 }, (_, i) =>
			[0, 1, 2, 3, 4].map((j) => ((i * 7 + j * 3) % 11 === 0 ? null : ((i * (j + 3) + (i >> j)) % 5) % 3)),
		);
		const scale = patternsOf(rows);
		const maxima = [2, 2, 2, 2, 2];
		const groups = rawScoreGroups(scale, maxima);
		const codes = countRanked(scale, groups, maxima);
		// groups in halves: six of twice as many lead
		const halves = groups.flatMap((group) => {
			const part = group.scores.map((n) => Math.floor(n / 2));
			return [
				{ ...group, scores: part },
				{ ...group, scores: group.scores.map((n, r) => n - part[r]!) },
			];
		});
		const many = [...halves, ...halves.map((group) => ({ ...group, scores: group.scores.map(() => 0) }))];
		expect(groups.length).toBeLessThanOrEqual(12);
		expect(many.length).toBeGreaterThan(12);
		const [few, led] = [partialCredit(groups, codes)!, partialCredit(many, codes)!];
		expect(led.logLikelihood).toBeCloseTo(few.logLikelihood, 7);
		for (const key of ['thresholds', 'errors'] as const)
			for (const [j, values] of few[key].entries())
				for (const [h, value] of values.entries()) expect(led[key][j]![h]).toBeCloseTo(value!, 7);
	});

	it('bands of people hold every person and never a few', () => {
		fc.assert(
			fc.property(answers(2), (rows) => {
				const { model } = estimateDifficulties(patternsOf(rows));
				fc.pre(model !== null);
				const bands = personDistribution(model!.groups, model!.cumulative, 8);
				const all = bands.reduce((sum, { count }) => sum + count, 0);
				expect(all === rows.length || all === 0).toBe(true);
				for (const { from, to, count } of bands) {
					expect(count).toBeGreaterThanOrEqual(8);
					expect(to).toBeGreaterThan(from);
				}
			}),
			{ numRuns: 20 },
		);
	});

	it('a best score that needs a category without an estimate stands with the next one', () => {
		// nobody but the ten best has two points of the last item: its second threshold has no estimate
		const rows = Array.from({ length: 60 }, (_, i) => {
			const few = [(i >> 1) % 3, (i * 7) % 3, i % 2];
			return i < 10 ? [2, 2, 2] : few.every((code, j) => code === (j < 2 ? 2 : 1)) ? [2, 1, 1] : few;
		});
		const { model } = estimateDifficulties(patternsOf(rows));
		expect(model!.cumulative[2]![2]).toBeNull();
		const bands = personDistribution(model!.groups, model!.cumulative, 8);
		expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
		expect(bands.at(-1)!.count).toBeGreaterThanOrEqual(10);
	});
});

it('matching does not depend on the order of persons or on the names of groups', () => {
	fc.assert(
		fc.property(answers(2), (rows) => {
			const groups = rows.map((_, index) => (index % 3 ? 'a' : 'b'));
			const titles = rows[0]!.map((_, j) => `i${j}`);
			for (const method of biasMethods) {
				const options = { titles, language: 'en' as const, method };
				const report = analyseBias(patternsOf(rows), groups, options);
				const turned = analyseBias(patternsOf(rows.toReversed()), groups.toReversed(), options);
				close(turned.items, report.items);
				const renamed = analyseBias(
					patternsOf(rows),
					groups.map((group) => (group === 'a' ? 'x' : 'y')),
					options,
				);
				close(renamed.items, report.items);
				// a constant item is only a note
				const { items } = analyseBias(patternsOf(rows.map((row) => [...row, 1])), groups, {
					...options,
					titles: [...titles, 'constant'],
				});
				close(items.slice(0, -1), report.items);
				expect(items.at(-1)).toMatchObject({ p: null, effect: null, class: null });
				expect(items.at(-1)!.notes.map(({ code }) => code)).toEqual(['no-variance']);
			}
		}),
		{ numRuns: 10 },
	);
});
