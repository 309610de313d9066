import type { CampaignBody, CampaignDetail } from '#server/contract/diagnostics.ts';
import type { PopulationBody, YoungDefinition } from '#server/contract/population.ts';

type Band = NonNullable<PopulationBody['seniority_bands']>[number];
type Category = NonNullable<PopulationBody['categories']>[number];

/** What stands in the fields: empty lists mean everybody, instruments are `id@version`. */
export interface CampaignDraft {
	title: string;
	goal: string;
	basis_document: string;
	instruments: string[];
	municipality_id: string;
	schools: string[];
	subjects: string[];
	positions: string[];
	seniority_bands: Band[];
	categories: Category[];
	/** null: the age does not matter; a limit of null is a field left empty */
	young: YoungFields | null;
	mode: CampaignBody['mode'];
	opens_on: string;
	closes_on: string;
	reference_day: string;
}

export interface YoungFields {
	age_limit: number | null;
	inclusive: boolean;
	max_years: number | null;
}

/** «До 35 лет», as most regulations of municipal services have it. */
export const YOUNG_PRESET: YoungFields = { age_limit: 35, inclusive: false, max_years: null };

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
		positions: [],
		seniority_bands: [],
		categories: [],
		young: null,
		mode: 'confidential',
		opens_on: today,
		closes_on: dayAfter(today, 28),
		reference_day: today,
	};
}

/** What a draft in the records fills the fields with. */
export function reopenDraft(campaign: CampaignDetail): CampaignDraft {
	const { title, goal, basis_document, municipality_id, mode, opens_on, closes_on, reference_day } = campaign;
	return {
		title,
		goal,
		basis_document,
		municipality_id,
		mode,
		opens_on,
		closes_on,
		reference_day,
		instruments: campaign.instruments.map(({ instrument, version }) => `${instrument}@${version}`),
		schools: campaign.schools ?? [],
		subjects: campaign.subjects ?? [],
		positions: campaign.positions ?? [],
		seniority_bands: campaign.seniority_bands ?? [],
		categories: (campaign.categories ?? []) as Category[],
		young: campaign.young,
	};
}

/** Whom the fields choose, when that much is filled in. */
export function readPopulation(draft: CampaignDraft): PopulationBody | null {
	const { municipality_id, reference_day, young } = draft;
	if (municipality_id === '' || reference_day === '') return null;
	if (young !== null && (young.age_limit === null || young.age_limit < 18 || young.age_limit > 70))
		return null;
	const given = <Value>(chosen: Value[]): Value[] | null => (chosen.length === 0 ? null : chosen);
	return {
		municipality_id,
		schools: given(draft.schools),
		subjects: given(draft.subjects),
		positions: given(draft.positions),
		seniority_bands: given(draft.seniority_bands),
		categories: given(draft.categories),
		young: young as YoungDefinition | null,
		reference_day,
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
