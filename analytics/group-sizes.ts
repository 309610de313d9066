import { hideWithComplements } from './disclosure.ts';
import type { Cell, Filters, Row } from './module.ts';

/**
 * The conditions by which staff can be split; each is a filter and may be the dimension `by`. Leaving out flagged
 * responses is a condition like any other: beside the group as a whole it would tell what a few flagged people answered.
 */
export const populationConditions = [
	'school',
	'municipality',
	'subject',
	'seniority_band',
	'category',
	'school_kind',
	'locality',
	'quality',
] as const;
export type PopulationCondition = (typeof populationConditions)[number];

export type SizeRow = { instrument: string; scale: string; n: number } & Record<
	PopulationCondition,
	string | null
>;

/** The conditions that a request uses: its filters among the population conditions, and its dimension. */
export function conditionsInUse(filters: Filters): PopulationCondition[] {
	return populationConditions.filter(
		(condition) => filters.by === condition || (filters[condition] ?? null) !== null,
	);
}

/**
 * Finds rows that another selection of the same people would reveal.
 *
 * A row is the set of people who meet all its conditions (the filters, and the row's own value of `by`). For each
 * condition the row has a family: the same conditions with that one taking each of its values; the family's total is
 * the selection without the condition, which anybody may ask for too. Cells are hidden, complements included, until no
 * family gives one away; since a cell hidden for one family can be worked out from another, this is repeated until
 * nothing changes. Every cell is thereby judged alike, whichever condition is the dimension and whichever the
 * filter, and no state about earlier questions is needed.
 *
 * @param rows the module's rows, each with its instrument, scale and group
 * @param group the field that names the group, where the module splits by a dimension
 * @param sizes from `group-sizes.sql`, split by exactly the conditions in use
 */
export function revealingRows(
	rows: Row[],
	group: string | null,
	filters: Filters,
	sizes: readonly SizeRow[],
	minimum: number,
): boolean[] {
	const conditions = conditionsInUse(filters);
	const hidden = hiddenCells(sizes, conditions, minimum);
	return rows.map((row) => {
		const values = conditions.map((condition) =>
			condition === filters.by && group ? cellText(row[group]) : cellText(filters[condition]),
		);
		// sizes in responses have no scale
		const scale = sizes[0]?.scale === '' ? '' : row.scale;
		return hidden.has(JSON.stringify([row.instrument, scale, ...values]));
	});
}

function cellText(value: Cell | undefined): string {
	return value === null || value === undefined ? '' : String(value);
}

/** Keys of the cells that must stay hidden for the sake of any family. */
export function hiddenCells(
	sizes: readonly SizeRow[],
	conditions: readonly PopulationCondition[],
	minimum: number,
): Set<string> {
	const people = sizes.map((row) => row.n);
	const hidden = people.map((n) => n < minimum);
	const families = conditions.flatMap((varied) => familiesAlong(sizes, conditions, varied));
	let isStable = false;
	while (!isStable) {
		isStable = true;
		for (const family of families) {
			const before = family.map((index) => hidden[index] === true);
			const after = hideWithComplements(
				before,
				family.map((index) => people[index] as number),
				minimum,
			);
			for (const [position, index] of family.entries()) {
				if (after[position] === before[position]) continue;
				hidden[index] = true;
				isStable = false;
			}
		}
	}
	return new Set(sizes.flatMap((row, index) => (hidden[index] ? [cellKey(row, conditions)] : [])));
}

/** The name of a cell of the sizes. */
export function cellKey(row: SizeRow, conditions: readonly PopulationCondition[]): string {
	return JSON.stringify([row.instrument, row.scale, ...conditions.map((c) => row[c] ?? '')]);
}

/** Indices of the cells that differ in one condition only, family by family. */
function familiesAlong(
	sizes: readonly SizeRow[],
	conditions: readonly PopulationCondition[],
	varied: PopulationCondition,
): number[][] {
	const families = new Map<string, number[]>();
	for (const [index, row] of sizes.entries()) {
		const key = JSON.stringify([
			row.instrument,
			row.scale,
			...conditions.map((c) => (c === varied ? null : row[c])),
		]);
		const members = families.get(key);
		if (members) members.push(index);
		else families.set(key, [index]);
	}
	return [...families.values()];
}
