import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { placeRows } from './place-rows.ts';
import { insertRows } from './rows.ts';

/** Loads support plans with their measures: the one that changed, or all of them. */
export async function loadPlans(db: Db, writer: Writer, only?: string): Promise<void> {
	const plans = await db
		.selectFrom('support_plan')
		.select(['id as plan_id', 'school_id', 'title', 'basis', 'state', 'goal', 'indicator'])
		.select(['baseline', 'target', 'unit', 'due_on', 'created_at'])
		.$if(only !== undefined, (query) => query.where('id', '=', only!))
		.orderBy('id')
		.execute();
	const measures = await db
		.selectFrom('plan_measure')
		.innerJoin('support_plan', 'support_plan.id', 'plan_measure.plan_id')
		.select([
			'plan_measure.plan_id',
			'plan_measure.id as measure_id',
			'support_plan.school_id',
			'plan_measure.position',
		])
		.select([
			'plan_measure.title',
			'plan_measure.state',
			'plan_measure.starts_on',
			'plan_measure.due_on',
			'done_on',
		])
		.$if(only !== undefined, (query) => query.where('plan_measure.plan_id', '=', only!))
		.orderBy('plan_measure.plan_id')
		.orderBy('plan_measure.position')
		.execute();
	for (const table of ['support_plan', 'plan_measure']) {
		if (only === undefined) await writer.run(`delete from ${table}`);
		else await writer.run(`delete from ${table} where plan_id = $only`, { only });
	}
	await insertRows(
		writer,
		'support_plan',
		{
			plan_id: 'VARCHAR',
			school_id: 'VARCHAR',
			year: 'INTEGER',
			title: 'VARCHAR',
			basis: 'VARCHAR',
			state: 'VARCHAR',
			goal: 'VARCHAR',
			indicator: 'VARCHAR',
			baseline: 'DOUBLE',
			target: 'DOUBLE',
			unit: 'VARCHAR',
			due_on: 'DATE',
			created_on: 'DATE',
		},
		plans.map(({ created_at, ...plan }) => ({
			...plan,
			year: Number(created_at.slice(0, 4)),
			created_on: created_at.slice(0, 10),
		})),
	);
	await insertRows(
		writer,
		'plan_measure',
		{
			plan_id: 'VARCHAR',
			measure_id: 'VARCHAR',
			school_id: 'VARCHAR',
			position: 'INTEGER',
			title: 'VARCHAR',
			state: 'VARCHAR',
			starts_on: 'DATE',
			due_on: 'DATE',
			done_on: 'DATE',
		},
		measures,
	);
	for (const table of ['support_plan', 'plan_measure']) await placeRows(writer, table);
}

/** Loads the schools' explanations: the one that changed, or all of them. */
export async function loadReplies(db: Db, writer: Writer, only?: string): Promise<void> {
	const replies = await db
		.selectFrom('flag_reply')
		.select(['id as reply_id', 'school_id', 'year', 'module', 'text', 'replied_at'])
		.$if(only !== undefined, (query) => query.where('id', '=', only!))
		.orderBy('id')
		.execute();
	if (only === undefined) await writer.run('delete from flag_reply');
	else await writer.run('delete from flag_reply where reply_id = $only', { only });
	await insertRows(
		writer,
		'flag_reply',
		{
			reply_id: 'VARCHAR',
			school_id: 'VARCHAR',
			year: 'INTEGER',
			module: 'VARCHAR',
			text: 'VARCHAR',
			replied_on: 'DATE',
		},
		replies.map(({ replied_at, ...reply }) => ({ ...reply, replied_on: replied_at.slice(0, 10) })),
	);
	await placeRows(writer, 'flag_reply');
}
