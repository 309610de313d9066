import { tableFromIPC } from 'apache-arrow';
import type { Cell, ModuleResult } from './api.ts';

/** Decodes an Arrow answer; labels, notes and the finding ride in the schema's metadata under `result`. */
export function decodeResult(bytes: Uint8Array): ModuleResult {
	const table = tableFromIPC(bytes);
	const columns: Record<string, Cell[]> = {};
	for (const field of table.schema.fields) {
		const values = table.getChild(field.name);
		const cells: Cell[] = new Array(table.numRows);
		for (let row = 0; row < table.numRows; row++) cells[row] = toCell(values?.get(row));
		columns[field.name] = cells;
	}
	const said = table.schema.metadata.get('result');
	const about = (said ? JSON.parse(said) : {}) as Omit<ModuleResult, 'columns'>;
	return { ...about, columns };
}

/** Whole numbers of 64 bits and dates arrive as bigint and Date or milliseconds. */
function toCell(value: unknown): Cell {
	if (value === null || value === undefined) return null;
	if (typeof value === 'bigint') return Number(value);
	if (value instanceof Date) return value.toISOString().slice(0, 10);
	return value as Cell;
}
