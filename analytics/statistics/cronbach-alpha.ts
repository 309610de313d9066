/**
 * Cronbach's α (method D9): `k/(k−1)·(1 − Σ s_j²/s_T²)` with sample variances; rows are people, columns items,
 * every cell present. At most 1; negative for items that contradict each other.
 *
 * Returns null for fewer than two items or two people, rows of different length, or a total without variance.
 */
export function cronbachAlpha(rows: readonly (readonly number[])[]): number | null {
	const people = rows.length;
	const items = rows[0]?.length ?? 0;
	if (people < 2 || items < 2) return null;
	const means = new Float64Array(items);
	for (const row of rows) {
		if (row.length !== items) return null;
		for (let j = 0; j < items; j++) means[j]! += row[j]! / people;
	}
	let itemSquares = 0;
	let totalSquares = 0;
	for (const row of rows) {
		let total = 0;
		for (let j = 0; j < items; j++) {
			const deviation = row[j]! - means[j]!;
			itemSquares += deviation * deviation;
			total += deviation;
		}
		totalSquares += total * total;
	}
	// Deviations of equal totals are rounding, of the size of the item squares times machine precision.
	if (totalSquares <= itemSquares * 1e-20 || itemSquares === 0) return null;
	return (items / (items - 1)) * (1 - itemSquares / totalSquares);
}
