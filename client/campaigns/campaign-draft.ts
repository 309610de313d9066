import type { CampaignBody } from '#server/contract/diagnostics.ts';

/** What stands in the fields: empty lists mean everybody, instruments are `id@version`. */
export interface CampaignDraft {
	title: string;
	goal: string;
	basis_document: string;
	instruments: string[];
	municipality_id: string;
	schools: string[];
	subjects: string[];
	mode: CampaignBody['mode'];
	opens_on: string;
	closes_on: string;
	reference_day: string;
}

/** Subjects to offer before anything is known of a place; ids as the import of staff gives them. */
export const subjectIds = [
	'russian',
	'literature',
	'math',
	'physics',
	'chemistry',
	'biology',
	'geography',
	'history',
	'social_studies',
	'informatics',
	'english',
	'german',
	'french',
	'primary',
	'physical_education',
	'technology',
	'music',
	'art',
	'life_safety',
] as const;

const dayAfter = (today: string, days: number) =>
	new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

/** Four weeks from today, staff as of today; `today` is the server's day, which opens and closes campaigns. */
export function startDraft(municipality: string, today: string): CampaignDraft {
	return {
		title: '',
		goal: '',
		basis_document: '',
		instruments: [],
		municipality_id: municipality,
		schools: [],
		subjects: [],
		mode: 'confidential',
		opens_on: today,
		closes_on: dayAfter(today, 28),
		reference_day: today,
	};
}

/** Whom the fields choose, when that much is filled in. */
export function readPopulation(
	draft: CampaignDraft,
): Pick<CampaignBody, 'municipality_id' | 'schools' | 'subjects' | 'reference_day'> | null {
	if (draft.municipality_id === '' || draft.reference_day === '') return null;
	return {
		municipality_id: draft.municipality_id,
		schools: draft.schools.length === 0 ? null : draft.schools,
		subjects: draft.subjects.length === 0 ? null : draft.subjects,
		reference_day: draft.reference_day,
	};
}

/** The body to send, or null while a field is missing. */
export function readDraft(draft: CampaignDraft): CampaignBody | null {
	const population = readPopulation(draft);
	const [title, goal, basis_document] = [draft.title.trim(), draft.goal.trim(), draft.basis_document.trim()];
	if (!population || !title || !goal || !basis_document || draft.instruments.length === 0) return null;
	if (!draft.opens_on || !draft.closes_on || draft.closes_on < draft.opens_on) return null;
	return {
		...population,
		title,
		goal,
		basis_document,
		instruments: readInstruments(draft.instruments),
		mode: draft.mode,
		opens_on: draft.opens_on,
		closes_on: draft.closes_on,
	};
}

function readInstruments(chosen: string[]): CampaignBody['instruments'] {
	return chosen.map((entry) => {
		const [instrument = '', version] = entry.split('@');
		return { instrument, version: Number(version) };
	});
}
