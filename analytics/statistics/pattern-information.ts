import { addPairs, type Conditional } from './conditional-likelihood.ts';
import { type Branch, isLeaf, type Leaf, type PatternTree, type TreeNode } from './pattern-tree.ts';
import { type ItemWeights, type Without, withoutEach } from './score-distribution.ts';

/** Tables of functions without one item that are kept at once for pieces that come again and again; each holds some thirty by thirty numbers. */
const KEPT = 10_000;

interface Parameters {
	weights: ItemWeights;
	places: readonly (readonly number[])[];
}

/** Symmetric functions of a piece without each of its items in turn, made when first asked for. */
function tablesOf(node: TreeNode, weights: ItemWeights, most: number): Tables {
	const kept = new Map<number, Piece>();
	return (pattern: number): Piece => {
		const known = kept.get(pattern);
		if (known) return known;
		if (kept.size >= most) kept.clear();
		const answered = answeredIn(node, pattern);
		const made = {
			answered,
			from: node.start[pattern]!,
			until: node.start[pattern + 1]!,
			without: withoutEach(answered.map((item) => weights[item]!)),
		};
		kept.set(pattern, made);
		return made;
	};
}

type Tables = (pattern: number) => Piece;

interface Piece {
	answered: number[];
	/** the piece's own coefficients, in the products of its node */
	from: number;
	until: number;
	without: Without;
}

/** The answered items of a pattern of any node. */
function answeredIn(node: TreeNode, pattern: number): number[] {
	if (isLeaf(node)) return node.answered[pattern]!;
	return [...answeredIn(node.left, node.leftOf[pattern]!), ...answeredIn(node.right, node.rightOf[pattern]!)];
}

/**
 * The information of all groups after a `sweep` at the same weights, above the diagonal and on it: what `conditional` sums group by group, with
 * the pairs of items within a piece summed once per different piece.
 */
export function addInformation(result: Conditional, tree: PatternTree, parameters: Parameters): void {
	for (const [at, expected] of result.expected.entries()) result.information[at]![at]! += expected;
	const right = tablesOf(tree.root.right, parameters.weights, KEPT);
	addCrossPairs(result, tree.root, right, parameters);
	subtractProducts(result, tree, right, parameters);
	for (const piece of [tree.root.left, tree.root.right]) addWithin(result, piece, parameters);
}

function addWithin(result: Conditional, node: TreeNode, parameters: Parameters): void {
	if (isLeaf(node)) {
		addLeafPairs(result, node, parameters);
		return;
	}
	addCrossPairs(result, node, tablesOf(node.right, parameters.weights, KEPT), parameters);
	for (const piece of [node.left, node.right]) addWithin(result, piece, parameters);
}

function addLeafPairs(
	result: Conditional,
	{ answered, start, slopes }: Leaf,
	{ weights, places }: Parameters,
): void {
	for (const [pattern, items] of answered.entries())
		addPairs(
			result,
			slopes.subarray(start[pattern]!, start[pattern + 1]!),
			items.map((item) => weights[item]!),
			items.map((item) => places[item]!),
		);
}

/** Patterns of a branch in the order of their left pieces, so that what these share is summed before it meets them. */
function orderByLeft({ leftOf, rightOf, count }: Branch): Uint32Array {
	return new Uint32Array(count)
		.map((_, at) => at)
		.sort((a, b) => leftOf[a]! - leftOf[b]! || rightOf[a]! - rightOf[b]!);
}

/**
 * + Σ w_ih·w_jl·Σ_s γ^(i)_s·V_jl(s+h) over i left and j right, with `V_jl(s) = Σ_r slope_r·γ^(j)_{r−l−s}` summed first over
 * all patterns with the same left piece.
 */
function addCrossPairs(
	{ information }: Conditional,
	node: Branch,
	rightPiece: Tables,
	{ weights, places }: Parameters,
): void {
	const { left, right, leftOf, rightOf, slopes, start } = node;
	const leftPiece = tablesOf(left, weights, 1);
	// One line per category on the right that is a parameter.
	const lines = new Map<number, number>();
	for (const item of right.items) for (const at of places[item]!) if (at >= 0) lines.set(at, lines.size);
	const parameterOf = [...lines.keys()];
	const order = orderByLeft(node);
	for (let next = 0; next < order.length; ) {
		const one = leftOf[order[next]!]!;
		const own = leftPiece(one);
		const width = own.until - own.from;
		const sums = new Float64Array(lines.size * width);
		for (; next < order.length && leftOf[order[next]!] === one; next++) {
			const pattern = order[next]!;
			const other = rightPiece(rightOf[pattern]!);
			const [from, until] = [start[pattern]!, start[pattern + 1]!];
			for (const [j, item] of other.answered.entries()) {
				const { from: row, until: end } = other.without.rows[j]!;
				for (const [l, at] of places[item]!.entries()) {
					if (at < 0) continue;
					const weight = weights[item]![l]!;
					const line = lines.get(at)! * width;
					for (let r = from; r < until; r++) {
						const slope = slopes[r]!;
						if (slope === 0) continue;
						const most = r - from - l;
						const scaled = slope * weight;
						const first = Math.max(0, most - (end - row - 1));
						const last = Math.min(width - 1, most);
						for (let s = first, t = row + most - first; s <= last; s++, t--)
							sums[line + s]! += scaled * other.without.values[t]!;
					}
				}
			}
		}
		for (const [i, item] of own.answered.entries()) {
			const { from: row, until: end } = own.without.rows[i]!;
			for (const [h, at] of places[item]!.entries()) {
				if (at < 0) continue;
				const weight = weights[item]![h]!;
				for (const [place, to] of parameterOf.entries()) {
					let sum = 0;
					for (let s = row, v = place * width + h; s < end; s++, v++)
						sum += own.without.values[s]! * sums[v]!;
					information[at]![to]! += weight * sum;
				}
			}
		}
	}
}

/** − Σ_r n_r·π_ih·π_jl over all pairs of categories, a group and a score at a time. */
function subtractProducts(
	{ information }: Conditional,
	{ root, groups }: PatternTree,
	rightPiece: Tables,
	{ weights, places }: Parameters,
): void {
	const { left, right, leftOf, rightOf, slopes, start } = root;
	const sides = [
		{ products: left.products, piece: tablesOf(left, weights, 1) },
		{ products: right.products, piece: rightPiece },
	] as const;
	const size = information.length;
	const shares = new Float64Array(size);
	const at = new Uint32Array(size);
	const sums = new Float64Array(size * size);
	for (const group of orderByLeft(root)) {
		const pieces = [sides[0].piece(leftOf[group]!), sides[1].piece(rightOf[group]!)] as const;
		const { scores } = groups[group]!;
		for (let score = 0; score < scores.length; score++) {
			const persons = scores[score]!;
			if (persons === 0) continue;
			// n/γ, so that the products of shares need one factor: π·π·n = (x·ratio)·(x·ratio)/n.
			const scale = slopes[start[group]! + score]! / Math.sqrt(persons);
			let filled = 0;
			for (const [side, { answered, without }] of pieces.entries()) {
				const rest = pieces[1 - side]!;
				const { products } = sides[1 - side]!;
				for (const [i, item] of answered.entries()) {
					const { from: row, until: end } = without.rows[i]!;
					for (const [h, place] of places[item]!.entries()) {
						if (place < 0) continue;
						const most = score - h;
						const first = Math.max(0, most - (rest.until - rest.from - 1));
						const last = Math.min(end - row - 1, most);
						let sum = 0;
						for (let s = row + first, t = rest.from + most - first; s <= row + last; s++, t--)
							sum += without.values[s]! * products[t]!;
						at[filled] = place;
						shares[filled++] = scale * weights[item]![h]! * sum;
					}
				}
			}
			for (let a = 0; a < filled; a++) {
				const share = shares[a]!;
				const line = at[a]! * size;
				for (let b = a; b < filled; b++) sums[line + at[b]!]! += share * shares[b]!;
			}
		}
	}
	for (let a = 0; a < size; a++) for (let b = a; b < size; b++) information[a]![b]! -= sums[a * size + b]!;
}
