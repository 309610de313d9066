/** What a check knows of the records: plain data, sent to the thread that checks. */
export interface ImportContext {
	/** `YYYY-MM-DD` */
	today: string;
	/** places the importing person may write to, such as `municipality/M1` */
	places: string[];
	municipalities: KnownMunicipality[];
	schools: KnownSchool[];
	procedures: KnownProcedure[];
	/** only for staff */
	staff: KnownPerson[];
}

interface KnownMunicipality {
	id: string;
	region_id: string;
	name: string;
}

export interface KnownSchool {
	id: string;
	municipality_id: string;
	name: string;
	kind: string;
	locality: string | null;
	pupils: number | null;
	advanced_subjects: string[] | null;
	origin: string;
}

export interface KnownProcedure {
	id: string;
	kind: string;
	year: number;
	grade: number | null;
	subject: string;
	title: string;
	max_score: number;
	cutoffs: { 3: number; 4: number; 5: number } | null;
	fail_below: number | null;
	items: { id: string; max: number }[];
	document: string;
	valid_from: string;
}

export interface KnownEmployment {
	school_id: string;
	position: string;
	subjects: string[];
	category: string;
	teaching_since: number | null;
	started_on: string;
	ended_on: string | null;
}

export interface KnownPerson {
	id: string;
	full_name: string;
	birth_date: string | null;
	/** where reminders go */
	email?: string | null;
	employments: KnownEmployment[];
}

export const importKinds = [
	'schools',
	'staff',
	'procedures',
	'results',
	'federal-list',
	'medal-candidates',
	'school-context',
] as const;
export type ImportKind = (typeof importKinds)[number];

/** Lists of schools or pupils for a year: each file is one batch, stored once, and names nobody. */
export const isList = (kind: ImportKind): boolean =>
	kind === 'federal-list' || kind === 'medal-candidates' || kind === 'school-context';

/** Sheets of pupils: refused where a column names people. */
export const isOfPupils = (kind: ImportKind): boolean => kind === 'results' || kind === 'medal-candidates';
