import { type Checked, countNote } from './checked.ts';
import type { KnownProcedure } from './context.ts';
import { schoolField } from './listed-schools.ts';
import { type ReadSheet, refuseRow } from './sheet.ts';

/** Completion of the items of one procedure in one place as it will be stored. */
export interface ItemCompletionToStore {
	row_number: number;
	procedure_id: string;
	/** `school/…`, `municipality/…`, `region/…` or `country` */
	place: string;
	school_id: string | null;
	/** only of a municipality's own row: the place under which the batch is listed */
	municipality_id?: string;
	n: number | null;
	/** percents in the order of the procedure's items, null where the table has none */
	percents: (number | null)[];
}

/** What the rows of one place say of one procedure so far. */
export interface Gathered {
	stored: ItemCompletionToStore;
	procedure: KnownProcedure;
	rows: number[];
	/** positions of items that a row has spoken of, and the row */
	said: Map<number, number>;
}

/** Puts together what the rows of a table say of the items, place by place. */
export class ItemGathering {
	readonly #gathered = new Map<string, Gathered>();
	readonly #read: ReadSheet;
	readonly #checked: Checked<ItemCompletionToStore>;

	constructor(read: ReadSheet, checked: Checked<ItemCompletionToStore>) {
		this.#read = read;
		this.#checked = checked;
	}

	find(place: string, procedure: KnownProcedure): Gathered | undefined {
		return this.#gathered.get(`${procedure.id} ${place}`);
	}

	/** What has been said of a place, begun where nothing has; `values` may say how many took part. */
	of(place: string, procedure: KnownProcedure, row: number, values: Record<string, unknown>): Gathered {
		const key = `${procedure.id} ${place}`;
		let gathered = this.#gathered.get(key);
		if (!gathered) {
			const [kind, id] = place.split('/') as [string, string | undefined];
			gathered = {
				procedure,
				rows: [],
				said: new Map(),
				stored: {
					row_number: row,
					procedure_id: procedure.id,
					place,
					school_id: kind === 'school' ? id! : null,
					...(kind === 'municipality' ? { municipality_id: id! } : {}),
					n: null,
					percents: procedure.items.map(() => null),
				},
			};
			this.#gathered.set(key, gathered);
		}
		gathered.stored.n ??= (values.n as number | null | undefined) ?? null;
		return gathered;
	}

	/** Notes the percent of the item at this position. */
	say(gathered: Gathered, position: number, row: number, value: number | null): void {
		if (!gathered.rows.includes(row)) gathered.rows.push(row);
		gathered.said.set(position, row);
		gathered.stored.percents[position] = value === null ? null : Math.min(100, value);
	}

	/** Stores schools that are complete; wholes go with them, or stand alone where the table names no school. */
	finish(): Checked<ItemCompletionToStore> {
		const refused = new Set<string>();
		const accepted = new Set<string>();
		for (const { stored, procedure, rows, said } of this.#gathered.values()) {
			if (stored.school_id === null) continue;
			if (!this.#isWhole(stored, procedure, rows, said)) {
				refused.add(procedure.id);
				continue;
			}
			accepted.add(procedure.id);
			if (stored.percents.includes(null)) countNote(this.#checked, 'item-percent-empty');
			if (stored.n === null) countNote(this.#checked, 'participants-unknown');
			this.#checked.rows.push(stored);
		}
		for (const { stored, procedure } of this.#gathered.values()) {
			if (stored.school_id !== null) continue;
			if (refused.has(procedure.id) && !accepted.has(procedure.id)) continue;
			countNote(this.#checked, 'place-row-kept');
			this.#checked.rows.push(stored);
		}
		return this.#checked;
	}

	#isWhole(
		stored: ItemCompletionToStore,
		procedure: KnownProcedure,
		rows: readonly number[],
		said: ReadonlyMap<number, number>,
	): boolean {
		const missing = procedure.items.filter((_, position) => !said.has(position)).map(({ id }) => id);
		if (missing.length > 0) {
			for (const row of rows)
				refuseRow(this.#read, row, 'item', 'items-incomplete', stored.school_id, {
					items: missing.join(', '),
				});
			return false;
		}
		if (stored.percents.some((each) => each !== null)) return true;
		for (const row of rows)
			refuseRow(this.#read, row, schoolField(this.#read), 'items-empty', stored.school_id);
		return false;
	}
}
