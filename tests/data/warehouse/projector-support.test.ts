import { expect, it } from 'vitest';
import { latestSeq } from '#data/records/changes.ts';
import { listRatings, recordRatings, recordVerifications } from '#data/records/support/risk-profiles.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { eachDialect } from '../../support/records.ts';
import { followedWarehouse, procedure, put, putTown } from '../../support/warehouse.ts';

const inM1 = { places: ['municipality/M1'] };

async function ask(warehouse: Warehouse, sql: string, parameters = {}) {
	return rowsOf(await warehouse.ask(sql, parameters));
}

eachDialect('the projector of support', (open) => {
	it('follows support plans, measures and replies', async () => {
		const records = await open();
		await putTown(records);
		const { warehouse, projector } = await followedWarehouse(records);
		await projector.waitFor(
			await put(
				records,
				{
					support_plan: [
						{
							...{ id: 'P1', school_id: 'S1', title: 'План', basis: 'flag', evidence: '{}', goal: 'g' },
							...{
								indicator: 'доля',
								baseline: 40,
								target: 30,
								unit: '%',
								due_on: '2026-12-01',
								curator: 'c',
							},
							...{ state: 'active', created_by: 'c', created_at: '2026-02-01T10:00:00.000Z' },
						},
					],
					plan_measure: [
						{
							...{ id: 'm1', plan_id: 'P1', title: 'Семинар', owner: 'o', starts_on: '2026-02-01' },
							...{ due_on: '2026-03-01', state: 'planned', progress: '', done_on: null, position: 1 },
						},
					],
					flag_reply: [
						{
							...{ id: 'f1', school_id: 'S3', year: 2025, module: 'low-results', text: 'Новый класс' },
							...{ replied_by: 'd', replied_at: '2026-02-01T10:00:00.000Z' },
						},
					],
				},
				[
					['plan', 'P1'],
					['reply', 'f1'],
				],
			),
		);
		expect(
			await ask(warehouse, 'select plan_id, year, due_on from plans_visible_to($places::varchar[])', inM1),
		).toEqual([{ plan_id: 'P1', year: 2026, due_on: '2026-12-01' }]);
		expect(
			await ask(warehouse, 'select measure_id, region_id from measures_visible_to($places::varchar[])', inM1),
		).toEqual([{ measure_id: 'm1', region_id: 'R1' }]);
		const replies = 'select reply_id from replies_visible_to($places::varchar[])';
		expect(await ask(warehouse, replies, inM1)).toEqual([]);
		expect(await ask(warehouse, replies, { places: ['school/S3'] })).toEqual([{ reply_id: 'f1' }]);
	});

	it('follows risk profiles: the proposal that stands of a factor, with the last answer of the school', async () => {
		const records = await open();
		await putTown(records);
		const { warehouse, projector } = await followedWarehouse(records);
		const profile = { school_id: 'S1', year: 2026 };
		const title = { ru: 'Риск неуспешности', en: 'Risk of failure' };
		const propose = (risk_index: number, significance: 'high' | 'low') =>
			records.transaction((trx) =>
				recordRatings(
					trx,
					profile,
					[{ factor: 'failure', title, inputs: [], risk_index, significance, remark: '' }],
					{ by: 'm' },
				),
			);
		const standing = async (places: string[]) => {
			await projector.waitFor(await latestSeq(records));
			return ask(
				warehouse,
				'select year, factor, title_ru, risk_index, agrees, is_chosen from risk_ratings_visible_to($places::varchar[])',
				{ places },
			);
		};
		await propose(20, 'low');
		await propose(80, 'high');
		const said = { year: 2026, factor: 'failure', title_ru: 'Риск неуспешности', risk_index: 80 };
		expect(await standing(['school/S1'])).toEqual([{ ...said, agrees: null, is_chosen: null }]);
		const [rating] = await listRatings(records.db, ['school/S1'], profile);
		for (const is_chosen of [false, true])
			await records.transaction((trx) =>
				recordVerifications(trx, profile, [{ rating_id: rating!.id, agrees: true, is_chosen, remark: '' }], {
					by: 'c',
				}),
			);
		expect(await standing(['school/S1'])).toEqual([{ ...said, agrees: true, is_chosen: true }]);
		expect(await standing(['school/S3'])).toEqual([]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});

	it('follows re-markings: those of a procedure together, without the withdrawn, and with their school when it moves', async () => {
		const records = await open();
		await putTown(records);
		const { warehouse, projector } = await followedWarehouse(records);
		const remarking = (id: string, unchanged: number) => ({
			...{ id, school_id: 'S1', procedure_id: procedure.id, class: null, remarked_on: '2026-02-01' },
			...{ sampled: 12, remarked: 10, unchanged, raised: null, lowered: null, commission: 'c' },
			...{ document: '', remark: '', recorded_by: 'm', recorded_at: '2026-02-02T10:00:00.000Z' },
			withdrawn_at: null,
		});
		const before = projector.resultsWatermark();
		await projector.waitFor(
			await put(records, { remarking: [remarking('k1', 9), remarking('k2', 6), remarking('k3', 1)] }, [
				['remarking', 'k1'],
				['remarking', 'k2'],
				['remarking', 'k3'],
			]),
		);
		const standing = (places: string[]) =>
			ask(warehouse, 'select region_id, remarked, unchanged from remarkings_visible_to($places::varchar[])', {
				places,
			});
		expect(await standing(['school/S1'])).toEqual([{ region_id: 'R1', remarked: 30, unchanged: 16 }]);
		expect(projector.resultsWatermark()).toBeGreaterThan(before);
		await records.transaction(async (trx) => {
			await trx
				.updateTable('remarking')
				.set({ withdrawn_at: '2026-03-01T10:00:00.000Z' })
				.where('id', '=', 'k3')
				.execute();
			await trx.updateTable('school').set({ municipality_id: 'M2' }).where('id', '=', 'S1').execute();
		});
		await projector.waitFor(
			await put(records, {}, [
				['remarking', 'k3'],
				['registry', ''],
			]),
		);
		expect(await standing(['municipality/M1'])).toEqual([]);
		expect(await standing(['municipality/M2'])).toEqual([{ region_id: 'R1', remarked: 20, unchanged: 15 }]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});
});
