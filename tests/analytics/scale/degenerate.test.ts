import { describe, expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Computed, InputRow } from '#analytics/module.ts';
import { noteTexts } from '#analytics/notes.ts';
import { fc } from '#tests/support/property.ts';
import { expectPlainNumbers } from '../../support/plain-numbers.ts';

/** The modules of measurement on answers that hold little or nothing, as their queries would send them. */
type Cell = number | null;

const ITEMS = ['i1', 'i2', 'i3'];
const CAMPAIGN = { campaign_id: 'C1', instrument: 'trial', instrument_title: 'Trial', channel: 'test' };
const SCHOOLS = { school_count: 5, largest_school_share: 0.3 };

const answersOf = (rows: readonly (readonly Cell[])[]): string | null =>
	rows.length === 0 ? null : rows.map((row) => `${row.map((cell) => cell ?? '').join()}*1`).join(';');

const rowsFor: Record<string, (rows: readonly (readonly Cell[])[]) => InputRow[]> = {
	'item-quality': (rows) =>
		ITEMS.map((item, place) => ({
			...CAMPAIGN,
			...SCHOOLS,
			item,
			item_title: item,
			max_points: 2,
			option_titles: ['a', 'b'],
			option_counts: [0, rows.length],
			option_points: [-1, 1],
			option_rests: [-1, 1],
			n: rows.length,
			answers: place === 0 ? answersOf(rows) : null,
		})),
	'scale-reliability': (rows) =>
		[
			{
				scale: 'all',
				kind: 'whole',
				places: [0, 1, 2],
				max_points: 6,
				item_titles: ITEMS,
				answers: answersOf(rows),
			},
			{ scale: 'one', kind: 'competency', places: [0], max_points: 2, item_titles: null, answers: null },
			{ scale: 'two', kind: 'competency', places: [1, 2], max_points: 0, item_titles: null, answers: null },
		].map((scale) => ({
			...CAMPAIGN,
			...SCHOOLS,
			...scale,
			scale_title: scale.scale,
			planned_sem: null,
			cuts: [60, 80],
			percents: rows.length > 0 ? [0, 100] : null,
			percent_counts: rows.length > 0 ? [rows.length, 0] : null,
			n: rows.length,
		})),
	'item-bias': (rows) =>
		['a', 'b', 'c']
			.map((group_key, at) => ({ group_key, own: rows.filter((_, row) => row % 3 === at) }))
			.filter(({ own }) => own.length > 0)
			.map(({ group_key, own }) => ({
				...CAMPAIGN,
				...SCHOOLS,
				group_key,
				n: own.length,
				answers: answersOf(own),
				items: ITEMS,
				item_titles: ITEMS,
			})),
};

function computeOf(module: string, rows: readonly (readonly Cell[])[]): Computed {
	const { compute, summarise, definition } = findModule(module)!;
	// no threshold of size stands before the arithmetic
	const presets = { ...definition.presets, minimum_n: 0, minimum_model_n: 0 };
	const context = { presets, filters: {}, language: 'ru' as const, may_read_keys: true };
	const computed = compute(rowsFor[module]!(rows), context);
	expectPlainNumbers(computed, module);
	for (const { ru, en } of Object.values(summarise(computed.rows, context)))
		expect(`${ru} ${en}`).not.toMatch(/NaN|Infinity|undefined|null/);
	for (const { code } of computed.notes) expect(Object.keys(noteTexts)).toContain(code);
	return computed;
}

const many = (row: (at: number) => Cell[]): Cell[][] => Array.from({ length: 180 }, (_, at) => row(at));
const degenerate: [string, Cell[][]][] = [
	['nobody', []],
	['one person', [[1, 0, 2]]],
	['all equal', many(() => [1, 1, 1])],
	['all missing', many(() => [null, null, null])],
	['one category but for one item', many((at) => [2, 2, at % 2])],
	[
		'two items that never meet',
		many((at) => (at % 2 ? [at % 4 > 1 ? 1 : 0, null, null] : [null, at % 4 ? 1 : 0, null])),
	],
	['extreme scores alone', many((at) => (Math.floor(at / 3) % 2 ? [2, 2, 2] : [0, 0, 0]))],
	['ties: every total the same', many((at) => [at % 3, 2 - (at % 3), 1])],
	['one group that passes what others fail', many((at) => (at % 3 ? [0, 1, at % 2] : [1, 0, at % 2]))],
	['a person for each pattern', many((at) => [at % 3, Math.floor(at / 3) % 3, Math.floor(at / 9) % 3])],
];

describe.each(Object.keys(rowsFor))('%s', (module) => {
	it.each(degenerate)('gives a number or a reason of %s', (_, rows) => {
		const { rows: found, notes } = computeOf(module, rows);
		const asked: Record<string, string> = {
			'item-quality': 'item_rest',
			'scale-reliability': 'alpha',
			'item-bias': 'p',
		};
		for (const row of found) {
			const isPart = row.kind === 'threshold' || row.kind === 'option' || row.kind === 'persons';
			if (!isPart && row[asked[module]!] === null)
				expect(row.note ?? row.verdict ?? notes[0]?.code ?? null, JSON.stringify(row)).not.toBeNull();
		}
	});

	it('never gives NaN, whatever the answers', () => {
		const cell = fc.option(fc.integer({ min: 0, max: 2 }), { freq: 5 });
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 40 }), (rows) => {
				computeOf(module, rows);
			}),
			{ numRuns: 150 },
		);
	});
});
