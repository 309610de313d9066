import type { CoercedCode } from './codes.ts';
import type { Cell } from './workbook.ts';

const dayMs = 86_400_000;
/** Day 0 of a spreadsheet's calendar, counting its 29 February 1900 that never was. */
const serialOrigin = Date.UTC(1899, 11, 30);

/**
 * The day in a cell as `YYYY-MM-DD`: a spreadsheet's date, its serial number, `dd.mm.yyyy`, `dd/mm/yyyy` or
 * `YYYY-MM-DD`; undefined when it is none of these or no day of the calendar. A year of two digits is not guessed.
 */
export function parseDate(cell: Cell): { value: string; coerced?: CoercedCode } | undefined {
	if (cell instanceof Date) {
		return Number.isNaN(cell.getTime()) ? undefined : { value: cell.toISOString().slice(0, 10) };
	}
	if (typeof cell === 'number') return fromSerial(cell);
	if (typeof cell !== 'string') return undefined;
	const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00.*)?$/.exec(cell);
	if (iso) return fromParts(iso[1], iso[2], iso[3]);
	const dotted = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?: ?г\.?)?(?: 0?0:00(?::00)?)?$/.exec(cell);
	if (dotted) {
		const read = fromParts(dotted[3], dotted[2], dotted[1]);
		return read && { ...read, coerced: 'date-text' };
	}
	return /^\d{5}$/.test(cell) ? fromSerial(Number(cell)) : undefined;
}

function fromSerial(serial: number): { value: string; coerced: CoercedCode } | undefined {
	if (!(serial >= 1 && serial < 110_000)) return undefined;
	const value = new Date(serialOrigin + Math.floor(serial) * dayMs).toISOString().slice(0, 10);
	return { value, coerced: 'date-serial' };
}

function fromParts(year?: string, month?: string, date?: string): { value: string } | undefined {
	const value = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
	const time = Date.parse(`${value}T00:00:00Z`);
	const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
	return isDay ? { value } : undefined;
}
