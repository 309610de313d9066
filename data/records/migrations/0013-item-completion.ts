import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/** Tables that say in percent how the items of a procedure were solved in a school and in the wholes around it. */
export const itemCompletion: NamedMigration = {
	name: '0013-item-completion',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.createTable('item_completion')
			.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
			.addColumn('place', 'text', (column) => column.notNull())
			.addColumn('row_number', 'integer', (column) => column.notNull())
			.addColumn('procedure_id', 'text', (column) => column.notNull().references('procedure.id'))
			.addColumn('school_id', 'text', (column) => column.references('school.id'))
			.addColumn('n', 'integer', (column) => column.check(sql`n >= 0`))
			.addColumn('percents', 'text', (column) => column.notNull())
			.addPrimaryKeyConstraint('item_completion_key', ['batch_id', 'place'])
			.addCheckConstraint(
				'item_completion_school',
				sql`(school_id is null) = (place not like 'school/%') and (school_id is null or place = 'school/' || school_id)`,
			)
			.execute();
		await db.schema
			.createIndex('item_completion_of_school')
			.on('item_completion')
			.column('school_id')
			.execute();
	},
};
