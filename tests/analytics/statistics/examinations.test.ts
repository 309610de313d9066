import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { boundaryTest } from '#analytics/statistics/boundary-bunching.ts';
import { benjaminiHochberg } from '#analytics/statistics/false-discovery.ts';
import { referenceFreeBunching } from '#analytics/statistics/reference-free-bunching.ts';

const exams = new URL('../../../../shared/data/exams/', import.meta.url);

function readLines(file: string): string[][] {
	const raw = readFileSync(new URL(file, exams));
	const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
	return text
		.trim()
		.split(/\r?\n/)
		.slice(1)
		.map((line) => line.split(','));
}

describe.skipIf(!existsSync(exams))('real score distributions', () => {
	it('sees the pass mark of two examinations that schools re-scored themselves', () => {
		const rows = readLines('regents_2010.csv');
		for (const column of [1, 2]) {
			const counts = new Array(101).fill(0);
			for (const row of rows) counts[Number(row[0])] = Number(row[column]);
			// Conversion makes neighbouring scores jagged, so the window is five points wide; the reference
			// is a steep honest slope, under which 62 % of a window stand above its middle.
			const slope = Array.from({ length: 101 }, (_, k) => Math.exp(k / 10));
			const test = boundaryTest(counts, slope, 65, 5, false)!;
			expect(test.share).toBeGreaterThan(0.6);
			expect(test.p).toBeLessThan(1e-100);
			// The same slope has nothing against a place without a pass mark.
			expect(boundaryTest(counts, slope, 75, 5, false)!.p).toBeGreaterThan(0.05);
		}
	});

	it('sees the pass mark of a leaving examination without any reference', () => {
		const counts = new Array(201).fill(0);
		for (const row of readLines('romania_bac_2012.csv.gz')) {
			if (row[5] !== '' && Number(row[5]) > 0) counts[Math.round(20 * Number(row[5]))]++;
		}
		expect(counts[100]).toBe(11_563);
		expect(referenceFreeBunching(counts, 100)!.p).toBeLessThan(1e-100);
	});

	it('has nothing against machine-marked examinations of 58 provinces', () => {
		// Essays are left out: their markers prefer whole marks everywhere, which is heaping, not a border.
		const steps = { math: 0.2, english: 0.2, physics: 0.25, chemistry: 0.25, biology: 0.25, history: 0.25 };
		const provinces = new Map<string, number[]>();
		for (const [province, , subject, score, count] of readLines('vietnam_2018_histograms.csv.gz')) {
			const step = steps[subject as keyof typeof steps];
			if (step === undefined) continue;
			const key = `${subject} ${province}`;
			const counts = provinces.get(key) ?? new Array(Math.round(10 / step) + 1).fill(0);
			counts[Math.round(Number(score) / step)] += Number(count);
			provinces.set(key, counts);
		}
		expect(provinces.size).toBe(6 * 58);
		const pValues = [...provinces.values()].map((counts) => {
			const middle = (counts.length - 1) / 2;
			return referenceFreeBunching(counts, middle)?.p ?? null;
		});
		expect(pValues.filter((p) => p !== null).length).toBe(6 * 58);
		expect(benjaminiHochberg(pValues).filter((q) => q! <= 0.05)).toEqual([]);
	});
});
