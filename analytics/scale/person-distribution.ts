import type { ItemDifficulty } from '../statistics/person-ability.ts';
import { warmAbility } from '../statistics/person-ability.ts';
import type { RawScoreGroup } from '../statistics/raw-score-groups.ts';
import { joinSparse } from './join-sparse.ts';

export interface AbilityBand {
	from: number;
	to: number;
	count: number;
}

/** Width of a band before sparse ones are joined, in logits. */
const WIDTH = 0.5;

/**
 * How many persons stand where on the scale of the items: abilities by weighted likelihood (Warm 1989), extreme scores included,
 * in bands of half a logit. A score out of the model's reach, since its highest category was chosen by nobody else and has no
 * estimate, stands with the nearest score within reach. A band of fewer than `least` persons is joined to its smaller neighbour, so that none
 * tells of a few people.
 */
export function personDistribution(
	groups: readonly RawScoreGroup[],
	cumulative: readonly ItemDifficulty[],
	least: number,
): AbilityBand[] {
	const counts = new Map<number, number>();
	for (const group of groups) {
		const items = group.items.map((item) => cumulative[item]!);
		const persons = Array.from(group.scores);
		persons[0] = group.lowest;
		persons[group.most] = group.highest;
		const [low, high] = reach(items);
		for (const [score, n] of persons.entries()) {
			const found = n > 0 ? warmAbility(items, Math.min(Math.max(score, low), high)) : null;
			if (!found) continue;
			const band = Math.floor(found.ability / WIDTH);
			counts.set(band, (counts.get(band) ?? 0) + n);
		}
	}
	const bands = [...counts]
		.sort(([left], [right]) => left - right)
		.map(([band, count]) => ({ from: band * WIDTH, to: (band + 1) * WIDTH, count }));
	const joined = joinSparse(bands, least, {
		people: ({ count }) => count,
		join: (left, right) => ({ from: left.from, to: right.to, count: left.count + right.count }),
	});
	return joined.filter(({ count }) => count >= least);
}

/** The lowest and the highest score that estimated categories add up to. */
function reach(items: readonly ItemDifficulty[]): [number, number] {
	const estimated = (beta: number | null): boolean => beta !== null;
	return [
		items.reduce((sum, difficulty) => sum + difficulty.findIndex(estimated), 0),
		items.reduce((sum, difficulty) => sum + difficulty.findLastIndex(estimated), 0),
	];
}
