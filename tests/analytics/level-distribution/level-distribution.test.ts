import { expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Cell, Filters } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { eachDialect } from '../../support/records.ts';
import { campaign, followedWarehouse, participant, put, putTown, response } from '../../support/warehouse.ts';

eachDialect('level-distribution', (open) => {
	it('counts teachers at each of six steps, borders included, and is no map of deficits', async () => {
		const records = await open();
		await putTown(records);
		const { survey, key, sha256 } = listShippedInstruments().find(
			(each) => each.key.instrument === 'ict-competence',
		)!;
		const codes = Array.from({ length: 12 }, (_, index) => `AAAA00${String(index).padStart(2, '0')}`);
		const steps = (s1: number, s2: number, s3: number | null) => (s3 === null ? { s1, s2 } : { s1, s2, s3 });
		await put(
			records,
			{
				instrument_version: [
					{
						instrument: 'ict-competence',
						version: 1,
						survey: JSON.stringify(survey),
						key: JSON.stringify(key),
						sha256,
						published_at: '2026-01-10T00:00:00.000Z',
					},
				],
				campaign: [campaign('C1', 'M1', 'released')],
				campaign_instrument: [{ campaign_id: 'C1', instrument: 'ict-competence', version: 1, position: 1 }],
				participant: codes.map((code, index) => participant(code, 'C1', index % 2 ? 'S1' : 'S2')),
				response: codes.map((code, index) => ({
					...response(
						`r${index}`,
						'C1',
						code,
						{
							// 40 % is «uses»; (40 + 60) / 2 = 50 % is the border and belongs to «adapts» above it
							professional_digital: index < 6 ? steps(3, 3, 3) : steps(3, 4, null),
							// everybody at the upper end
							digital_resources: steps(6, 6, 6),
							// three of twelve one step above the others: they would be told by the rest
							digital_teaching: index < 3 ? steps(2, 2, 2) : steps(1, 1, 1),
							// one statement of three is not enough
							digital_assessment: { s1: 5 },
						},
						'ict-competence',
					),
				})),
			},
			[
				['instrument', 'ict-competence@1'],
				['campaign', 'C1'],
				['participants', 'C1'],
				...codes.map((_, index): ['responses', string] => ['responses', `r${index}`]),
			],
		);
		const { warehouse } = await followedWarehouse(records);
		const rows = await ask(warehouse, 'level-distribution', {});
		const area = (scale: string) => rows.filter((row) => row.scale === scale);
		expect(area('professional_digital').map(({ level, n, share }) => [level, n, share])).toEqual([
			['knows', null, 0.2],
			['tries', null, 0.2],
			['uses', 6, 0.5],
			['adapts', 6, 0.5],
			['improves', null, 0.2],
			['leads', null, 0.2],
		]);
		expect(area('digital_resources').at(-1)).toMatchObject({ share: 0.8, share_coded: '>=', n: null });
		expect(area('digital_teaching').slice(0, 2)).toMatchObject([
			{ n: null, share: null, note: 'suppressed-complement' },
			{ n: null, share: null, note: 'suppressed' },
		]);
		expect(area('digital_assessment')).toEqual([]);
		expect((await ask(warehouse, 'level-distribution', { school: 'S1', subject: 'нет' })).length).toBe(0);
		// It is never the campaign that the map of deficits shows by itself.
		expect(await ask(warehouse, 'deficit-map', {})).toEqual([]);
		const without = await ask(warehouse, 'level-distribution', { quality: 'unflagged' });
		expect(without.length).toBeLessThanOrEqual(rows.length);
	});
});

async function ask(
	warehouse: Warehouse,
	module: string,
	filters: Filters,
): Promise<Record<string, Cell | undefined>[]> {
	const { columns, length } = await runModule(findModule(module)!, {
		warehouse,
		viewer: { role: 'methodist', places: ['municipality/M1'], codes: [] },
		filters,
		language: 'ru',
	});
	return Array.from({ length }, (_, row) =>
		Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row]])),
	);
}
