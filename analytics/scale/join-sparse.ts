/**
 * Joins neighbours until each holds `least` people, the sparsest into its smaller neighbour first; one that is left alone may
 * hold fewer. `join` puts a pair together, the left one first.
 */
export function joinSparse<Part>(
	parts: readonly Part[],
	least: number,
	{ people, join }: { people: (part: Part) => number; join: (left: Part, right: Part) => Part },
): Part[] {
	const joined = [...parts];
	const n = (at: number): number => (at in joined ? people(joined[at]!) : Number.POSITIVE_INFINITY);
	while (joined.length > 1) {
		const sparsest = joined.reduce((found, _, at) => (n(at) < n(found) ? at : found), 0);
		if (n(sparsest) >= least) break;
		const left = n(sparsest - 1) <= n(sparsest + 1) ? sparsest - 1 : sparsest;
		joined.splice(left, 2, join(joined[left]!, joined[left + 1]!));
	}
	return joined;
}
