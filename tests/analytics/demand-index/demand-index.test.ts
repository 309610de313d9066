import { describe, expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import { compute, summarise } from '#analytics/demand-index/compute.ts';
import { definition } from '#analytics/demand-index/definition.ts';
import type { Filters } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { eachDialect } from '../../support/records.ts';
import { campaign, followedWarehouse, participant, put, putTown, response } from '../../support/warehouse.ts';

const context = { presets: definition.presets, filters: { by: 'all' }, language: 'en' as const };
const counted = (n_chosen: number, n: number) => ({
	scale: 'data_use',
	kind: 'professional_theme',
	theme: 'Data',
	group_key: 'all',
	group_label: 'all',
	n,
	n_chosen,
});

describe('the demand index', () => {
	// Worked by hand: z = 1.96, (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
	it.each([
		[3, 10, 0.1078, 0.6032],
		[15, 50, 0.191, 0.4375],
		[0, 12, 0, 0.2425],
	])('of %i of %i people lies between %f and %f', (chosen, n, lo, hi) => {
		const [row] = compute([counted(chosen, n)], context).rows;
		expect(row?.demand).toBeCloseTo(chosen / n, 12);
		expect(row?.demand_lo).toBeCloseTo(lo, 4);
		expect(row?.demand_hi).toBeCloseTo(hi, 4);
	});

	it('is named with those that cannot be told apart from it', () => {
		const { rows } = compute([counted(30, 50), counted(25, 50), counted(5, 50)], context);
		expect(summarise(rows, context).title.en).toBe('Data: wanted by 60 % [46–72] — Everybody who answered');
		expect(summarise(rows, context).summary.en).toContain('cannot be told apart from it: 1.');
	});
});

eachDialect('demand-index', (open) => {
	it('counts those who answered the question, hides small groups, and stays apart from deficits', async () => {
		const records = await open();
		await putTown(records);
		const { survey, key, sha256 } = listShippedInstruments().find(
			(each) => each.key.instrument === 'needs-survey',
		)!;
		const codes = Array.from({ length: 12 }, (_, index) => `AAAA00${String(index).padStart(2, '0')}`);
		const schools = ['S1', 'S2', 'S3', 'S4'];
		await put(
			records,
			{
				instrument_version: [
					{
						instrument: 'needs-survey',
						version: 1,
						survey: JSON.stringify(survey),
						key: JSON.stringify(key),
						sha256,
						published_at: '2026-01-10T00:00:00.000Z',
					},
				],
				campaign: [campaign('C1', 'M1', 'released')],
				campaign_instrument: [{ campaign_id: 'C1', instrument: 'needs-survey', version: 1, position: 1 }],
				participant: codes.map((code, index) => participant(code, 'C1', schools[index % 4] as string)),
				response: codes.map((code, index) =>
					response(
						`r${index}`,
						'C1',
						code,
						index < 3
							? { professional_themes: ['data_use'] }
							: index < 10
								? { professional_themes: ['none'] }
								: { information_themes: ['info_law'] },
						'needs-survey',
					),
				),
			},
			[
				['instrument', 'needs-survey@1'],
				['campaign', 'C1'],
				['participants', 'C1'],
				...codes.map((_, index): ['responses', string] => ['responses', `r${index}`]),
			],
		);
		const { warehouse } = await followedWarehouse(records);

		const all = await ask(warehouse, 'demand-index', {});
		const theme = all.find(({ scale }) => scale === 'data_use');
		expect(theme).toMatchObject({ n: 10, n_chosen: 3, demand: 0.3, school_count: 4, note: null });
		expect(theme?.demand_lo).toBeCloseTo(0.1078, 4);
		// Nobody wanted it: that is told as a bound, without its interval.
		expect(all.find(({ scale }) => scale === 'parents')).toMatchObject({
			demand_coded: '<=',
			demand: 0.2,
			demand_lo: null,
		});
		// Two people answered the second question: not a word about them.
		expect(all.find(({ scale }) => scale === 'info_law')).toMatchObject({
			n: null,
			demand: null,
			note: 'suppressed',
		});

		const bySchool = await ask(warehouse, 'demand-index', { by: 'school' });
		expect(bySchool.every(({ demand, n_chosen }) => demand === null && n_chosen === null)).toBe(true);
		for (const module of ['deficit-map', 'deficit-distribution'])
			expect(await ask(warehouse, module, { campaign: 'C1' })).toEqual([]);
	});
});

async function ask(warehouse: Warehouse, module: string, filters: Filters) {
	const viewer = { role: 'methodist' as const, places: ['region/R1'], codes: [] };
	const { columns, length } = await runModule(findModule(module)!, {
		warehouse,
		viewer,
		filters,
		language: 'ru',
	});
	return Array.from({ length }, (_, row) =>
		Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row]])),
	);
}
