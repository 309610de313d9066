/**
 * Whether a level of `result-objectivity` (0, 1, 2, 3, X) puts the results of a school and year in doubt: from level 2 on
 * they leave baselines, priors, lines of expectation and funnels, and are judged by those of the others (domain §4.5).
 */
export function isDoubtfulLevel(level: unknown): boolean {
	return level === '2' || level === '3';
}

/** Keys `school_id\nyear` of the results in doubt, from rows of `result-objectivity`. */
export function doubtfulSchoolYears(
	rows: readonly { school_id?: unknown; year?: unknown; level?: unknown }[] = [],
): Set<string> {
	return new Set(
		rows.filter(({ level }) => isDoubtfulLevel(level)).map(({ school_id, year }) => `${school_id}\n${year}`),
	);
}
