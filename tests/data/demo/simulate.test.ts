import { describe, expect, test } from 'vitest';
import { compileRespondent } from '#data/demo/simulate-answers.ts';
import { simulateProcedure } from '#data/demo/simulate-results.ts';
import { simulateSchools } from '#data/demo/simulate-schools.ts';
import { simulateStaff } from '#data/demo/simulate-staff.ts';
import { honest, procedureTruths, type SchoolTruth } from '#data/demo/truth.ts';
import { createRandom } from '#data/simulation/random.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';

const school = (conduct = honest): SchoolTruth => ({
	...(simulateSchools(createRandom(1), 2000)[20] as SchoolTruth),
	pupils_per_grade: 4000,
	effect: 0,
	conduct,
});

describe('randomness', () => {
	test('the same seed gives the same municipality, another seed another', () => {
		const make = (seed: number) => {
			const random = createRandom(seed);
			const schools = simulateSchools(random, 2000);
			return JSON.stringify([schools, simulateStaff(random, schools, 2026)]);
		};
		expect(make(5)).toBe(make(5));
		expect(make(5)).not.toBe(make(6));
	});
	test('normal numbers have mean 0 and standard deviation 1, uuids are well formed', () => {
		const random = createRandom(9);
		const values = Array.from({ length: 20_000 }, () => random.normal());
		const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
		const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
		expect(Math.abs(mean)).toBeLessThan(0.03);
		expect(Math.abs(sd - 1)).toBeLessThan(0.03);
		expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});
});

describe('procedures', () => {
	test.each(procedureTruths.map((truth) => [truth.slug, truth] as const))(
		'%s: items sum to the score, maxima to the maximum, and few fail in an ordinary school',
		(_slug, truth) => {
			expect(truth.item_maxima.reduce((sum, max) => sum + max, 0)).toBe(truth.max_score);
			const rows = simulateProcedure(createRandom(3), school(), truth).filter(({ score }) => score !== null);
			for (const { items, score } of rows)
				expect(items?.reduce<number>((sum, points) => sum + (points ?? 0), 0)).toBe(score);
			const fails = rows.filter(({ mark }) => mark === 2).length / rows.length;
			expect(fails).toBeGreaterThan(0.03);
			expect(fails).toBeLessThan(0.16);
		},
	);
	test('lifting empties the score just below a border, and only there', () => {
		const truth = procedureTruths[1] as (typeof procedureTruths)[number];
		const count = (rows: { score: number | null }[], value: number) =>
			rows.filter(({ score }) => score === value).length;
		const clean = simulateProcedure(createRandom(3), school(), truth);
		const lifted = simulateProcedure(createRandom(3), school({ ...honest, lifting: 0.8 }), truth);
		for (const border of Object.values(truth.cutoffs)) {
			expect(count(lifted, border - 1)).toBeLessThan(count(clean, border - 1) * 0.4);
			expect(count(lifted, border)).toBeGreaterThan(count(clean, border) * 1.3);
		}
	});
});

describe.each(listShippedInstruments().map((shipped) => [shipped.key.instrument, shipped] as const))(
	'answers to %s',
	(_name, { survey, key }) => {
		test('are such as the server accepts, whatever the ability', () => {
			const respond = compileRespondent(survey, key);
			const check = compileAnswerCheck(survey);
			const random = createRandom(4);
			for (const ability of [-4, -1, 0, 1, 4])
				for (let person = 0; person < 40; person += 1) {
					const result = check.check(respond(random, () => ability));
					expect(result.ok ? [] : result.issues).toEqual([]);
				}
		});
	},
);
