import { codeShare, extremeShareStep } from '../disclosure.ts';
import type { Compute, ComputeContext, Language, Note, Row, Summarise } from '../module.ts';
import { partOf, type Tell } from '../progress.ts';
import { type Difficulties, estimateDifficulties, MOST_PATTERNS } from '../scale/difficulties.ts';
import { personDistribution } from '../scale/person-distribution.ts';
import { readPoints } from '../scale/points-text.ts';
import { rankCodes } from '../scale/ranked-codes.ts';
import { countsInWords, reliabilityOf, scaleItems } from '../scale/report.ts';
import { shortTitle } from '../scale/short-title.ts';
import { alphaOfCovariances } from '../statistics/alpha-of-covariances.ts';
import { andersenTest } from '../statistics/andersen-test.ts';
import { type AnswerPatterns, chooseItems, countCodes } from '../statistics/answer-patterns.ts';
import { itemRestCorrelation } from '../statistics/item-rest-correlation.ts';
import { flagsOf, flagTexts, type Option } from './flags.ts';

/** A row of `rows.sql`; the first one alone carries answers. */
interface ItemRow {
	campaign_id: string;
	instrument: string;
	instrument_title: string;
	channel: string;
	item: string;
	item_title: string;
	max_points: number;
	option_titles: string[] | null;
	option_counts: number[] | null;
	option_points: number[] | null;
	option_rests: number[] | null;
	n: number;
	school_count: number;
	largest_school_share: number;
	answers: string | null;
}

const empty = {
	part_title: null,
	n_answered: null,
	max_points: null,
	facility: null,
	facility_coded: null,
	item_rest: null,
	alpha_without: null,
	difficulty: null,
	difficulty_se: null,
	infit: null,
	outfit: null,
	logit_from: null,
	logit_to: null,
	n_part: null,
	share: null,
	share_coded: null,
	flags: null,
	note: null,
} satisfies Row;

/** What the model of difficulties says, by the place of the item in the instrument. */
interface Model {
	estimates: Difficulties;
	/** place in the instrument of each item of the model */
	modelled: number[];
	ranked: AnswerPatterns;
}

/** Every item with its facility, its place among the others, its difficulty and fit, and words for what is worth a look. */
export const compute: Compute = (input, context, tell) => {
	const { presets, language } = context;
	const items = input as unknown as ItemRow[];
	const [first] = items;
	if (!first) return { rows: [], notes: [] };
	const minimum = Number(presets.minimum_n);
	if (first.n < minimum)
		return {
			rows: items.map((item, place) => ({ ...keysOf(item, place), ...empty, note: 'too-few-respondents' })),
			notes: [{ code: 'few-for-scale', values: { minimum } }],
		};
	const { patterns, unit } = readPoints(first.answers, items.length);
	const codes = countCodes(patterns);
	const varied = scaleItems(codes);
	tell?.({ stage: 'items', share: 0.1 });
	const { covariances } = reliabilityOf(chooseItems(patterns, varied));
	tell?.({ stage: 'difficulties', share: 0.3 });
	const isModelled = first.n >= Number(presets.minimum_model_n);
	const model = isModelled ? fitModel(patterns, presets, partOf(tell, 0.3, 0.7)) : null;
	// The option that most choose in a test is as good as its key.
	const isKeyHidden = first.channel === 'test' && !context.may_read_keys;
	const hidden = isKeyHidden ? items.filter((item) => item.option_titles !== null).length : 0;
	const rows = items.flatMap((item, place): Row[] => {
		const counts = codes[place]!;
		const n = counts.reduce((sum, count) => sum + count, 0);
		const points = counts.reduce((sum, count, code) => sum + count * code, 0) / unit;
		const at = varied.indexOf(place);
		const facility = n > 0 && item.max_points > 0 ? points / n / item.max_points : null;
		const estimate = estimateOf(model, place);
		const item_rest = at < 0 ? null : itemRestCorrelation(covariances, at);
		const options = optionsOf(item);
		const told = isKeyHidden ? [] : options;
		// what is rare in an attitude is no distractor
		const judged = item.channel === 'test' ? options : [];
		const flags = flagsOf(
			{ facility: at < 0 ? null : facility, item_rest, ...estimate, options: judged },
			presets as unknown as Parameters<typeof flagsOf>[1],
		);
		const keys = keysOf(item, place);
		const own: Row = {
			...keys,
			...empty,
			n_answered: n,
			max_points: item.max_points,
			facility,
			item_rest,
			alpha_without: at < 0 ? null : alphaOfCovariances(covariances, at),
			difficulty: estimate.difficulty,
			difficulty_se: estimate.difficulty_se,
			infit: estimate.infit,
			outfit: estimate.outfit,
			flags: flags.length > 0 ? flags.map((flag) => flagTexts[flag][language]).join('; ') : null,
			note: n === 0 ? 'all-missing' : at < 0 ? 'no-variance' : null,
		};
		// A facility that is told as a bound must not be told by the steps instead.
		const isTold = facility !== null && codeShare(facility, n).coded === null;
		return [own, ...(isTold ? thresholdRows(estimate, keys, language) : []), ...optionRows(told, keys, n)];
	});
	tell?.({ stage: 'fit', share: 0.7 });
	return {
		rows: [...rows, ...personRows(model, first, language)],
		notes: [
			...notesOf(model, first.n, context, partOf(tell, 0.7, 1)),
			...(hidden > 0 ? [{ code: 'options-withheld', count: hidden }] : []),
		],
	};
};

function keysOf(item: ItemRow, place: number): Row {
	const { campaign_id, instrument, instrument_title, n, school_count, largest_school_share } = item;
	return {
		campaign_id,
		instrument,
		instrument_title,
		kind: 'item',
		item: item.item,
		item_title: item.item_title,
		item_label: shortTitle(place, item.item_title),
		n,
		school_count,
		largest_school_share,
	};
}

function fitModel(
	patterns: AnswerPatterns,
	presets: ComputeContext['presets'],
	tell: Tell | undefined,
): Model | null {
	const every = rankCodes(patterns, Number(presets.minimum_category));
	const modelled = scaleItems(countCodes(every));
	if (modelled.length < 2) return null;
	const ranked = chooseItems(every, modelled);
	return { estimates: estimateDifficulties(ranked, { tell }), modelled, ranked };
}

interface Estimate {
	difficulty: number | null;
	difficulty_se: number | null;
	infit: number | null;
	outfit: number | null;
	thresholds: { value: number; se: number | null }[];
}

function estimateOf(model: Model | null, place: number): Estimate {
	const none = { difficulty: null, difficulty_se: null, infit: null, outfit: null, thresholds: [] };
	const at = model?.modelled.indexOf(place) ?? -1;
	const found = model?.estimates.items[at];
	const location = model?.estimates.model?.locations[model.estimates.model.kept.indexOf(at)];
	if (!found || !location) return none;
	const { rasch_difficulty, rasch_se, infit, outfit } = found;
	const steps = Array.isArray(rasch_difficulty) ? rasch_difficulty : [];
	const errors = Array.isArray(rasch_se) ? rasch_se : [];
	return {
		difficulty: location.difficulty,
		difficulty_se: location.se,
		infit,
		outfit,
		thresholds: steps.flatMap((value, h) => (value === null ? [] : [{ value, se: errors[h] ?? null }])),
	};
}

function thresholdRows({ thresholds }: Estimate, keys: Row, language: Language): Row[] {
	return thresholds.map(({ value, se }, h) => ({
		...keys,
		...empty,
		kind: 'threshold',
		part_title: language === 'ru' ? `ступень ${h + 1}` : `step ${h + 1}`,
		difficulty: value,
		difficulty_se: se,
	}));
}

function optionsOf({ option_titles, option_counts, option_points, option_rests }: ItemRow): Option[] {
	return (option_titles ?? []).map((title, at) => ({
		title,
		n: option_counts?.[at] ?? 0,
		points: option_points?.[at] ?? 0,
		rest: option_rests?.[at] ?? 0,
	}));
}

/** How often each option was chosen; what it is worth stays on the server. */
function optionRows(options: readonly Option[], keys: Row, n: number): Row[] {
	const chosen = options.reduce((sum, option) => sum + option.n, 0);
	if (chosen === 0) return [];
	return options.map((option) => ({
		...keys,
		...empty,
		kind: 'option',
		part_title: option.title,
		n_answered: n,
		n_part: option.n,
		share: option.n / chosen,
	}));
}

function personRows(model: Model | null, first: ItemRow, language: Language): Row[] {
	const known = model?.estimates.model;
	if (!known) return [];
	const all = known.groups.reduce(
		(sum, { scores, lowest, highest }) => sum + lowest + highest + scores.reduce((part, n) => part + n, 0),
		0,
	);
	// Bands as large as a share must be to be told plainly, and never of a few people.
	const least = Math.max(5, Math.floor(extremeShareStep(all) * all) + 1);
	const title = language === 'ru' ? 'Педагоги' : 'Teachers';
	return personDistribution(known.groups, known.cumulative, least).map(({ from, to, count }) => ({
		...keysOf(first, 0),
		...empty,
		kind: 'persons',
		item: 'persons',
		item_title: title,
		item_label: title,
		n_answered: all,
		difficulty: (from + to) / 2,
		logit_from: from,
		logit_to: to,
		n_part: count,
		share: count / all,
	}));
}

function notesOf(
	model: Model | null,
	n: number,
	{ presets, language }: ComputeContext,
	tell: Tell | undefined,
): Note[] {
	const minimum = Number(presets.minimum_model_n);
	if (n < minimum) return [{ code: 'few-for-model', values: { minimum } }];
	if (!model?.estimates.model) return [{ code: 'not-converged' }];
	const { sample } = model.estimates;
	const sampled = sample
		? [{ code: 'difficulties-from-sample', values: countsInWords(sample, language) }]
		: [];
	const test = andersenTest(chooseItems(model.ranked, model.estimates.model.kept), MOST_PATTERNS, (share) =>
		tell?.({ stage: 'fit', share }),
	);
	if (!test) return sampled;
	const number = (value: number, digits: number) =>
		new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
	return [
		...sampled,
		{
			code: test.p < 0.01 ? 'model-differs' : 'model-holds',
			values: {
				lr: number(test.lr, 1),
				df: test.df,
				p: test.p < 0.001 ? `p < ${number(0.001, 3)}` : `p = ${number(test.p, 3)}`,
			},
		},
	];
}

/** Says how many items are worth a look, and names the heaviest. */
export const summarise: Summarise = (rows, { presets }) => {
	const items = rows.filter(({ kind }) => kind === 'item');
	const [first] = items;
	const flagged = items.filter(({ flags }) => flags !== null);
	const summary = {
		ru: `Пунктов: ${items.length}, с пометками: ${flagged.length}. Точка — трудность пункта, чёрточки — его ступени, сверху — распределение педагогов.`,
		en: `Items: ${items.length}, with flags: ${flagged.length}. The dot is the difficulty of an item, ticks are its steps, on top stands the spread of teachers.`,
	};
	if (!first)
		return {
			title: { ru: 'Выпущенных результатов пока нет', en: 'No released results yet' },
			subtitle: {
				ru: 'Пункты разбирают по самооценкам, тестам и наблюдениям выпущенных кампаний',
				en: 'Items are judged in self-assessments, tests and observations of released campaigns',
			},
			summary,
		};
	const subtitle = {
		ru: `${first.instrument_title}; ответов: ${first.n ?? 'скрыто'}`,
		en: `${first.instrument_title}; responses: ${first.n ?? 'hidden'}`,
	};
	if (first.n === null)
		return {
			title: { ru: 'Показать нельзя: группа слишком мала', en: 'Cannot be shown: the group is too small' },
			subtitle,
			summary,
		};
	if (first.note === 'too-few-respondents')
		return {
			title: {
				ru: `Мало ответов: о пунктах можно судить от ${presets.minimum_n}`,
				en: `Too few responses: items can be judged from ${presets.minimum_n} on`,
			},
			subtitle,
			summary,
		};
	return {
		title:
			flagged.length === 0
				? {
						ru: `Все пункты работают: ${items.length} без пометок`,
						en: `All items work: ${items.length} without a flag`,
					}
				: {
						ru: `Стоит посмотреть: ${flagged.length} из ${items.length} пунктов`,
						en: `Worth a look: ${flagged.length} of ${items.length} items`,
					},
		subtitle,
		summary,
	};
};
