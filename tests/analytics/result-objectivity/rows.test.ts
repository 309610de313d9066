import { expect, test } from 'vitest';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { aggregate } from './aggregate.ts';
import { scratchWith } from './scratch.ts';
import { simulateMunicipality } from './simulate.ts';

const file = new URL('../../../analytics/result-objectivity/rows.sql', import.meta.url);
const noFilters = Object.fromEntries(definition.filters.map((name) => [name, null]));

async function ask(warehouse: Warehouse, places: string[]): Promise<SchoolProcedure[]> {
	return rowsOf(await warehouse.query(file, { ...definition.presets, ...noFilters, places }));
}

test('the query counts what a second count without a database finds', async () => {
	const simulation = simulateMunicipality({ seed: 7, schools: 12, pupils: [2, 40] });
	const { warehouse, places } = await scratchWith(simulation);
	const rows = await ask(warehouse, places);
	const expected = aggregate(simulation).sort((a, b) =>
		a.school_id === b.school_id
			? a.procedure_id < b.procedure_id
				? -1
				: 1
			: a.school_id < b.school_id
				? -1
				: 1,
	);
	expect(rows).toHaveLength(expected.length);
	for (const [index, row] of rows.entries()) {
		for (const [name, value] of Object.entries(expected[index]!)) {
			const found = row[name as keyof SchoolProcedure];
			const where = `${row.school_id} ${row.procedure_id} ${name}`;
			if (typeof value === 'number') expect(found, where).toBeCloseTo(value, 9);
			else expect(found, where).toEqual(value);
		}
	}
});

test('the same numbers come out of both counts', async () => {
	const simulation = simulateMunicipality({ seed: 3, schools: 30, lifted: new Map([[4, 0.8]]) });
	const { warehouse, places } = await scratchWith(simulation);
	const context = { presets: definition.presets, filters: {}, language: 'ru' as const };
	const counted = compute((await ask(warehouse, places)) as never, context);
	const recounted = compute(aggregate(simulation) as never, context);
	const levels = (rows: typeof counted.rows) =>
		rows.map((row) => [row.school_id, row.level, row.official_signs]);
	expect(levels(counted.rows)).toEqual(levels(recounted.rows));
	for (const [index, row] of counted.rows.entries())
		expect(row.q_combined, String(row.school_id)).toBeCloseTo(Number(recounted.rows[index]!.q_combined), 6);
});
