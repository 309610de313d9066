import type { SizeRow } from './group-sizes.ts';
import type { InputRow, Row } from './module.ts';

type Reads<Value> = Map<string, Promise<Value>>;

/** What questions share of diagnostics; the keys carry all that an answer depends on, the change of the data included. */
export interface SharedReads {
	/** the campaign that is read where none is chosen */
	campaigns: Reads<string | null>;
	/** sizes of groups: cards of a visit differ in the school or the condition, which selects among the same sizes */
	sizes: Reads<readonly SizeRow[]>;
}

/** What questions share of results, until those change: whoever keeps it begins a new one then. */
export interface ResultReads {
	/** answers of modules that others rest on, the same for every viewer and every filter */
	used: Reads<Row[]>;
	/** rows of all schools of a region: cards of schools differ in which of them is shown */
	schools: Reads<InputRow[]>;
}

export const createSharedReads = (): SharedReads => ({ campaigns: new Map(), sizes: new Map() });

export const createResultReads = (): ResultReads => ({ used: new Map(), schools: new Map() });

/** What was read under the key before, or is being read now, else what `read` gives; the oldest beyond `most` are let go. */
export function readShared<Value>(
	known: Reads<Value>,
	key: unknown,
	most: number,
	read: () => Promise<Value>,
): Promise<Value> {
	const text = JSON.stringify(key);
	const found = known.get(text);
	if (found) return found;
	const value = read();
	known.set(text, value);
	value.catch(() => known.delete(text));
	for (const [oldest] of known) {
		if (known.size <= most) break;
		known.delete(oldest);
	}
	return value;
}
