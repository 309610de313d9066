import { findModule } from '#analytics/catalogue.ts';
import type { CatalogueEntry, ComputeContext, InputRow } from '#analytics/module.ts';

/** A comparison of groups that takes the arithmetic many seconds: a form of many items answered at random by many people. */
export function slowQuestion(): { entry: CatalogueEntry; rows: InputRow[]; context: ComputeContext } {
	const entry = findModule('item-bias')!;
	let state = 7;
	const random = (): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const items = Array.from({ length: 200 }, (_, item) => `q${item + 1}`);
	const answers = (): string =>
		Array.from({ length: 3_000 }, () => `${items.map(() => Math.floor(random() * 5)).join()}*1`).join(';');
	const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((group_key) => ({
		campaign_id: 'C1',
		instrument: 'slow',
		instrument_title: 'Slow',
		group_key,
		n: 3_000,
		school_count: 9,
		largest_school_share: 0.2,
		answers: answers(),
		items,
		item_titles: items,
	}));
	return { entry, rows, context: { presets: entry.definition.presets, filters: {}, language: 'ru' } };
}
