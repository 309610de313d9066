import type { Db } from '../../records/store.ts';
import { listRiskFactors } from '../../records/support/risk-factors.ts';
import type { Writer } from '../warehouse.ts';
import { insertRows } from './rows.ts';

/** Loads the lists of risk factors that municipalities changed: of the one that changed, or of all. What stands as shipped has no row. */
export async function loadRiskNorms(db: Db, writer: Writer, only?: string): Promise<void> {
	const changed = await db
		.selectFrom('risk_factor')
		.innerJoin('municipality', 'municipality.id', 'risk_factor.municipality_id')
		.select(['municipality_id', 'region_id'])
		.distinct()
		.$if(only !== undefined, (query) => query.where('municipality_id', '=', only!))
		.orderBy('municipality_id')
		.execute();
	if (only === undefined) await writer.run('delete from risk_norm');
	else await writer.run('delete from risk_norm where municipality_id = $only', { only });
	const rows: Record<string, string | number | boolean | null>[] = [];
	for (const place of changed)
		for (const { code, is_on, inputs, changed_at } of await listRiskFactors(db, place.municipality_id)) {
			if (changed_at === null) continue;
			const of = { ...place, factor: code, is_on };
			if (inputs.length === 0) rows.push({ ...of, input: null, good: null, bad: null });
			for (const { id, good, bad } of inputs) rows.push({ ...of, input: id, good, bad });
		}
	await insertRows(
		writer,
		'risk_norm',
		{
			municipality_id: 'VARCHAR',
			region_id: 'VARCHAR',
			factor: 'VARCHAR',
			is_on: 'BOOLEAN',
			input: 'VARCHAR',
			good: 'DOUBLE',
			bad: 'DOUBLE',
		},
		rows,
	);
}
