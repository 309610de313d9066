import { expect, test } from 'vitest';
import type { ModuleResult, Viewer } from '#analytics/module.ts';
import * as module from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { runModule } from '#analytics/run.ts';
import { scratchWith } from './scratch.ts';
import { simulateMunicipality } from './simulate.ts';

const entry = { definition, ...module };

/** Two municipalities of twenty schools each: S001–S020 in M1, S021–S040 in M2, where S030 lifts papers. */
async function region() {
	const simulation = simulateMunicipality({ seed: 61, schools: 40, lifted: new Map([[29, 0.9]]) });
	for (const pupil of simulation.pupils) if (pupil.school > 'S020') pupil.municipality = 'M2';
	return scratchWith(simulation);
}

const viewer = (places: string[]): Viewer => ({ role: 'methodist', places, codes: [] });

function column(result: ModuleResult, name: string): unknown[] {
	return result.columns[name]!;
}

test('nothing of a school outside the places leaves, and the verdict on a school does not depend on who asks', async () => {
	const { warehouse, places } = await region();
	const ask = (viewed: string[], filters = {}) =>
		runModule(entry, { warehouse, viewer: viewer(viewed), filters, language: 'ru' });
	const everyone = await ask(places);
	expect(everyone.length).toBe(40);
	const first = await ask(['municipality/M1']);
	expect(new Set(column(first, 'municipality_id'))).toEqual(new Set(['M1']));
	expect(first.length).toBe(20);
	expect(JSON.stringify(first)).not.toMatch(/S0(2[1-9]|3\d|40)|"M2"/);
	for (const name of ['level', 'q_combined', 'signs', 'reasons'])
		expect(column(first, name)).toEqual(column(everyone, name).slice(0, 20));

	const school = await ask(['school/S030']);
	expect(column(school, 'school_id')).toEqual(['S030']);
	expect(JSON.stringify(school)).not.toMatch(/S0(?!30)\d\d/);
	expect(column(school, 'signs')).toEqual([column(everyone, 'signs')[29]]);
	expect((await ask(['municipality/elsewhere'])).length).toBe(0);
});

test('filters choose what is shown, not what it is compared with', async () => {
	const { warehouse, places } = await region();
	const ask = (filters: object) =>
		runModule(entry, { warehouse, viewer: viewer(places), filters: filters as never, language: 'en' });
	const everyone = await ask({});
	const one = await ask({ school: 'S030', year: 2025 });
	expect(column(one, 'school_id')).toEqual(['S030']);
	expect(column(one, 'q_combined')).toEqual([column(everyone, 'q_combined')[29]]);
	expect((await ask({ municipality: 'M2' })).length).toBe(20);
	expect((await ask({ year: 2024 })).length).toBe(0);
	const math = await ask({ subject: 'math', school: 'S030' });
	const procedures = JSON.parse(String(column(math, 'signs')[0])).flatMap(
		(sign: { procedures: string[] }) => sign.procedures,
	);
	expect([...new Set(procedures)]).toEqual(['vpr-2025-4-math', 'vpr-2025-5-math']);
});
