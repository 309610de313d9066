import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '#analytics/statistics/false-discovery.ts';
import { referenceFreeBunching } from '#analytics/statistics/reference-free-bunching.ts';
import { smoothBunching } from '#analytics/statistics/smooth-bunching.ts';
import { createRandom } from '#data/simulation/random.ts';
import { sharedData } from '#tests/support/shared-data.ts';

function readLines(file: string): string[][] {
	const raw = readFileSync(sharedData(file)!);
	const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
	return text
		.trim()
		.split(/\r?\n/)
		.slice(1)
		.map((line) => line.split(','));
}

/** An examination of a hundred points: a bell, made uneven at every score by `roughness`. */
function madeExam(papers: number, roughness: number, seed = 5): number[] {
	const random = createRandom(seed);
	return Array.from({ length: 101 }, (_, score) =>
		Math.round((papers / 45) * Math.exp(-((score - 60) ** 2) / 700 + random.normal(0, roughness))),
	);
}

describe('bunching against a smooth curve', () => {
	it('is not alarmed by unevenness, however many papers make it significant', () => {
		for (const papers of [5_000, 500_000])
			for (const roughness of [0, 0.3, 1]) {
				const counts = madeExam(papers, roughness);
				for (const cutoff of [40, 55, 65, 75]) {
					const { p } = smoothBunching(counts, cutoff)!;
					expect(p, `${papers} ${roughness} ${cutoff}`).toBeGreaterThan(0.005);
				}
			}
	});

	it('is alarmed where the papers below a border stand above it', () => {
		const counts = madeExam(50_000, 0.3);
		for (let score = 60; score < 65; score++) {
			const lifted = Math.round(0.7 * counts[score]!);
			counts[score]! -= lifted;
			counts[65]! += lifted;
		}
		expect(smoothBunching(counts, 65)!.p).toBeLessThan(0.001);
		expect(smoothBunching(counts, 40)!.p).toBeGreaterThan(0.05);
	});

	it('says nothing where the scale leaves no other places, or nobody stands', () => {
		expect(smoothBunching(new Array(101).fill(0), 50)).toBeNull();
		expect(smoothBunching(madeExam(5_000, 0), 2)).toBeNull();
		expect(smoothBunching([5, 9, 14, 9, 5], 2)).toBeNull();
	});
});

describe.skipIf(!sharedData('exams/regents_2010.csv'))('real examinations', () => {
	it('sees the pass mark of two examinations that schools re-scored themselves', () => {
		const rows = readLines('exams/regents_2010.csv').filter(([score]) => score !== '');
		for (const [column, below, above] of [
			[1, 9609, 23_749],
			[2, 2996, 16_922],
		] as const) {
			const counts = new Array(101).fill(0);
			for (const row of rows) counts[Number(row[0])] = Number(row[column]);
			const pass = smoothBunching(counts, 65)!;
			expect([pass.below, pass.above]).toEqual([below, above]);
			expect(pass.p).toBeLessThan(1e-4);
			// Conversion makes neighbouring scores jagged: places without a pass mark are uneven too, and no alarm.
			for (const place of [55, 75, 85]) expect(smoothBunching(counts, place)!.p).toBeGreaterThan(0.01);
		}
	});

	it('sees the pass mark of a leaving examination', () => {
		const counts = new Array(201).fill(0);
		for (const row of readLines('exams/romania_bac_2012.csv.gz')) {
			if (row[5] !== '' && Number(row[5]) > 0) counts[Math.round(20 * Number(row[5]))]++;
		}
		expect(counts[100]).toBe(11_563);
		expect(smoothBunching(counts, 100)!.p).toBeLessThan(1e-6);
		expect(referenceFreeBunching(counts, 100)!.p).toBeLessThan(1e-100);
		for (const place of [60, 140]) expect(smoothBunching(counts, place)!.p).toBeGreaterThan(0.05);
	});

	it('has nothing against a leaving examination that is marked far from the schools', () => {
		const counts = new Array(51).fill(0);
		// … total, score and its error by a model
		for (const row of readLines('psychometrics/czmatura_2019.csv.gz')) counts[Number(row.at(-3))]++;
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(15_702);
		expect(smoothBunching(counts, 17)!.p).toBeGreaterThan(0.05);
		expect(referenceFreeBunching(counts, 17)!.p).toBeGreaterThan(0.05);
	});

	const steps: Record<string, number> = {
		...{ math: 0.2, english: 0.2, physics: 0.25, chemistry: 0.25, biology: 0.25 },
		...{ history: 0.25, geography: 0.25, civics: 0.25, literature: 0.25 },
	};
	const provinces = (): Map<string, number[]> => {
		const found = new Map<string, number[]>();
		for (const [province, , subject, score, count] of readLines('exams/vietnam_2018_histograms.csv.gz')) {
			const step = steps[subject!]!;
			const key = `${subject} ${province}`;
			const counts = found.get(key) ?? new Array(Math.round(10 / step) + 1).fill(0);
			counts[Math.round(Number(score) / step)] += Number(count);
			found.set(key, counts);
		}
		return found;
	};
	const middle = (counts: number[]): number => (counts.length - 1) / 2;

	it('has nothing against the eight machine-marked examinations of 58 provinces', () => {
		const machine = [...provinces()].filter(([key]) => !key.startsWith('literature'));
		expect(machine).toHaveLength(8 * 58);
		for (const test of [smoothBunching, referenceFreeBunching]) {
			const pValues = machine.map(([, counts]) => test(counts, middle(counts))?.p ?? null);
			expect(pValues.every((p) => p !== null)).toBe(true);
			expect(benjaminiHochberg(pValues).filter((q) => q! <= 0.05)).toEqual([]);
		}
	});

	it('sees that essays, which people mark, gather at the middle of the scale more than at other whole marks', () => {
		const whole = new Array(41).fill(0);
		for (const [key, counts] of provinces())
			if (key.startsWith('literature')) for (const [score, count] of counts.entries()) whole[score] += count;
		const jump = (mark: number): number => whole[4 * mark] / whole[4 * mark - 1];
		for (const other of [3, 4, 6, 7]) expect(jump(5)).toBeGreaterThan(jump(other) * 1.1);
		expect(smoothBunching(whole, 20)!.p).toBeLessThan(0.01);
	});

	it('sees that a whole region gathers at mark 3 in four procedures, and nowhere at mark 5', () => {
		const { exams } = JSON.parse(readFileSync(sharedData('vpr/reference.json')!, 'utf8')) as {
			exams: Record<string, { histogram: Record<string, number>; cutoffs: Record<string, number> }>;
		};
		for (const [id, { histogram, cutoffs }] of Object.entries(exams)) {
			const counts = Array.from({ length: cutoffs.max! + 1 }, (_, score) => histogram[score] ?? 0);
			const at = (mark: string): number => smoothBunching(counts, cutoffs[mark]!, 1)!.p;
			expect(at('3'), id).toBeLessThan(0.001);
			expect(at('5'), id).toBeGreaterThan(0.05);
		}
	});
});
