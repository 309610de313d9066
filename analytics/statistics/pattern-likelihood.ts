import {
	addExpected,
	type Conditional,
	conditional,
	mirror,
	nothing,
	type ScoreGroup,
} from './conditional-likelihood.ts';
import { addInformation } from './pattern-information.ts';
import { isLeaf, patternTree, sweep, type TreeNode } from './pattern-tree.ts';
import type { ItemWeights } from './score-distribution.ts';

/** With fewer groups than this the tree would save nothing. */
const MANY = 50;

type Likelihood = (
	weights: ItemWeights,
	places: readonly (readonly number[])[],
	size: number,
	informing: ReadonlySet<ScoreGroup> | null,
) => Conditional | null;

/**
 * `conditional` of these groups, to be asked at many weights: where the patterns of answered items are many, their functions are
 * made over a tree of the pieces they share (`PatternTree`). `sizes[item]` = number of its categories.
 */
export function conditionalOf(groups: readonly ScoreGroup[], sizes: readonly number[]): Likelihood {
	if (groups.length < MANY || sizes.length < 2)
		return (weights, places, size, informing) => conditional(groups, weights, places, size, informing);
	const tree = patternTree(groups, sizes);
	return (weights, places, size, informing) => {
		const logNormaliser = sweep(tree, weights);
		if (logNormaliser === null) return null;
		const result = { ...nothing(size), logNormaliser };
		for (const piece of [tree.root.left, tree.root.right]) addLeaves(result, piece, weights, places);
		if (informing) {
			const part = conditional([...informing], weights, places, size);
			return part && { ...result, information: part.information };
		}
		addInformation(result, tree, { weights, places });
		mirror(result.information);
		return result;
	};
}

function addLeaves(
	result: Conditional,
	node: TreeNode,
	weights: ItemWeights,
	places: readonly (readonly number[])[],
): void {
	if (!isLeaf(node)) {
		for (const piece of [node.left, node.right]) addLeaves(result, piece, weights, places);
		return;
	}
	for (const [pattern, items] of node.answered.entries())
		addExpected(
			result,
			node.slopes.subarray(node.start[pattern]!, node.start[pattern + 1]!),
			items.map((item) => weights[item]!),
			items.map((item) => places[item]!),
		);
}
