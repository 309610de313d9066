import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { analyseLowResults } from '#analytics/low-results/report.ts';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { expectPlainNumbers } from '../support/plain-numbers.ts';
import { freshFolder } from './result-objectivity/scratch.ts';

/** Pupils' results of schools of which little or nothing can be said, beside ordinary ones. */
const procedure = {
	id: 'p1',
	kind: 'vpr',
	year: 2026,
	grade: 5,
	subject: 'math',
	max_score: 20,
	cutoffs: { '3': 7, '4': 12, '5': 16 },
	fail_below: null,
	items: [],
};
let state = 5;
const random = (): number => {
	state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return state / 2 ** 32;
};
const ordinary = (): number => Math.round(20 * ((random() + random() + random()) / 3));
const many = (score: () => number | ''): (number | '')[] => Array.from({ length: 40 }, score);
const schools: Record<string, (number | '')[]> = {
	onePupil: [11],
	alike: many(() => 12),
	absent: many(() => ''),
	lowest: many(() => 0),
	highest: many(() => 20),
	twoPupils: [7, 7],
	...Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`ordinary${at}`, many(ordinary)])),
};

async function reportsOf(given: Record<string, (number | '')[]>, name: (school: string) => string) {
	const folder = freshFolder();
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	const rows = Object.entries(given).flatMap(([school, scores]) =>
		scores.map((score, pupil) => `${name(school)},M1,p1,${score},${score === '' ? '' : 2 + (pupil % 4)}`),
	);
	writeFileSync(files.results, `school,municipality,procedure,score,journal_mark\n${rows.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify([procedure]));
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const { places } = await loadResults(warehouse, files);
	const objectivity = await analyseObjectivity(warehouse, { places, language: 'en' });
	const low = await analyseLowResults(warehouse, { places, language: 'en' });
	expectPlainNumbers(objectivity, 'objectivity');
	expectPlainNumbers(low, 'low results');
	const told = (school: string) => ({
		objectivity: objectivity.schools.find((row) => row.school === name(school)),
		low: low.schools.find((row) => row.school === name(school)),
	});
	return Object.fromEntries(
		Object.keys(given).map((school) => [school, JSON.parse(JSON.stringify(told(school)), withoutName)]),
	);
}

const withoutName = (field: string, value: unknown): unknown => (field === 'school' ? undefined : value);

function close(left: unknown, right: unknown, where: string): void {
	if (typeof left === 'number' && typeof right === 'number') expect(left, where).toBeCloseTo(right, 8);
	else if (left && right && typeof left === 'object') {
		expect(Object.keys(left), where).toEqual(Object.keys(right));
		for (const [name, part] of Object.entries(left))
			close(part, (right as Record<string, unknown>)[name], `${where}.${name}`);
	} else expect(left, where).toEqual(right);
}

describe('results of schools', () => {
	it('give every school a number or a reason, however little there is of it', async () => {
		const told = await reportsOf(schools, (school) => school);
		for (const [school, { objectivity }] of Object.entries(told)) {
			if (school === 'absent' && !objectivity) continue;
			for (const { p, statistic, note, id } of objectivity.signs)
				if (p === null && statistic === null) expect(note, `${school} ${id}`).not.toBeNull();
		}
		expect(told.onePupil.objectivity.level).toBe('X');
	}, 60_000);

	it('say the same of a school under any name', async () => {
		const order = Object.keys(schools);
		const other = (school: string): string => `S${(order.indexOf(school) * 7 + 3) % order.length}`;
		close(await reportsOf(schools, (school) => school), await reportsOf(schools, other), 'schools');
	}, 60_000);

	it('are read where one school is all there is', async () => {
		for (const alone of ['onePupil', 'alike', 'lowest', 'ordinary0'])
			await reportsOf({ [alone]: schools[alone]! }, (school) => school);
	}, 60_000);
});
