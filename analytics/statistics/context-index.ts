import { quantile } from './quantile.ts';

interface ContextIndex {
	/** mean of the school's directed standard scores; higher is harder; null where too few shares are known */
	index: number | null;
	/** the standard score of each share in its direction, null where it is unknown or does not vary */
	scores: (number | null)[];
}

/**
 * How hard the social conditions of schools are: each share is standardised over the schools where it is known (standard
 * deviation with n − 1) and turned so that more is harder; the index of a school is the plain mean of what is known of it
 * (domain §5.3).
 *
 * @param rows one row per school, shares in the same order, null = unknown
 * @param directions 1 where a larger share is harder, −1 where it is easier
 * @param minimum shares that a school needs for an index
 */
export function contextIndices(
	rows: readonly (readonly (number | null)[])[],
	directions: readonly (1 | -1)[],
	minimum: number,
): { indices: ContextIndex[]; means: (number | null)[] } {
	const columns = directions.map((_, column) => {
		const known = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
		const mean = known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
		const squares = known.reduce((sum, value) => sum + (value - mean!) ** 2, 0);
		return { mean, sd: known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : 0 };
	});
	const indices = rows.map((row): ContextIndex => {
		const scores = directions.map((direction, column) => {
			const value = row[column] ?? null;
			const { mean, sd } = columns[column]!;
			return value === null || mean === null || !(sd > 1e-9) ? null : (direction * (value - mean)) / sd;
		});
		const known = scores.filter((score) => score !== null);
		const index = known.length < minimum ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
		return { index, scores };
	});
	return { indices, means: columns.map(({ mean }) => mean) };
}

export type Third = 'easy' | 'middle' | 'hard';

/**
 * The third of the schools in which each lies by its index (quantiles by R type 7); the hard third is above the upper one.
 * All null where fewer schools than `minimum` have an index.
 */
export function thirds(indices: readonly (number | null)[], minimum: number): (Third | null)[] {
	const known = indices.filter((index) => index !== null);
	if (known.length < Math.max(1, minimum)) return indices.map(() => null);
	const [lower, upper] = [quantile(known, 1 / 3)!, quantile(known, 2 / 3)!];
	return indices.map((index) => {
		if (index === null) return null;
		if (index > upper) return 'hard';
		return index < lower ? 'easy' : 'middle';
	});
}
