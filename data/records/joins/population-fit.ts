import { type Population, positionKey, type YoungDefinition } from '../diagnostics/population.ts';
import type { StaffMember } from '../registry/staff.ts';

/**
 * Whether an employment meets every condition of a population; `…-unknown` when all others hold and the registry lacks
 * what this one asks for. Who is not known to be young is not asked as young, and is counted apart.
 */
export type Fit = 'fits' | 'no' | 'birth-date-unknown' | 'seniority-unknown';

type Work = Pick<
	StaffMember,
	'school_id' | 'position' | 'subjects' | 'category' | 'teaching_since' | 'birth_date'
>;

export function findFit(work: Work, population: Population): Fit {
	const { schools, subjects, positions, categories, seniority_bands, young, reference_day } = population;
	if (schools !== null && !schools.includes(work.school_id)) return 'no';
	if (subjects !== null && !work.subjects.some((subject) => subjects.includes(subject))) return 'no';
	if (positions !== null && !positions.includes(positionKey(work.position))) return 'no';
	if (categories !== null && !categories.includes(work.category)) return 'no';
	const years = work.teaching_since === null ? null : yearsOfTeaching(work.teaching_since, reference_day);
	const seniority = seniority_bands === null ? 'fits' : fitOfBand(years, seniority_bands);
	const youth = young === null ? 'fits' : fitOfYoung(work.birth_date, years, young, reference_day);
	if (seniority === 'no' || youth === 'no') return 'no';
	return seniority === 'fits' ? youth : seniority;
}

/** Completed years of teaching at a day; the registry knows the year of beginning alone. */
export function yearsOfTeaching(since: number, day: string): number {
	return Number(day.slice(0, 4)) - since;
}

/** The band of a number of years. */
export function bandOf(years: number): '0-3' | '4-10' | '11-20' | '21+' {
	if (years <= 3) return '0-3';
	if (years <= 10) return '4-10';
	return years <= 20 ? '11-20' : '21+';
}

/** Full years of age at a day, both `YYYY-MM-DD`. */
export function ageOn(birthDate: string, day: string): number {
	const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
	return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function fitOfBand(years: number | null, bands: readonly string[]): Fit {
	if (bands.includes(years === null ? 'unknown' : bandOf(years))) return 'fits';
	return years === null ? 'seniority-unknown' : 'no';
}

function fitOfYoung(
	birthDate: string | null,
	years: number | null,
	{ age_limit, inclusive, max_years }: YoungDefinition,
	day: string,
): Fit {
	const age = birthDate === null ? null : ageOn(birthDate, day);
	if (age !== null && (inclusive ? age > age_limit : age >= age_limit)) return 'no';
	if (max_years !== null && years !== null && years > max_years) return 'no';
	if (age === null) return 'birth-date-unknown';
	return max_years !== null && years === null ? 'seniority-unknown' : 'fits';
}
