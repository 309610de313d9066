import type { AnswerPatterns } from './answer-patterns.ts';
import { type Ability, type ItemDifficulty, itemMoments, likelihoodAbility } from './person-ability.ts';
import type { RawScoreGroup } from './raw-score-groups.ts';

export interface ItemFit {
	/** information-weighted mean square; 1 as the model expects, more for noise, less for redundancy */
	infit: number;
	/** mean of squared standardised residuals: sensitive to surprising answers far from the item's difficulty */
	outfit: number;
}

export interface Fit {
	/** null for an item whose answers leave nothing to chance */
	items: (ItemFit | null)[];
	/** abilities by maximum likelihood, with the number of persons of each */
	persons: (Ability & { count: number })[];
}

/** Shares of all points for which an ability is remembered. */
const SHARES = 100;
/** Groups between two words to who waits. */
const TOLD = 1000;
const NOTHING = { mean: 0, variance: 0 };

/**
 * Mean squares of items (Wright and Masters 1982) at maximum-likelihood abilities, as `itemfit` of R eRm: outfit
 * `Σz²/n`, infit `Σ(x−E)²/ΣV` over the persons who answered the item, extreme scores left out. `told` hears the share of groups
 * that are done.
 */
export function itemFit(
	{ items, codes, counts }: AnswerPatterns,
	groups: readonly RawScoreGroup[],
	difficulties: readonly ItemDifficulty[],
	told?: (share: number) => void,
): Fit {
	const persons: Fit['persons'] = [];
	const [n, standardised, raw, variances] = [0, 1, 2, 3].map(() => new Float64Array(items)) as [
		Float64Array,
		Float64Array,
		Float64Array,
		Float64Array,
	];
	// Expected points and variances of a group's items, by raw score.
	const cells = groups.reduce(
		(most, { scores, items: own }) => Math.max(most, scores.length * own.length),
		0,
	);
	const means = new Float64Array(cells);
	const spreads = new Float64Array(cells);
	// What was found last for a like share of the points: groups that differ in a gap or two hardly differ in it.
	const near = new Float64Array(SHARES + 1);
	for (const [done, group] of groups.entries()) {
		if (done % TOLD === 0) told?.(done / groups.length);
		const width = group.items.length;
		const own = group.items.map((item) => difficulties[item]!);
		for (let score = 0; score < group.scores.length; score++) {
			const count = group.scores[score]!;
			if (count === 0) continue;
			const share = Math.round((SHARES * score) / group.most);
			const found = likelihoodAbility(own, score, near[share]);
			if (found) {
				persons.push({ ...found, count });
				near[share] = found.ability;
			}
			for (let place = 0; place < width; place++) {
				const at = score * width + place;
				const { mean, variance } = found ? itemMoments(own[place]!, found.ability) : NOTHING;
				means[at] = mean;
				spreads[at] = variance;
			}
		}
		for (const row of group.rows) {
			const start = row * items;
			const weight = counts[row]!;
			let score = 0;
			for (let place = 0; place < width; place++) score += codes[start + group.items[place]!]!;
			for (let place = 0; place < width; place++) {
				const item = group.items[place]!;
				const variance = spreads[score * width + place]!;
				if (variance === 0) continue;
				const square = (codes[start + item]! - means[score * width + place]!) ** 2;
				n[item]! += weight;
				standardised[item]! += (weight * square) / variance;
				raw[item]! += weight * square;
				variances[item]! += weight * variance;
			}
		}
	}
	return {
		items: Array.from(n, (count, item) =>
			count > 0 && variances[item]! > 0
				? { infit: raw[item]! / variances[item]!, outfit: standardised[item]! / count }
				: null,
		),
		persons,
	};
}
