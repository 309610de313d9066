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

/**
 * Mean squares of items (Wright and Masters 1982) at maximum-likelihood abilities, as `itemfit` of R eRm: outfit
 * `Σz²/n`, infit `Σ(x−E)²/ΣV` over the persons who answered the item, extreme scores left out.
 */
export function itemFit(
	{ items, codes, counts }: AnswerPatterns,
	groups: readonly RawScoreGroup[],
	difficulties: readonly ItemDifficulty[],
): Fit {
	const persons: Fit['persons'] = [];
	const [n, standardised, raw, variances] = [0, 1, 2, 3].map(() => new Float64Array(items)) as [
		Float64Array,
		Float64Array,
		Float64Array,
		Float64Array,
	];
	for (const group of groups) {
		const width = group.items.length;
		const own = group.items.map((item) => difficulties[item]!);
		// Expected points and variances of the group's items, by raw score.
		const means = new Float64Array(group.scores.length * width);
		const spreads = new Float64Array(group.scores.length * width);
		for (const [score, count] of group.scores.entries()) {
			if (count === 0) continue;
			const found = likelihoodAbility(own, score);
			if (!found) continue;
			persons.push({ ...found, count });
			for (const [place, difficulty] of own.entries()) {
				const { mean, variance } = itemMoments(difficulty, found.ability);
				means[score * width + place] = mean;
				spreads[score * width + place] = variance;
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
