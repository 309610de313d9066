import {
	BOOLEAN,
	DATE,
	DOUBLE,
	type DuckDBAppender,
	type DuckDBConnection,
	DuckDBDataChunk,
	type DuckDBType,
	INTEGER,
	SMALLINT,
	VARCHAR,
} from '@duckdb/node-api';
import engine, { type Vector } from '@duckdb/node-bindings';
import { createGiveWay } from './give-way.ts';

/** Types of columns that rows are appended to. */
export type CellType = 'boolean' | 'date' | 'double' | 'integer' | 'smallint' | 'varchar';

/** Dates are days since 1970-01-01. */
export type Cell = boolean | number | string | null;

type Numbers = Float64Array | Int16Array | Int32Array | Uint8Array;

/** How the engine lays a column out in memory. */
const LAYOUTS: Readonly<
	Record<CellType, { engineType: DuckDBType; room: (rows: number) => Numbers | null }>
> = {
	boolean: { engineType: BOOLEAN, room: (rows) => new Uint8Array(rows) },
	date: { engineType: DATE, room: (rows) => new Int32Array(rows) },
	double: { engineType: DOUBLE, room: (rows) => new Float64Array(rows) },
	integer: { engineType: INTEGER, room: (rows) => new Int32Array(rows) },
	smallint: { engineType: SMALLINT, room: (rows) => new Int16Array(rows) },
	varchar: { engineType: VARCHAR, room: () => null },
};

const utf8 = new TextEncoder();
const FIRST_ROOM = 64;
const BITS = 32;

/** One column of rows that are to be appended, held as the engine holds it: no cell is touched twice. */
export class CellColumn {
	readonly type: CellType;
	#numbers: Numbers | null;
	readonly #texts: (string | null)[] = [];
	/** a bit per row, 1 where there is a value; none while nothing is missing */
	#present: Uint32Array | undefined;
	#length = 0;

	constructor(type: CellType) {
		this.type = type;
		this.#numbers = LAYOUTS[type].room(FIRST_ROOM);
	}

	get length(): number {
		return this.#length;
	}

	push(cell: Cell): void {
		const row = this.#length++;
		if (this.#numbers === null) {
			this.#texts.push(cell === null ? null : String(cell));
			return;
		}
		if (row === this.#numbers.length) this.#widen();
		if (cell === null) this.#miss(row);
		else this.#numbers[row] = cell as number;
	}

	/** Copies rows from `start` on into a vector; `start` is a multiple of 64. */
	copyTo(vector: Vector, start: number, rows: number): void {
		if (this.#numbers === null) {
			this.#writeTexts(vector, start, rows);
			return;
		}
		const { buffer, BYTES_PER_ELEMENT: width } = this.#numbers;
		engine.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, start * width, rows * width);
		if (!this.#present) return;
		engine.vector_ensure_validity_writable(vector);
		const bytes = Math.ceil(rows / 64) * 8;
		engine.copy_data_to_vector_validity(vector, 0, this.#present.buffer as ArrayBuffer, start / 8, bytes);
	}

	#writeTexts(vector: Vector, start: number, rows: number): void {
		const missing: number[] = [];
		for (let row = 0; row < rows; row += 1) {
			const text = this.#texts[start + row]!;
			if (text === null) missing.push(row);
			// The short way ends a text at its first zero.
			else if (text.includes('\0')) engine.vector_assign_string_element_len(vector, row, utf8.encode(text));
			else engine.vector_assign_string_element(vector, row, text);
		}
		if (missing.length === 0) return;
		engine.vector_ensure_validity_writable(vector);
		const present = new Uint32Array(Math.ceil(rows / 64) * 2).fill(0xffffffff);
		for (const row of missing) present[row >>> 5]! &= ~(1 << (row & (BITS - 1)));
		engine.copy_data_to_vector_validity(vector, 0, present.buffer, 0, present.byteLength);
	}

	#widen(): void {
		const wider = LAYOUTS[this.type].room(this.#numbers!.length * 2)!;
		wider.set(this.#numbers!);
		this.#numbers = wider;
		if (this.#present) this.#present = widened(this.#present, wider.length);
	}

	#miss(row: number): void {
		this.#present ??= widened(new Uint32Array(0), this.#numbers!.length);
		this.#present[row >>> 5]! &= ~(1 << (row & (BITS - 1)));
	}
}

function widened(present: Uint32Array, rows: number): Uint32Array {
	const wider = new Uint32Array(rows / BITS).fill(0xffffffff);
	wider.set(present);
	return wider;
}

/** What is handed over at a time holds the thread for a few milliseconds; each handing over costs one by itself. */
const CELLS_PER_PIECE = 64_000;
const ROWS_PER_VECTOR = 2_048;

/**
 * Appends rows to a table of the connection's transaction, its columns in the order of the table, giving way to others
 * between pieces. The columns have one length, and as many as the table has.
 */
export async function appendCells(
	connection: DuckDBConnection,
	table: string,
	columns: readonly CellColumn[],
): Promise<void> {
	const length = columns[0]?.length ?? 0;
	if (length === 0) return;
	if (columns.some((column) => column.length !== length))
		throw new RangeError(`${table}: columns of unequal length`);
	const appender = await connection.createAppender(table);
	try {
		await hand(appender, columns, length);
		appender.closeSync();
	} catch (error) {
		// What it still holds would go into the table when it is collected, long after this transaction.
		appender.clear();
		appender.closeSync();
		throw error;
	}
}

async function hand(appender: DuckDBAppender, columns: readonly CellColumn[], length: number): Promise<void> {
	const giveWay = createGiveWay();
	const step = piece(columns.length);
	const chunk = DuckDBDataChunk.create(columns.map(({ type }) => LAYOUTS[type].engineType));
	let waiting = 0;
	for (let start = 0; start < length; start += step) {
		await giveWay();
		const rows = Math.min(step, length - start);
		chunk.reset();
		chunk.rowCount = rows;
		for (const [index, column] of columns.entries())
			column.copyTo(engine.data_chunk_get_vector(chunk.chunk, index), start, rows);
		appender.appendDataChunk(chunk);
		waiting += rows * columns.length;
		if (waiting < CELLS_PER_PIECE) continue;
		appender.flushSync();
		waiting = 0;
	}
}

/** A multiple of 64, at which marks of missing values can be cut. */
const piece = (columns: number): number =>
	Math.min(ROWS_PER_VECTOR, Math.max(64, Math.floor(CELLS_PER_PIECE / columns / 64) * 64));
