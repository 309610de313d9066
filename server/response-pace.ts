import { forecastCount, poissonDispersion } from '#analytics/statistics/count-forecast.ts';
import type {
	DayCount,
	MunicipalityResponseRate,
	SchoolResponseRate,
} from '#data/records/joins/response-rate.ts';
import type { Outlook, ResponseRate } from './contract/diagnostics.ts';

const DAY = 86_400_000;
/** A week holds every weekday once. */
const WINDOW_DAYS = 7;
/** Below these the interval would be a guess with digits. */
const FEWEST_ANSWERS = 5;
const FEWEST_DAYS = 2;
const LEVEL = 0.8;

interface Window {
	opens_on: string;
	closes_on: string;
}

/** Days from one `YYYY-MM-DD` to another. */
const daysBetween = (from: string, to: string): number =>
	Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/**
 * Answers per day over the last seven whole days of the window and the part of today that is over, and how many of the
 * invited will have answered by the end of the closing day if those who still wait go on answering as readily, as an
 * interval of 80 %. Too few days or answers give no forecast and the reason.
 *
 * @param moment the day and how much of it is over, 0..1
 */
export function findOutlook(
	byDay: readonly DayCount[],
	{ invited, declined }: { invited: number; declined: number },
	{ opens_on, closes_on }: Window,
	moment: { day: string; share: number },
): Outlook {
	const answered = byDay.reduce((total, each) => total + each.answered, 0);
	const isOver = moment.day > closes_on;
	const until = isOver ? closes_on : moment.day;
	const share = isOver ? 1 : moment.share;
	const whole = Math.min(WINDOW_DAYS, daysBetween(opens_on, until));
	if (answered === 0 || whole < 0) {
		const reason = isOver ? 'over' : whole < FEWEST_DAYS ? 'too-early' : 'too-few';
		return { pace: null, forecast: null, no_forecast: reason };
	}
	const counts = new Map(byDay.map((each) => [each.day, each.answered]));
	const before = Array.from(
		{ length: whole },
		(_, index) => counts.get(dayBefore(until, whole - index)) ?? 0,
	);
	const seen = [...before, counts.get(until) ?? 0];
	const events = seen.reduce((total, count) => total + count, 0);
	const days = whole + share;
	const pace = days > 0 ? events / days : null;
	if (isOver) return { pace, forecast: null, no_forecast: 'over' };
	if (days < FEWEST_DAYS) return { pace, forecast: null, no_forecast: 'too-early' };
	if (answered < FEWEST_ANSWERS) return { pace, forecast: null, no_forecast: 'too-few' };
	const waiting = Math.max(0, invited - declined - answered);
	const more = forecastCount(
		{
			events,
			exposure: countPersonDays(seen, waiting, share),
			waiting,
			ahead: daysBetween(until, closes_on) + 1 - share,
			dispersion: poissonDispersion(before),
		},
		LEVEL,
	)!;
	const [low, median, high] = [answered + more.low, answered + more.median, answered + more.high];
	return { pace, forecast: { low, median, high, level: LEVEL }, no_forecast: null };
}

/** Days that people waited with their answer: who answers on a day has waited half of it. The last day is not over. */
function countPersonDays(counts: readonly number[], waiting: number, share: number): number {
	let [stillThere, total] = [waiting, 0];
	for (const [index, count] of counts.toReversed().entries()) {
		total += (stillThere + count / 2) * (index === 0 ? share : 1);
		stillThere += count;
	}
	return total;
}

/** Rates of schools under their municipalities; `outlookOf` gives what is to be expected of one. */
export function groupByMunicipality(
	rates: readonly SchoolResponseRate[],
	outlookOf: (municipalityId: string) => Outlook | null,
): ResponseRate['by_municipality'] {
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
		outlook: outlookOf(municipality_id),
	}));
}

/** What is to be expected of each municipality of a campaign. */
export function findOutlooks(
	municipalities: readonly MunicipalityResponseRate[],
	window: Window,
	moment: { day: string; share: number },
): Map<string, Outlook> {
	return new Map(
		municipalities.map((each) => [each.municipality_id, findOutlook(each.by_day, each, window, moment)]),
	);
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

function dayBefore(day: string, days: number): string {
	return new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);
}
