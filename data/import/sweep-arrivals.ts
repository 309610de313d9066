import { abandonBatch, listUnfinishedBatches } from '#data/records/results/batches.ts';
import type { Records } from '#data/records/store.ts';

/** Longer than any import takes: beside other servers on the same PostgreSQL, an unfinished batch may still be arriving. */
const ARRIVING_MILLISECONDS = 3_600_000;

/** Takes away what imports had brought when their server was cut short. For the start, before any import is begun. */
export async function sweepArrivals(records: Records): Promise<void> {
	const patience = records.dialect === 'sqlite' ? 0 : ARRIVING_MILLISECONDS;
	const ids = await listUnfinishedBatches(records.db, new Date(Date.now() - patience).toISOString());
	for (const id of ids) await records.transaction((trx) => abandonBatch(trx, id));
}
