import type { Compute, Language, LocalText, Row, Summarise } from '../module.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';

interface Wording {
	title: LocalText;
	source: LocalText;
	/** whether more is better, worse, or neither */
	direction: 1 | -1 | 0;
	/** shares of people sampled get an interval, complete counts do not */
	hasInterval: boolean;
}

const wordings: Record<string, Wording> = {
	N1: {
		title: { ru: 'Охват диагностикой', en: 'Coverage of the diagnostic' },
		source: {
			ru: 'выпущенные результаты последней кампании ÷ педагоги в реестре',
			en: 'released results of the last campaign ÷ teachers in the registry',
		},
		direction: 1,
		hasInterval: false,
	},
	N2: {
		title: {
			ru: 'Педагоги с высоким дефицитом хотя бы в одной группе компетенций',
			en: 'Teachers with a high deficit in at least one group of competencies',
		},
		source: {
			ru: 'прошедшие диагностику с высоким дефицитом ÷ прошедшие диагностику',
			en: 'diagnosed teachers with a high deficit ÷ diagnosed teachers',
		},
		direction: -1,
		hasInterval: true,
	},
	I2: {
		title: {
			ru: 'Педагоги с квалификационной категорией',
			en: 'Teachers with a qualification category',
		},
		source: {
			ru: 'действующие категории в реестре ÷ педагоги в реестре',
			en: 'valid categories in the registry ÷ teachers in the registry',
		},
		direction: 1,
		hasInterval: false,
	},
	A: {
		title: {
			ru: 'Школы с низкими результатами (две процедуры года и больше)',
			en: 'Schools with low results (two procedures of the year or more)',
		},
		source: {
			ru: 'школы, где «2» у 30 % и больше в двух процедурах ÷ школы с результатами',
			en: 'schools with 30 % or more fails in two procedures ÷ schools with results',
		},
		direction: -1,
		hasInterval: false,
	},
	H1: {
		title: { ru: 'Из них с планом поддержки', en: 'Of these, with a support plan' },
		source: {
			ru: 'школы с низкими результатами и согласованным планом ÷ школы с низкими результатами',
			en: 'schools with low results and an agreed plan ÷ schools with low results',
		},
		direction: 1,
		hasInterval: false,
	},
	H2: {
		title: { ru: 'Меры планов выполнены в срок', en: 'Measures of the plans done in time' },
		source: {
			ru: 'меры, выполненные в срок ÷ меры к исполнению',
			en: 'measures done in time ÷ measures due',
		},
		direction: 1,
		hasInterval: false,
	},
	N20: {
		title: {
			ru: 'Школы с маркером необъективности ВПР в перечне органа управления',
			en: 'Schools with a marker of non-objective ВПР in the list of the authority',
		},
		source: {
			ru: 'школы с одним маркером и больше ÷ школы, которые писали ВПР этого года',
			en: 'schools with one marker or more ÷ schools that took the ВПР of the year',
		},
		direction: -1,
		hasInterval: false,
	},
};

/** Counted over schools, of which even one speaks. */
const ofSchools = new Set(['A', 'H1', 'H2', 'N20']);

function verdictOf(delta: number | null, direction: number, language: Language): string | null {
	if (delta === null) return null;
	if (Math.abs(delta) < 0.05) return language === 'en' ? 'no change' : 'без изменений';
	const grows = delta > 0;
	if (direction === 0)
		return language === 'en' ? (grows ? 'grows' : 'falls') : grows ? 'растёт' : 'снижается';
	const isGood = grows === direction > 0;
	if (language === 'en') return isGood ? 'better' : 'needs attention';
	return isGood ? 'улучшение' : 'требует внимания';
}

/** Shares, the change against the previous measurement in percentage points, and the verdict in words. */
export const compute: Compute = (rows, { presets, language }) => ({
	rows: rows.map((input): Row => {
		const indicator = String(input.indicator);
		const wording = wordings[indicator] as Wording;
		const suffix = String(input.detail);
		const numerator = Number(input.numerator);
		const denominator = Number(input.denominator);
		const isSchools = ofSchools.has(indicator);
		const isEnough = denominator >= (isSchools ? 1 : Number(presets.minimum_denominator));
		const value = isEnough ? numerator / denominator : null;
		const previous =
			isEnough && Number(input.previous_denominator ?? 0) > 0
				? Number(input.previous_numerator) / Number(input.previous_denominator)
				: null;
		const delta = value === null || previous === null ? null : (value - previous) * 100;
		const interval =
			wording.hasInterval && isEnough
				? wilsonInterval(numerator, denominator, { confidence: Number(presets.confidence) })
				: null;
		return {
			indicator,
			title: suffix ? `${wording.title[language]} (${suffix})` : wording.title[language],
			numerator,
			denominator,
			value,
			value_lo: interval?.lo ?? null,
			value_hi: interval?.hi ?? null,
			previous,
			delta,
			verdict: verdictOf(delta, wording.direction, language),
			history: typeof input.history === 'string' ? input.history : null,
			source: wording.source[language],
			note: isEnough ? null : 'too-few-respondents',
		};
	}),
	notes: [],
});

/** Leads with the coverage, since every other share rests on it. */
export const summarise: Summarise = (rows) => {
	const coverage = rows.find((row) => row.indicator === 'N1');
	const percent = typeof coverage?.value === 'number' ? Math.round(coverage.value * 100) : null;
	return {
		title:
			percent === null
				? { ru: 'Показатели на сегодня', en: 'Indicators today' }
				: { ru: `Диагностику прошли ${percent} % педагогов`, en: `${percent} % of teachers were diagnosed` },
		subtitle: {
			ru: 'Числитель, знаменатель и динамика к предыдущему измерению',
			en: 'Numerator, denominator and change against the previous measurement',
		},
		summary: {
			ru: `Показателей: ${rows.length}.`,
			en: `Indicators: ${rows.length}.`,
		},
	};
};
