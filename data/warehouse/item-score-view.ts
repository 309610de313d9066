import type { Columns } from './columns.ts';
import { identifier, literal } from './sql-text.ts';

interface AnswerItem {
	instrument: string;
	version: number;
	item: string;
	answer_table: string;
	value_column: string;
	points_column: string;
}

const PLACES =
	'response_key, response.campaign_id, response.school_id, response.municipality_id, response.region_id';

/**
 * The statement that makes the view `item_score`: one row per response and item, its answer as text (null = not
 * answered) and its points. The wide tables differ by version, so the view is written from the list of items.
 */
export async function itemScoreView(read: (sql: string) => Promise<Columns>): Promise<string> {
	const listed = await read(`
		select instrument, version, item, answer_table, value_column, points_column
		from instrument_item order by instrument, version, position`);
	const items: AnswerItem[] = Array.from({ length: listed.length }, (_, index) => ({
		instrument: String(listed.columns[0]![index]),
		version: Number(listed.columns[1]![index]),
		item: String(listed.columns[2]![index]),
		answer_table: String(listed.columns[3]![index]),
		value_column: String(listed.columns[4]![index]),
		points_column: String(listed.columns[5]![index]),
	}));
	const branches = [...Map.groupBy(items, ({ answer_table }) => answer_table).values()].map(longAnswers);
	return `
		create or replace view item_score as
		with answered as (${branches.length > 0 ? branches.join(' union all ') : NO_ANSWERS})
		select
			answered.response_key, answered.campaign_id, answered.school_id, answered.municipality_id, answered.region_id,
			answered.instrument, answered.version, answered.item, described.competency, described.position,
			answered.value, answered.points, described.max_points
		from answered
		join instrument_item as described using (instrument, version, item)`;
}

const NO_ANSWERS = `
	select ${PLACES}, null::varchar as instrument, null::integer as version, null::varchar as item,
		null::varchar as value, null::double as points
	from response where false`;

function longAnswers(items: AnswerItem[]): string {
	const [{ instrument, version, answer_table }] = items as [AnswerItem];
	const list = (cell: (item: AnswerItem) => string): string => `unnest([${items.map(cell).join(', ')}])`;
	return `
		select ${PLACES}, ${literal(instrument)} as instrument, ${version}::integer as version,
			${list(({ item }) => literal(item))} as item,
			${list(({ value_column }) => `${identifier(value_column)}::varchar`)} as value,
			${list(({ points_column }) => identifier(points_column))} as points
		from ${identifier(answer_table)} join response using (response_key)`;
}
