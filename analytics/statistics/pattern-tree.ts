import type { ScoreGroup } from './conditional-likelihood.ts';
import { type ItemWeights, scoreDistribution } from './score-distribution.ts';

/**
 * The patterns of answered items of many groups, as a tree over the items: the root holds them whole, each branch what
 * they are on its half of the items. A thousand gaps scattered at random leave few different halves and fewer quarters, so
 * symmetric functions made once per different piece and multiplied together cost a part of those made per group, and
 * are the same sums of positive products.
 */
export interface PatternTree {
	root: Branch;
	groups: readonly ScoreGroup[];
}

interface Patterns {
	/** items of the node, ascending */
	items: readonly number[];
	/** different patterns here; pattern p has the coefficients `start[p]` to `start[p + 1]` */
	count: number;
	start: Uint32Array;
	/** by pattern, in the parent's words: what the piece contributes; filled by `multiplyOut` and `pullBackAll` */
	products: Float64Array;
	/** derivatives of Σ n·log γ by each coefficient */
	slopes: Float64Array;
}

export interface Leaf extends Patterns {
	/** the answered items of each pattern */
	answered: readonly number[][];
}

export interface Branch extends Patterns {
	left: TreeNode;
	right: TreeNode;
	/** the two pieces of each pattern */
	leftOf: Uint32Array;
	rightOf: Uint32Array;
}

export type TreeNode = Leaf | Branch;

export const isLeaf = (node: TreeNode): node is Leaf => 'answered' in node;

/** Pieces of this many items are not divided further: they have 128 patterns at most. */
const LEAF = 7;

/** The tree of groups with different patterns; `sizes[item]` = number of its categories. Two items at least. */
export function patternTree(groups: readonly ScoreGroup[], sizes: readonly number[]): PatternTree {
	const all = [...sizes.keys()];
	const half = all.length >> 1;
	const presence = presenceOf(groups, sizes.length);
	const [left, right] = [all.slice(0, half), all.slice(half)].map((items) =>
		grow(items, presence, groups.length, sizes),
	) as [Grown, Grown];
	const root: Branch = {
		...layOut(all, groups.length, (group) => groups[group]!.scores.length - 1),
		// A group is met score by score: its product is never written down.
		products: new Float64Array(0),
		left: left.node,
		right: right.node,
		leftOf: left.patternOf,
		rightOf: right.patternOf,
	};
	return { root, groups };
}

interface Grown {
	node: TreeNode;
	/** the pattern of each group on the items of the node */
	patternOf: Uint32Array;
}

/** `[group · items + item]`: 1 where the group answered. */
function presenceOf(groups: readonly ScoreGroup[], items: number): Uint8Array {
	const presence = new Uint8Array(groups.length * items);
	for (const [group, { items: answered }] of groups.entries())
		for (const item of answered) presence[group * items + item] = 1;
	return presence;
}

function grow(
	items: readonly number[],
	presence: Uint8Array,
	groups: number,
	sizes: readonly number[],
): Grown {
	const patternOf = new Uint32Array(groups);
	const known = new Map<number, number>();
	if (items.length <= LEAF) {
		const answered: number[][] = [];
		for (let group = 0; group < groups; group++) {
			let mask = 0;
			for (const [bit, item] of items.entries()) mask |= presence[group * sizes.length + item]! << bit;
			let pattern = known.get(mask);
			if (pattern === undefined) {
				pattern = answered.push(items.filter((_, bit) => (mask >> bit) & 1)) - 1;
				known.set(mask, pattern);
			}
			patternOf[group] = pattern;
		}
		const most = (pattern: number): number =>
			answered[pattern]!.reduce((sum, item) => sum + sizes[item]! - 1, 0);
		return { node: { ...layOut(items, answered.length, most), answered }, patternOf };
	}
	const half = items.length >> 1;
	const left = grow(items.slice(0, half), presence, groups, sizes);
	const right = grow(items.slice(half), presence, groups, sizes);
	const [leftOf, rightOf]: [number[], number[]] = [[], []];
	for (let group = 0; group < groups; group++) {
		const [one, other] = [left.patternOf[group]!, right.patternOf[group]!];
		const key = one * right.node.count + other;
		let pattern = known.get(key);
		if (pattern === undefined) {
			pattern = leftOf.push(one) - 1;
			rightOf.push(other);
			known.set(key, pattern);
		}
		patternOf[group] = pattern;
	}
	const most = (pattern: number): number =>
		degreeOf(left.node, leftOf[pattern]!) + degreeOf(right.node, rightOf[pattern]!);
	const pieces = { leftOf: Uint32Array.from(leftOf), rightOf: Uint32Array.from(rightOf) };
	return {
		node: { ...layOut(items, leftOf.length, most), left: left.node, right: right.node, ...pieces },
		patternOf,
	};
}

function layOut(items: readonly number[], count: number, most: (pattern: number) => number): Patterns {
	const start = new Uint32Array(count + 1);
	for (let pattern = 0; pattern < count; pattern++) start[pattern + 1] = start[pattern]! + most(pattern) + 1;
	const [products, slopes] = [new Float64Array(start[count]!), new Float64Array(start[count]!)];
	return { items, count, start, products, slopes };
}

/** Highest score of a pattern. */
export const degreeOf = ({ start }: Patterns, pattern: number): number =>
	start[pattern + 1]! - start[pattern]! - 1;

/** The products of the weights of every pattern of a node, from its leaves on. */
function multiplyOut(node: TreeNode, weights: ItemWeights): void {
	if (isLeaf(node)) {
		for (const [pattern, items] of node.answered.entries())
			node.products.set(scoreDistribution(items.map((item) => weights[item]!)), node.start[pattern]!);
		return;
	}
	const { left, right, leftOf, rightOf, products, start } = node;
	multiplyOut(left, weights);
	multiplyOut(right, weights);
	products.fill(0);
	for (let pattern = 0; pattern < node.count; pattern++) {
		const [one, other] = [leftOf[pattern]!, rightOf[pattern]!];
		const [from, until] = [right.start[other]!, right.start[other + 1]!];
		for (let s = left.start[one]!, at = start[pattern]!; s < left.start[one + 1]!; s++, at++) {
			const value = left.products[s]!;
			for (let t = from; t < until; t++) products[at + t - from]! += value * right.products[t]!;
		}
	}
}

/** The slopes of every piece of a branch from those of its own patterns, down to the leaves. */
function pullBackAll(node: Branch): void {
	const { left, right, leftOf, rightOf, slopes, start } = node;
	left.slopes.fill(0);
	right.slopes.fill(0);
	for (let pattern = 0; pattern < node.count; pattern++) {
		const [one, other] = [leftOf[pattern]!, rightOf[pattern]!];
		const [from, until] = [right.start[other]!, right.start[other + 1]!];
		for (let s = left.start[one]!, at = start[pattern]!; s < left.start[one + 1]!; s++, at++) {
			const value = left.products[s]!;
			let sum = 0;
			for (let t = from; t < until; t++) {
				const slope = slopes[at + t - from]!;
				sum += slope * right.products[t]!;
				right.slopes[t]! += slope * value;
			}
			left.slopes[s]! += sum;
		}
	}
	for (const piece of [left, right]) if (!isLeaf(piece)) pullBackAll(piece);
}

/**
 * Σ n·log γ over all groups and scores at the weights given; leaves `n/γ` in the root's slopes and the slopes of every piece in
 * the tree. Null when a score that occurs has probability 0 to working precision.
 */
export function sweep({ root, groups }: PatternTree, weights: ItemWeights): number | null {
	const { left, right, leftOf, rightOf, start, slopes } = root;
	for (const piece of [left, right]) {
		multiplyOut(piece, weights);
		piece.slopes.fill(0);
	}
	let logNormaliser = 0;
	for (let group = 0; group < root.count; group++) {
		const { scores } = groups[group]!;
		const [low, high] = [left.start[leftOf[group]!]!, left.start[leftOf[group]! + 1]!];
		const [from, until] = [right.start[rightOf[group]!]!, right.start[rightOf[group]! + 1]!];
		for (let score = 0; score < scores.length; score++) {
			const persons = scores[score]!;
			if (persons === 0) continue;
			// s points on the left, the rest on the right.
			const first = Math.max(low, low + score - (until - from - 1));
			const last = Math.min(high - 1, low + score);
			let gamma = 0;
			for (let s = first, t = from + score - (first - low); s <= last; s++, t--)
				gamma += left.products[s]! * right.products[t]!;
			const ratio = persons / gamma;
			if (!Number.isFinite(ratio)) return null;
			logNormaliser += persons * Math.log(gamma);
			slopes[start[group]! + score] = ratio;
			for (let s = first, t = from + score - (first - low); s <= last; s++, t--) {
				left.slopes[s]! += ratio * right.products[t]!;
				right.slopes[t]! += ratio * left.products[s]!;
			}
		}
	}
	for (const piece of [left, right]) if (!isLeaf(piece)) pullBackAll(piece);
	return logNormaliser;
}
