import { normaliseWord, text } from './cell-rules.ts';
import { type Checked, countNote } from './checked.ts';
import type { ImportContext } from './context.ts';
import type { Directory } from './directory.ts';
import { type ColumnRule, type ReadSheet, refuseRow, reportCoerced } from './sheet.ts';

/** The columns by which tables of an authority name a school: login, name, and the municipality it lies in. */
export const schoolColumns: ColumnRule[] = [
	{
		field: 'municipality',
		titles: { ru: 'Муниципалитет', en: 'Municipality', aliases: ['район', 'мо', 'ате'] },
		required: false,
		filled: false,
		parse: text(200),
		help: {
			ru: 'Для справки: школа узнаётся по логину.',
			en: 'For reading only: the login names the school.',
		},
		examples: [null, null],
	},
	{
		field: 'school',
		titles: {
			ru: 'Логин',
			en: 'Login',
			aliases: ['логин оо', 'код школы', 'код оо', 'школа', 'school', 'school code'],
		},
		required: false,
		filled: false,
		parse: text(300),
		help: {
			ru: 'Логин или код школы; если пуст, школа ищется по названию.',
			en: 'Login or code of the school; when empty, its name is looked up.',
		},
		examples: ['sch101', 'sch102'],
	},
	{
		field: 'name',
		titles: {
			ru: 'ОО',
			en: 'School name',
			aliases: ['наименование оо', 'название школы', 'название', 'наименование'],
		},
		required: false,
		filled: false,
		parse: text(300),
		help: { ru: 'Название школы.', en: 'The name of the school.' },
		examples: ['МБОУ «СОШ № 1»', 'МБОУ «Гимназия № 2»'],
	},
];

const totals =
	/^(?:вся выборка|итого|всего|в среднем|среднее|рф|российская федерация|россия|total|all)(?:\s|$|:)/;
const country = /^(?:вся выборка|рф|российская федерация|россия)(?:\s|$|:)/;
const placeAtEnd = /\s(?:обл\.?|область|край|район|р-н|округ|ао)$/;
const placeAtStart =
	/^(?:респ\.?|республика|г\.|город|муниципальн\S+ (?:район|округ)|городской округ|субъект)(?:\s|$)/;
const schoolWord = /\d|№|школ|сош|оош|нош|гимнази|лице|интернат|центр/;

/** Tells rows that sum up a municipality, a region or the country from rows of schools. */
export function totalRows(context: ImportContext): (values: Record<string, unknown>) => boolean {
	const municipalities = new Set(context.municipalities.map(({ name }) => normaliseWord(name)));
	return ({ school, name, municipality }) => {
		const written = normaliseWord(String(school ?? name ?? municipality ?? ''));
		if (totals.test(written)) return true;
		if (school === null && name === null && municipality !== null) return true;
		if (municipalities.has(written)) return true;
		return !schoolWord.test(written) && (placeAtEnd.test(written) || placeAtStart.test(written));
	};
}

/** The rows of a list that are about schools; those that sum up a place are skipped with a note. */
export function* rowsOfSchools(
	read: ReadSheet,
	context: ImportContext,
	checked: Checked<unknown>,
): Generator<ReadSheet['rows'][number]> {
	const isTotal = totalRows(context);
	for (const found of read.rows) {
		if (!isTotal(found.values)) {
			yield found;
			continue;
		}
		countNote(checked, 'total-row-skipped');
		checked.skipped += 1;
	}
}

/** Where merged cells leave the school and the keys in the first of its rows only, the rows below take them from above. */
export function fillFrom(values: Record<string, unknown>, above: Record<string, unknown> | undefined): void {
	if (!above || values.school !== null || values.name !== null) return;
	for (const field of ['procedure', 'year', 'grade', 'subject', 'municipality', 'school', 'name'])
		values[field] ??= above[field];
}

/**
 * The place that a row of totals is about: a municipality in reach by its name, the region of the one who imports, or
 * the country; undefined when the words do not say.
 */
export function placeOfTotal(
	values: Record<string, unknown>,
	context: ImportContext,
	directory: Directory,
): string | undefined {
	const written = normaliseWord(String(values.school ?? values.name ?? values.municipality ?? ''));
	const municipality = context.municipalities.find(({ name }) => normaliseWord(name) === written);
	if (municipality)
		return directory.isInside(municipality.id) ? `municipality/${municipality.id}` : undefined;
	if (country.test(written)) return 'country';
	return placeAtEnd.test(written) || placeAtStart.test(written)
		? regionInReach(context, directory)
		: undefined;
}

/** The region of the municipalities within reach; undefined when they lie in several. */
export function regionInReach(context: ImportContext, directory: Directory): string | undefined {
	const reached = new Set(
		context.municipalities.filter(({ id }) => directory.isInside(id)).map(({ region_id }) => region_id),
	);
	return reached.size === 1 ? `region/${[...reached][0]}` : undefined;
}

/** The column in which a reader of the file looks for the school. */
export function schoolField(read: ReadSheet): 'school' | 'name' {
	return read.columns.has('school') ? 'school' : 'name';
}

/** The school of a row, by login or code first and by name after; a row whose school is not found is refused. */
export function findListedSchool(
	read: ReadSheet,
	directory: Directory,
	row: number,
	values: Record<string, unknown>,
): string | undefined {
	let refusal: { field: string; written: string; match: ReturnType<Directory['matchSchool']> } | undefined;
	for (const field of ['school', 'name']) {
		const written = values[field] as string | null;
		if (written === null) continue;
		const match = directory.matchSchool(written);
		if ('school' in match) {
			const title = read.columns.get(field) ?? '';
			if (match.coerced) reportCoerced(read, row, title, match.coerced, written, match.school.id);
			return match.school.id;
		}
		refusal ??= { field, written, match };
		if (match.code !== 'unknown-school') break;
	}
	if (!refusal) {
		refuseRow(read, row, schoolField(read), 'value-missing', '');
	} else if ('code' in refusal.match) {
		const { code, params } = refusal.match;
		const told = code === 'unknown-school' ? 'unlisted-school' : code;
		refuseRow(read, row, refusal.field, told, refusal.written, params);
	}
	return undefined;
}
