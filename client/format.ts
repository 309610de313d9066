import type { Language } from './i18n.ts';

const locale = (language: Language) => (language === 'ru' ? 'ru-RU' : 'en-GB');
const minus = '\u2212';
const narrow = '\u202f';
const fixed = '\u00a0';

const formatters = new Map<string, Intl.NumberFormat>();

function numbers(language: Language, least: number, most: number): Intl.NumberFormat {
	const id = `${language}${least}-${most}`;
	let formatter = formatters.get(id);
	if (!formatter) {
		formatter = new Intl.NumberFormat(locale(language), {
			minimumFractionDigits: least,
			maximumFractionDigits: most,
		});
		formatters.set(id, formatter);
	}
	return formatter;
}

/** A number with a fixed count of decimals, true minus, decimal comma in Russian: «−1 234,5». */
export function formatNumber(value: number, language: Language, decimals = 0): string {
	return numbers(language, decimals, decimals).format(value).replace('-', minus);
}

/** At most `decimals` decimals, none when they are zeros. */
export function formatShort(value: number, language: Language, decimals = 1): string {
	return numbers(language, 0, decimals).format(value).replace('-', minus);
}

/** Percent of a value that is already in percent: «41 %» in Russian, "41%" in English. */
export function formatPercent(value: number, language: Language, decimals = 0): string {
	return `${formatNumber(value, language, decimals)}${language === 'ru' ? `${fixed}%` : '%'}`;
}

/** Percent of a share between 0 and 1. */
export function formatShare(share: number, language: Language, decimals = 0): string {
	return formatPercent(share * 100, language, decimals);
}

/** «41 % [36–46]»: the value with its interval, in percent. */
export function formatInterval(
	value: number,
	low: number | null,
	high: number | null,
	language: Language,
	decimals = 0,
): string {
	const text = formatPercent(value, language, decimals);
	if (low === null || high === null) return text;
	return `${text} [${formatNumber(low, language, decimals)}–${formatNumber(high, language, decimals)}]`;
}

/** «62 ± 7». */
export function formatPlusMinus(value: number, half: number, language: Language, decimals = 0): string {
	return `${formatNumber(value, language, decimals)}${fixed}±${fixed}${formatNumber(half, language, decimals)}`;
}

/** «0,032», «< 0,001»: three decimals, never a bare zero. */
export function formatPValue(value: number, language: Language): string {
	if (value < 0.001) return `<${narrow}${formatNumber(0.001, language, 3)}`;
	return formatNumber(value, language, 3);
}

/** A day: «12 декабря 2026 г.»; accepts ISO dates and timestamps. */
export function formatDate(iso: string, language: Language): string {
	return new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: zoneOf(iso) }).format(
		new Date(iso),
	);
}

/** A short day for tables: «12.12.2026» in Russian, 12/12/2026 in English. */
export function formatDay(iso: string, language: Language): string {
	return new Intl.DateTimeFormat(locale(language), {
		day: '2-digit',
		month: '2-digit',
		year: 'numeric',
		timeZone: zoneOf(iso),
	}).format(new Date(iso));
}

/** Hours and minutes of a timestamp: «10:42». */
export function formatTime(iso: string, language: Language): string {
	return new Intl.DateTimeFormat(locale(language), { hour: '2-digit', minute: '2-digit' }).format(
		new Date(iso),
	);
}

/** A day and time: «12 дек. 2026 г., 10:42». */
export function formatMoment(iso: string, language: Language): string {
	return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
		new Date(iso),
	);
}

/** Days without a time are calendar days: they must not move with the reader's zone. */
function zoneOf(iso: string): string | undefined {
	return iso.length === 10 ? 'UTC' : undefined;
}

type CellFormat =
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

/** A cell of a result table as a person reads it; null is told apart by the caller (see HiddenCell). */
export function formatCell(
	value: string | number | boolean,
	format: CellFormat | undefined,
	language: Language,
): string {
	if (typeof value === 'boolean') return value ? yes[language] : no[language];
	if (typeof value === 'string') return format === 'date' ? formatDay(value, language) : value;
	switch (format) {
		case 'count':
			return formatNumber(value, language);
		case 'percent':
			return formatPercent(value, language, Number.isInteger(value) ? 0 : 1);
		case 'share':
			return formatShare(value, language);
		case 'p_value':
			return formatPValue(value, language);
		case 'id':
			return String(value);
		case undefined:
			// years, grades and numbers of rows carry no format and take no thousands separator
			return Number.isInteger(value) ? String(value) : formatShort(value, language, 2);
		default:
			return formatShort(value, language, 2);
	}
}

const yes = { ru: 'да', en: 'yes' };
const no = { ru: 'нет', en: 'no' };
