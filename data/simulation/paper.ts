import type { Random } from './random.ts';

/** The items of a procedure as one school meets them. */
export interface PaperItems {
	maxima: readonly number[];
	/** ability at which a point is earned half of the time */
	difficulties: readonly number[];
	/** difficulty in the procedure as a whole: what counts as a hard item there */
	hardness: readonly number[];
}

/** A pupil's paper; the items sum to the score. */
export interface Paper {
	items: number[];
	score: number;
}

/** From this difficulty on an item is one that help is given with, and this is the chance of a point with help. */
const HELPED_FROM = 0.3;
const HELPED_CHANCE = 0.85;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Chance of one point of every item for an ability, honest work. */
export function pointChances(
	{ difficulties }: PaperItems,
	ability: number,
	discrimination: number,
): number[] {
	return difficulties.map((difficulty) => logistic(discrimination * (ability - difficulty)));
}

/** Answers a paper point by point; with help the hard items are earned as often as the helper knows them. */
export function answerPaper(
	random: Random,
	{ maxima, hardness }: PaperItems,
	chances: readonly number[],
	isHelped: boolean,
): Paper {
	let score = 0;
	const items = maxima.map((maximum, index) => {
		const known = chances[index] as number;
		const chance =
			isHelped && (hardness[index] as number) > HELPED_FROM ? Math.max(known, HELPED_CHANCE) : known;
		let points = 0;
		for (let point = 0; point < maximum; point += 1) if (random.chance(chance)) points += 1;
		score += points;
		return points;
	});
	return { items, score };
}

/**
 * With probability `share` lifts a paper that stands at most `reach` points below a border onto it, on the harder
 * items that have room, so that the items still sum to the score. True when it did.
 */
export function liftToBorder(
	random: Random,
	paper: Paper,
	{ maxima, hardness }: PaperItems,
	{ borders, share, reach }: { borders: readonly number[]; share: number; reach: number },
): boolean {
	const border = borders.find((cutoff) => paper.score < cutoff && paper.score >= cutoff - reach);
	if (border === undefined || !random.chance(share)) return false;
	while (paper.score < border) {
		const open = paper.items.flatMap((points, index) => (points < (maxima[index] as number) ? [index] : []));
		const hard = open.filter((index) => (hardness[index] as number) > 0);
		const chosen = hard.length > 0 ? hard : open;
		if (chosen.length === 0) break;
		paper.items[random.pick(chosen)]! += 1;
		paper.score += 1;
	}
	return true;
}

/** The mark of a score: 2 below the first border, one more at each. `borders` ascend. */
export function markOf(score: number, borders: readonly number[]): number {
	return 2 + borders.filter((border) => score >= border).length;
}
