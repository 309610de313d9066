import type { ResultRow } from '../api.ts';
import type { Specification } from './specification.ts';

/**
 * What a picture says of itself when its marks stand for several rows (`usermeta.groups` of its specification): the fields
 * that make a group, in words; what is said of it; flags that are counted; the name of a row and the school it leads to.
 */
interface Grouping {
	by: { field: string; code: string; order: string[] }[];
	/** only rows of the largest value of this field are drawn */
	latest?: string;
	says: string[];
	counts: string[];
	name: string;
	school: string;
}

/** Rows behind one mark. */
export interface RowGroup {
	/** the words that name it */
	key: string;
	says: string[];
	counts: { field: string; count: number }[];
	members: { name: string; school: string }[];
}

export function readGrouping(specification: Specification): Grouping | null {
	const meta = specification.usermeta as { groups?: Grouping } | undefined;
	return meta?.groups ?? null;
}

/** The group that a row belongs to. */
export function groupKey(grouping: Grouping, row: ResultRow): string {
	return grouping.by.map(({ field }) => String(row[field])).join(' · ');
}

/** The groups of the rows that a picture draws, in its order. */
export function groupRows(grouping: Grouping, rows: ResultRow[]): RowGroup[] {
	const { latest } = grouping;
	const last = latest ? Math.max(...rows.map((row) => Number(row[latest]))) : 0;
	const drawn = latest ? rows.filter((row) => Number(row[latest]) === last) : rows;
	const place = (row: ResultRow) =>
		grouping.by.reduce(
			(at, { code, order }) => at * (order.length + 1) + order.indexOf(String(row[code])),
			0,
		);
	return [...Map.groupBy(drawn, (row) => groupKey(grouping, row)).values()]
		.sort(([left], [right]) => place(left!) - place(right!))
		.map((group) => describe(grouping, group));
}

function describe(grouping: Grouping, rows: ResultRow[]): RowGroup {
	const first = rows[0]!;
	return {
		key: groupKey(grouping, first),
		says: grouping.says.map((field) => String(first[field] ?? '')).filter((words) => words !== ''),
		counts: grouping.counts
			.map((field) => ({ field, count: rows.filter((row) => row[field] === true).length }))
			.filter(({ count }) => count > 0),
		members: rows
			.map((row) => ({ name: String(row[grouping.name]), school: String(row[grouping.school]) }))
			.sort((left, right) => left.name.localeCompare(right.name, 'ru', { numeric: true })),
	};
}
