import { type CellRule, identifier, number, type Parsed, readNumber, text } from './cell-rules.ts';
import { type Checked, type CheckOptions, countNote, nothingChecked, type SheetKind } from './checked.ts';
import { ImportError } from './codes.ts';
import type { ImportContext, KnownProcedure } from './context.ts';
import { buildDirectory, namesMunicipalities } from './directory.ts';
import { findListedSchool, schoolColumns, totalRows } from './listed-schools.ts';
import { type ColumnRule, normaliseTitle, type ReadSheet, refuseRow, shown } from './sheet.ts';
import { subjectId } from './subjects.ts';
import type { Sheet } from './workbook.ts';

/** A school's sums in one procedure as they will be stored. */
export interface AggregateToStore {
	row_number: number;
	procedure_id: string;
	school_id: string;
	form: AggregateForm;
	n: number;
	counts: number[];
	percents: number[];
}

type AggregateForm = 'marks' | 'scores' | 'journal';

/** Percents of one school may miss 100 by their own rounding, and by no more. */
const tolerance = 0.5;
/** No procedure known to us has more points. */
const mostPoints = 200;
const groups = ['lowered', 'confirmed', 'raised'] as const;

/** A share in percent, with or without its sign. */
const percent: CellRule = (cell): Parsed => {
	const bare = typeof cell === 'string' ? cell.replace(/\s*%$/, '') : cell;
	const read = readNumber(bare);
	if (read === undefined) return { code: 'not-a-number' };
	if (read.value < 0) return { code: 'below-minimum', params: { min: 0 } };
	if (read.value > 100 + tolerance) return { code: 'above-maximum', params: { max: 100 } };
	return bare === cell ? read : { value: read.value, coerced: 'percent-sign' };
};

/** «4», «4 класс», «4А» → 4. */
const grade: CellRule = (cell) => {
	const digits = /^\d{1,2}/.exec(String(cell));
	return digits ? { value: Number(digits[0]) } : { code: 'not-a-number' };
};

const group: CellRule = (cell) => {
	const word = String(cell).toLowerCase();
	const index = [/пониз|lowered/, /подтверд|confirmed/, /повыс|raised/].findIndex((sign) => sign.test(word));
	return { value: index < 0 ? word : index };
};

const column = (
	field: string,
	ru: string,
	en: string,
	parse: CellRule,
	aliases: string[] = [],
	required = true,
): ColumnRule => ({
	field,
	titles: { ru, en, aliases },
	required,
	filled: false,
	parse,
	help: { ru, en },
	examples: [],
});

const keys: ColumnRule[] = [
	column('procedure', 'Процедура', 'Procedure', identifier(), ['код процедуры'], false),
	column('year', 'Год', 'Year', number({ min: 2000, max: 2100, integer: true }), [], false),
	column('grade', 'Класс', 'Grade', grade, ['параллель'], false),
	column('subject', 'Предмет', 'Subject', text(100), [], false),
	...schoolColumns.map((each) =>
		each.field === 'name'
			? { ...each, titles: { ...each.titles, aliases: [...each.titles.aliases, 'группы участников (оо)'] } }
			: each,
	),
];
const participants = column('n', 'Кол-во участников', 'Participants', number({ min: 0, integer: true }), [
	'количество участников',
	'участников',
	'число участников',
	'кол-во уч.',
]);

/** The form of table that a file of results may hold in place of rows of pupils; undefined when it is none of them. */
export function aggregateSheetOf(sheets: Sheet[]): SheetKind<AggregateToStore> | undefined {
	for (const { rows } of sheets) {
		for (const row of rows.slice(0, 20)) {
			const titles = new Set(row.map((cell) => normaliseTitle(shown(cell).replaceAll('\u00a0', ' '))));
			const has = (rule: ColumnRule): boolean =>
				[rule.titles.ru, rule.titles.en, ...rule.titles.aliases].some((title) =>
					titles.has(normaliseTitle(title)),
				);
			if (
				titles.has('группы участников') &&
				[...titles].some((title) => /^(?:кол-?во|количество)/.test(title))
			)
				return sheetOf('journal');
			if (!has(participants)) continue;
			const isScores = ['0', '1', '6', '7'].filter((score) => titles.has(score)).length > 1;
			if (isScores) return sheetOf('scores');
			if (['2', '3', '4', '5'].every((mark) => titles.has(mark))) return sheetOf('marks');
		}
	}
	return undefined;
}

function sheetOf(form: AggregateForm): SheetKind<AggregateToStore> {
	return {
		kind: 'results',
		name: { ru: 'Результаты', en: 'Results' },
		columns: (context, options) => [...keys, ...columnsOf(form, context, options)],
		check: (read, context, options) => new AggregateCheck(form, read, context, options).run(),
	};
}

function columnsOf(form: AggregateForm, context: ImportContext, options: CheckOptions): ColumnRule[] {
	if (form === 'marks') {
		const marks = [2, 3, 4, 5].map((mark) => column(`share_${mark}`, `${mark}`, `Mark ${mark}`, percent));
		return [participants, ...marks];
	}
	if (form === 'journal') {
		return [
			column('group', 'Группы участников', 'Group', group),
			{
				...participants,
				titles: { ...participants.titles, aliases: [...participants.titles.aliases, 'кол-во', 'количество'] },
			},
			column('share', '%', 'Percent', percent, ['процент', 'доля'], false),
		];
	}
	const asked = context.procedures.filter((each) => [null, each.id].includes(options.procedure_id));
	const top = Math.min(mostPoints, Math.max(0, ...asked.map(({ max_score }) => Math.floor(max_score))));
	const scores = Array.from({ length: top + 1 }, (_, score) =>
		column(`share_${score}`, `${score}`, `Score ${score}`, percent, [`балл ${score}`], false),
	);
	return [participants, ...scores];
}

/** The check of one table of sums: rows of schools are stored, rows of wholes passed over, the rest refused with a reason. */
class AggregateCheck {
	readonly #checked: Checked<AggregateToStore> = nothingChecked();
	readonly #seen = new Map<string, number>();
	/** for the journal: what the rows of a school have said so far, by procedure and school */
	readonly #journals = new Map<string, AggregateToStore & { said: Set<number>; shares: (number | null)[] }>();
	readonly #form: AggregateForm;
	readonly #read: ReadSheet;
	readonly #context: ImportContext;
	readonly #options: CheckOptions;

	constructor(form: AggregateForm, read: ReadSheet, context: ImportContext, options: CheckOptions) {
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
			const procedure = this.#procedureOf(row, values);
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

	#procedureOf(row: number, values: Record<string, unknown>): KnownProcedure {
		const chosen = this.#options.procedure_id;
		const named = values.procedure as string | null;
		if (named !== null && chosen !== null && named !== chosen)
			throw new ImportError('procedure-differs', { procedure: named, chosen, row });
		const { year, grade: inGrade, subject } = values as Record<string, string | number | null>;
		const fits = this.#context.procedures.filter((each) => {
			if (named !== null || chosen !== null) return each.id === (named ?? chosen);
			return (
				each.year === year &&
				each.grade === inGrade &&
				subject !== null &&
				each.subject === subjectId(String(subject))
			);
		});
		if (fits.length === 1) {
			const [only] = fits as [KnownProcedure];
			const differs =
				(year !== null && year !== only.year) ||
				(inGrade !== null && only.grade !== null && inGrade !== only.grade);
			if (differs)
				throw new ImportError('procedure-differs', {
					procedure: [year, inGrade, subject].filter((part) => part !== null).join(', '),
					chosen: only.id,
					row,
				});
			return only;
		}
		if (named !== null) throw new ImportError('unknown-procedure', { procedure: named, row });
		throw new ImportError('procedure-unclear', { found: fits.length, row });
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

function fillFrom(values: Record<string, unknown>, above: Record<string, unknown> | undefined): void {
	if (!above || values.school !== null || values.name !== null) return;
	for (const field of ['procedure', 'year', 'grade', 'subject', 'municipality', 'school', 'name'])
		values[field] ??= above[field];
}
