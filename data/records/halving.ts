import { isUnstorable } from './records-error.ts';

/**
 * Stores rows together; one that the store itself refuses does not take the others with it: the batch is halved until it
 * stands alone and is answered with `refused`. Halving finds it in few commits, however many wait beside it.
 */
export async function storeHalving<Row, Outcome>(
	rows: readonly Row[],
	store: (rows: readonly Row[]) => Promise<[Row, Outcome][]>,
	refused: Outcome,
): Promise<[Row, Outcome][]> {
	if (rows.length === 0) return [];
	try {
		return await store(rows);
	} catch (error) {
		if (!isUnstorable(error)) throw error;
		if (rows.length === 1) return [[rows[0]!, refused]];
	}
	const middle = Math.ceil(rows.length / 2);
	return [
		...(await storeHalving(rows.slice(0, middle), store, refused)),
		...(await storeHalving(rows.slice(middle), store, refused)),
	];
}
