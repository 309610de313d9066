import { journalColumns, markColumns, participants } from './aggregate-columns.ts';
import { itemRowColumns, placeFields } from './item-completion-columns.ts';
import { type ColumnRule, normaliseTitle, shown } from './sheet.ts';
import type { Cell, Sheet } from './workbook.ts';

/** Tables that say of a school only sums; `item-rows` has a row per item, `items` a column per item. */
export const aggregateForms = ['marks', 'scores', 'journal', 'items', 'item-rows'] as const;
export type AggregateForm = (typeof aggregateForms)[number];

const headerDepth = 20;
/** A part of an item («5.1», «10(2)», «1К1») or the word before its number tells an item from a score. */
const namesItem = /^(?:(?:№|з|зад|задание|item)\.?\s*\d+.*|\d+(?:[.,]\d+|\(\d+\)|[кk]\d+))$/;
/** Completion of items adds up to more than the 100 percent of a distribution. */
const mostOfDistribution = 101;

/** The form of table that a file of results may hold in place of rows of pupils; undefined when it is none of them. */
export function aggregateFormOf(sheets: Sheet[]): AggregateForm | undefined {
	for (const { rows } of sheets)
		for (const [index, row] of rows.slice(0, headerDepth).entries()) {
			const form = formOfHeader(row, rows.slice(index + 1, index + 1 + headerDepth));
			if (form) return form;
		}
	return undefined;
}

function formOfHeader(header: Cell[], body: Cell[][]): AggregateForm | undefined {
	const written = header.map((cell) => normaliseTitle(shown(cell).replaceAll('\u00a0', ' ').trim()));
	const titles = new Set(written);
	const has = ({ titles: { ru, en, aliases } }: ColumnRule): boolean =>
		[ru, en, ...aliases].some((title) => titles.has(normaliseTitle(title)));
	const itemRows = itemRowColumns([]);
	const hasPercent = itemRows.some((rule) => rule.field in placeFields && has(rule));
	if (hasPercent && has(itemRows.find(({ field }) => field === 'item')!)) return 'item-rows';
	const [, ...marks] = markColumns();
	const scores = written.filter((title) => /^(?:(?:score|балл) )?\d+$/.test(title));
	const isCounted = has(participants([]));
	if (isCounted && isWideItems(written, body)) return 'items';
	if (isCounted) {
		const numbers = new Set(scores.map((title) => title.replace(/^\D+/, '')));
		if (['0', '1', '6', '7'].filter((score) => numbers.has(score)).length > 1) return 'scores';
		if (marks.every(has)) return 'marks';
	}
	const group = journalColumns().find(({ field }) => field === 'group')!;
	const counts = written.some((title) => /^(?:кол-?во|количество|participants)/.test(title));
	return has(group) && counts ? 'journal' : undefined;
}

/** Numbers of items in the header; bare numbers are items when a row of maxima follows or a row adds up beyond a distribution. */
function isWideItems(written: string[], body: Cell[][]): boolean {
	if (written.some((title) => namesItem.test(title))) return true;
	const places = written.flatMap((title, index) => (/^\d+$/.test(title) ? [index] : []));
	if (places.length < 3 || written.includes('0')) return false;
	return body.some((row) => {
		const isMaximum = row.some((cell) => typeof cell === 'string' && /^макс/i.test(cell.trim()));
		const sum = places.reduce((total, index) => total + numberOf(row[index]), 0);
		return isMaximum || sum > mostOfDistribution;
	});
}

function numberOf(cell: Cell | undefined): number {
	const value = Number(shown(cell).replace(/\s*%$/, '').replace(',', '.'));
	return Number.isFinite(value) ? value : 0;
}
