/**
 * The shape of an analytics module: one question, one result table, one picture.
 * A module's folder holds definition.ts, rows.sql, compute.ts, chart.vl.json and README.md; `run.ts` runs any of them.
 */

import type { Tell } from './progress.ts';

export type Language = 'ru' | 'en';

export interface LocalText {
	ru: string;
	en: string;
}

/**
 * The closed list of filters; each module names those its `rows.sql` takes as `$parameters` (null = not set). `$campaign` of a
 * module on groups is the campaign chosen or else the last of its purpose (`chosen-campaign.ts`).
 */
export const filterNames = [
	'year',
	'kind',
	'subject',
	'grade',
	'procedure',
	'campaign',
	'instrument',
	'competency',
	'channel',
	'school',
	'municipality',
	'school_kind',
	'locality',
	'seniority_band',
	'category',
	'by',
	'quality',
] as const;
export type FilterName = (typeof filterNames)[number];
/**
 * Values of the filter `quality`: with all responses, or without those that carry a sign of `response-quality`.
 * Nothing is ever left out unless somebody asks.
 */
export const qualityChoices = ['all', 'unflagged'] as const;
export type Filters = Partial<Record<FilterName, string | number | null>>;

export type Role =
	| 'teacher'
	| 'school_coordinator'
	| 'methodist'
	| 'leader'
	| 'regional_viewer'
	| 'admin'
	| 'auditor';

/** One field of a row contract: label and format serve table, axis, export and card alike. */
export interface Field {
	type: 'integer' | 'double' | 'varchar' | 'boolean' | 'date';
	label: LocalText;
	unit?: LocalText;
	/** how a person reads it; `json` carries nested detail (signs, intervals of parts) as JSON text */
	format?:
		| 'text'
		| 'id'
		| 'count'
		| 'number'
		| 'percent'
		| 'share'
		| 'p_value'
		| 'flag'
		| 'deficit_level'
		| 'channel'
		| 'date'
		| 'json';
}

/**
 * What stands between rows and readers.
 * `own`: the viewer's own rows, nothing hidden. `institution`: results of schools, n shown, see D-rule of small n.
 * `group`: groups of staff; hidden below `minimum`, then complements among rows that share `siblings` keys, then differencing.
 */
export type DisclosureRule =
	| { kind: 'own' }
	| { kind: 'institution' }
	| {
			kind: 'group';
			/** field with the number of people in the group */
			n: string;
			minimum: number;
			/** the field that names the group by the dimension `by`; rows also carry `instrument` and `scale` */
			group: string | null;
			/** rows equal in these fields are siblings of one visible total */
			siblings: string[];
			/** fields set to null when the row is hidden (n included when its value would reveal) */
			hides: string[];
			/** where rows are parts of one group (bands of a distribution): the part's own count is guarded likewise */
			cells?: { n: string; siblings: string[]; hides: string[] };
			/** share fields (0..1) that are coded at the extremes, with the interval fields that vanish then */
			shares: {
				share: string;
				interval: string[] /** people behind the share, where not `n` */;
				n?: string;
			}[];
			/** field with the largest share of one school among the respondents; above .80 a mean is hidden */
			dominance?: string;
			/** field with the number of schools behind the row (null where a row is one school), and how many there must be */
			minimum_schools?: { field: string; minimum: number };
			/** `responses`: groups are counted in responses of an instrument, whatever their scales */
			of?: 'responses';
			/** fields that tell of a group without its flagged responses: hidden where the filter `quality` would hide the group */
			without?: { hides: string[] };
	  };

export interface AnalyticsModule {
	/** id, folder and URL segment */
	id: string;
	/** of the method: raised when a number may change */
	version: string;
	question: LocalText;
	/** one sentence: one row per … */
	grain: LocalText;
	audience: Role[];
	filters: FilterName[];
	/** values for `by`, where the module takes it; the first is the preset */
	dimensions?: string[];
	row: Record<string, Field>;
	disclosure: DisclosureRule;
	/** `results`: reads the registry and results of procedures only, so that its answers outlive incoming responses */
	/**
	 * `needs`, `feedback`, `levels`: without a campaign chosen it reads the last survey of needs, the last feedback on an
	 * event, the last instrument with levels of its own, where the others read the last diagnostic of deficits
	 */
	reads?: 'results' | 'needs' | 'feedback' | 'levels';
	/**
	 * its `rows.sql` gives all schools of the viewer's regions and in `is_shown` whether the viewer may see them; which school or
	 * municipality is chosen does not concern it, so that questions about different ones share their rows
	 */
	isOfAllSchools?: boolean;
	/** modules on institutions whose rows of all schools of the viewer's regions, of all years, it is given (`ComputeContext.used`) */
	uses?: readonly string[];
	/** its arithmetic takes seconds: it waits in a line of its own, so that no other module waits for it */
	isHeavy?: boolean;
	/** thresholds, minimum n, weights: card, chart and compute read the same numbers */
	presets: Record<string, number | string | boolean>;
	references: string[];
}

export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;
/** What `rows.sql` returns; lists (histograms, item sums) may stand in a cell here, never in a result. */
export type InputRow = Record<string, unknown>;

/** The finding in words: title and subtitle of the picture, and two sentences for screen readers. */
export interface Finding {
	title: LocalText;
	subtitle: LocalText;
	summary: LocalText;
}

export interface Note {
	/** from the closed list of `notes.ts` */
	code: string;
	/** how many rows it concerns */
	count?: number;
	/** named values for its text */
	values?: Record<string, string | number>;
}

export interface Computed {
	rows: Row[];
	notes: Note[];
}

export interface ComputeContext {
	presets: AnalyticsModule['presets'];
	filters: Filters;
	language: Language;
	/** who asks may read the keys of instruments; else nothing may be told that lets one guess a right answer */
	may_read_keys?: boolean;
	/** rows of the modules named by `uses`, of schools beyond the viewer's places too: what is not shown stays in `compute` */
	used?: Readonly<Record<string, readonly Row[]>>;
}

/** Pure: no database, no clock, no unseeded randomness. One that takes seconds tells how far it is. */
export type Compute = (rows: InputRow[], context: ComputeContext, tell?: Tell) => Computed;
/** Reads disclosed rows only, so that a title can never reveal what a cell hides. */
export type Summarise = (rows: Row[], context: ComputeContext) => Finding;

export interface CatalogueEntry {
	definition: AnalyticsModule;
	compute: Compute;
	summarise: Summarise;
}

/** Presets that an installation sets otherwise than a module's definition, by module. */
export type ModulePresets = Readonly<Record<string, AnalyticsModule['presets']>>;

/** Who asks: the places and participant codes were resolved from the records at this request. */
export interface Viewer {
	role: Role;
	/** place ids such as `municipality/M1` */
	places: string[];
	/** participant codes of the signed-in person, or of teachers who agreed */
	codes: string[];
	/** may read the keys of instruments; no unless said */
	may_read_keys?: boolean;
}

export interface ModuleResult {
	module: string;
	version: string;
	fields: {
		name: string;
		type: Field['type'];
		label: LocalText;
		unit?: LocalText;
		format?: Field['format'];
	}[];
	columns: Record<string, Cell[]>;
	length: number;
	notes: Note[];
	finding: Finding;
	meta: {
		filters: Filters;
		/** last change of the records that these rows reflect */
		watermark: number;
		computed_at: string;
		presets: AnalyticsModule['presets'];
	};
}
