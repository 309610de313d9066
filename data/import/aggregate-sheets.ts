import {
	journalColumns,
	keyColumns,
	markColumns,
	proceduresAsked,
	scoreColumns,
	tolerance,
} from './aggregate-columns.ts';
import { procedureOfRow } from './aggregate-procedure.ts';
import { type Checked, type CheckOptions, countNote, nothingChecked, type SheetKind } from './checked.ts';
import { ImportError } from './codes.ts';
import type { ImportContext, KnownProcedure } from './context.ts';
import { buildDirectory, namesMunicipalities } from './directory.ts';
import { fillFrom, findListedSchool, totalRows } from './listed-schools.ts';
import { type ColumnRule, type ReadSheet, refuseRow } from './sheet.ts';

/** A school's sums in one procedure as they will be stored. */
export interface AggregateToStore {
	row_number: number;
	procedure_id: string;
	school_id: string;
	form: SumForm;
	n: number;
	counts: number[];
	percents: number[];
}

type SumForm = 'marks' | 'scores' | 'journal';

const groups = ['lowered', 'confirmed', 'raised'] as const;

/** A table of marks, of primary scores, or of the comparison with the journal. */
export function sumSheet(form: SumForm): SheetKind<AggregateToStore> {
	return {
		kind: 'results',
		name: sheetNames[form],
		columns: (context, options) => [
			...keyColumns(form === 'journal' ? groups.length : 1),
			...columnsOf(form, proceduresAsked(context, options)),
		],
		check: (read, context, options) => new AggregateCheck(form, read, context, options).run(),
	};
}

const sheetNames: Record<SumForm, SheetKind['name']> = {
	marks: { ru: 'Отметки', en: 'Marks' },
	scores: { ru: 'Первичные баллы', en: 'Primary scores' },
	journal: { ru: 'Сравнение с журналом', en: 'Journal comparison' },
};

function columnsOf(form: SumForm, procedures: readonly KnownProcedure[]): ColumnRule[] {
	if (form === 'marks') return markColumns();
	return form === 'journal' ? journalColumns() : scoreColumns(procedures);
}

/** The check of one table of sums: rows of schools are stored, rows of wholes passed over, the rest refused with a reason. */
class AggregateCheck {
	readonly #checked: Checked<AggregateToStore> = nothingChecked();
	readonly #seen = new Map<string, number>();
	/** for the journal: what the rows of a school have said so far, by procedure and school */
	readonly #journals = new Map<string, AggregateToStore & { said: Set<number>; shares: (number | null)[] }>();
	readonly #form: SumForm;
	readonly #read: ReadSheet;
	readonly #context: ImportContext;
	readonly #options: CheckOptions;

	constructor(form: SumForm, read: ReadSheet, context: ImportContext, options: CheckOptions) {
		this.#form = form;
		this.#read = read;
		this.#context = context;
		this.#options = options;
	}

	run(): Checked<AggregateToStore> {
		if (this.#form === 'scores') this.#refuseUnknownScores();
		const directory = buildDirectory(this.#context, namesMunicipalities(this.#read));
		const isTotal = totalRows(this.#context);
		let above: Record<string, unknown> | undefined;
		for (const { row, values } of this.#read.rows) {
			// merged cells leave the school and the keys in the first of a school's rows only
			if (this.#form === 'journal') fillFrom(values, above);
			above = values;
			if (isTotal(values) || typeof values.group === 'string') {
				countNote(this.#checked, 'total-row-skipped');
				this.#checked.skipped += 1;
				continue;
			}
			const school_id = findListedSchool(this.#read, directory, row, values);
			if (school_id === undefined) continue;
			const procedure = procedureOfRow(this.#context, this.#options, row, values);
			if (values.n === null) refuseRow(this.#read, row, 'n', 'value-missing', '');
			else if (this.#form === 'journal') this.#takeGroup(row, values, procedure, school_id);
			else this.#takeShares(row, values, procedure, school_id);
		}
		for (const { said, shares, ...journal } of this.#journals.values())
			this.#finishJournal(journal, said, shares);
		return this.#checked;
	}

	/** A column of points that the scale does not reach would be lost without a word. */
	#refuseUnknownScores(): void {
		const beyond = this.#read.ignored.filter((title) => /^\d+$/.test(title));
		if (beyond.length > 0) throw new ImportError('score-columns-beyond', { columns: beyond.join(', ') });
	}

	#takeShares(
		row: number,
		values: Record<string, unknown>,
		procedure: KnownProcedure,
		school_id: string,
	): void {
		const from = this.#form === 'marks' ? 2 : 0;
		const to = this.#form === 'marks' ? 5 : Math.floor(procedure.max_score);
		const percents = Array.from(
			{ length: to - from + 1 },
			(_, index) => (values[`share_${from + index}`] as number | null) ?? 0,
		);
		const n = Number(values.n);
		const beyond = Object.entries(values).some(
			([field, value]) => /^share_\d+$/.test(field) && Number(field.slice(6)) > to && Number(value ?? 0) > 0,
		);
		if (beyond) {
			refuseRow(this.#read, row, 'n', 'scores-beyond-scale', n, { max: to });
			return;
		}
		const sum = percents.reduce((total, each) => total + each, 0);
		if (!(n === 0 && sum === 0) && Math.abs(sum - 100) > tolerance + 1e-9) {
			refuseRow(this.#read, row, `share_${from}`, 'percents-not-100', Math.round(sum * 100) / 100);
			return;
		}
		this.#store({
			row_number: row,
			procedure_id: procedure.id,
			school_id,
			form: this.#form,
			n,
			counts: percents.map((each) => Math.round((each * n) / 100)),
			percents,
		});
	}

	#takeGroup(
		row: number,
		values: Record<string, unknown>,
		procedure: KnownProcedure,
		school_id: string,
	): void {
		const key = `${procedure.id} ${school_id}`;
		const which = values.group as number | null;
		if (which === null) {
			refuseRow(this.#read, row, 'group', 'value-missing', '');
			return;
		}
		const journal = this.#journals.get(key) ?? {
			row_number: row,
			procedure_id: procedure.id,
			school_id,
			form: 'journal' as const,
			n: 0,
			counts: [0, 0, 0],
			percents: [],
			said: new Set<number>(),
			shares: [null, null, null],
		};
		if (journal.said.has(which)) {
			refuseRow(this.#read, row, 'group', 'school-repeated', school_id, { first_row: journal.row_number });
			return;
		}
		journal.said.add(which);
		journal.counts[which] = Number(values.n);
		journal.shares[which] = values.share as number | null;
		this.#journals.set(key, journal);
	}

	#finishJournal(journal: AggregateToStore, said: Set<number>, shares: (number | null)[]): void {
		const row = journal.row_number;
		if (said.size < groups.length) {
			refuseRow(this.#read, row, 'group', 'journal-incomplete', journal.school_id);
			return;
		}
		const given = shares.filter((share) => share !== null);
		const sum = given.reduce((total, each) => total + each, 0);
		const n = journal.counts.reduce((total, each) => total + each, 0);
		if (given.length === groups.length && n > 0 && Math.abs(sum - 100) > tolerance + 1e-9) {
			refuseRow(this.#read, row, 'share', 'percents-not-100', Math.round(sum * 100) / 100);
			return;
		}
		const percents = journal.counts.map((each, index) => shares[index] ?? (n > 0 ? (100 * each) / n : 0));
		this.#store({ ...journal, n, percents });
	}

	#store(row: AggregateToStore): void {
		const key = `${row.procedure_id} ${row.school_id}`;
		const first = this.#seen.get(key);
		if (first !== undefined) {
			refuseRow(this.#read, row.row_number, 'school', 'school-repeated', row.school_id, { first_row: first });
			return;
		}
		this.#seen.set(key, row.row_number);
		if (row.counts.reduce((total, each) => total + each, 0) !== row.n)
			countNote(this.#checked, 'counts-rounded');
		this.#checked.rows.push(row);
	}
}
