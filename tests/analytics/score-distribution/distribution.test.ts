import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Filters, ModuleResult } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import * as module from '#analytics/score-distribution/compute.ts';
import { definition } from '#analytics/score-distribution/definition.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';

async function ask(lines: string[], places: string[], filters: Filters = {}): Promise<ModuleResult> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-scores-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	const procedure = {
		kind: 'vpr',
		year: 2025,
		grade: 4,
		max_score: 5,
		cutoffs: { '3': 2, '4': 3.5, '5': 5 },
	};
	writeFileSync(
		files.procedures,
		JSON.stringify([
			{ id: 'P', subject: 'math', title: 'Математика', ...procedure },
			{ id: 'Q', subject: 'russian', ...procedure },
		]),
	);
	writeFileSync(files.results, `school,municipality,procedure,score\n${lines.join('\n')}\n`);
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	await loadResults(warehouse, files);
	return runModule(
		{ definition, ...module },
		{ warehouse, viewer: { role: 'methodist', places, codes: [] }, filters, language: 'ru' },
	);
}

const papers = (school: string, municipality: string, procedure: string, scores: (number | string)[]) =>
	scores.map((score) => `${school},${municipality},${procedure},${score}`);

const lines = [
	...papers('A', 'M1', 'P', [0, 2, 2, 2, 2.5, 3, 4, 5, '', 6]),
	...papers('B', 'M2', 'P', [1, 1, 2, 3, 3, 5]),
	...papers('C', 'M2', 'P', [1, 4, 4, 4]),
	...papers('A', 'M1', 'Q', [1, 2]),
];

test('own shares stand beside those of the other schools at every score of the scale', async () => {
	const result = await ask(lines, ['school/A'], { procedure: 'P' });
	expect(result.columns.score).toEqual([0, 1, 2, 3, 4, 5]);
	expect(result.columns.n).toEqual([1, 0, 4, 1, 1, 1]);
	expect(result.columns.share).toEqual([1, 0, 4, 1, 1, 1].map((n) => n / 8));
	expect(result.columns.reference_share).toEqual([0, 3, 1, 2, 3, 1].map((n) => n / 10));
	expect(result.columns.mark).toEqual([2, 2, 3, 3, 4, 5]);
	expect(result.columns.is_cutoff).toEqual([false, false, true, false, true, true]);
	expect(new Set(result.columns.school_n)).toEqual(new Set([8]));
	expect(new Set(result.columns.reference_n)).toEqual(new Set([10]));
	expect(new Set(result.columns.note)).toEqual(new Set(['too-few-respondents']));
	expect(result.finding.title.ru).toBe('На границах отметок — 6 из 8 работ, на балл ниже — 2');
	expect(result.finding.subtitle.ru).toContain('Математика');
});

test('no other school is named, and none may be chosen', async () => {
	const result = await ask(lines, ['municipality/M1']);
	expect(new Set(result.columns.school_id)).toEqual(new Set(['A']));
	expect(result.length).toBe(12);
	expect((await ask(lines, ['municipality/M1'], { school: 'B' })).length).toBe(0);
	expect(result.finding.title.ru).toMatch(/процедур — 2/);
});

test('without other schools there is no reference', async () => {
	const result = await ask(lines, ['school/A'], { procedure: 'Q' });
	expect(new Set(result.columns.reference_share)).toEqual(new Set([null]));
	expect(new Set(result.columns.note)).toEqual(new Set(['too-few-respondents,no-reference']));
	expect(result.notes).toEqual([
		{ code: 'too-few-respondents', count: 1 },
		{ code: 'no-reference', count: 1 },
	]);
});
