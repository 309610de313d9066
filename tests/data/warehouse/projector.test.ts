import { expect, it } from 'vitest';
import { latestSeq } from '#data/records/changes.ts';
import type { Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { eachDialect } from '../../support/records.ts';
import {
	batch,
	followedWarehouse,
	participant,
	procedure,
	pupil,
	put,
	putCampaign,
	putTown,
	response,
} from '../../support/warehouse.ts';

const inM1 = { places: ['municipality/M1'] };

async function ask(warehouse: Warehouse, sql: string, parameters = {}) {
	return rowsOf(await warehouse.ask(sql, parameters));
}

async function townWithCampaign(records: Records, state: string): Promise<void> {
	await putTown(records);
	await putCampaign(records, 'C1', 'M1', state, [
		participant('AAAA0001', 'C1', 'S1'),
		participant('AAAA0002', 'C1', 'S2'),
	]);
}

eachDialect('the projector', (open) => {
	it('brings a submitted response to the views within a second, scored by its key', async () => {
		const records = await open();
		await townWithCampaign(records, 'released');
		const { warehouse, projector } = await followedWarehouse(records);
		const began = performance.now();
		const seq = await put(
			records,
			{ response: [response('r1', 'C1', 'AAAA0001', { q1: 3, Q1: 'c', "q'3": ['x', 'z'] })] },
			[['responses', 'r1']],
		);
		await projector.waitFor(seq);
		expect(performance.now() - began).toBeLessThan(1_000);
		expect(projector.watermark()).toBe(seq);
		expect(
			await ask(
				warehouse,
				`select participant_code, school_id, municipality_id, region_id, subject, instrument, channel, scale, kind, points,
					max_points, percent, deficit_index, n_items, n_answered, answered_enough
				from scores_visible_to($places::varchar[]) order by scale`,
				inM1,
			),
		).toEqual([
			{
				participant_code: 'AAAA0001',
				school_id: 'S1',
				municipality_id: 'M1',
				region_id: 'R1',
				subject: 'математика',
				instrument: 'small-test',
				channel: 'test',
				scale: 'assessment',
				kind: 'competency',
				points: 2.5,
				max_points: 4,
				percent: 62.5,
				deficit_index: 37.5,
				n_items: 2,
				n_answered: 2,
				answered_enough: true,
			},
			expect.objectContaining({ scale: 'methodical', kind: 'group', points: 2.5, max_points: 6 }),
		]);
		expect(
			await ask(
				warehouse,
				'select item, value, points, max_points from item_scores_visible_to($places::varchar[]) order by position',
				inM1,
			),
		).toEqual([
			{ item: 'q1', value: '3', points: 2, max_points: 3 },
			{ item: 'Q1', value: 'c', points: 0.5, max_points: 1 },
			{ item: "q'3", value: '["x","z"]', points: 0, max_points: 2 },
		]);
	});

	it('shows counts of an open campaign and no score of it', async () => {
		const records = await open();
		await townWithCampaign(records, 'open');
		await put(
			records,
			{
				response: [
					response('r1', 'C1', 'AAAA0001', { q1: 4 }),
					response('r2', 'C1', 'AAAA0001', { q1: 1 }, 'open-test'),
				],
				consent: [
					{
						participant_code: 'AAAA0002',
						purpose: 'diagnostic',
						version: '1',
						given_at: null,
						declined_at: '2026-02-03T00:00:00.000Z',
					},
				],
			},
			[
				['responses', 'r1'],
				['responses', 'r2'],
				['consent', 'C1'],
			],
		);
		const { warehouse, projector } = await followedWarehouse(records);
		expect(
			await ask(
				warehouse,
				`select school_id, n_invited, n_answered, n_declined
				from response_rates_visible_to($places::varchar[]) order by school_id`,
				inM1,
			),
		).toEqual([
			{ school_id: 'S1', n_invited: 1, n_answered: 1, n_declined: 0 },
			{ school_id: 'S2', n_invited: 1, n_answered: 0, n_declined: 1 },
		]);
		for (const rows of ['scores', 'item_scores', 'responses', 'consented_scores']) {
			expect(await ask(warehouse, `select * from ${rows}_visible_to($places::varchar[])`, inM1)).toEqual([]);
		}
		const own = `select distinct instrument from own_scores_visible_to($codes::varchar[]) order by all`;
		expect(await ask(warehouse, own, { codes: ['AAAA0001'] })).toEqual([{ instrument: 'open-test' }]);
		expect(await ask(warehouse, own, { codes: ['AAAA0002'] })).toEqual([]);
		await records.transaction(async (trx) => {
			await trx.updateTable('campaign').set({ state: 'released' }).where('id', '=', 'C1').execute();
		});
		await projector.waitFor(await put(records, {}, [['campaign', 'C1']]));
		expect(await ask(warehouse, own, { codes: ['AAAA0001'] })).toHaveLength(2);
		expect(
			await ask(warehouse, 'select distinct response_key from scores_visible_to($places::varchar[])', inM1),
		).toHaveLength(2);
	});

	it('keeps a response that cannot be scored as answered, with the reason, and goes on', async () => {
		const records = await open();
		await townWithCampaign(records, 'released');
		const { warehouse, projector } = await followedWarehouse(records);
		const broken = { ...response('r1', 'C1', 'AAAA0001', {}), answers: '{"q1": ' };
		await projector.waitFor(
			await put(records, { response: [broken, response('r2', 'C1', 'AAAA0002', { q1: 2.5 })] }, [
				['responses', 'r1'],
				['responses', 'r2'],
			]),
		);
		expect(await ask(warehouse, 'select response_id from unscored_response order by all')).toEqual([
			{ response_id: 'r1' },
			{ response_id: 'r2' },
		]);
		expect(await ask(warehouse, 'select count(*)::integer as n from response')).toEqual([{ n: 2 }]);
		expect(await ask(warehouse, 'select count(*)::integer as n from scale_score')).toEqual([{ n: 0 }]);
	});

	it('lets go of what a participant withdrew', async () => {
		const records = await open();
		await townWithCampaign(records, 'released');
		const rows = [response('r1', 'C1', 'AAAA0001', { q1: 4 }), response('r2', 'C1', 'AAAA0002', { q1: 1 })];
		await put(records, { response: rows }, [
			['responses', 'r1'],
			['responses', 'r2'],
		]);
		const { warehouse, projector } = await followedWarehouse(records);
		await records.transaction(async (trx) => {
			await trx.deleteFrom('response').where('id', '=', 'r1').execute();
			await trx
				.insertInto('consent')
				.values({
					participant_code: 'AAAA0001',
					purpose: 'diagnostic',
					version: '1',
					given_at: '2026-02-10T00:00:00.000Z',
					declined_at: '2026-02-12T00:00:00.000Z',
				})
				.execute();
		});
		await projector.waitFor(await put(records, {}, [['consent', 'C1']]));
		for (const table of ['response', 'scale_score', 'item_score']) {
			expect(await ask(warehouse, `select distinct school_id from ${table}`)).toEqual([{ school_id: 'S2' }]);
		}
		for (const table of ['scored_scale', 'answer_small_test_v1']) {
			expect(await ask(warehouse, `select 1 from ${table} anti join response using (response_key)`)).toEqual(
				[],
			);
		}
	});

	it('puts the mark of the cut-offs beside the given one, and counts references without naming schools', async () => {
		const records = await open();
		await putTown(records);
		await put(
			records,
			{
				batch: [batch('B1')],
				pupil_result: [
					pupil('B1', 2, 'S1', { score: 5, journal_mark: 3, items: '[1,2]' }),
					pupil('B1', 3, 'S1', { score: 15, mark: 4, journal_mark: 4, items: '[1,null]' }),
					pupil('B1', 4, 'S1', { score: 21, variant: null }),
					pupil('B1', 5, 'S2', { variant: 'отсутствовал' }),
					pupil('B1', 6, 'S3', { score: 10, journal_mark: 3 }),
				],
			},
			[['batch', 'B1']],
		);
		const { warehouse, projector } = await followedWarehouse(records);
		expect(
			await ask(
				warehouse,
				`select row_number, score, mark, given_mark, mark_disagrees, fail, above_max, absent, counted, items
				from results_visible_to($places::varchar[]) order by row_number`,
				inM1,
			),
		).toEqual([
			{
				...{ row_number: 2, score: 5, mark: 2, given_mark: null, mark_disagrees: false, fail: true },
				...{ above_max: false, absent: false, counted: true, items: [1, 2] },
			},
			{
				...{ row_number: 3, score: 15, mark: 4, given_mark: 4, mark_disagrees: true, fail: false },
				...{ above_max: false, absent: false, counted: true, items: [1, null] },
			},
			{
				...{ row_number: 4, score: 21, mark: 5, given_mark: null, mark_disagrees: false, fail: false },
				...{ above_max: true, absent: false, counted: false, items: null },
			},
			{
				...{ row_number: 5, score: null, mark: null, given_mark: null, mark_disagrees: false, fail: null },
				...{ above_max: false, absent: true, counted: false, items: null },
			},
		]);
		expect(await ask(warehouse, 'select score, n from reference_score_counts() order by score')).toEqual([
			{ score: 5, n: 1 },
			{ score: 10, n: 1 },
			{ score: 15, n: 1 },
		]);
		expect(
			await ask(
				warehouse,
				`select school_id, region_id, absent, above_max, unscaled, n, mean, m2, n_scaled, n_fail, literal_n,
					literal_mean, literal_m2, raised, confirmed, lowered, gap2, scores, score_counts, pairs, rank_correlation
				from reference_school_results() order by school_id`,
			),
		).toEqual([
			{
				...{ school_id: 'S1', region_id: 'R1', absent: 0, above_max: 1, unscaled: 0, n: 2, mean: 10, m2: 50 },
				...{
					n_scaled: 2,
					n_fail: 1,
					literal_n: 2,
					literal_mean: 10,
					literal_m2: 50,
					raised: 0,
					confirmed: 1,
				},
				...{ lowered: 1, gap2: 0, scores: [5, 15], score_counts: [1, 1], pairs: 2, rank_correlation: 1 },
			},
			{
				...{
					school_id: 'S2',
					region_id: 'R1',
					absent: 1,
					above_max: 0,
					unscaled: 0,
					n: 0,
					mean: null,
					m2: null,
				},
				...{
					n_scaled: 0,
					n_fail: 0,
					literal_n: 0,
					literal_mean: null,
					literal_m2: null,
					raised: 0,
					confirmed: 0,
				},
				...{ lowered: 0, gap2: 0, scores: null, score_counts: null, pairs: 0, rank_correlation: null },
			},
			{
				...{ school_id: 'S3', region_id: 'R1', absent: 0, above_max: 0, unscaled: 0, n: 1, mean: 10, m2: 0 },
				...{ n_scaled: 1, n_fail: 0, literal_n: 1, literal_mean: 10, literal_m2: 0, raised: 1, confirmed: 0 },
				...{ lowered: 0, gap2: 0, scores: [10], score_counts: [1], pairs: 1, rank_correlation: null },
			},
		]);
		expect(
			await ask(warehouse, 'select item, n, points, max_points from reference_item_totals() order by item'),
		).toEqual([
			{ item: '1', n: 2, points: 2, max_points: 1 },
			{ item: '5.1', n: 1, points: 2, max_points: 2 },
		]);
		await records.transaction(async (trx) => {
			await trx.updateTable('batch').set({ withdrawn_at: '2026-02-01', withdrawn_by: 'x' }).execute();
		});
		await projector.waitFor(await put(records, {}, [['batch-withdrawn', 'B1']]));
		for (const table of [
			'pupil_row',
			'procedure_score',
			'procedure_item',
			'school_moment',
			'school_pattern',
			'linked_pupils',
		]) {
			expect(await ask(warehouse, `select * from ${table}`)).toEqual([]);
		}
	});

	it('derives marks again when the scale of a procedure is corrected', async () => {
		const records = await open();
		await putTown(records);
		await put(records, { batch: [batch('B1')], pupil_result: [pupil('B1', 2, 'S1', { score: 6 })] }, [
			['batch', 'B1'],
		]);
		const { warehouse, projector } = await followedWarehouse(records);
		await records.transaction(async (trx) => {
			await trx.updateTable('procedure').set({ cutoffs: '{"3":7,"4":11,"5":16}' }).execute();
		});
		await projector.waitFor(await put(records, {}, [['procedure', procedure.id]]));
		expect(await ask(warehouse, 'select mark, fail from pupil_result')).toEqual([{ mark: 2, fail: true }]);
		expect(await ask(warehouse, 'select n_fail from reference_school_results()')).toEqual([{ n_fail: 1 }]);
	});

	it('moves all rows of a school that changes its municipality', async () => {
		const records = await open();
		await townWithCampaign(records, 'released');
		await put(
			records,
			{
				response: [response('r1', 'C1', 'AAAA0001', { q1: 4 })],
				batch: [batch('B1')],
				pupil_result: [pupil('B1', 2, 'S1', { score: 6 })],
			},
			[
				['responses', 'r1'],
				['batch', 'B1'],
			],
		);
		const { warehouse, projector } = await followedWarehouse(records);
		await records.transaction(async (trx) => {
			await trx.updateTable('school').set({ municipality_id: 'M2' }).where('id', '=', 'S1').execute();
		});
		await projector.waitFor(await put(records, {}, [['registry', '']]));
		for (const table of ['response', 'scale_score', 'item_score', 'pupil_result']) {
			expect(await ask(warehouse, `select distinct municipality_id from ${table}`)).toEqual([
				{ municipality_id: 'M2' },
			]);
		}
	});

	it('has nothing to wait for in empty records', async () => {
		const { projector } = await followedWarehouse(await open());
		await projector.waitFor(0);
		expect(projector.watermark()).toBe(0);
	});

	it('tells changes of results from responses, which leave what is known of results as it is', async () => {
		const records = await open();
		await townWithCampaign(records, 'released');
		const { projector } = await followedWarehouse(records);
		await projector.waitFor(await latestSeq(records));
		const before = projector.resultsWatermark();
		const answered = await put(records, { response: [response('r1', 'C1', 'AAAA0001', { q1: 3 })] }, [
			['responses', 'r1'],
		]);
		await projector.waitFor(answered);
		expect(projector.watermark()).toBe(answered);
		expect(projector.resultsWatermark()).toBe(before);
		const imported = await put(records, { procedure: [{ ...procedure, id: 'later' }] }, [
			['procedure', 'later'],
		]);
		await projector.waitFor(imported);
		expect(projector.resultsWatermark()).toBe(imported);
	});

	it('is caught up when nothing is left to do, and says how long it is not', async () => {
		const records = await open();
		await putTown(records);
		const { projector } = await followedWarehouse(records);
		await expect.poll(() => projector.caughtUp()).toBe(true);
		expect(projector.lagSeconds()).toBe(0);
		expect(projector.watermark()).toBe(await latestSeq(records));
		expect(projector.failure()).toBeUndefined();
		await projector.stop();
		await expect(projector.waitFor(1_000)).rejects.toThrow('stopped');
	});
});
