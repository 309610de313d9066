import { identifier } from './cell-rules.ts';
import { type Checked, type CheckOptions, countNote, nothingChecked, type SheetKind } from './checked.ts';
import { ImportError, type NoteCode } from './codes.ts';
import type { ImportContext, KnownProcedure } from './context.ts';
import { buildDirectory, type Directory, type MunicipalityMatch, namesMunicipalities } from './directory.ts';
import { resultColumns } from './results-columns.ts';
import { type ReadSheet, refuseRow, reportCoerced } from './sheet.ts';
import type { Cell } from './workbook.ts';

/** A pupil's row as it will be stored; `row_number` is the row of the sheet, so that a reader finds it again. */
export interface ResultToStore {
	row_number: number;
	procedure_id: string;
	school_id: string;
	class: string | null;
	variant: string | null;
	score: number | null;
	mark: number | null;
	journal_mark: number | null;
	pupil: string | null;
	/** points in the procedure's order, null = missing; null when the file has no items */
	items: (number | null)[] | null;
	notes: NoteCode[] | null;
}

/** Pupils' results of one or more procedures: a row per pupil, no names. */
export const resultsSheet: SheetKind<ResultToStore> = {
	kind: 'results',
	name: { ru: 'Результаты', en: 'Results' },
	columns: resultColumns,
	check(read, context, options) {
		if (options.procedure_id === null && !read.columns.has('procedure')) {
			throw new ImportError('procedure-needed');
		}
		const check = new ResultsCheck(read, context, options);
		for (const { row, values } of read.rows) check.take(row, values);
		return check.finish();
	},
};

/** Notes that are told when importing and not kept with the row. */
const passing: readonly NoteCode[] = ['mark-derived', 'absent'];

/** The mark that the cut-offs give a score; null where the procedure has none. */
function markOf(value: number, cutoffs: KnownProcedure['cutoffs']): number | null {
	if (cutoffs === null) return null;
	if (value >= cutoffs[5]) return 5;
	if (value >= cutoffs[4]) return 4;
	return value >= cutoffs[3] ? 3 : 2;
}

/** The check of one file's rows: what it has met so far, and the answer it builds. */
class ResultsCheck {
	readonly #checked: Checked<ResultToStore> = nothingChecked();
	readonly #directory: Directory;
	readonly #procedures: Map<string, KnownProcedure>;
	readonly #newSchools = new Map<string, MunicipalityMatch>();
	readonly #pupils = new Set<string>();
	readonly #newMunicipalities = new Set<string>();
	readonly #read: ReadSheet;
	readonly #options: CheckOptions;

	constructor(read: ReadSheet, context: ImportContext, options: CheckOptions) {
		this.#read = read;
		this.#options = options;
		this.#directory = buildDirectory(context, namesMunicipalities(read));
		this.#procedures = new Map(context.procedures.map((each) => [each.id, each]));
	}

	finish(): Checked<ResultToStore> {
		const ignored = this.#read.ignored.filter((title) => /^(?:item_|задание|[№з]?\s?\d)/i.test(title)).length;
		if (ignored > 0) countNote(this.#checked, 'item-columns-ignored', ignored);
		return this.#checked;
	}

	take(row: number, values: Record<string, unknown>): void {
		const procedure = this.#procedureOf(row, values.procedure as string | null);
		const notes: NoteCode[] = [];
		const result = this.#resultOf(row, values, procedure, notes);
		const school = this.#schoolOf(row, values);
		if (!result || !school) return;
		result.school_id = school.id;
		if (this.#isRepeated(result)) notes.push('pupil-repeated');
		for (const note of notes) countNote(this.#checked, note);
		const kept = notes.filter((note) => !passing.includes(note));
		result.notes = kept.length > 0 ? kept : null;
		(school.isNew ? this.#checked.waiting : this.#checked.rows).push(result);
	}

	/** A code twice in one procedure of a school is nobody's: its rows stand, but are not linked. */
	#isRepeated({ procedure_id, school_id, pupil }: ResultToStore): boolean {
		if (pupil === null) return false;
		const key = `${procedure_id}\n${school_id}\n${pupil}`;
		if (this.#pupils.has(key)) return true;
		this.#pupils.add(key);
		return false;
	}

	#procedureOf(row: number, named: string | null): KnownProcedure {
		const chosen = this.#options.procedure_id;
		if (named !== null && chosen !== null && named !== chosen) {
			throw new ImportError('procedure-differs', { procedure: named, chosen, row });
		}
		const procedure = this.#procedures.get(named ?? chosen ?? '');
		if (!procedure) throw new ImportError('unknown-procedure', { procedure: named ?? '—', row });
		return procedure;
	}

	#resultOf(
		row: number,
		values: Record<string, unknown>,
		procedure: KnownProcedure,
		notes: NoteCode[],
	): ResultToStore | undefined {
		const points = values.score as number | null;
		const variant = values.variant as string | null;
		const given = values.mark as number | 'absent' | null;
		if (points === null && typeof given === 'number') {
			refuseRow(this.#read, row, 'mark', 'mark-without-score', given);
			return undefined;
		}
		if (points !== null && variant === null && this.#options.score_requires.includes('variant')) {
			refuseRow(this.#read, row, 'variant', 'variant-missing', '');
			return undefined;
		}
		if (points === null) notes.push('absent');
		else if (variant !== null && isAbsence(variant)) notes.push('absent-with-score');
		if (points !== null && points > procedure.max_score) notes.push('above-max');
		const journal = values.journal_mark as number | 'not-read' | null;
		if (journal === 'not-read') notes.push('journal-mark-not-read');
		return {
			row_number: row,
			procedure_id: procedure.id,
			school_id: '',
			class: values.class as string | null,
			variant,
			score: points,
			mark: points === null ? null : resolveMark(points, given, procedure, notes),
			journal_mark: journal === 'not-read' ? null : journal,
			pupil: values.pupil as string | null,
			items: readItems(values, procedure, this.#read, points !== null, notes),
			notes: null,
		};
	}

	#schoolOf(row: number, values: Record<string, unknown>): { id: string; isNew: boolean } | undefined {
		const written = String(values.school);
		const match = this.#directory.matchSchool(written);
		if ('school' in match) {
			const title = this.#read.columns.get('school') ?? '';
			if (match.coerced) reportCoerced(this.#read, row, title, match.coerced, written, match.school.id);
			return { id: match.school.id, isNew: false };
		}
		if (match.code !== 'unknown-school') {
			refuseRow(this.#read, row, 'school', match.code, written, match.params);
			return undefined;
		}
		return this.#newSchoolOf(row, match.id, values.municipality as string | null);
	}

	/** A school the registry does not know: it can be created when its code is one and its municipality is in reach. */
	#newSchoolOf(row: number, id: string, written: string | null): { id: string; isNew: boolean } | undefined {
		let municipality = this.#newSchools.get(id);
		if (!municipality) {
			municipality = this.#directory.matchMunicipality(written);
			this.#newSchools.set(id, municipality);
			const isCode = !('code' in identifier()(id));
			const isReachable =
				'id' in municipality && (municipality.is_new || this.#directory.isInside(municipality.id));
			if (!isCode || !isReachable) {
				municipality = { code: 'unknown-school', params: {} };
				this.#newSchools.set(id, municipality);
			} else if ('id' in municipality) {
				this.#announce(id, municipality);
			}
		}
		if ('code' in municipality) {
			refuseRow(this.#read, row, 'school', 'unknown-school', id);
			return undefined;
		}
		return { id, isNew: true };
	}

	#announce(schoolId: string, municipality: { id: string; is_new: boolean; is_default: boolean }): void {
		const { id, is_new, is_default } = municipality;
		this.#checked.unknown_schools.push({ id: schoolId, municipality_id: id });
		if (is_default) countNote(this.#checked, 'municipality-by-default');
		const region = this.#directory.region;
		if (is_new && region !== null && !this.#newMunicipalities.has(id)) {
			this.#newMunicipalities.add(id);
			this.#checked.unknown_municipalities.push({ id, region_id: region, name: id });
		}
	}
}

function isAbsence(variant: string): boolean {
	return /^(?:отсутств|неявка|не явил|не писал|absent)/i.test(variant);
}

/** The given mark, even where the cut-offs say another (noted); without one, what the cut-offs say. */
function resolveMark(
	points: number,
	given: number | 'absent' | null,
	procedure: KnownProcedure,
	notes: NoteCode[],
): number | null {
	const derived = markOf(points, procedure.cutoffs);
	if (given === 'absent') notes.push('mark-not-read');
	if (typeof given !== 'number') {
		if (derived !== null) notes.push('mark-derived');
		return derived;
	}
	if (derived !== null && derived !== given) notes.push('mark-disagrees');
	return given;
}

function readItems(
	values: Record<string, unknown>,
	procedure: KnownProcedure,
	read: ReadSheet,
	hasScore: boolean,
	notes: NoteCode[],
): (number | null)[] | null {
	const points: (number | null)[] = [];
	let present = false;
	let filled = false;
	let notRead = false;
	let aboveMax = false;
	for (const { id, max } of procedure.items) {
		const field = `item_${id}`;
		present ||= read.columns.has(field);
		const value = values[field] as Cell | undefined;
		if (value === 'not-read') notRead = true;
		const isPoint = typeof value === 'number';
		if (isPoint && value > max) aboveMax = true;
		filled ||= isPoint;
		points.push(isPoint ? value : null);
	}
	if (!present || !(filled || hasScore)) return null;
	if (notRead) notes.push('item-not-read');
	if (aboveMax) notes.push('item-above-max');
	if (filled && !hasScore) notes.push('items-without-score');
	return points;
}
