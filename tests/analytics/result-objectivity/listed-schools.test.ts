import { expect, test } from 'vitest';
import type { ModuleResult, Viewer } from '#analytics/module.ts';
import * as module from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { runModule } from '#analytics/run.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { refreshStatistics } from '#data/warehouse/projection/statistics.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { scratchWith } from './scratch.ts';
import { type Simulation, simulateMunicipality } from './simulate.ts';

/** The warehouse with these schools named in a list of the year, as a projected list leaves it. */
async function listed(warehouse: Warehouse, schools: readonly string[], year = 2025): Promise<void> {
	await warehouse.write(async (writer) => {
		for (const [index, school] of schools.entries())
			await writer.run(
				`insert into federal_marker values ('list', $index::integer, '2026-01-01', $year::integer, $school, 1, 0, 0, 0)`,
				{ index, school, year },
			);
		const known = await writer.read('select procedure_id from procedure');
		await refreshStatistics(writer, known.columns[0] as string[]);
	});
}

const patterns = async (warehouse: Warehouse) =>
	rowsOf(await warehouse.ask('select * from school_pattern order by procedure_id, school_id'));
const percents = async (warehouse: Warehouse) =>
	rowsOf(
		await warehouse.ask(
			'select procedure_id, position, percent from reference_item_percents(null, 100, 0.5) order by all',
		),
	);

/** Every item of these schools solved the other way round. */
function turned({ procedures, pupils }: Simulation, schools: readonly string[]): Simulation {
	const maxima = new Map(procedures.map(({ id, items }) => [id, items.map(({ max }) => max)]));
	const turn = (procedure: string, items: readonly number[]) =>
		items.map((points, index) => maxima.get(procedure)![index]! - points);
	return {
		procedures,
		pupils: pupils.map((one) =>
			schools.includes(one.school) ? { ...one, items: turn(one.procedure, one.items) } : one,
		),
	};
}

test('which items are easy, and their order, rests on schools that no list names', async () => {
	const simulation = simulateMunicipality({ seed: 46, schools: 20, pupils: [20, 40] });
	const named = ['S003', 'S007', 'S011', 'S015'];
	const plain = await scratchWith(simulation);
	const other = await scratchWith(turned(simulation, named));
	expect(await percents(other.warehouse)).not.toEqual(await percents(plain.warehouse));
	for (const { warehouse } of [plain, other]) await listed(warehouse, named);
	expect(await percents(other.warehouse)).toEqual(await percents(plain.warehouse));
	const without = (rows: Awaited<ReturnType<typeof patterns>>) =>
		rows.filter(({ school_id }) => !named.includes(String(school_id)));
	expect(without(await patterns(other.warehouse))).toEqual(without(await patterns(plain.warehouse)));
	expect(without(await patterns(plain.warehouse))).toHaveLength(4 * 16);

	const { schools } = await analyseObjectivity(plain.warehouse, { places: plain.places, language: 'ru' });
	const [reported] = schools;
	expect(reported!.notes).toContainEqual({
		code: 'reference-without-flagged',
		text: expect.stringMatching(/названные в перечне.*сравниваются с остальными/),
	});
	expect(
		(await analyseObjectivity(other.warehouse, { places: other.places, language: 'en' })).reference,
	).toBe('without-flagged');
});

test('a list of another year, and one that names most pupils, leave the items as they are', async () => {
	const simulation = simulateMunicipality({ seed: 47, schools: 10, pupils: [20, 40] });
	const { warehouse } = await scratchWith(simulation);
	const before = await percents(warehouse);
	await listed(warehouse, ['S001'], 2024);
	expect(await percents(warehouse)).toEqual(before);
	await listed(
		warehouse,
		Array.from({ length: 8 }, (_, index) => `S${String(index + 1).padStart(3, '0')}`),
	);
	expect(await percents(warehouse)).toEqual(before);
});

test('a list of the neighbours counts whoever asks, and names nobody to others', async () => {
	const simulation = simulateMunicipality({ seed: 61, schools: 40, lifted: new Map([[29, 0.9]]) });
	for (const pupil of simulation.pupils) if (pupil.school > 'S020') pupil.municipality = 'M2';
	const { warehouse, places } = await scratchWith(simulation);
	await listed(warehouse, ['S025', 'S026', 'S027']);
	const viewer = (of: string[]): Viewer => ({ role: 'methodist', places: of, codes: [] });
	const ask = (of: string[]): Promise<ModuleResult> =>
		runModule({ definition, ...module }, { warehouse, viewer: viewer(of), filters: {}, language: 'ru' });
	const everyone = await ask(places);
	const first = await ask(['municipality/M1']);
	expect(first.length).toBe(20);
	for (const name of ['level', 'q_combined', 'signs', 'reference', 'reference_text', 'note'])
		expect(first.columns[name], name).toEqual(everyone.columns[name]!.slice(0, 20));
	expect(new Set(first.columns.reference)).toEqual(new Set(['without-flagged']));
	expect(JSON.stringify(first)).not.toMatch(/S0(2[1-9]|3\d|40)|"M2"/);
	expect(first.columns.list_markers!.every((markers) => markers === null)).toBe(true);
});
