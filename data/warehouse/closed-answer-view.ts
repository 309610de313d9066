import type { Columns } from './columns.ts';
import { identifier, literal } from './sql-text.ts';

interface ClosedField {
	instrument: string;
	version: number;
	item: string;
	answer_table: string;
	value_column: string;
}

const PLACES =
	'response_key, response.campaign_id, response.school_id, response.municipality_id, response.region_id';

/**
 * The statement that makes the view `closed_answer`: one row per response and closed field that has an answer, scored or
 * not, its value as text; lists are JSON text. Written from the list of fields, as `item_score` is.
 */
export async function closedAnswerView(read: (sql: string) => Promise<Columns>): Promise<string> {
	const listed = await read(`
		select instrument, version, item, answer_table, value_column
		from instrument_field where value_column is not null order by instrument, version, position`);
	const fields: ClosedField[] = Array.from({ length: listed.length }, (_, index) => ({
		instrument: String(listed.columns[0]![index]),
		version: Number(listed.columns[1]![index]),
		item: String(listed.columns[2]![index]),
		answer_table: String(listed.columns[3]![index]),
		value_column: String(listed.columns[4]![index]),
	}));
	const branches = [...Map.groupBy(fields, ({ answer_table }) => answer_table).values()].map(longAnswers);
	return `
		create or replace view closed_answer as
		select * from (${branches.length > 0 ? branches.join(' union all ') : NO_ANSWERS})
		where value is not null`;
}

const NO_ANSWERS = `
	select ${PLACES}, null::varchar as instrument, null::integer as version, null::varchar as item,
		null::varchar as value
	from response where false`;

function longAnswers(fields: ClosedField[]): string {
	const [{ instrument, version, answer_table }] = fields as [ClosedField];
	const list = (cell: (field: ClosedField) => string): string => `unnest([${fields.map(cell).join(', ')}])`;
	return `
		select ${PLACES}, ${literal(instrument)} as instrument, ${version}::integer as version,
			${list(({ item }) => literal(item))} as item,
			${list(({ value_column }) => `${identifier(value_column)}::varchar`)} as value
		from ${identifier(answer_table)} join response using (response_key)`;
}
