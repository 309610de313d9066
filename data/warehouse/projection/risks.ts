import type { Db } from '../../records/store.ts';
import type { LocalText } from '../../records/support/risk-factors.ts';
import type { Writer } from '../warehouse.ts';
import { placeRows } from './place-rows.ts';
import { insertRows } from './rows.ts';

/** Loads what was proposed on factors of risk, with the last answer to each: of the school that changed, or of all. */
export async function loadRisks(db: Db, writer: Writer, only?: string): Promise<void> {
	const ratings = await db
		.selectFrom('risk_rating')
		.select(['id', 'school_id', 'year', 'factor', 'title', 'risk_index', 'significance'])
		.select(['inputs', 'remark', 'proposed_at'])
		.$if(only !== undefined, (query) => query.where('school_id', '=', only!))
		.orderBy('id')
		.execute();
	const answers = await db
		.selectFrom('risk_verification')
		.innerJoin('risk_rating', 'risk_rating.id', 'risk_verification.rating_id')
		.select(['rating_id', 'agrees', 'is_chosen', 'risk_verification.remark', 'verified_at'])
		.$if(only !== undefined, (query) => query.where('school_id', '=', only!))
		.orderBy('risk_verification.id')
		.execute();
	// the last of a key is the one that stays in a map
	const standing = new Map(ratings.map((row) => [`${row.school_id} ${row.year} ${row.factor}`, row.id]));
	const last = new Map(answers.map((answer) => [Number(answer.rating_id), answer]));
	if (only === undefined) await writer.run('delete from risk_rating');
	else await writer.run('delete from risk_rating where school_id = $only', { only });
	await insertRows(
		writer,
		'risk_rating',
		{
			rating_id: 'INTEGER',
			school_id: 'VARCHAR',
			year: 'INTEGER',
			factor: 'VARCHAR',
			title_ru: 'VARCHAR',
			title_en: 'VARCHAR',
			risk_index: 'DOUBLE',
			significance: 'VARCHAR',
			inputs: 'VARCHAR',
			remark: 'VARCHAR',
			proposed_on: 'DATE',
			stands: 'BOOLEAN',
			agrees: 'BOOLEAN',
			is_chosen: 'BOOLEAN',
			answer_remark: 'VARCHAR',
			verified_on: 'DATE',
		},
		ratings.map(({ id, title, proposed_at, ...row }) => {
			const words = JSON.parse(title) as LocalText;
			const answer = last.get(Number(id));
			return {
				...row,
				rating_id: Number(id),
				title_ru: words.ru,
				title_en: words.en,
				proposed_on: proposed_at.slice(0, 10),
				stands: standing.get(`${row.school_id} ${row.year} ${row.factor}`) === id,
				agrees: answer ? answer.agrees === 1 : null,
				is_chosen: answer ? answer.is_chosen === 1 : null,
				answer_remark: answer?.remark ?? null,
				verified_on: answer?.verified_at.slice(0, 10) ?? null,
			};
		}),
	);
	await placeRows(writer, 'risk_rating');
}
