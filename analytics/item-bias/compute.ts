import { attributeLabel } from '../labels.ts';
import type { Compute, ComputeContext, LocalText, Note, Row, Summarise } from '../module.ts';
import { type MatchedItems, matchItems } from '../scale/matched-items.ts';
import { readPoints } from '../scale/points-text.ts';
import { shortTitle } from '../scale/short-title.ts';
import { asTwoValues } from '../scale/two-values.ts';
import {
	type DifferenceSize,
	etsDelta,
	standardisedMeanDifference,
} from '../statistics/differential-functioning.ts';
import { benjaminiHochberg } from '../statistics/false-discovery.ts';
import {
	jodoinGierlClass,
	type LogisticFunctioning,
	logisticFunctioning,
	zumboThomasClass,
} from '../statistics/logistic-functioning.ts';
import { mantelTest } from '../statistics/mantel-test.ts';

/** A row of `rows.sql`: one group, the largest first. */
interface GroupRow {
	campaign_id: string;
	instrument: string;
	instrument_title: string;
	group_key: string;
	n: number;
	school_count: number;
	largest_school_share: number;
	answers: string;
	items: string[];
	item_titles: string[];
}

const Z_95 = 1.959963984540054;
/** Rounds of cleaning the totals, as in the usual practice. */
const ROUNDS = 4;

const words = {
	none: { ru: 'понимают одинаково', en: 'taken the same way' },
	harder: { ru: 'труднее для группы', en: 'harder for the group' },
	easier: { ru: 'легче для группы', en: 'easier for the group' },
	crossing: {
		ru: 'различие зависит от общего результата',
		en: 'the difference depends on the overall result',
	},
	moderate: { ru: 'умеренно', en: 'moderately' },
	large: { ru: 'заметно', en: 'noticeably' },
	unknown: { ru: 'оценить нельзя', en: 'cannot be estimated' },
} satisfies Record<string, LocalText>;

const kinds = {
	'ets-delta': { ru: 'Δ ETS', en: 'ETS Δ' },
	smd: { ru: 'разность средних, балл', en: 'mean difference, points' },
} satisfies Record<string, LocalText>;

/** Every group against the largest, item by item, at an equal overall result: by Mantel and Haenszel and by ordinal logistic regression. */
export const compute: Compute = (input, context, tell) => {
	const groups = input as unknown as GroupRow[];
	const [reference, ...focal] = groups;
	if (!reference) return { rows: [], notes: [] };
	const minimum = Number(context.presets.minimum_n);
	const pairs = focal.map((group, at) =>
		testPair(reference, group, context.presets, (share) =>
			tell?.({ stage: 'groups', share: (at + share) / focal.length }),
		),
	);
	// One family: whoever looks at several groups looks at all their items.
	const q = benjaminiHochberg(pairs.flatMap(({ tested }) => tested.map((found) => found?.p ?? null)));
	const qLogistic = benjaminiHochberg(
		pairs.flatMap(({ tested }) => tested.map((found) => found?.logistic?.both.p ?? null)),
	);
	const width = reference.items.length;
	const rows = pairs.flatMap((pair, at) => {
		const own = (values: (number | null)[]) => values.slice(at * width, (at + 1) * width);
		return rowsOf(reference, pair, { q: own(q), qLogistic: own(qLogistic) }, context);
	});
	const notes: Note[] = [];
	if (focal.length === 0) notes.push({ code: 'no-reference' });
	const small = pairs.filter(({ isSmall }) => isSmall).length;
	if (small > 0) notes.push({ code: 'few-for-groups', count: small, values: { minimum } });
	return { rows, notes };
};

interface Tested {
	size: DifferenceSize | null;
	isBinary: boolean;
	p: number | null;
	logistic: LogisticFunctioning | null;
	isVaried: boolean;
}

interface Pair {
	group: GroupRow;
	/** by item; null where too few people could be matched */
	tested: (Tested | null)[];
	isSmall: boolean;
}

function testPair(
	reference: GroupRow,
	group: GroupRow,
	presets: ComputeContext['presets'],
	tell: (share: number) => void,
): Pair {
	// One unit for both: read together, then told apart.
	const { patterns, unit } = readPoints(`${reference.answers};${group.answers}`, reference.items.length);
	const ofReference = reference.answers.split(';').length;
	const keys = Array.from(patterns.counts, (_, row) => (row < ofReference ? 'reference' : 'focal'));
	const match = (apart: ReadonlySet<number>) => matchItems(patterns, keys, ['reference', 'focal'], apart);
	let apart: ReadonlySet<number> = new Set();
	let matched = match(apart);
	if (matched.matched.some((n) => n < Number(presets.minimum_n)))
		return { group, tested: reference.items.map(() => null), isSmall: true };
	for (let round = 0; ; round++) {
		const tested = reference.items.map((_, item, { length }) => {
			tell((round + item / length) / (ROUNDS + 1));
			return testItem(matched, item, unit);
		});
		const found = differentItems(tested, Number(presets.q));
		// Half of the items at least must hold the ruler.
		const isSame = found.size === apart.size && [...found].every((item) => apart.has(item));
		if (isSame || round >= ROUNDS || 2 * found.size > reference.items.length)
			return { group, tested, isSmall: false };
		apart = found;
		matched = match(apart);
	}
}

/** Items to be left out of the totals of the next round. */
function differentItems(tested: readonly Tested[], limit: number): Set<number> {
	const q = benjaminiHochberg(tested.map(({ p }) => p));
	const qLogistic = benjaminiHochberg(tested.map(({ logistic }) => logistic?.both.p ?? null));
	const named = tested.flatMap((found, item) =>
		judge(found, q[item] ?? null, qLogistic[item] ?? null, limit).direction === null ? [] : [item],
	);
	return new Set(named);
}

function rowsOf(
	reference: GroupRow,
	{ group, tested, isSmall }: Pair,
	{ q, qLogistic }: { q: (number | null)[]; qLogistic: (number | null)[] },
	{ presets, language, filters }: ComputeContext,
): Row[] {
	const label = (key: string) => attributeLabel(String(filters.by), key, language);
	return reference.items.map((item, place): Row => {
		const found = tested[place] ?? null;
		const judged = found && judge(found, q[place] ?? null, qLogistic[place] ?? null, Number(presets.q));
		const logistic = found?.logistic ?? null;
		const [slope, error] = [logistic?.slopes[0] ?? null, logistic?.errors[0] ?? null];
		const isKnown = slope !== null && error !== null;
		const title = reference.item_titles[place] ?? item;
		return {
			campaign_id: group.campaign_id,
			instrument: group.instrument,
			instrument_title: group.instrument_title,
			item,
			item_title: title,
			item_label: shortTitle(place, title),
			group_key: group.group_key,
			group_label: label(group.group_key),
			reference_label: label(reference.group_key),
			n: group.n,
			n_reference: reference.n,
			verdict:
				judged === null
					? null
					: verdictOf(judged)
							.map((word) => words[word][language])
							.join(' '),
			size: judged?.size ?? null,
			shift: slope,
			shift_lo: isKnown ? slope - Z_95 * error : null,
			shift_hi: isKnown ? slope + Z_95 * error : null,
			effect: found?.size?.effect ?? null,
			effect_kind: found ? kinds[found.isBinary ? 'ets-delta' : 'smd'][language] : null,
			class_mh: found?.size?.class ?? null,
			p: found?.p ?? null,
			q: q[place] ?? null,
			delta_r2: logistic?.deltaR2 ?? null,
			class_r2: logistic ? jodoinGierlClass(logistic.deltaR2) : null,
			class_r2_wide: logistic ? zumboThomasClass(logistic.deltaR2) : null,
			p_uniform: logistic?.uniform.p ?? null,
			p_nonuniform: logistic?.nonuniform.p ?? null,
			q_logistic: qLogistic[place] ?? null,
			// a comparison tells as much of one side as of the other
			school_count: Math.min(group.school_count, reference.school_count),
			largest_school_share: Math.max(group.largest_school_share, reference.largest_school_share),
			note: isSmall ? 'too-few-respondents' : noteOf(found),
		};
	});
}

function testItem({ codes, strata }: MatchedItems, item: number, unit: number): Tested {
	const { isBinary, matched } = asTwoValues(strata[item]!, codes[item]!);
	if (matched.length === 0) return { size: null, isBinary, p: null, logistic: null, isVaried: false };
	const strataOnly = matched.map(({ stratum }) => stratum);
	const test = mantelTest(strataOnly);
	const raw = isBinary ? etsDelta(strataOnly, 1) : standardisedMeanDifference(strataOnly, 1);
	const size = raw && !isBinary ? { ...raw, effect: raw.effect / unit } : raw;
	return { size, isBinary, p: test?.p ?? null, logistic: logisticFunctioning(matched), isVaried: true };
}

const noteOf = (found: Tested | null): string | null =>
	found === null || !found.isVaried ? 'no-variance' : found.logistic === null ? 'not-converged' : null;

interface Judgement {
	size: 'none' | 'moderate' | 'large' | 'unknown';
	direction: 'harder' | 'easier' | 'crossing' | null;
}

/** A difference is named when one of the methods finds it beyond chance and its size is not negligible by the same method. */
function judge(found: Tested, q: number | null, qLogistic: number | null, limit: number): Judgement {
	const { size, logistic } = found;
	if (size === null && logistic === null) return { size: 'unknown', direction: null };
	const classes = [
		q !== null && q <= limit ? size?.class : undefined,
		qLogistic !== null && qLogistic <= limit && logistic ? jodoinGierlClass(logistic.deltaR2) : undefined,
	];
	if (!classes.includes('B') && !classes.includes('C')) return { size: 'none', direction: null };
	const isCrossing = logistic !== null && logistic.nonuniform.p < 0.01 && logistic.uniform.p > 0.05;
	const sign = logistic?.slopes[0] ?? size?.effect ?? 0;
	return {
		size: classes.includes('C') ? 'large' : 'moderate',
		direction: isCrossing ? 'crossing' : sign < 0 ? 'harder' : 'easier',
	};
}

function verdictOf({ size, direction }: Judgement): (keyof typeof words)[] {
	if (size === 'none' || size === 'unknown' || direction === null) return [size];
	return direction === 'crossing' ? [direction] : [size, direction];
}

/** Says how many items some group takes otherwise than equally able others. */
export const summarise: Summarise = (rows, { presets }) => {
	const [first] = rows;
	const items = new Set(rows.map(({ item }) => item)).size;
	const judged = rows.filter(({ size }) => size !== null);
	const named = new Set(
		judged.filter(({ size }) => size === 'moderate' || size === 'large').map(({ item }) => item),
	).size;
	const summary = {
		ru: `Пунктов: ${items}, сравнений: ${judged.length}. Левее нуля пункт труднее для группы, чем для других с тем же общим результатом.`,
		en: `Items: ${items}, comparisons: ${judged.length}. Left of zero an item is harder for the group than for others with the same overall result.`,
	};
	if (!first)
		return {
			title: { ru: 'Сравнивать пока нечего', en: 'There is nothing to compare yet' },
			subtitle: {
				ru: 'Нужны выпущенные результаты и хотя бы две группы педагогов',
				en: 'It takes released results and two groups of teachers at least',
			},
			summary,
		};
	const subtitle = {
		ru: `${first.instrument_title}; сравнение с группой «${first.reference_label}» при равном общем результате`,
		en: `${first.instrument_title}; compared with “${first.reference_label}” at an equal overall result`,
	};
	if (judged.length === 0)
		return {
			title: rows.every(({ note }) => note === 'too-few-respondents')
				? {
						ru: `Группы малы: для сравнения нужно по ${presets.minimum_n} полных ответов`,
						en: `Groups are small: a comparison takes ${presets.minimum_n} complete responses each`,
					}
				: { ru: 'Показать нельзя: группы слишком малы', en: 'Cannot be shown: the groups are too small' },
			subtitle,
			summary,
		};
	return {
		title:
			named === 0
				? {
						ru: `Различий нет: все пункты (${items}) работают одинаково`,
						en: `No differences: all items (${items}) work alike`,
					}
				: {
						ru: `По-разному работает ${named} из ${items} пунктов`,
						en: `${named} of ${items} items work differently`,
					},
		subtitle,
		summary,
	};
};
