import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/** Codes that say which rows of different procedures are one pupil's, and lists of candidates for a medal under such codes. */
export const pupilCodes: NamedMigration = {
	name: '0022-pupil-codes',
	async up(db: Kysely<AnyShape>) {
		await db.schema.alterTable('pupil_result').addColumn('pupil', 'text').execute();
		await db.schema
			.createTable('medal_candidate')
			.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
			.addColumn('row_number', 'integer', (column) => column.notNull())
			.addColumn('year', 'integer', (column) => column.notNull())
			.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
			.addColumn('pupil', 'text', (column) => column.notNull().check(sql`pupil <> ''`))
			.addColumn('medal', 'integer', (column) => column.notNull().check(sql`medal between 1 and 2`))
			.addPrimaryKeyConstraint('medal_candidate_key', ['batch_id', 'row_number'])
			.execute();
		await db.schema.createIndex('medal_candidate_school').on('medal_candidate').column('school_id').execute();
	},
};
