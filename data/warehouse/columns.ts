/** Result of a query, column by column: what Arrow, columnar JSON and `compute` are made from. */
export interface Columns {
	names: string[];
	/** `integer`, `double`, `varchar`, `boolean`, `date`, or one of these with `[]` */
	types: string[];
	/** plain values only: numbers, strings, booleans, arrays of these, null; dates as `YYYY-MM-DD`, never a bigint */
	columns: unknown[][];
	length: number;
}

/** The part of the driver's vector that conversion needs. */
export interface SourceVector {
	readonly itemCount: number;
	getItem(index: number): unknown;
	/** the numbers of a vector of fixed width */
	readonly items?: unknown;
	readonly validity?: { itemValid(index: number): boolean };
	/** of a vector of lists: all their values one after another, and where each list stands among them */
	readonly childVector?: SourceVector;
	getEntryOffset?(index: number): number;
	getEntryLength?(index: number): number;
}

/** Rows as objects, one per row, keyed by column name. Not for more than a few thousand rows. */
export function rowsOf<Row = Record<string, unknown>>(result: Columns): Row[] {
	const rows: Record<string, unknown>[] = new Array(result.length);
	for (let index = 0; index < result.length; index += 1) {
		const row: Record<string, unknown> = {};
		for (const [position, name] of result.names.entries()) row[name] = result.columns[position]![index];
		rows[index] = row;
	}
	return rows as Row[];
}

/**
 * The plain name of an engine type, from its spelling in capitals. Whole numbers above 32 bits and decimals become `double`:
 * their values reach the caller as numbers, which a picture can draw and JSON can carry.
 */
export function plainType(engineType: string): string {
	if (engineType.endsWith('[]')) return `${plainType(engineType.slice(0, -2))}[]`;
	switch (engineType.replace(/\(.*$/, '')) {
		case 'BOOLEAN':
			return 'boolean';
		case 'TINYINT':
		case 'SMALLINT':
		case 'INTEGER':
		case 'UTINYINT':
		case 'USMALLINT':
		case 'SQLNULL':
			return 'integer';
		case 'BIGINT':
		case 'UINTEGER':
		case 'UBIGINT':
		case 'HUGEINT':
		case 'UHUGEINT':
		case 'FLOAT':
		case 'DOUBLE':
		case 'DECIMAL':
			return 'double';
		case 'DATE':
			return 'date';
		default:
			return 'varchar';
	}
}

/** Appends the values of one vector to a column of the given plain type, as plain values. */
export function appendValues(column: unknown[], type: string, vector: SourceVector): void {
	const { items, itemCount, validity } = vector;
	// Dates and codes of enumerations are numbers in the vector too, but not in their meaning.
	if ((type === 'integer' || type === 'double') && validity && isNumbers(items)) {
		for (let index = 0; index < itemCount; index += 1) {
			column.push(validity.itemValid(index) ? items[index] : null);
		}
		return;
	}
	if (type.endsWith('[]') && vector.childVector && validity) {
		appendLists(column, type, vector);
		return;
	}
	for (let index = 0; index < itemCount; index += 1) column.push(plainValue(vector.getItem(index)));
}

/** All values of the lists are taken at once: list by list, the driver would make three objects of each. */
function appendLists(column: unknown[], type: string, vector: SourceVector): void {
	const values: unknown[] = [];
	appendValues(values, type.slice(0, -2), vector.childVector!);
	for (let index = 0; index < vector.itemCount; index += 1) {
		const from = vector.getEntryOffset!(index);
		column.push(
			vector.validity!.itemValid(index) ? values.slice(from, from + vector.getEntryLength!(index)) : null,
		);
	}
}

const isNumbers = (items: unknown): items is Int32Array | Float64Array | Int16Array =>
	items instanceof Int32Array || items instanceof Float64Array || items instanceof Int16Array;

function plainValue(value: unknown): unknown {
	switch (typeof value) {
		case 'bigint':
			return Number(value);
		case 'object':
			return value === null ? null : plainObject(value);
		default:
			return value;
	}
}

function plainObject(value: object): unknown {
	if ('items' in value && Array.isArray(value.items)) return value.items.map(plainValue);
	if ('toDouble' in value && typeof value.toDouble === 'function') return value.toDouble();
	return String(value);
}
