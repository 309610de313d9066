import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/** Plans of addressed support: why, what is to change, the measures, and what happened. */
export const support: NamedMigration = {
	name: '0005-support',
	async up(db: Kysely<AnyShape>) {
		await createPlans(db);
		await createSteps(db);
	},
};

async function createPlans(db: Kysely<AnyShape>): Promise<void> {
	const { real } = columnTypes(db);
	await db.schema
		.createTable('support_plan')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
		.addColumn('title', 'text', (column) => column.notNull())
		.addColumn('basis', 'text', (column) =>
			column.notNull().check(oneOf('basis', ['flag', 'request', 'federal_list'])),
		)
		.addColumn('evidence', 'text', (column) => column.notNull())
		.addColumn('goal', 'text', (column) => column.notNull())
		.addColumn('indicator', 'text', (column) => column.notNull())
		.addColumn('baseline', real)
		.addColumn('target', real)
		.addColumn('unit', 'text', (column) => column.notNull())
		.addColumn('due_on', 'text', (column) => column.notNull())
		.addColumn('curator', 'text', (column) => column.notNull())
		.addColumn('state', 'text', (column) =>
			column.notNull().check(oneOf('state', ['draft', 'agreed', 'active', 'completed', 'cancelled'])),
		)
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('support_plan_school').on('support_plan').column('school_id').execute();
}

async function createSteps(db: Kysely<AnyShape>): Promise<void> {
	const { sequence } = columnTypes(db);
	await db.schema
		.createTable('plan_measure')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('plan_id', 'text', (column) => column.notNull().references('support_plan.id'))
		.addColumn('title', 'text', (column) => column.notNull())
		.addColumn('owner', 'text', (column) => column.notNull())
		.addColumn('starts_on', 'text', (column) => column.notNull())
		.addColumn('due_on', 'text', (column) => column.notNull())
		.addColumn('state', 'text', (column) =>
			column.notNull().check(oneOf('state', ['planned', 'in_progress', 'done', 'cancelled'])),
		)
		.addColumn('progress', 'text', (column) => column.notNull())
		.addColumn('done_on', 'text')
		.addColumn('position', 'integer', (column) => column.notNull())
		.addCheckConstraint('plan_measure_in_order', sql`due_on >= starts_on`)
		.addCheckConstraint('plan_measure_done', sql`(state = 'done') = (done_on is not null)`)
		.execute();
	await db.schema.createIndex('plan_measure_plan').on('plan_measure').column('plan_id').execute();
	await db.schema
		.createTable('plan_event')
		.addColumn('id', sequence)
		.addColumn('plan_id', 'text', (column) => column.notNull().references('support_plan.id'))
		.addColumn('at', 'text', (column) => column.notNull())
		.addColumn('by', 'text', (column) => column.notNull())
		.addColumn('action', 'text', (column) => column.notNull())
		.addColumn('detail', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('plan_event_plan').on('plan_event').column('plan_id').execute();
}
