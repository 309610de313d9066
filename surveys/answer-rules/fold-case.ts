/** Code units from `low` to `high`, both included. */
export type UnitRange = readonly [low: number, high: number];

export const LAST_UNIT = 0xff_ff;

let alike: Map<number, number[]> | undefined;

/** The ranges and every code unit that JavaScript takes for the same letter under the flag `i` (ECMA-262, Canonicalize). */
export function foldCase(ranges: readonly UnitRange[]): UnitRange[] {
	alike ??= listAlike();
	const added: UnitRange[] = [];
	for (const [unit, others] of alike)
		if (ranges.some(([low, high]) => low <= unit && unit <= high))
			added.push(...others.map((other): UnitRange => [other, other]));
	return joinRanges([...ranges, ...added]);
}

/** Every code unit that is in none of the ranges. */
export function invertRanges(ranges: readonly UnitRange[]): UnitRange[] {
	const gaps: UnitRange[] = [];
	let next = 0;
	for (const [low, high] of joinRanges(ranges)) {
		if (low > next) gaps.push([next, low - 1]);
		next = high + 1;
	}
	if (next <= LAST_UNIT) gaps.push([next, LAST_UNIT]);
	return gaps;
}

function joinRanges(ranges: readonly UnitRange[]): UnitRange[] {
	const joined: UnitRange[] = [];
	for (const [low, high] of ranges.toSorted((left, right) => left[0] - right[0])) {
		const last = joined.at(-1);
		if (last && low <= last[1] + 1) joined[joined.length - 1] = [last[0], Math.max(last[1], high)];
		else joined.push([low, high]);
	}
	return joined;
}

function listAlike(): Map<number, number[]> {
	const units = Array.from({ length: LAST_UNIT + 1 }, (_, unit) => unit);
	const groups = [...Map.groupBy(units, canonicalize).values()].filter(({ length }) => length > 1);
	return new Map(groups.flatMap((group) => group.map((unit) => [unit, group] as const)));
}

function canonicalize(unit: number): number {
	const upper = String.fromCharCode(unit).toUpperCase();
	if (upper.length !== 1) return unit;
	const folded = upper.charCodeAt(0);
	return unit >= 128 && folded < 128 ? unit : folded;
}
