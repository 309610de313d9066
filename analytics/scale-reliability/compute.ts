import type { Compute, ComputeContext, LocalText, Note, Row, Summarise } from '../module.ts';
import { partOf, type Tell } from '../progress.ts';
import { type Difficulties, estimateDifficulties } from '../scale/difficulties.ts';
import { readPoints } from '../scale/points-text.ts';
import { rankCodes } from '../scale/ranked-codes.ts';
import { countsInWords, reliabilityOf, scaleItems } from '../scale/report.ts';
import { alphaOfCovariances } from '../statistics/alpha-of-covariances.ts';
import { type AnswerPatterns, chooseItems, countCodes } from '../statistics/answer-patterns.ts';
import { standardErrorPercent } from '../statistics/standard-error-of-measurement.ts';

/** A row of `rows.sql`; the first one alone carries answers and titles of items. */
interface ScaleRow {
	scale: string;
	kind: string;
	scale_title: string | null;
	/** places of the scale's items among those of the instrument */
	places: number[];
	max_points: number;
	cuts: number[] | null;
	percents: number[] | null;
	percent_counts: number[] | null;
	n: number;
	item_titles: string[] | null;
	answers: string | null;
}

const whole: LocalText = { ru: 'Инструмент целиком', en: 'The whole instrument' };
const Z_95 = 1.959963984540054;

const meanings = {
	weak: {
		ru: 'только для групп: результат одного человека слишком неточен',
		en: 'for groups alone: one person’s result is too vague',
	},
	fair: {
		ru: 'уровни одного человека — вместе с погрешностью',
		en: 'levels of one person together with the error',
	},
	strong: { ru: 'можно судить и об одном человеке', en: 'good enough to judge one person' },
} satisfies Record<string, LocalText>;

/** Reliability of every scale, its error in points and percent, and what the error does to levels. */
export const compute: Compute = (input, context, tell) => {
	const { presets, language } = context;
	const rows = input as unknown as ScaleRow[];
	const first = rows.find(({ answers }) => answers !== null);
	const titles = first?.item_titles ?? [];
	const { patterns, unit } = readPoints(first?.answers ?? null, titles.length);
	const samples: Difficulties['sample'][] = [];
	const found = rows.map((row, at): Row => {
		tell?.({ stage: 'scales', share: at / rows.length });
		const { places, max_points, cuts, percents, percent_counts, item_titles: _, answers: __, ...named } = row;
		const described = {
			...named,
			scale_title: row.kind === 'whole' ? whole[language] : row.scale_title,
			items: places.length,
		};
		if (row.n < Number(presets.minimum_n))
			return { ...described, ...nothing, note: 'too-few-respondents' } as Row;
		const scale = chooseItems(patterns, places);
		const varied = scaleItems(countCodes(scale));
		if (varied.length < 2)
			return { ...described, ...nothing, note: places.length === 1 ? 'single-item' : 'no-variance' } as Row;
		const answered = chooseItems(scale, varied);
		const { alpha, interval, omega, sem, covariances } = reliabilityOf(answered);
		const points = sem === null ? null : sem / unit;
		const percent = standardErrorPercent(points, max_points);
		const weakest = alpha === null ? null : weakestItem(covariances, alpha);
		const scored = sum(percent_counts);
		const { separation, sample } = separationOf(
			answered,
			presets,
			partOf(tell, at / rows.length, (at + 1) / rows.length),
		);
		samples.push(sample);
		return {
			...described,
			alpha,
			alpha_lo: interval?.lo ?? null,
			alpha_hi: interval?.hi ?? null,
			omega,
			separation,
			sem: points,
			sem_percent: percent,
			n_scored: scored > 0 ? scored : null,
			borderline: borderlineShare({ percents, percent_counts, cuts }, percent),
			borderline_coded: null,
			weakest_item: weakest === null ? null : (titles[places[varied[weakest.place]!]!] ?? null),
			alpha_without: weakest?.alpha ?? null,
			meaning: alpha === null ? null : meanings[meaningOf(alpha, presets)][language],
			note: alpha === null ? 'no-variance' : null,
		} as Row;
	});
	const notes = notesOf(found, Number(presets.minimum_n));
	const sample = samples.find((each) => each !== null);
	if (sample) notes.push({ code: 'difficulties-from-sample', values: countsInWords(sample, language) });
	return { rows: found, notes };
};

const nothing = {
	alpha: null,
	alpha_lo: null,
	alpha_hi: null,
	omega: null,
	separation: null,
	sem: null,
	sem_percent: null,
	n_scored: null,
	borderline: null,
	borderline_coded: null,
	weakest_item: null,
	alpha_without: null,
	meaning: null,
};

const sum = (counts: readonly number[] | null): number =>
	(counts ?? []).reduce((total, count) => total + count, 0);

function meaningOf(alpha: number, presets: ComputeContext['presets']): keyof typeof meanings {
	if (alpha < Number(presets.weak_alpha)) return 'weak';
	return alpha < Number(presets.strong_alpha) ? 'fair' : 'strong';
}

/** The item without which α is highest, if it is higher than with it. */
function weakestItem(
	covariances: Parameters<typeof alphaOfCovariances>[0],
	alpha: number,
): { place: number; alpha: number } | null {
	let best: { place: number; alpha: number } | null = null;
	for (const place of covariances.keys()) {
		const without = alphaOfCovariances(covariances, place);
		if (without !== null && without > (best?.alpha ?? alpha)) best = { place, alpha: without };
	}
	return best;
}

/** Separation by the model of partial credit, over categories that enough people chose. */
function separationOf(
	answered: AnswerPatterns,
	presets: ComputeContext['presets'],
	tell: Tell | undefined,
): Pick<Difficulties, 'separation' | 'sample'> {
	const ranked = rankCodes(answered, Number(presets.minimum_category));
	const modelled = scaleItems(countCodes(ranked));
	return modelled.length < 2
		? { separation: null, sample: null }
		: estimateDifficulties(chooseItems(ranked, modelled), { errors: false, tell });
}

/** Share of results that the error does not let be put on one side of the nearest border (method D11). */
function borderlineShare(
	{ percents, percent_counts, cuts }: Pick<ScaleRow, 'percents' | 'percent_counts' | 'cuts'>,
	semPercent: number | null,
): number | null {
	const all = sum(percent_counts);
	if (semPercent === null || !cuts?.length || !percents || !percent_counts || all === 0) return null;
	const near = percents.reduce(
		(count, percent, index) =>
			cuts.some((cut) => Math.abs(percent - cut) <= Z_95 * semPercent + 1e-9)
				? count + percent_counts[index]!
				: count,
		0,
	);
	return near / all;
}

function notesOf(rows: readonly Row[], minimum: number): Note[] {
	const codes = new Set(rows.flatMap(({ note }) => (note === null ? [] : [String(note)])));
	return [...codes].map(
		(code): Note =>
			code === 'too-few-respondents'
				? { code: 'few-for-scale', values: { minimum } }
				: { code, count: rows.filter(({ note }) => note === code).length },
	);
}

/** Says how sure the whole is and how many of its scales carry a level of one person. */
export const summarise: Summarise = (rows, { presets, language }) => {
	const number = (value: unknown, digits = 2) =>
		new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
			Number(value),
		);
	const first = rows[0];
	const summary = {
		ru: `Шкал: ${rows.length}. Точка — α, черта — 95-процентный интервал.`,
		en: `Scales: ${rows.length}. The dot is α, the line its 95 % interval.`,
	};
	if (!first)
		return {
			title: { ru: 'Выпущенных результатов пока нет', en: 'No released results yet' },
			subtitle: {
				ru: 'Надёжность считают по самооценкам, тестам и наблюдениям выпущенных кампаний',
				en: 'Reliability is worked out for self-assessments, tests and observations of released campaigns',
			},
			summary,
		};
	const subtitle = {
		ru: `${first.instrument_title}; ответов: ${first.n ?? 'скрыто'}`,
		en: `${first.instrument_title}; responses: ${first.n ?? 'hidden'}`,
	};
	const scales = rows.filter(({ kind }) => kind !== 'whole');
	const known = scales.filter(({ alpha }) => typeof alpha === 'number');
	if (known.length === 0 && typeof first.alpha !== 'number')
		return {
			title:
				first.n === null
					? { ru: 'Показать нельзя: группа слишком мала', en: 'Cannot be shown: the group is too small' }
					: first.note === 'too-few-respondents'
						? {
								ru: `Мало ответов: судить о надёжности можно от ${presets.minimum_n}`,
								en: `Too few responses: reliability can be judged from ${presets.minimum_n} on`,
							}
						: {
								ru: 'Ответы не различаются: надёжность оценить нельзя',
								en: 'Answers do not differ: reliability cannot be estimated',
							},
			subtitle,
			summary,
		};
	const weak = known.filter(({ alpha }) => Number(alpha) < Number(presets.weak_alpha));
	const wholeText =
		typeof first.alpha === 'number'
			? {
					ru: `Инструмент целиком: α = ${number(first.alpha)}`,
					en: `The whole instrument: α = ${number(first.alpha)}`,
				}
			: { ru: 'Надёжность шкал', en: 'Reliability of scales' };
	return {
		title: {
			ru: `${wholeText.ru}; шкал, точных лишь для групп: ${weak.length} из ${known.length}`,
			en: `${wholeText.en}; scales precise for groups alone: ${weak.length} of ${known.length}`,
		},
		subtitle,
		summary,
	};
};
