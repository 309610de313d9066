import type { SchoolResponseRate } from '#data/records/joins/response-rate.ts';
import type { ResponseRate } from './contract/diagnostics.ts';

const DAY = 86_400_000;
const WINDOW_DAYS = 7;

/** Days from one `YYYY-MM-DD` to another. */
const daysBetween = (from: string, to: string): number =>
	Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/**
 * Answers per day over the last seven days of the window (fewer when it opened later), and the share of the invited
 * that would have answered by the closing day at that pace; null before the first answer.
 */
export function findPace(
	byDay: readonly { day: string; answered: number }[],
	invited: number,
	window: { opens_on: string; closes_on: string },
	today: string,
): { pace: number | null; forecast: number | null } {
	const answered = byDay.reduce((total, day) => total + day.answered, 0);
	if (answered === 0 || invited === 0) return { pace: null, forecast: null };
	const until = today < window.closes_on ? today : window.closes_on;
	const days = Math.min(WINDOW_DAYS, Math.max(1, daysBetween(window.opens_on, until) + 1));
	const recent = byDay.filter(({ day }) => day <= until && daysBetween(day, until) < days);
	const pace = recent.reduce((total, day) => total + day.answered, 0) / days;
	const left = Math.max(0, daysBetween(until, window.closes_on));
	return { pace, forecast: Math.min(1, (answered + pace * left) / invited) };
}

/** Rates of schools under their municipalities. */
export function groupByMunicipality(rates: readonly SchoolResponseRate[]): ResponseRate['by_municipality'] {
	const groups = Map.groupBy(rates, ({ municipality_id }) => municipality_id);
	return [...groups].map(([municipality_id, own]) => ({
		municipality_id,
		name: own[0]!.municipality_name,
		...sumRates(own),
		schools: own
			.map(({ school_id, school_name, invited, answered, declined }) => ({
				school_id,
				name: school_name,
				invited,
				answered,
				declined,
			}))
			.toSorted((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true })),
	}));
}

export function sumRates(rates: readonly Pick<SchoolResponseRate, 'invited' | 'answered' | 'declined'>[]) {
	const total = { invited: 0, answered: 0, declined: 0 };
	for (const { invited, answered, declined } of rates) {
		total.invited += invited;
		total.answered += answered;
		total.declined += declined;
	}
	return total;
}
