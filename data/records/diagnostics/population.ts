/** Bands of completed years of teaching; `unknown` where the registry gives no year. */
export const SENIORITY_BANDS = ['0-3', '4-10', '11-20', '21+', 'unknown'] as const;
export type SeniorityBand = (typeof SENIORITY_BANDS)[number];

/**
 * Who counts as a young specialist. No federal term exists, so the definition stands with the campaign that uses it:
 * an age in full years on the reference day, and how many years of teaching at most (null = any).
 */
export interface YoungDefinition {
	age_limit: number;
	/** true: the age itself still counts («до 35 лет включительно») */
	inclusive: boolean;
	max_years: number | null;
}

/** Whom a campaign asks: staff of the reference day for whom every condition holds (null = no condition). */
export interface Population {
	schools: string[] | null;
	subjects: string[] | null;
	/** positions as `positionKey` writes them */
	positions: string[] | null;
	seniority_bands: SeniorityBand[] | null;
	categories: string[] | null;
	young: YoungDefinition | null;
	reference_day: string;
}

/** A population as it is said: a condition that is not named is none. */
export type PopulationChoice = Partial<Population> & Pick<Population, 'reference_day'>;

/** Names every condition; campaigns of earlier days know only some of them. */
export function completePopulation(choice: PopulationChoice): Population {
	const { schools = null, subjects = null, positions = null, seniority_bands = null } = choice;
	const { categories = null, young = null, reference_day } = choice;
	return { schools, subjects, positions, seniority_bands, categories, young, reference_day };
}

/** A position as positions are compared: small letters, one blank between words, ё as е. */
export function positionKey(position: string): string {
	return position.trim().toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ');
}
