import type { Query, ResultRow } from '../api.ts';

/** Conditions on the population, in the order in which their chips stand. */
export const conditions = [
	'municipality',
	'school_kind',
	'locality',
	'school',
	'subject',
	'seniority_band',
	'category',
] as const;
export type Condition = (typeof conditions)[number];

/** What is being looked at: the address holds all of it. */
export interface Selection {
	campaign: string | null;
	channel: string | null;
	competency: string | null;
	by: string | null;
	/** `unflagged`: without responses that carry a sign of inattentive answering */
	quality: string | null;
	population: Partial<Record<Condition, string>>;
}

export function readSelection(params: URLSearchParams): Selection {
	const population: Selection['population'] = {};
	for (const condition of conditions) {
		const value = params.get(condition);
		if (value) population[condition] = value;
	}
	return {
		campaign: params.get('campaign'),
		channel: params.get('channel'),
		competency: params.get('competency'),
		by: params.get('by'),
		quality: params.get('quality') === 'unflagged' ? 'unflagged' : null,
		population,
	};
}

/** The address of a selection; what stands at its preset is left out. */
export function writeSelection(selection: Selection): URLSearchParams {
	const params = new URLSearchParams();
	const { campaign, channel, competency, by, quality, population } = selection;
	for (const [name, value] of Object.entries({ campaign, channel, by, competency, quality, ...population }))
		if (value) params.set(name, value);
	return params;
}

export function filtersOf(selection: Selection, parts: ('by' | 'competency')[]): Query {
	return {
		campaign: selection.campaign,
		channel: selection.channel,
		...selection.population,
		quality: selection.quality,
		by: parts.includes('by') ? selection.by : null,
		competency: parts.includes('competency') ? selection.competency : null,
	};
}

/** Where a look goes when a group of a dimension was chosen: from places down to schools, from a school to its subjects. */
const below: Record<string, string[]> = {
	municipality: ['school', 'subject', 'seniority_band'],
	school_kind: ['school', 'subject', 'seniority_band'],
	locality: ['school', 'subject', 'seniority_band'],
	school: ['subject', 'seniority_band', 'category'],
	subject: ['seniority_band', 'category', 'school'],
	seniority_band: ['subject', 'category', 'school'],
	category: ['seniority_band', 'subject', 'school'],
};

/** The selection after a click on a mark: its competency, its group as a condition, and the next dimension down. */
export function narrowed(selection: Selection, row: ResultRow): Selection {
	const by = selection.by as Condition | null;
	const key = row.group_key;
	const competency = row.scale === null || row.scale === undefined ? selection.competency : String(row.scale);
	// a group without a name (not stated) or without numbers leads nowhere
	if (!by || key === null || key === undefined || key === '' || row.prevalence === null)
		return { ...selection, competency };
	const population = { ...selection.population, [by]: String(key) };
	const next = (below[by] ?? []).find((name) => !(name in population)) ?? by;
	return { ...selection, competency, population, by: next };
}
