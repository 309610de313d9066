import type { CoercedCode, Params, RowCode } from './codes.ts';
import { parseDate } from './date-cell.ts';
import type { Cell } from './workbook.ts';

/** What a rule makes of a filled cell: a value, with a word on how it was read, or the fault that refuses the row. */
export type Parsed = { value: unknown; coerced?: CoercedCode } | { code: RowCode; params?: Params };

export type CellRule = (cell: Exclude<Cell, null>) => Parsed;

/** Text of at most `max` characters. */
export function text(max = 500): CellRule {
	return (cell) => {
		const read = asText(cell);
		if (read.value.length > max) return { code: 'text-too-long', params: { max } };
		return read;
	};
}

/** An identifier: letters, digits, dot, hyphen, underscore; no blanks or slashes, which address places. */
export function identifier(max = 60): CellRule {
	return (cell) => {
		const read = asText(cell);
		const isCode = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(read.value) && read.value.length <= max;
		return isCode ? read : { code: 'invalid-code' };
	};
}

/** An e-mail address, in small letters. */
export function emailAddress(): CellRule {
	return (cell) => {
		const { value } = asText(cell);
		const address = value.toLowerCase();
		const isAddress =
			address.length <= 254 &&
			/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z0-9]$/.test(address);
		return isAddress ? { value: address } : { code: 'invalid-email' };
	};
}

/** A number within bounds; the decimal comma is read and reported. */
export function number(bounds: { min?: number; max?: number; integer?: boolean } = {}): CellRule {
	const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, integer = false } = bounds;
	return (cell): Parsed => {
		const read = readNumber(cell);
		if (read === undefined) return { code: 'not-a-number' };
		if (read.value < min) return { code: 'below-minimum', params: { min } };
		if (read.value > max) return { code: 'above-maximum', params: { max } };
		if (integer && !Number.isInteger(read.value)) return { code: 'not-an-integer' };
		return read;
	};
}

/** A day between two days, both `YYYY-MM-DD`, as `YYYY-MM-DD`. */
export function day(from: string, to: string): CellRule {
	return (cell) => {
		const read = parseDate(cell);
		if (read === undefined) return { code: 'not-a-date' };
		if (read.value < from || read.value > to) return { code: 'date-out-of-range', params: { from, to } };
		return read;
	};
}

/** One of a closed list: `names` gives the words (Russian, English, codes) of each value. */
export function oneOf(names: Record<string, string[]>): CellRule {
	const byWord = new Map<string, string>();
	for (const [value, words] of Object.entries(names)) {
		for (const word of [value, ...words]) byWord.set(normaliseWord(word), value);
	}
	const allowed = Object.values(names)
		.map((words) => words[0])
		.join(', ');
	return (cell) => {
		const value = byWord.get(normaliseWord(String(cell)));
		return value === undefined ? { code: 'unknown-value', params: { allowed } } : { value };
	};
}

/** A list separated by semicolons or commas, as an array of texts without repeats. */
export function list(map: (entry: string) => string = (entry) => entry): CellRule {
	return (cell) => ({
		value: [
			...new Set(
				String(cell)
					.split(/[;,]/)
					.map((entry) => entry.trim())
					.filter(Boolean)
					.map(map),
			),
		],
	});
}

/** The number in a cell, typed or written with a decimal point or comma; undefined when it is none. */
export function readNumber(cell: Cell): { value: number; coerced?: CoercedCode } | undefined {
	if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell } : undefined;
	if (typeof cell !== 'string') return undefined;
	if (/^[-+]?\d+(?:\.\d+)?$/.test(cell)) return { value: Number(cell) };
	if (/^[-+]?\d+,\d+$/.test(cell)) return { value: Number(cell.replace(',', '.')), coerced: 'decimal-comma' };
	return undefined;
}

/** Lower case, `ё` as `е`, blanks single: two spellings of one word become equal. */
export function normaliseWord(word: string): string {
	return word.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}

function asText(cell: Exclude<Cell, null>): { value: string; coerced?: CoercedCode } {
	if (typeof cell === 'string') return { value: cell };
	if (cell instanceof Date) return { value: cell.toISOString().slice(0, 10), coerced: 'date-to-text' };
	return Number.isInteger(cell)
		? { value: String(cell) }
		: { value: String(cell), coerced: 'number-to-text' };
}
