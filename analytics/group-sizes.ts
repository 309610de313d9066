import { hiddenSiblings } from './disclosure.ts';
import type { Cell, Filters, Row } from './module.ts';

/** The conditions by which staff can be split; each is a filter and may be the dimension `by`. */
export const populationConditions = [
	'school',
	'municipality',
	'subject',
	'seniority_band',
	'category',
	'school_kind',
	'locality',
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
 * the selection without the condition, which anybody may ask for too. The row may be shown only if it stays visible,
 * complements included, in each of its families. So every cell is judged alike, whichever condition is the
 * dimension and whichever the filter, and no state about earlier questions is needed.
 *
 * @param rows the module's rows, each with its instrument, scale and group
 * @param group the field that names the group, where the module splits by a dimension
 * @param sizes from `group-sizes.sql`, split by exactly the conditions in use
 */
export function revealingRows(
	rows: Row[],
	group: string | null,
	filters: Filters,
	sizes: SizeRow[],
	minimum: number,
): boolean[] {
	const conditions = conditionsInUse(filters);
	const visibilities = conditions.map((condition) =>
		visibilityByFamily(sizes, conditions, condition, minimum),
	);
	return rows.map((row) => {
		const values = conditions.map((condition) =>
			condition === filters.by && group ? cellText(row[group]) : cellText(filters[condition]),
		);
		const key = JSON.stringify([row.instrument, row.scale, ...values]);
		return visibilities.some((hidden) => hidden.get(key) === true);
	});
}

function cellText(value: Cell | undefined): string {
	return value === null || value === undefined ? '' : String(value);
}

function visibilityByFamily(
	sizes: SizeRow[],
	conditions: PopulationCondition[],
	varied: PopulationCondition,
	minimum: number,
): Map<string, boolean> {
	const families = new Map<string, SizeRow[]>();
	for (const row of sizes) {
		const family = JSON.stringify([
			row.instrument,
			row.scale,
			...conditions.map((c) => (c === varied ? null : row[c])),
		]);
		const members = families.get(family);
		if (members) members.push(row);
		else families.set(family, [row]);
	}
	const hidden = new Map<string, boolean>();
	for (const members of families.values()) {
		const flags = hiddenSiblings(
			members.map((row) => row.n),
			minimum,
		);
		for (const [index, row] of members.entries())
			hidden.set(
				JSON.stringify([row.instrument, row.scale, ...conditions.map((c) => row[c] ?? '')]),
				flags[index] === true,
			);
	}
	return hidden;
}
