/** Below this part of its own sum of squares, what a column adds to those before it is rounding. */
const RELATIVE = 1e-12;

/**
 * Which columns of a design add something to a constant and to the columns before them (Gram–Schmidt on centred columns). A
 * column that does not vary, or is a combination of others, would leave least squares without an answer.
 *
 * @param rows the same number of finite values each
 * @returns indices of the columns to keep, ascending
 */
export function independentColumns(rows: readonly (readonly number[])[]): number[] {
	const kept: { index: number; direction: Float64Array }[] = [];
	for (let index = 0; index < (rows[0]?.length ?? 0); index++) {
		const values = Float64Array.from(rows, (row) => row[index]!);
		const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
		const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
		const column = values.map((value) => value - mean);
		const squares = dot(column, column);
		// Centring equal values leaves their rounding.
		if (!(squares > 1e-24 * rows.length * largest ** 2)) continue;
		for (const { direction } of kept) {
			const part = dot(column, direction);
			for (let row = 0; row < column.length; row++) column[row]! -= part * direction[row]!;
		}
		const rest = dot(column, column);
		if (!(rest > RELATIVE * squares)) continue;
		const length = Math.sqrt(rest);
		kept.push({ index, direction: column.map((value) => value / length) });
	}
	return kept.map(({ index }) => index);
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}
