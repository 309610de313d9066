import { type CellRule, normaliseWord, type Parsed } from './cell-rules.ts';
import {
	type Coerced,
	type CoercedCode,
	ImportError,
	type Issue,
	type Params,
	type RowCode,
} from './codes.ts';
import type { Profile } from './profiles.ts';
import { profileField } from './profiles.ts';
import type { Cell, Sheet } from './workbook.ts';

/** One column of a sheet: how its header may read, what its cells must be, and what a person should know about it. */
export interface ColumnRule {
	field: string;
	titles: { ru: string; en: string; aliases: string[] };
	/** the column must be there; with `filled`, each of its cells too */
	required: boolean;
	filled: boolean;
	parse: CellRule;
	help: { ru: string; en: string };
	examples: Cell[];
}

/** A row whose cells all obey their rules, and the place it came from. */
interface ReadRow {
	row: number;
	values: Record<string, unknown>;
}

/** A sheet read by its rules: typed rows, faults, and everything that was read otherwise than written. */
export interface ReadSheet {
	name: string;
	/** row number of the header, as the spreadsheet shows it */
	header_row: number;
	titles: string[];
	/** field → title in the file */
	columns: Map<string, string>;
	/** titles that no rule knows */
	ignored: string[];
	rows: ReadRow[];
	cells: Cell[][];
	issues: Issue[];
	coerced: Coerced[];
	coerced_counts: Partial<Record<CoercedCode, number>>;
	refused: Set<number>;
}

/** As many coerced cells are listed one by one; the counts stay complete. */
const coercedListed = 20_000;
/** A header stands within the first rows; above it may be a title. */
const headerDepth = 20;

/** The sheet of a workbook that fits the rules, with its header row. */
export interface FoundSheet {
	sheet: Sheet;
	header: number;
	fields: (ColumnRule | undefined)[];
}

/**
 * Finds the sheet and the header row that fit the rules, the header standing anywhere in the first rows.
 * @throws ImportError `wrong-sheet`, `missing-column`, `duplicate-column`, `several-sheets`
 */
export function findSheet(rules: ColumnRule[], sheets: Sheet[], profile?: Profile): FoundSheet {
	const byTitle = titleIndex(rules);
	let best: (FoundSheet & { matched: number; missing: ColumnRule[] }) | undefined;
	const complete: { name: string; matched: number }[] = [];
	for (const sheet of sheets) {
		let bestHere: typeof best;
		for (let header = 0; header < Math.min(headerDepth, sheet.rows.length); header += 1) {
			const fields = sheet.rows[header]!.map((cell) => ruleOf(cell, byTitle, rules, profile));
			const present = new Set(fields.filter((rule) => rule !== undefined));
			const missing = rules.filter((rule) => rule.required && !present.has(rule));
			const candidate = { sheet, header, fields, matched: present.size, missing };
			if (candidate.matched > (bestHere?.matched ?? 0)) bestHere = candidate;
		}
		if (bestHere && bestHere.missing.length === 0 && sheet.rows.length > bestHere.header + 1) {
			complete.push({ name: sheet.name, matched: bestHere.matched });
		}
		if (bestHere && bestHere.matched > (best?.matched ?? 0)) best = bestHere;
	}
	if (best === undefined || !best.fields.some((rule) => rule?.required)) {
		const expected = rules.filter((rule) => rule.required).map((rule) => rule.titles.ru);
		throw new ImportError('wrong-sheet', {
			sheets: sheets.map((sheet) => sheet.name).join(', '),
			expected: expected.join(', '),
		});
	}
	if (best.missing.length > 0) {
		throw new ImportError('missing-column', {
			sheet: best.sheet.name,
			row: best.header + 1,
			columns: best.missing.map((rule) => rule.titles.ru).join(', '),
		});
	}
	// One word of the header may stand in any text; two together, or as many as in the best sheet, are a table.
	const { matched } = best;
	const rivals = complete.filter((each) => each.matched >= 2 || each.matched === matched);
	if (rivals.length > 1) {
		throw new ImportError('several-sheets', { sheets: rivals.map(({ name }) => name).join(', ') });
	}
	refuseDuplicates(best);
	return best;
}

/** Reads the rows below the header by the rules. Blank rows are passed over; a row with a faulty cell is refused whole. */
export function readRows(rules: ColumnRule[], found: FoundSheet): ReadSheet {
	const { sheet, header, fields } = found;
	const titles = sheet.rows[header]!.map((cell) => titleText(cell));
	const used: { index: number; rule: ColumnRule; title: string }[] = [];
	const columns = new Map<string, string>();
	for (const [index, rule] of fields.entries()) {
		if (!rule) continue;
		used.push({ index, rule, title: titles[index]! });
		columns.set(rule.field, titles[index]!);
	}
	const read: ReadSheet = {
		name: sheet.name,
		header_row: header + 1,
		titles,
		columns,
		ignored: titles.filter((title, index) => title !== '' && fields[index] === undefined),
		rows: [],
		cells: sheet.rows,
		issues: [],
		coerced: [],
		coerced_counts: {},
		refused: new Set(),
	};
	for (let index = header + 1; index < sheet.rows.length; index += 1) {
		const cells = sheet.rows[index]!;
		if (cells.every(isBlank)) continue;
		const values: Record<string, unknown> = {};
		for (const rule of rules) values[rule.field] = null;
		for (const { index: column, rule, title } of used) {
			values[rule.field] = readCell(read, index + 1, title, rule, cells[column] ?? null);
		}
		if (!read.refused.has(index + 1)) read.rows.push({ row: index + 1, values });
	}
	return read;
}

/** Refuses a row for a reason that a single cell cannot tell. */
export function refuseRow(
	read: ReadSheet,
	row: number,
	field: string,
	code: RowCode,
	value: unknown,
	params: Params = {},
): void {
	read.issues.push({ row, column: read.columns.get(field) ?? '', code, params, value: shown(value) });
	read.refused.add(row);
}

/** Reports a cell that was read otherwise than written. */
export function reportCoerced(
	read: ReadSheet,
	row: number,
	column: string,
	code: CoercedCode,
	from: unknown,
	to: unknown,
): void {
	read.coerced_counts[code] = (read.coerced_counts[code] ?? 0) + 1;
	if (read.coerced.length < coercedListed) {
		read.coerced.push({ row, column, code, from: shown(from), to: shown(to) });
	}
}

/** A header without case, `ё`, quotes, line breaks and closing signs. */
export function normaliseTitle(title: string): string {
	return normaliseWord(title.replace(/["«»“”„*]/g, ''))
		.replace(/[\s.:;,]+$/, '')
		.replace(/_/g, ' ');
}

function readCell(read: ReadSheet, row: number, title: string, rule: ColumnRule, raw: Cell): unknown {
	let cell = raw;
	if (typeof raw === 'string') {
		const clean = cleanText(raw);
		if (clean.code && clean.text !== '') reportCoerced(read, row, title, clean.code, raw, clean.text);
		cell = clean.text === '' ? null : clean.text;
	}
	if (cell === null) {
		if (rule.filled) read.issues.push({ row, column: title, code: 'value-missing', params: {}, value: '' });
		if (rule.filled) read.refused.add(row);
		return null;
	}
	const parsed: Parsed = rule.parse(cell);
	if ('code' in parsed) {
		const { code, params = {} } = parsed;
		read.issues.push({ row, column: title, code, params, value: shown(raw) });
		read.refused.add(row);
		return null;
	}
	if (parsed.coerced) reportCoerced(read, row, title, parsed.coerced, raw, parsed.value);
	return parsed.value;
}

const oddSpaces = /[\u00a0\u2000-\u200b\u202f\u2060\ufeff\t\r\n]/;
const oddSpacesAll = /[\u00a0\u2000-\u200b\u202f\u2060\ufeff\t\r\n]+/g;

function cleanText(raw: string): { text: string; code: CoercedCode | null } {
	if (/^'(?=[=+\-@])/.test(raw)) return { text: raw.slice(1).trim(), code: 'apostrophe-removed' };
	if (oddSpaces.test(raw)) {
		return { text: raw.replace(oddSpacesAll, ' ').replace(/ {2,}/g, ' ').trim(), code: 'space-replaced' };
	}
	const text = raw.trim();
	if (text.includes('  ')) return { text: text.replace(/ {2,}/g, ' '), code: 'space-replaced' };
	return { text, code: text.length === raw.length ? null : 'trimmed' };
}

function titleIndex(rules: ColumnRule[]): Map<string, ColumnRule> {
	const index = new Map<string, ColumnRule>();
	for (const rule of rules) {
		for (const title of [rule.titles.ru, rule.titles.en, rule.field, ...rule.titles.aliases]) {
			index.set(normaliseTitle(title), rule);
		}
	}
	return index;
}

function ruleOf(
	cell: Cell,
	byTitle: Map<string, ColumnRule>,
	rules: ColumnRule[],
	profile?: Profile,
): ColumnRule | undefined {
	const title = titleText(cell);
	if (title === '') return undefined;
	const field = profile && profileField(profile, title);
	if (field) {
		const rule = rules.find((each) => each.field === field);
		if (!rule && !field.startsWith('item_')) throw new ImportError('unknown-field', { column: title, field });
		return rule;
	}
	return byTitle.get(normaliseTitle(title));
}

function refuseDuplicates({ sheet, header, fields }: FoundSheet): void {
	const seen = new Map<string, number>();
	for (const [index, rule] of fields.entries()) {
		if (!rule) continue;
		const before = seen.get(rule.field);
		if (before !== undefined) {
			throw new ImportError('duplicate-column', {
				sheet: sheet.name,
				column: titleText(sheet.rows[header]![before]!),
				other: titleText(sheet.rows[header]![index]!),
			});
		}
		seen.set(rule.field, index);
	}
}

function titleText(cell: Cell | undefined): string {
	return cell === null || cell === undefined ? '' : cleanText(shown(cell)).text;
}

function isBlank(cell: Cell | undefined): boolean {
	return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** A value as a person wrote or would write it. */
export function shown(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString().slice(0, 10);
	return String(value).slice(0, 200);
}
