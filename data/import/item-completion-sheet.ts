import { proceduresAsked } from './aggregate-columns.ts';
import { procedureOfRow } from './aggregate-procedure.ts';
import { type Checked, type CheckOptions, countNote, nothingChecked, type SheetKind } from './checked.ts';
import { ImportError } from './codes.ts';
import type { ImportContext, KnownProcedure } from './context.ts';
import { buildDirectory, type Directory, namesMunicipalities } from './directory.ts';
import { itemColumns, itemRowColumns, type placeFields, spellingsOf } from './item-completion-columns.ts';
import { type ItemCompletionToStore, ItemGathering } from './item-gathering.ts';
import {
	fillFrom,
	findListedSchool,
	placeOfTotal,
	regionInReach,
	schoolField,
	totalRows,
} from './listed-schools.ts';
import { type ReadSheet, refuseRow, shown } from './sheet.ts';

type Values = Record<string, unknown>;

const name = { ru: 'Выполнение заданий', en: 'Item completion' };

/** A row per item, or (`isWide`) a column per item. */
export function itemSheet(isWide: boolean): SheetKind<ItemCompletionToStore> {
	return {
		kind: 'results',
		name,
		columns: (context, options) => {
			const procedures = proceduresAsked(context, options);
			return isWide ? itemColumns(procedures) : itemRowColumns(procedures);
		},
		check: (read, context, options) => {
			const check = new ItemCheck(read, context, options);
			return isWide ? check.readWide() : check.readLong();
		},
	};
}

/** Titles that say of themselves that they are an item. */
const itemTitle = /^(?:№|з|зад|задание|item)?\.?\s*\d+(?:[.,]\d+|\(\d+\)|[кk]\d+)?$/i;
/** Percents of one whole in two rows may differ by their rounding, and by no more. */
const rounding = 0.11;

/** The check of one table: a school stands with all of its items or is refused with all of its rows. */
class ItemCheck {
	readonly #checked: Checked<ItemCompletionToStore> = nothingChecked();
	readonly #gathering: ItemGathering;
	readonly #schools = new Map<string, string>();
	readonly #read: ReadSheet;
	readonly #context: ImportContext;
	readonly #options: CheckOptions;
	readonly #directory: Directory;
	readonly #isTotal: (values: Values) => boolean;

	constructor(read: ReadSheet, context: ImportContext, options: CheckOptions) {
		this.#read = read;
		this.#context = context;
		this.#options = options;
		this.#gathering = new ItemGathering(read, this.#checked);
		this.#directory = buildDirectory(context, namesMunicipalities(read));
		this.#isTotal = totalRows(context);
	}

	/** A row per item: percents of the school and of the wholes around it stand side by side. */
	readLong(): Checked<ItemCompletionToStore> {
		const above = this.#schoolAbove();
		let before: Values | undefined;
		for (const { row, values } of this.#read.rows) {
			if (above !== undefined) values.school = above;
			fillFrom(values, before);
			before = values;
			const isSchool = values.school !== null || values.name !== null;
			if (isSchool && this.#isTotal(values)) {
				this.#skipTotal();
				continue;
			}
			const procedure = this.#procedureOf(row, values);
			const position = this.#positionOf(row, values, procedure);
			if (position === undefined) continue;
			const school = isSchool ? this.#schoolOf(row, values) : null;
			if (school === undefined) continue;
			if (school === null && values.percent_school !== null) {
				refuseRow(this.#read, row, schoolField(this.#read), 'value-missing', '');
				continue;
			}
			if (this.#placesDiffer(row, values, procedure, position, school)) continue;
			this.#takeLong(row, values, procedure, position, school);
		}
		return this.#gathering.finish();
	}

	/** A column per item: schools and wholes stand in rows of their own, a row of maxima perhaps above them. */
	readWide(): Checked<ItemCompletionToStore> {
		const strange = this.#read.ignored.filter((title) => itemTitle.test(title.replaceAll('\u00a0', ' ')));
		for (const { row, values } of this.#read.rows) {
			const procedure = this.#procedureOf(row, values);
			if (strange.length > 0)
				throw new ImportError('item-columns-unknown', {
					columns: strange.join(', '),
					procedure: procedure.id,
				});
			const missing = procedure.items.filter(({ id }) => !this.#read.columns.has(`item_${id}`));
			if (missing.length > 0)
				throw new ImportError('item-columns-missing', {
					columns: missing.map(({ id }) => id).join(', '),
					procedure: procedure.id,
				});
			if (/^макс/i.test(String(values.school ?? values.name ?? values.municipality ?? ''))) {
				this.#compareMaxima(row, values, procedure);
				continue;
			}
			const place = this.#placeOf(row, values);
			if (place === undefined) continue;
			const gathered = this.#gathering.of(place, procedure, row, values);
			if (gathered.said.size > 0) {
				const [first_row] = gathered.rows;
				refuseRow(this.#read, row, schoolField(this.#read), 'school-repeated', place.replace(/^\w+\//, ''), {
					first_row: first_row!,
				});
				continue;
			}
			for (const [position, { id }] of procedure.items.entries())
				this.#gathering.say(gathered, position, row, values[`item_${id}`] as number | null);
		}
		return this.#gathering.finish();
	}

	/** Where no column names the school, the title above the table must. */
	#schoolAbove(): string | undefined {
		const { columns, cells, header_row } = this.#read;
		if (['school', 'name', 'municipality'].some((field) => columns.has(field))) return undefined;
		for (const cell of cells.slice(0, header_row - 1).flat()) {
			const text = shown(cell).trim();
			const spoken = [/sch\d{2,}/i.exec(text)?.[0], text, text.split(':').at(-1)!.trim()];
			const found = spoken.find((each) => each && 'school' in this.#directory.matchSchool(each));
			if (found) return found;
		}
		const isNeeded = this.#read.rows.some(({ values }) => values.percent_school !== null);
		if (isNeeded) throw new ImportError('school-not-named', { row: header_row });
		return undefined;
	}

	#procedureOf(row: number, values: Values): KnownProcedure {
		const procedure = procedureOfRow(this.#context, this.#options, row, values);
		if (procedure.items.length === 0)
			throw new ImportError('procedure-without-items', { procedure: procedure.id });
		return procedure;
	}

	#positionOf(row: number, values: Values, procedure: KnownProcedure): number | undefined {
		const written = values.item as string | null;
		if (written === null) {
			refuseRow(this.#read, row, 'item', 'value-missing', '');
			return undefined;
		}
		const bare = written.replace(/^(?:№|з|зад|задание|item)\.?\s*(?=\d)/i, '').replace(/\s/g, '');
		const ids = procedure.items.map(({ id }) => id);
		const spelled = [bare, ...spellingsOf(bare)].find((each) => ids.includes(each));
		if (spelled === undefined) {
			refuseRow(this.#read, row, 'item', 'unknown-item', written, { items: ids.join(', ') });
			return undefined;
		}
		const position = ids.indexOf(spelled);
		const { max } = procedure.items[position]!;
		if (values.max !== null && values.max !== max) {
			refuseRow(this.#read, row, 'max', 'item-max-differs', values.max, { item: spelled, known: max });
			return undefined;
		}
		return position;
	}

	#schoolOf(row: number, values: Values): string | undefined {
		const key = `${values.school}\n${values.name}`;
		const known = this.#schools.get(key) ?? findListedSchool(this.#read, this.#directory, row, values);
		if (known !== undefined) this.#schools.set(key, known);
		return known;
	}

	#placeOf(row: number, values: Values): string | undefined {
		if (!this.#isTotal(values)) {
			const school = this.#schoolOf(row, values);
			return school === undefined ? undefined : `school/${school}`;
		}
		const place = placeOfTotal(values, this.#context, this.#directory);
		if (place === undefined) this.#skipTotal();
		return place;
	}

	#skipTotal(): void {
		countNote(this.#checked, 'total-row-skipped');
		this.#checked.skipped += 1;
	}

	/** The places whose percents a row of the long table gives, by the field of their column. */
	#placesIn(values: Values, school: string | null): [field: keyof typeof placeFields, place: string][] {
		const known = this.#context.schools.find(({ id }) => id === school);
		const named =
			school === null ? this.#directory.matchMunicipality(values.municipality as string | null) : null;
		const municipality =
			known?.municipality_id ?? (named && 'id' in named && !named.is_new ? named.id : undefined);
		const region = this.#context.municipalities.find(({ id }) => id === municipality)?.region_id;
		const regional =
			region === undefined ? regionInReach(this.#context, this.#directory) : `region/${region}`;
		const places: [keyof typeof placeFields, string | undefined][] = [
			['percent_school', school === null ? undefined : `school/${school}`],
			['percent_municipality', municipality === undefined ? undefined : `municipality/${municipality}`],
			['percent_region', regional],
			['percent_country', 'country'],
		];
		return places.filter(
			(each): each is [keyof typeof placeFields, string] =>
				each[1] !== undefined && (each[0] === 'percent_school' || values[each[0]] !== null),
		);
	}

	/** Refuses a row that repeats an item of its school, or gives a whole another percent than a row before. */
	#placesDiffer(
		row: number,
		values: Values,
		procedure: KnownProcedure,
		position: number,
		school: string | null,
	): boolean {
		for (const [field, place] of this.#placesIn(values, school)) {
			const gathered = this.#gathering.find(place, procedure);
			const first_row = gathered?.said.get(position);
			if (gathered === undefined || first_row === undefined) continue;
			const { id } = procedure.items[position]!;
			if (field === 'percent_school') {
				refuseRow(this.#read, row, 'item', 'item-repeated', id, { first_row });
				return true;
			}
			const known = gathered.stored.percents[position] ?? null;
			if (known === null || Math.abs(known - Number(values[field])) <= rounding) continue;
			refuseRow(this.#read, row, field, 'place-percent-differs', values[field], {
				item: id,
				known,
				first_row,
			});
			return true;
		}
		return false;
	}

	#takeLong(
		row: number,
		values: Values,
		procedure: KnownProcedure,
		position: number,
		school: string | null,
	): void {
		for (const [field, place] of this.#placesIn(values, school)) {
			const gathered = this.#gathering.of(place, procedure, row, field === 'percent_school' ? values : {});
			if (!gathered.said.has(position))
				this.#gathering.say(gathered, position, row, values[field] as number | null);
		}
	}

	#compareMaxima(row: number, values: Values, procedure: KnownProcedure): void {
		for (const { id, max } of procedure.items) {
			const written = values[`item_${id}`];
			if (written === null || written === max) continue;
			throw new ImportError('item-maxima-differ', { row, item: id, value: Number(written), known: max });
		}
		this.#checked.skipped += 1;
	}
}
