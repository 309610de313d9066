import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { placeRows } from './place-rows.ts';
import { insertRows } from './rows.ts';

/** Loads re-markings of papers: the one that changed, or all of them. */
export async function loadRemarkings(db: Db, writer: Writer, only?: string): Promise<void> {
	const found = await db
		.selectFrom('remarking')
		.select(['id as remarking_id', 'school_id', 'procedure_id', 'class', 'remarked_on', 'sampled'])
		.select(['remarked', 'unchanged', 'raised', 'lowered', 'withdrawn_at'])
		.$if(only !== undefined, (query) => query.where('id', '=', only!))
		.orderBy('id')
		.execute();
	if (only === undefined) await writer.run('delete from remarking');
	else await writer.run('delete from remarking where remarking_id = $only', { only });
	await insertRows(
		writer,
		'remarking',
		{
			remarking_id: 'VARCHAR',
			school_id: 'VARCHAR',
			procedure_id: 'VARCHAR',
			class: 'VARCHAR',
			remarked_on: 'DATE',
			sampled: 'INTEGER',
			remarked: 'INTEGER',
			unchanged: 'INTEGER',
			raised: 'INTEGER',
			lowered: 'INTEGER',
			withdrawn_on: 'DATE',
		},
		found.map(({ withdrawn_at, ...row }) => ({ ...row, withdrawn_on: withdrawn_at?.slice(0, 10) ?? null })),
	);
	await placeRows(writer, 'remarking');
}
