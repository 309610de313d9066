import {
	Bool,
	type Data,
	DateDay,
	Dictionary,
	Field,
	Float64,
	Int32,
	makeData,
	RecordBatch,
	Schema,
	Struct,
	Table,
	tableToIPC,
	Utf8,
	vectorFromArray,
} from 'apache-arrow';
import type { AnalyticsAnswer, AnswerField } from './contract/analytics.ts';

type Cell = string | number | boolean | null;

const DAY = 86_400_000;

/**
 * Packs an answer as an Arrow IPC stream. Everything beside the rows (fields, notes, finding, meta) rides in the
 * schema's metadata under `result` as JSON, each label also on its field. Texts become dictionaries: a repeated
 * name costs four bytes a row.
 */
export function encodeArrow(answer: AnalyticsAnswer): Uint8Array {
	const { columns, ...about } = answer;
	const length = answer.meta.rows;
	const children = answer.fields.map((field) => encodeColumn(field, columns[field.name] ?? []));
	const fields = answer.fields.map(
		({ name, label }, index) => new Field(name, children[index]!.type, true, new Map([['label', label]])),
	);
	const schema = new Schema(fields, new Map([['result', JSON.stringify(about)]]));
	const rows = makeData({ type: new Struct(fields), length, nullCount: 0, children });
	return tableToIPC(new Table(schema, [new RecordBatch(schema, rows)]), 'stream');
}

function encodeColumn(field: AnswerField, cells: readonly Cell[]): Data {
	const length = cells.length;
	const { nullBitmap, nullCount } = findNulls(cells);
	switch (field.type) {
		case 'integer': {
			const data = fill(new Int32Array(length), cells, Number);
			return makeData({ type: new Int32(), length, nullCount, nullBitmap, data });
		}
		case 'double': {
			const data = fill(new Float64Array(length), cells, Number);
			return makeData({ type: new Float64(), length, nullCount, nullBitmap, data });
		}
		case 'date': {
			const data = fill(new Int32Array(length), cells, daysSinceEpoch);
			return makeData({ type: new DateDay(), length, nullCount, nullBitmap, data });
		}
		case 'boolean':
			return vectorFromArray(cells as (boolean | null)[], new Bool()).data[0]!;
		case 'varchar': {
			const positions = new Map<Cell, number>();
			const data = fill(new Int32Array(length), cells, (cell) => {
				const known = positions.get(cell);
				if (known === undefined) positions.set(cell, positions.size);
				return known ?? positions.size - 1;
			});
			const dictionary = vectorFromArray([...positions.keys()] as string[], new Utf8());
			const type = new Dictionary(new Utf8(), new Int32());
			return makeData({ type, length, nullCount, nullBitmap, data, dictionary });
		}
	}
}

function fill<Values extends Int32Array | Float64Array>(
	values: Values,
	cells: readonly Cell[],
	read: (cell: Cell) => number,
): Values {
	for (let row = 0; row < cells.length; row++) {
		const cell = cells[row] ?? null;
		if (cell !== null) values[row] = read(cell);
	}
	return values;
}

const daysSinceEpoch = (cell: Cell): number => Date.parse(`${cell}T00:00:00Z`) / DAY;

function findNulls(cells: readonly Cell[]): { nullBitmap: Uint8Array; nullCount: number } {
	const nullBitmap = new Uint8Array(Math.ceil(cells.length / 64) * 8);
	let nullCount = 0;
	for (let row = 0; row < cells.length; row++) {
		if ((cells[row] ?? null) === null) nullCount++;
		else nullBitmap[row >> 3]! |= 1 << (row & 7);
	}
	return { nullBitmap, nullCount };
}
