import { DataType, tableFromIPC } from 'apache-arrow';
import type { AnalyticsAnswer } from '#server/contract/analytics.ts';

type Cell = NonNullable<AnalyticsAnswer['columns'][string]>[number];

/** Decodes an Arrow answer; labels, notes and the finding ride in the schema's metadata under `result`. */
export function decodeResult(bytes: Uint8Array): AnalyticsAnswer {
	const table = tableFromIPC(bytes);
	const columns: Record<string, Cell[]> = {};
	for (const field of table.schema.fields) {
		const values = table.getChild(field.name);
		const isDay = DataType.isDate(field.type);
		const cells: Cell[] = new Array(table.numRows);
		for (let row = 0; row < table.numRows; row++) cells[row] = toCell(values?.get(row), isDay);
		columns[field.name] = cells;
	}
	const said = table.schema.metadata.get('result');
	const about = (said ? JSON.parse(said) : {}) as Omit<AnalyticsAnswer, 'columns'>;
	return { ...about, columns };
}

/** Whole numbers of 64 bits arrive as bigint, dates as milliseconds. */
function toCell(value: unknown, isDay: boolean): Cell {
	if (value === null || value === undefined) return null;
	if (isDay) return new Date(Number(value)).toISOString().slice(0, 10);
	if (typeof value === 'bigint') return Number(value);
	return value as Cell;
}
