import type { Config } from 'vega-lite';

/** Reads a token as the page paints it now, so that charts follow light, dark and print. */
function tokens(): (name: string) => string {
	const style = getComputedStyle(document.documentElement);
	return (name) => style.getPropertyValue(`--${name}`).trim();
}

/** Colours of the two scales that exist once for the whole system, by value of a row. */
export function levelColours(): { evidence: Record<string, string>; deficit: Record<string, string> } {
	const token = tokens();
	const evidence = {
		none: token('evidence-none'),
		watch: token('evidence-watch'),
		sign: token('evidence-sign'),
		persistent: token('evidence-persistent'),
		insufficient: token('evidence-insufficient'),
	};
	return {
		evidence,
		deficit: { low: token('deficit-2'), medium: token('deficit-4'), high: token('deficit-5') },
	};
}

/** Shapes of the evidence levels in charts: told apart without colour. */
export const evidenceShapes: Record<string, string> = {
	none: 'circle',
	watch: 'triangle-up',
	sign: 'diamond',
	persistent: 'square',
	insufficient: 'cross',
};

/** The Vega-Lite configuration made of the tokens; `narrow` is for phones. */
export function chartConfig(narrow: boolean): Config {
	const token = tokens();
	const font = 'Golos Text, system-ui, sans-serif';
	const ink = token('ink');
	const soft = token('ink-soft');
	return {
		background: 'transparent',
		font,
		padding: 4,
		view: { stroke: null },
		axis: {
			labelColor: soft,
			titleColor: soft,
			titleFontWeight: 500,
			titleFontSize: 12,
			labelFontSize: 12,
			titlePadding: 8,
			labelPadding: 6,
			gridColor: token('grid'),
			domainColor: token('rule-strong'),
			tickColor: token('rule-strong'),
			ticks: false,
			labelAngle: 0,
			labelLimit: narrow ? 150 : 360,
		},
		axisY: { domain: false },
		axisQuantitative: { tickCount: narrow ? 4 : 6 },
		axisXQuantitative: { tickCount: narrow ? 3 : 6 },
		axisX: { labelFlush: true, labelOverlap: 'greedy', labelSeparation: 6 },
		axisBand: { grid: false },
		legend: {
			labelColor: soft,
			titleColor: soft,
			titleFontWeight: 500,
			labelFontSize: 12,
			titleFontSize: 12,
			orient: narrow ? 'bottom' : 'top',
			direction: 'horizontal',
			columns: narrow ? 2 : 0,
			symbolStrokeWidth: 1.5,
			// of shapes alone: else they are black, also on black
			symbolFillColor: soft,
			labelLimit: 260,
		},
		header: { labelColor: ink, titleColor: soft, labelFontSize: 12, labelFontWeight: 600, labelLimit: 240 },
		title: { color: ink, fontSize: 13, fontWeight: 600, anchor: 'start' },
		mark: { color: token('data-1') },
		bar: { color: token('data-1'), cornerRadiusEnd: 2 },
		rect: { stroke: token('paper'), strokeWidth: 1.5 },
		line: { color: token('data-1'), strokeWidth: 2 },
		area: { color: token('data-1'), opacity: 0.25 },
		point: { color: token('data-1'), filled: true, size: 64, strokeWidth: 1.5 },
		rule: { color: soft, strokeWidth: 1.5 },
		tick: { color: ink, thickness: 2 },
		text: { color: ink, fontSize: 12 },
		errorbar: { rule: { color: soft } },
		errorband: { band: { opacity: 0.18 } },
		style: {
			reference: { color: token('reference') },
			limit: { stroke: token('reference'), strokeDash: [4, 3], color: token('reference') },
			cutoff: { stroke: token('ink-soft'), strokeDash: [2, 3], color: token('ink-soft') },
			interval: { stroke: soft, strokeWidth: 1.5, color: soft },
			own: { color: token('brand') },
			accent: { color: token('deficit-4') },
			label: { fill: ink, color: ink, fontSize: 12 },
			'cell-label': { fill: token('cell-ink'), color: token('cell-ink'), fontSize: 12 },
			'cell-label-inverse': {
				fill: token('cell-ink-inverse'),
				color: token('cell-ink-inverse'),
				fontSize: 12,
			},
			selected: { color: token('brand'), stroke: token('brand'), strokeWidth: 2.5 },
			hidden: { color: token('sunken'), stroke: token('rule-strong'), strokeDash: [3, 2] },
		},
		range: {
			category: [1, 2, 3, 4, 5, 6].map((index) => token(`data-${index}`)),
			ordinal: sand(token),
			ramp: sand(token),
			heatmap: sand(token),
			diverging: [
				token('change-down'),
				token('deficit-2'),
				token('grid'),
				token('data-6'),
				token('change-up'),
			],
		},
	};
}

function sand(token: (name: string) => string): string[] {
	return [1, 2, 3, 4, 5].map((index) => token(`deficit-${index}`));
}

/** Number and date words of Vega's axes. */
export const chartLocales = {
	ru: {
		number: {
			decimal: ',',
			thousands: '\u00a0',
			grouping: [3],
			currency: ['', '\u00a0₽'] as [string, string],
			percent: '\u00a0%',
		},
		time: {
			dateTime: '%A, %e %B %Y г. %X',
			date: '%d.%m.%Y',
			time: '%H:%M:%S',
			periods: ['AM', 'PM'] as [string, string],
			days: ['воскресенье', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота'],
			shortDays: ['вс', 'пн', 'вт', 'ср', 'чт', 'пт', 'сб'],
			months: [
				'января',
				'февраля',
				'марта',
				'апреля',
				'мая',
				'июня',
				'июля',
				'августа',
				'сентября',
				'октября',
				'ноября',
				'декабря',
			],
			shortMonths: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
		},
	},
	en: {
		number: { decimal: '.', thousands: ',', grouping: [3], currency: ['£', ''] as [string, string] },
		time: {
			dateTime: '%a %e %b %X %Y',
			date: '%d/%m/%Y',
			time: '%H:%M:%S',
			periods: ['AM', 'PM'] as [string, string],
			days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
			shortDays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
			months: [
				'January',
				'February',
				'March',
				'April',
				'May',
				'June',
				'July',
				'August',
				'September',
				'October',
				'November',
				'December',
			],
			shortMonths: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
		},
	},
};
