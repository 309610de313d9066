import { rowsOf } from '#data/warehouse/columns.ts';
import type { Parameters, Warehouse } from '#data/warehouse/warehouse.ts';
import type { InputRow, Language, Row } from '../module.ts';
import { noteText } from '../notes.ts';
import { compute } from './compute.ts';
import { definition } from './definition.ts';
import type { Reason } from './reason.ts';
import type { Reasons } from './reasons.ts';
import type { GivenReferences } from './reference.ts';
import { type ReferenceKind, referenceKinds } from './reference-choice.ts';
import { type Family, families, type Sign } from './signs.ts';

interface NotedCode {
	code: string;
	text: string;
}

/** `analyze objectivity --json`, one entry per school and year. */
export interface ObjectivityReport {
	/**
	 * the first in the order of choice that any school was held against: `given` (the reference file), `without-flagged` (the
	 * other schools of the file but those in doubt), `leave-one-out` (all the others); the notes of a school name its own
	 */
	reference: ReferenceKind;
	schools: {
		school: string;
		year: number;
		n: number;
		signs: Omit<Sign, 'inputs'>[];
		families: Record<Family, { p: number | null }>;
		p_combined: number | null;
		q_combined: number | null;
		level: 0 | 1 | 2 | 3 | 'X';
		reasons: string[];
		notes: NotedCode[];
	}[];
	version: string;
}

/** The computed rows of this module as the report of the command line; reasons and notes in its language. */
function objectivityReport(rows: readonly Row[], language: Language): ObjectivityReport {
	return {
		reference: referenceOf(rows),
		schools: rows.map((row) => {
			const signs = JSON.parse(String(row.signs)) as Sign[];
			const reasons = JSON.parse(String(row.reasons)) as Reasons;
			const level = row.level === 'X' ? 'X' : (Number(row.level) as 0 | 1 | 2 | 3);
			return {
				school: String(row.school_id),
				year: Number(row.year),
				n: Number(row.n),
				signs: signs.map(({ inputs: _, ...sign }) => sign),
				families: Object.fromEntries(
					families.map((family) => [family, { p: row[`p_${family}`] as number | null }]),
				) as Record<Family, { p: number | null }>,
				p_combined: row.p_combined as number | null,
				q_combined: row.q_combined as number | null,
				level,
				reasons: [...reasons.for, ...reasons.against, ...reasons.change, ...reasons.beside].map(
					(reason: Reason) => reason.text[language],
				),
				notes: String(row.note ?? '')
					.split(',')
					.filter((code) => code !== '')
					.map((code) => ({ code, text: noteText(code, language) })),
			};
		}),
		version: definition.version,
	};
}

/** The first kind in the order of choice that any school was held against. */
function referenceOf(rows: readonly Row[]): ReferenceKind {
	const used = new Set(rows.flatMap((row) => String(row.reference ?? '').split(', ')));
	return referenceKinds.find((kind) => used.has(kind)) ?? 'leave-one-out';
}

/**
 * Runs the battery over a warehouse with everything that the places hold, without a viewer: for files of results.
 * `references` take the place of the other schools, by procedure.
 */
export async function analyseObjectivity(
	warehouse: Warehouse,
	options: { places: string[]; language: Language; references?: GivenReferences },
): Promise<ObjectivityReport> {
	const { places, language, references } = options;
	const reference = references ? JSON.stringify(references) : definition.presets.reference;
	const presets = { ...definition.presets, reference };
	const columns = await warehouse.query(new URL('./rows.sql', import.meta.url), {
		...presets,
		...Object.fromEntries(definition.filters.map((name) => [name, null])),
		places,
	});
	const found = rowsOf(columns);
	const measured = references ? await againstGiven(warehouse, found, { ...presets, places }) : found;
	const { rows } = compute(measured, { presets, filters: {}, language });
	return objectivityReport(rows, language);
}

/** The warehouse keeps patterns against the other schools; those against a reference from outside are counted here. */
async function againstGiven(
	warehouse: Warehouse,
	rows: InputRow[],
	parameters: Parameters,
): Promise<InputRow[]> {
	const file = new URL('./given-patterns.sql', import.meta.url);
	const key = (row: InputRow): string => `${row.school_id}\n${row.procedure_id}`;
	const patterns = new Map(rowsOf(await warehouse.query(file, parameters)).map((row) => [key(row), row]));
	return rows.map((row) => ({ ...row, ...(patterns.get(key(row)) ?? NO_PATTERN) }));
}

const NO_PATTERN = {
	contrast_n: 0,
	contrast_mean: null,
	contrast_variance: null,
	easy_percent: null,
	hard_percent: null,
	guttman_n: 0,
	guttman_mean: null,
	guttman_variance: null,
};
