import { readFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Filters, ModuleResult } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { scratchWith } from './scratch.ts';
import { simulateMunicipality } from './simulate.ts';

const simulation = simulateMunicipality({ seed: 6, schools: 30, lifted: new Map([[3, 0.9]]) });

async function run(id: string, filters: Filters): Promise<ModuleResult> {
	const { warehouse, places } = await scratchWith(simulation);
	const viewer = { role: 'methodist' as const, places, codes: [] };
	return runModule(findModule(id)!, { warehouse, viewer, filters, language: 'ru' });
}

/** Draws the module's picture of the rows and counts the marks of each kind that carry a row. */
async function draw(
	id: string,
	result: ModuleResult,
): Promise<{ svg: string; count: (kind: string) => number }> {
	const file = new URL(`../../../analytics/${id}/chart.vl.json`, import.meta.url);
	const view = new View(parse(compile(JSON.parse(readFileSync(file, 'utf8'))).spec), { renderer: 'none' });
	const names = Object.keys(result.columns);
	const rows = Array.from({ length: result.length }, (_, index) =>
		Object.fromEntries(names.map((name) => [name, result.columns[name]![index]])),
	);
	view.data('rows', rows);
	const svg = await view.toSVG();
	const count = (kind: string) => svg.split(`aria-roledescription="${kind}"`).length - 1;
	return { svg, count };
}

describe('the pictures draw what the rows say', () => {
	test('levels by school and year', async () => {
		const result = await run('result-objectivity', {});
		const { svg, count } = await draw('result-objectivity', result);
		expect(count('point')).toBe(30);
		expect(svg).toContain('S004');
	});

	test('funnel of low results', async () => {
		const result = await run('low-results', {});
		const { svg, count } = await draw('low-results', result);
		expect(count('point')).toBe(30);
		expect(svg).not.toMatch(/NaN|undefined/);
	});

	test('scores with borders beside the reference', async () => {
		const result = await run('score-distribution', { school: 'S004', procedure: 'vpr-2025-5-math' });
		expect(result.length).toBe(21);
		const { svg, count } = await draw('score-distribution', result);
		expect(count('bar')).toBe(21);
		expect(count('rule mark')).toBe(3);
		expect(svg).not.toMatch(/NaN|undefined/);
	});
});
