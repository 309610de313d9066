import type { NoteCode } from '../notes.ts';
import type { Tell } from '../progress.ts';
import { type AnswerPatterns, chooseItems, countCodes } from '../statistics/answer-patterns.ts';
import { itemFit } from '../statistics/item-fit.ts';
import { type PartialCredit, partialCredit } from '../statistics/partial-credit.ts';
import { type ItemDifficulty, likelihoodAbility, warmAbility } from '../statistics/person-ability.ts';
import { type PersonSample, personSample } from '../statistics/person-sample.ts';
import { personSeparation } from '../statistics/person-separation.ts';
import { countRanked, type RawScoreGroup, rawScoreGroups } from '../statistics/raw-score-groups.ts';

/** What the partial credit model says of an item: one number for 0/1, a threshold per step otherwise. */
export interface ItemEstimate {
	rasch_difficulty: number | (number | null)[] | null;
	rasch_se: number | (number | null)[] | null;
	infit: number | null;
	outfit: number | null;
	notes: NoteCode[];
}

/** Ability of a raw score over the items of the model. */
export interface PersonRow {
	raw_score: number;
	/** by weighted likelihood */
	ability: number | null;
	se: number | null;
	/** by maximum likelihood; none for extreme scores */
	ability_ml: number | null;
}

export interface Difficulties {
	items: ItemEstimate[];
	persons: PersonRow[];
	separation: number | null;
	/** persons behind all of this, and of how many, where so many patterns of gaps are different that not all were taken */
	sample: Pick<PersonSample, 'persons' | 'total'> | null;
	/** what stands behind them: items by their place in the scale, persons by raw score; null without a model */
	model:
		| ({ kept: number[]; groups: RawScoreGroup[] } & Pick<PartialCredit, 'cumulative' | 'locations'>)
		| null;
}

interface Fitting {
	/** items of the model, by their place in the scale */
	kept: number[];
	patterns: AnswerPatterns;
	groups: RawScoreGroup[];
	codes: number[][];
}

/**
 * Different patterns of gaps that are taken; with more, a sample of persons stands for all (decision 0039). Minutes and
 * gigabytes would go into digits that nobody reads.
 */
export const MOST_PATTERNS = 100_000;

/** Difficulties, fit and abilities of a scale whose every item has two codes or more; `errors` of difficulties unless told not to; `tell` hears the share of all this. */
export function estimateDifficulties(
	scale: AnswerPatterns,
	options: { errors?: boolean; tell?: Tell } = {},
): Difficulties {
	const { errors, tell } = options;
	tell?.({ stage: 'difficulties', share: 0 });
	const found = personSample(scale, MOST_PATTERNS);
	const sample = found && { persons: found.persons, total: found.total };
	const fitting = prepare(found?.patterns ?? scale);
	const model = partialCredit(fitting.groups, fitting.codes, {
		errors,
		told: (share) => tell?.({ stage: 'difficulties', share: (2 / 3) * share }),
	});
	if (!model)
		return {
			items: Array.from({ length: scale.items }, () => empty('not-converged')),
			persons: [],
			separation: null,
			sample,
			model: null,
		};
	const fit = itemFit(fitting.patterns, fitting.groups, model.cumulative, (share) =>
		tell?.({ stage: 'fit', share: (2 + share) / 3 }),
	);
	return {
		items: Array.from({ length: scale.items }, (_, item) => {
			const place = fitting.kept.indexOf(item);
			if (place < 0) return empty('extreme');
			return { ...estimateOf(model, place), ...(fit.items[place] ?? { infit: null, outfit: null }) };
		}),
		persons: personTable(model.cumulative),
		separation: personSeparation(fit.persons),
		sample,
		model: { ...fitting, cumulative: model.cumulative, locations: model.locations },
	};
}

/** Leaves out items that only persons with extreme scores tell apart, again until none is left. */
function prepare(scale: AnswerPatterns): Fitting {
	let kept = [...new Array(scale.items).keys()];
	for (;;) {
		const patterns = chooseItems(scale, kept);
		const maxima = countCodes(patterns).map((counts) => counts.length - 1);
		const groups = rawScoreGroups(patterns, maxima);
		const codes = countRanked(patterns, groups, maxima);
		const next = kept.filter((_, place) => codes[place]!.filter((count) => count > 0).length > 1);
		if (next.length === kept.length) return { kept, patterns, groups, codes };
		kept = next;
	}
}

const empty = (note: NoteCode): ItemEstimate => ({
	rasch_difficulty: null,
	rasch_se: null,
	infit: null,
	outfit: null,
	notes: [note],
});

function estimateOf(
	{ thresholds, errors }: PartialCredit,
	place: number,
): Omit<ItemEstimate, 'infit' | 'outfit'> {
	const [difficulty, se] = [thresholds[place]!, errors[place]!];
	const notes: NoteCode[] = difficulty.includes(null) ? ['empty-category'] : [];
	if (difficulty.length === 1) return { rasch_difficulty: difficulty[0]!, rasch_se: se[0]!, notes };
	return { rasch_difficulty: difficulty, rasch_se: se, notes };
}

function personTable(items: readonly ItemDifficulty[]): PersonRow[] {
	const most = items.reduce((sum, item) => sum + item.length - 1, 0);
	return Array.from({ length: most + 1 }, (_, raw_score) => {
		const warm = warmAbility(items, raw_score);
		const likelihood = likelihoodAbility(items, raw_score);
		return {
			raw_score,
			ability: warm?.ability ?? null,
			se: warm?.se ?? null,
			ability_ml: likelihood?.ability ?? null,
		};
	});
}
