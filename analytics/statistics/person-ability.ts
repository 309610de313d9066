/** Moments of an item's points at an ability. */
export interface ItemMoments {
	mean: number;
	variance: number;
	/** third central moment */
	skew: number;
}

export interface Ability {
	ability: number;
	/** `1/√I`, I the information at the ability */
	se: number;
}

/** `[h]` cumulative difficulty β_h of h points; null for a category that cannot occur. */
export type ItemDifficulty = readonly (number | null)[];

/** Moments of an item under the partial credit model, `P(h) ∝ exp(hθ − β_h)`. */
export function itemMoments(difficulty: ItemDifficulty, ability: number): ItemMoments {
	// An item of 0/1 is the most frequent by far, and asked hundreds of millions of times where gaps are scattered.
	if (difficulty.length === 2 && difficulty[0] === 0 && difficulty[1] != null) {
		const mean = 1 / (1 + Math.exp(difficulty[1] - ability));
		const variance = mean * (1 - mean);
		return { mean, variance, skew: variance * (1 - 2 * mean) };
	}
	let highest = Number.NEGATIVE_INFINITY;
	for (const [h, beta] of difficulty.entries())
		if (beta !== null) highest = Math.max(highest, h * ability - beta);
	let total = 0;
	let first = 0;
	for (const [h, beta] of difficulty.entries()) {
		if (beta === null) continue;
		const weight = Math.exp(h * ability - beta - highest);
		total += weight;
		first += h * weight;
	}
	const mean = first / total;
	let variance = 0;
	let skew = 0;
	for (const [h, beta] of difficulty.entries()) {
		if (beta === null) continue;
		const share = Math.exp(h * ability - beta - highest) / total;
		variance += share * (h - mean) ** 2;
		skew += share * (h - mean) ** 3;
	}
	return { mean, variance, skew };
}

/**
 * Ability of a raw score by maximum likelihood: the θ at which the expected score is the raw score.
 * Returns null for an extreme score (the ability is infinite) and where no ability expects it. `start`: a guess, which saves steps.
 */
export function likelihoodAbility(
	items: readonly ItemDifficulty[],
	score: number,
	start = 0,
): Ability | null {
	return solve(items, (moments) => score - moments.mean, start);
}

/**
 * Ability of a raw score by weighted likelihood (Warm 1989), `r − E(θ) + J/(2I) = 0` with J the sum of third central moments:
 * the bias of order 1/k is gone, and extreme scores have an ability.
 * Returns null where no ability within reach solves it.
 */
export function warmAbility(items: readonly ItemDifficulty[], score: number): Ability | null {
	return solve(items, ({ mean, variance, skew }) => score - mean + skew / (2 * variance), 0);
}

/** Bisection of a function that falls with the ability, within ±30 logits. */
function solve(
	items: readonly ItemDifficulty[],
	rest: (moments: ItemMoments) => number,
	start: number,
): Ability | null {
	const at = (ability: number): ItemMoments => sumMoments(items, ability);
	// The extremes of a score leave nothing to be solved: the difference does not change its sign.
	if (!(rest(at(-30)) > 1e-9) || !(rest(at(30)) < -1e-9)) return null;
	let [low, high] = [-30, 30];
	let ability = start;
	for (let round = 0; round < 200; round++) {
		const moments = at(ability);
		const value = rest(moments);
		if (value > 0) low = ability;
		else high = ability;
		// Newton's step as long as it stays inside the bracket; the information is the slope, but for Warm's small term.
		const newton = ability + value / moments.variance;
		const next = newton > low && newton < high ? newton : (low + high) / 2;
		const moved = Math.abs(next - ability);
		ability = next;
		if (moved < 1e-11) break;
	}
	const { variance } = at(ability);
	return variance > 0 ? { ability, se: 1 / Math.sqrt(variance) } : null;
}

function sumMoments(items: readonly ItemDifficulty[], ability: number): ItemMoments {
	const total = { mean: 0, variance: 0, skew: 0 };
	for (let i = 0; i < items.length; i++) {
		const { mean, variance, skew } = itemMoments(items[i]!, ability);
		total.mean += mean;
		total.variance += variance;
		total.skew += skew;
	}
	return total;
}
