import { isAmong } from '../../records/bulk.ts';
import type { ResponseRow } from '../../records/diagnostics/tables.ts';
import type { Db } from '../../records/store.ts';

const COLUMNS = [
	'id',
	'campaign_id',
	'participant_code',
	'instrument',
	'version',
	'answers',
	'submitted_at',
	'duration_seconds',
] as const satisfies readonly (keyof ResponseRow)[];

/** A response as the records keep it, as far as analysis needs it. */
export type RecordedResponse = Pick<ResponseRow, (typeof COLUMNS)[number]>;

/** Responses of one read: their answers cross from the thread of the store, which holds the event loop meanwhile. */
const RESPONSES_PER_READ = 1_000;

/** The recorded responses with these ids; an id that is gone is left out. */
export async function readResponses(db: Db, ids: readonly string[]): Promise<RecordedResponse[]> {
	const found: RecordedResponse[] = [];
	for (let start = 0; start < ids.length; start += RESPONSES_PER_READ) {
		const page = ids.slice(start, start + RESPONSES_PER_READ);
		const rows = await db
			.selectFrom('recorded_response')
			.select(COLUMNS)
			.where(isAmong(db, 'id', page))
			.orderBy('id')
			.execute();
		found.push(...rows);
	}
	return found;
}

/** A page of all recorded responses, in the order of their ids. */
export async function readResponsePage(db: Db, after: string, limit: number): Promise<RecordedResponse[]> {
	return db
		.selectFrom('recorded_response')
		.select(COLUMNS)
		.where('id', '>', after)
		.orderBy('id')
		.limit(limit)
		.execute();
}
