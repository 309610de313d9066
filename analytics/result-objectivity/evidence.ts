import { benjaminiHochberg, benjaminiYekutieli } from '../statistics/false-discovery.ts';
import { simes } from '../statistics/simes.ts';
import type { Presets } from './definition.ts';
import { groupBy } from './school-procedure.ts';
import { type Family, families, type RawSign } from './signs.ts';

/** 0 none, 1 zone of attention, 2 signs, 3 persistent signs, X not enough data. */
export type Level = '0' | '1' | '2' | '3' | 'X';

/** What is known of one school and year while the levels are worked out. */
export interface Evidence {
	school_id: string;
	region_id: string;
	year: number;
	/** largest number of results in one procedure of the year */
	largest_n: number;
	/** markers in an imported list of the authority */
	listed: number;
	/** a re-marking of the year left fewer marks as they were than the target */
	confirmed: boolean;
	signs: RawSign[];
	p: Record<Family, number | null>;
	p_combined: number | null;
	q_combined: number | null;
	/** families with a flagged sign of the own battery */
	marked: Family[];
	level: Level;
	/** years at level 2 or above among the last three, this one included */
	years_marked: number;
	/** of these years: those with level 2 by own signs, and those in a list of the authority (one year may be both) */
	years_own: number;
	years_listed: number;
}

/** What the own battery says of a school and year. */
export type Verdict = Pick<Evidence, 'marked' | 'p_combined' | 'q_combined'>;

/** By the method that the installation chose; Yekutieli's holds however the schools depend on each other, and is stricter. */
function qValues(ps: readonly (number | null)[], { q_method }: Presets): (number | null)[] {
	return q_method === 'yekutieli' ? benjaminiYekutieli(ps) : benjaminiHochberg(ps);
}

/** q of every sign over the schools of its group, and with it whether the sign is flagged. */
export function controlSigns(signs: readonly RawSign[], presets: Presets): void {
	const main = signs.filter((sign) => sign.p !== null && sign.mirrorOf === null);
	for (const group of groupBy(main, (sign) => sign.group).values()) {
		const q = qValues(
			group.map((sign) => sign.p),
			presets,
		);
		for (const [index, sign] of group.entries()) sign.q = q[index]!;
	}
	for (const sign of signs) {
		if (sign.p === null) continue;
		sign.q = (sign.mirrorOf ?? sign).q;
		sign.flagged = sign.isLarge && sign.q !== null && sign.q <= Number(presets.q_marker);
	}
}

/** Families by Simes over their signs, the school by Simes over families, and q over the schools of the year and region. */
export function combineFamilies(schools: readonly Evidence[], presets: Presets): void {
	for (const school of schools) {
		for (const family of families) {
			const ps = school.signs
				.filter((sign) => sign.family === family && sign.mirrorOf === null && sign.p !== null)
				.map((sign) => sign.p!);
			school.p[family] = simes(ps);
		}
		school.p_combined = simes(families.map((family) => school.p[family]).filter((p) => p !== null));
		school.marked = markedFamilies(school.signs);
	}
	for (const year of groupBy(schools, (school) => `${school.region_id}\n${school.year}`).values()) {
		const q = qValues(
			year.map((school) => school.p_combined),
			presets,
		);
		for (const [index, school] of year.entries()) school.q_combined = q[index]!;
	}
}

function markedFamilies(signs: readonly RawSign[]): Family[] {
	return families.filter((family) => signs.some((sign) => sign.family === family && sign.flagged));
}

/**
 * Level of evidence of one school and year before looking at other years (the levels 0, 1, 2 and X of the method card):
 * a school of which not one sign could be tested is unknown, not without signs; own signs count only when the school stands out over all signs together, and two families must speak for level 2;
 * an entry in a list of the authority is level 2 by itself.
 */
export function levelOfYear(
	school: Pick<Evidence, 'largest_n' | 'listed' | 'q_combined'> & { marked: readonly Family[] },
	presets: Presets,
): Exclude<Level, '3'> {
	if (school.listed > 0) return '2';
	if (school.largest_n < Number(presets.minimum_n)) return 'X';
	if (school.q_combined === null) return 'X';
	const standsOut = school.q_combined <= Number(presets.q_combined);
	if (!standsOut || school.marked.length === 0) return '0';
	return school.marked.length >= 2 ? '2' : '1';
}

/** Levels of all years of all schools: level 2 in two of three years, or confirmed by re-marking, is persistent. */
export function setLevels(schools: readonly Evidence[], presets: Presets): void {
	for (const years of groupBy(schools, (school) => school.school_id).values()) {
		const ofOneYear = new Map(
			years.map((school) => {
				// Papers pooled from earlier years say nothing of this year alone, so they do not count towards persistence.
				const alone = markedFamilies(school.signs.filter((sign) => !sign.pooledYears));
				const own = levelOfYear({ ...school, marked: alone, listed: 0 }, presets) === '2';
				return [school.year, { own, listed: school.listed > 0 }];
			}),
		);
		for (const school of years) {
			school.level = levelOfYear(school, presets);
			const recent = Array.from({ length: Number(presets.years) }, (_, back) =>
				ofOneYear.get(school.year - back),
			).filter((year) => year !== undefined);
			school.years_own = recent.filter(({ own }) => own).length;
			school.years_listed = recent.filter(({ listed }) => listed).length;
			school.years_marked = recent.filter(({ own, listed }) => own || listed).length;
			if (school.level === '2' && (school.confirmed || school.years_marked >= 2)) school.level = '3';
		}
	}
}
