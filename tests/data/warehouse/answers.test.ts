import { expect, it } from 'vitest';
import { deidentifyCampaign } from '#data/records/diagnostics/deidentification.ts';
import type { Records } from '#data/records/store.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { rebuild } from '#data/warehouse/projector.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';
import { listAnswerFields } from '#surveys/answer-fields.ts';
import { readPath } from '#surveys/answer-path.ts';
import { answersToEveryType, everyType, everyTypeVersion } from '../../support/every-type.ts';
import { eachDialect } from '../../support/records.ts';
import {
	campaign,
	contentOf,
	followedWarehouse,
	freshWarehousePath,
	participant,
	put,
	putTown,
	response,
	smallTest,
} from '../../support/warehouse.ts';

const PEOPLE = 12;
const inM1 = { places: ['municipality/M1'] };
const code = (index: number): string => `AAAA${String(index).padStart(4, '0')}`;
const fields = listAnswerFields(everyType);

async function ask(warehouse: Warehouse, sql: string, parameters = {}) {
	return rowsOf(await warehouse.ask(sql, parameters));
}

/** Twelve people of two schools who answered every question type. */
async function answeredTown(records: Records, state = 'released'): Promise<Record<string, unknown>[]> {
	await putTown(records);
	const answers = Array.from({ length: PEOPLE }, (_, index) => answersToEveryType(index + 1));
	await put(
		records,
		{
			instrument_version: [everyTypeVersion],
			campaign: [campaign('C1', 'M1', state)],
			campaign_instrument: [{ campaign_id: 'C1', instrument: 'every-type', version: 1, position: 1 }],
			participant: answers.map((_, index) => participant(code(index), 'C1', index < 9 ? 'S1' : 'S2')),
			response: answers.map((given, index) => response(`r${index}`, 'C1', code(index), given, 'every-type')),
		},
		[
			['instrument', 'every-type@1'],
			['campaign', 'C1'],
			['participants', 'C1'],
			...answers.map((_, index) => ['responses', `r${index}`] as ['responses', string]),
		],
	);
	return answers;
}

eachDialect('answers of every type in the warehouse', (open) => {
	it('lands every answer, closed ones to be counted and open ones apart', async () => {
		const records = await open();
		const answers = await answeredTown(records);
		const { warehouse } = await followedWarehouse(records);
		const closed = await ask(
			warehouse,
			`select item, count(*)::integer as n from answers_visible_to($places::varchar[]) group by item`,
			inM1,
		);
		const opened = await ask(warehouse, 'select item, count(*)::integer as n from open_answer group by item');
		const counts = new Map([...closed, ...opened].map(({ item, n }) => [item, n]));
		for (const { item, path } of fields) {
			const given = answers.filter((each) => readPath(each, path) !== undefined).length;
			expect(counts.get(item) ?? 0, item).toBe(given);
		}
		expect(counts.get('rating')).toBe(PEOPLE);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});

	it('gives types to closed answers and keeps lists as JSON', async () => {
		const records = await open();
		const [first] = await answeredTown(records);
		const { warehouse } = await followedWarehouse(records);
		const [row] = await ask(
			warehouse,
			'select answers.* from answer_every_type_v1 as answers join response using (response_key) where response_id = $id',
			{ id: 'r0' },
		);
		expect(row).toMatchObject({ number: first?.number, slider: first?.slider, date: first?.date });
		expect(JSON.parse(String(row?.ranking))).toEqual(first?.ranking);
		expect(Object.keys(row ?? {})).not.toContain('comment');
	});

	it('holds «other» of a scored choice as an answer, though the key gives points to numbers only', async () => {
		const records = await open();
		await putTown(records);
		const survey = {
			elements: [
				{ type: 'radiogroup', name: 'one', choices: [1, 2], showOtherItem: true },
				{ type: 'radiogroup', name: 'two', choices: [1, 2] },
			],
		};
		const items = ['one', 'two'].map((item) => ({
			item,
			competency: 'assessment',
			rule: { kind: 'choice', points: { 1: 0, 2: 1 } },
			max_points: 1,
		}));
		const key = { ...JSON.parse(smallTest.key), instrument: 'own-words', items };
		const version = {
			...smallTest,
			instrument: 'own-words',
			survey: JSON.stringify(survey),
			key: JSON.stringify(key),
		};
		const given = { one: 'other', 'one-Comment': 'по-своему', two: 2 };
		await put(
			records,
			{
				instrument_version: [version],
				campaign: [campaign('C1', 'M1', 'released')],
				campaign_instrument: [{ campaign_id: 'C1', instrument: 'own-words', version: 1, position: 1 }],
				participant: [participant(code(0), 'C1', 'S1')],
				response: [response('r0', 'C1', code(0), given, 'own-words')],
			},
			[
				['instrument', 'own-words@1'],
				['campaign', 'C1'],
				['participants', 'C1'],
				['responses', 'r0'],
			],
		);
		const { warehouse } = await followedWarehouse(records);
		expect(await ask(warehouse, 'select one, one_points, two, two_points from answer_own_words_v1')).toEqual([
			{ one: 'other', one_points: 0, two: 2, two_points: 1 },
		]);
		expect(await ask(warehouse, 'select item, value from open_answer')).toEqual([
			{ item: 'one-Comment', value: 'по-своему' },
		]);
		expect(await ask(warehouse, 'select * from unscored_response')).toEqual([]);
		expect(await ask(warehouse, 'select n_answered from response')).toEqual([{ n_answered: 2 }]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});

	it('takes de-identified responses in anew with their scores, after a restart too', async () => {
		const records = await open();
		await answeredTown(records);
		const path = freshWarehousePath();
		const before = await followedWarehouse(records, path);
		const scores =
			'select response_id, scale, percent from scale_score join response using (response_key) order by all';
		const scored = await ask(before.warehouse, scores);
		expect(scored.length).toBe(PEOPLE);
		await before.close();
		expect(await deidentifyCampaign(records, 'C1')).toMatchObject({ responses: PEOPLE });
		const { warehouse } = await followedWarehouse(records, path);
		expect(await ask(warehouse, scores)).toEqual(scored);
		expect(await ask(warehouse, 'select * from unscored_response')).toEqual([]);
		expect(await ask(warehouse, 'select * from open_answer')).toEqual([]);
		expect(agrees(await verifyWarehouse(records, warehouse))).toBe(true);
	});

	it('describes every field in a codebook', async () => {
		const records = await open();
		await answeredTown(records);
		const { warehouse } = await followedWarehouse(records);
		const described = await ask(
			warehouse,
			`select item, kind, title_en, choices from fields_visible_to($places::varchar[])
			where instrument = 'every-type' order by position`,
			inM1,
		);
		expect(described.map(({ item, kind }) => [item, kind])).toEqual(
			fields.map(({ item, kind }) => [item, kind]),
		);
		expect(JSON.parse(String(described.find(({ item }) => item === 'tagbox')?.choices))).toHaveLength(3);
	});

	it('shows texts of ten at least, of a municipality and without school, and nothing before release', async () => {
		const records = await open();
		await answeredTown(records);
		const { warehouse } = await followedWarehouse(records);
		const texts = 'select * from texts_visible_to($places::varchar[])';
		const shown = await ask(warehouse, `${texts} where item = 'comment'`, inM1);
		expect(shown).toHaveLength(PEOPLE);
		expect(Object.keys(shown[0] ?? {})).not.toContain('school_id');
		expect(Object.keys(shown[0] ?? {})).not.toContain('response_key');
		expect(await ask(warehouse, texts, { places: ['school/S1'] })).toEqual([]);
		expect(await ask(warehouse, texts, { places: ['municipality/M2'] })).toEqual([]);
		// What fewer than ten wrote stays with them.
		await records.db.deleteFrom('response').where('id', 'in', ['r0', 'r1', 'r2']).execute();
		await put(records, {}, [
			['responses', 'r0'],
			['responses', 'r1'],
			['responses', 'r2'],
		]);
		const later = await followedWarehouse(records);
		expect(await ask(later.warehouse, texts, inM1)).toEqual([]);
		expect(
			await ask(later.warehouse, 'select count(*)::integer as n from open_answer where kind = $kind', {
				kind: 'files',
			}),
		).toEqual([{ n: 18 }]);
	});

	it('shows no answer of a campaign that is not released', async () => {
		const records = await open();
		await answeredTown(records, 'closed');
		const { warehouse } = await followedWarehouse(records);
		expect(await ask(warehouse, 'select * from answers_visible_to($places::varchar[])', inM1)).toEqual([]);
		expect(await ask(warehouse, 'select * from texts_visible_to($places::varchar[])', inM1)).toEqual([]);
	});

	it('rebuilds to the same, and verify sees an answer that was changed or lost', async () => {
		const records = await open();
		await answeredTown(records);
		const { warehouse } = await followedWarehouse(records);
		const path = freshWarehousePath();
		await rebuild(records, path);
		const rebuilt = await openWarehouse({ path });
		expect(await contentOf(rebuilt)).toEqual(await contentOf(warehouse));
		await rebuilt.close();
		await warehouse.write((writer) =>
			writer.run('update answer_every_type_v1 set slider = 99 where response_key = 1'),
		);
		const [changed] = (await verifyWarehouse(records, warehouse)).filter(({ table }) => table === 'response');
		expect(changed?.differing).toBe(1);
		await warehouse.write((writer) => writer.run("delete from open_answer where item = 'comment'"));
		const lost = await verifyWarehouse(records, warehouse);
		expect(lost.find(({ table }) => table === 'response')?.differing).toBe(PEOPLE);
		expect(agrees(lost.filter(({ table }) => table === 'open_answer'))).toBe(false);
	});
});
