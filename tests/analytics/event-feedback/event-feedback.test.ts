import { expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Filters } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { eachDialect } from '../../support/records.ts';
import { campaign, followedWarehouse, participant, put, putTown, response } from '../../support/warehouse.ts';

eachDialect('event-feedback', (open) => {
	it('gives medians, shares and words of an event, and hides what few people said', async () => {
		const records = await open();
		await putTown(records);
		const { survey, key, sha256 } = listShippedInstruments().find(
			(each) => each.key.instrument === 'event-feedback',
		)!;
		const codesOf = (letter: string) =>
			Array.from({ length: 12 }, (_, index) => `${letter.repeat(4)}00${String(index).padStart(2, '0')}`);
		const answers = (index: number, texts: number) => ({
			usefulness: index < 6 ? 5 : 4,
			...(index < 4 && { clarity: 3 }),
			pace: index < 7 ? 'right' : 'fast',
			follow_up: index < 6 ? ['materials', 'practice'] : ['materials'],
			...(index < texts && { change: `мысль ${String.fromCharCode(1103 - index)}` }),
		});
		const campaigns = [
			{ id: 'C1', letter: 'A', texts: 10, released_at: '2026-03-02T00:00:00.000Z' },
			{ id: 'C2', letter: 'B', texts: 9, released_at: '2026-03-01T00:00:00.000Z' },
		];
		await put(
			records,
			{
				instrument_version: [
					{
						instrument: 'event-feedback',
						version: 1,
						survey: JSON.stringify(survey),
						key: JSON.stringify(key),
						sha256,
						published_at: '2026-01-10T00:00:00.000Z',
					},
				],
				campaign: campaigns.map(({ id, released_at }) => ({
					...campaign(id, 'M1', 'released'),
					released_at,
				})),
				campaign_instrument: campaigns.map(({ id }) => ({
					campaign_id: id,
					instrument: 'event-feedback',
					version: 1,
					position: 1,
				})),
				participant: campaigns.flatMap(({ id, letter }) =>
					codesOf(letter).map((code, index) => participant(code, id, index % 2 ? 'S1' : 'S2')),
				),
				response: campaigns.flatMap(({ id, letter, texts }) =>
					codesOf(letter).map((code, index) =>
						response(`${id}-${index}`, id, code, answers(index, texts), 'event-feedback'),
					),
				),
			},
			[
				['instrument', 'event-feedback@1'],
				...campaigns.flatMap(({ id }): ['campaign' | 'participants' | 'responses', string][] => [
					['campaign', id],
					['participants', id],
					...Array.from({ length: 12 }, (_, index): ['responses', string] => ['responses', `${id}-${index}`]),
				]),
			],
		);
		const { warehouse } = await followedWarehouse(records);
		const { rows, title } = await ask(warehouse, {});
		const of = (scale: string) => rows.filter((row) => row.scale === scale);
		// six fives and six fours: the median lies between them
		expect(of('usefulness').find(({ answer }) => answer === '5')).toMatchObject({
			kind: 'rating',
			n_total: 12,
			n: 6,
			share: 0.5,
			median: 4.5,
		});
		expect(of('usefulness')).toHaveLength(5);
		expect(of('usefulness')[0]).toMatchObject({ answer: '1', share: 0.2, share_coded: '<=', n: null });
		// four people said how clear it was
		for (const row of of('clarity'))
			expect(row).toMatchObject({ n_total: null, share: null, median: null, note: 'suppressed' });
		expect(of('pace').map(({ answer, n }) => [answer, n])).toEqual([
			['slow', null],
			['right', 7],
			['fast', 5],
		]);
		expect(of('follow_up')[0]).toMatchObject({
			answer_title: 'Материалы и запись',
			share: 0.8,
			share_coded: '>=',
		});
		expect(of('follow_up')[1]).toMatchObject({ n: 6, share: 0.5, median: null });
		// Ten texts, in alphabetical order: the order of answering is not kept.
		const words = of('change').map(({ answer_title }) => String(answer_title));
		expect(words).toHaveLength(10);
		expect(words).toEqual(words.toSorted());
		expect(title).toBe('Медианы: полезность 4,5');

		const nine = await ask(warehouse, { campaign: 'C2' });
		expect(nine.rows.filter(({ kind }) => kind === 'text')).toEqual([]);
		expect(nine.rows.find(({ scale }) => scale === 'usefulness')).toMatchObject({ n_total: 12 });
		const deficits = await runModule(findModule('deficit-map')!, {
			warehouse,
			viewer: { role: 'methodist', places: ['municipality/M1'], codes: [] },
			filters: {},
			language: 'ru',
		});
		expect(deficits.length).toBe(0);
	});
});

async function ask(warehouse: Warehouse, filters: Filters) {
	const { columns, length, finding } = await runModule(findModule('event-feedback')!, {
		warehouse,
		viewer: { role: 'methodist', places: ['municipality/M1'], codes: [] },
		filters,
		language: 'ru',
	});
	const rows = Array.from({ length }, (_, row) =>
		Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row]])),
	);
	return { rows, title: finding.title.ru };
}
