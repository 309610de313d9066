import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyseBias } from '#analytics/scale/bias-report.ts';
import {
	jodoinGierlClass,
	type LikelihoodRatio,
	logisticFunctioning,
	type MatchedStratum,
	zumboThomasClass,
} from '#analytics/statistics/logistic-functioning.ts';
import { ordinalLogistic } from '#analytics/statistics/ordinal-logistic.ts';
import { fc } from '#tests/support/property.ts';

/** Made by tests/golden/ordinal-logistic/make.R: `polr`, `glm`, `pchisq`; the call stands in the file. */
const folder = new URL('../../golden/ordinal-logistic/', import.meta.url);
const { items } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
	items: {
		item: string;
		groups: string[];
		n: number;
		uniform: LikelihoodRatio;
		nonuniform: LikelihoodRatio;
		both: LikelihoodRatio;
		delta_r2: number;
		delta_r2_uniform: number;
		slopes: number[];
		errors: number[];
	}[];
};
const [titles, ...lines] = readFileSync(new URL('answers.csv', folder), 'utf8')
	.trim()
	.split('\n')
	.map((line) => line.split(',')) as [string[], ...string[][]];
const names = titles.slice(1);
const answers = lines.map((cells) => cells.slice(1).map(Number));
const groupOf = lines.map(([group]) => group!);

function strataOf(place: number, groups: readonly string[]): MatchedStratum[] {
	const strata = new Map<number, number[][]>();
	const most = Math.max(...answers.map((row) => row[place]!));
	for (const [index, row] of answers.entries()) {
		const group = groups.indexOf(groupOf[index]!);
		if (group < 0) continue;
		const total = row.reduce((sum, code) => sum + code, 0);
		const stratum = strata.get(total) ?? groups.map(() => new Array<number>(most + 1).fill(0));
		strata.set(total, stratum);
		stratum[group]![row[place]!]! += 1;
	}
	return [...strata].map(([total, stratum]) => ({ total, stratum }));
}

describe('differential functioning by logistic regression against R', () => {
	it.each(items)('$item, groups $groups', (expected) => {
		const found = logisticFunctioning(strataOf(names.indexOf(expected.item), expected.groups))!;
		for (const part of ['uniform', 'nonuniform', 'both'] as const) {
			expect(Math.abs(found[part].chi2 - expected[part].chi2), part).toBeLessThan(1e-6);
			expect(found[part].df).toBe(expected[part].df);
			expect(Math.abs(found[part].p - expected[part].p), part).toBeLessThan(1e-7);
		}
		expect(Math.abs(found.deltaR2 - expected.delta_r2)).toBeLessThan(1e-8);
		expect(Math.abs(found.deltaR2Uniform - expected.delta_r2_uniform)).toBeLessThan(1e-8);
		for (const [g, slope] of expected.slopes.entries()) expect(found.slopes[g]).toBeCloseTo(slope, 5);
		for (const [g, error] of expected.errors.entries()) expect(found.errors[g]).toBeCloseTo(error, 4);
	});

	it('finds what was planted: a shift in i2 and o2, a slope in o4', () => {
		const of = (item: string) => logisticFunctioning(strataOf(names.indexOf(item), ['a', 'b']))!;
		expect(of('i2').uniform.p).toBeLessThan(1e-5);
		expect(of('i2').nonuniform.p).toBeGreaterThan(0.5);
		expect(of('i2').slopes[0]).toBeLessThan(0);
		expect(of('o2').uniform.p).toBeLessThan(1e-5);
		expect(of('o4').nonuniform.p).toBeLessThan(1e-4);
	});

	it('is what `analyze dif --method logistic` reports', () => {
		const patterns = {
			items: names.length,
			codes: Uint8Array.from(answers.flat()),
			counts: new Float64Array(answers.length).fill(1),
		};
		const report = analyseBias(patterns, groupOf, { titles: names, language: 'en', method: 'logistic' });
		for (const expected of items.filter(({ groups }) => groups.length === 3)) {
			const found = report.items.find(({ item }) => item === expected.item)!;
			expect(found).toMatchObject({ df: 4, effect_kind: 'delta-r2' });
			expect(found.chi2).toBeCloseTo(expected.both.chi2, 6);
			expect(found.p).toBeCloseTo(expected.both.p, 7);
			expect(found.effect).toBeCloseTo(expected.delta_r2, 8);
			expect(found.logistic?.uniform.chi2).toBeCloseTo(expected.uniform.chi2, 6);
			expect(found.class).toBe(expected.delta_r2 < 0.035 ? 'A' : expected.delta_r2 < 0.07 ? 'B' : 'C');
		}
	});
});

describe('proportional odds', () => {
	it('with one predictor of two values and two categories gives the odds ratio of the table', () => {
		// by hand: (30·40)/(10·20) = 6
		const found = ordinalLogistic([
			{ predictors: [0], counts: [40, 20] },
			{ predictors: [1], counts: [10, 30] },
		])!;
		expect(found.slopes[0]).toBeCloseTo(Math.log(6), 10);
		expect(found.thresholds[0]).toBeCloseTo(Math.log(2), 10);
	});

	it('says nothing where the likelihood has no maximum', () => {
		expect(ordinalLogistic([])).toBeNull();
		expect(ordinalLogistic([{ predictors: [1], counts: [5] }])).toBeNull();
		const parted = [
			{ predictors: [0], counts: [40, 0] },
			{ predictors: [1], counts: [0, 30] },
		];
		expect(ordinalLogistic(parted)).toBeNull();
		const twice = [
			{ predictors: [0, 0], counts: [4, 3] },
			{ predictors: [1, 1], counts: [2, 5] },
		];
		expect(ordinalLogistic(twice)).toBeNull();
	});

	it('does not depend on the order of strata, nor on the unit and origin of the total; turned answers turn the slope', () => {
		const counts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
		const strata = fc.array(fc.tuple(counts, counts), { minLength: 3, maxLength: 6 });
		fc.assert(
			fc.property(strata, (drawn) => {
				const matched = drawn.map((stratum, total) => ({ total, stratum }));
				const found = logisticFunctioning(matched)!;
				const moved = logisticFunctioning(
					matched.toReversed().map(({ total, stratum }) => ({ total: 7 * total - 3, stratum })),
				)!;
				const turned = logisticFunctioning(
					matched.map(({ total, stratum }) => ({ total, stratum: stratum.map((c) => c.toReversed()) })),
				)!;
				for (const other of [moved, turned]) {
					expect(other.both.chi2).toBeCloseTo(found.both.chi2, 7);
					expect(other.deltaR2).toBeCloseTo(found.deltaR2, 9);
				}
				expect(moved.slopes[0]).toBeCloseTo(found.slopes[0]!, 6);
				expect(turned.slopes[0]).toBeCloseTo(-found.slopes[0]!, 6);
				expect(found.both.chi2).toBeCloseTo(found.uniform.chi2 + found.nonuniform.chi2, 7);
			}),
			{ numRuns: 50 },
		);
	});

	it('never gives NaN, whatever the counts', () => {
		const counts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(fc.array(fc.tuple(counts, counts), { maxLength: 5 }), (drawn) => {
				const found = logisticFunctioning(drawn.map((stratum, total) => ({ total, stratum })));
				if (found) expect(JSON.stringify(found)).not.toMatch(/null/);
			}),
			{ numRuns: 300 },
		);
	});

	it('classes of the gain in R² by both bounds', () => {
		expect([0, 0.0349, 0.035, 0.0699, 0.07].map(jodoinGierlClass).join('')).toBe('AABBC');
		expect([0.129, 0.13, 0.259, 0.26].map(zumboThomasClass).join('')).toBe('ABBC');
	});
});
